package dev.kfmr.cli;

import dev.kfmr.check.Check;
import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.check.CheckGroup;
import dev.kfmr.core.Deadline;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Progress;
import dev.kfmr.doctor.Diagnosis;
import dev.kfmr.doctor.Doctor;
import dev.kfmr.doctor.DoctorInput;
import dev.kfmr.doctor.Fix;
import dev.kfmr.doctor.Selection;
import dev.kfmr.install.Choice;
import dev.kfmr.install.Surroundings;
import dev.kfmr.plan.Plan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "doctor",
        description = {
            "Say what is wrong with an installation and what it stands on, why, and what to do.",
            "Changes nothing, but for --fix. Ends with 0 when nothing is known to be wrong, else with 3."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  kfmr doctor --before-install --mode multi-user",
            "  kfmr doctor --fix",
            "  kfmr doctor --explain workload.mlmd-segfault",
            "  kfmr doctor --bundle kfmr.zip",
            "  kfmr doctor -o json"
        })
final class DoctorCommand extends Subcommand {
    private static final Duration TO_SHOW = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    @Parameters(paramLabel = "ID", arity = "0..*", description = "Look only for these. Default: for everything.")
    private List<String> ids = new ArrayList<>();

    @Option(
            names = "--group",
            paramLabel = "GROUP",
            description = "Look only for checks of this group: ${COMPLETION-CANDIDATES}. May be repeated.")
    private List<CheckGroup> groups = new ArrayList<>();

    @Option(names = "--all", description = "Show also what does no harm, or only follows from something else.")
    private boolean all;

    @Option(
            names = "--before-install",
            description =
                    "Look only at this machine and its container engine, and whether they can hold what kfmr up would install"
                            + " with the same --mode, --profile, --pins, --with, --without and --requests.")
    private boolean beforeInstall;

    @Mixin
    private PlanOptionsMixin wanted = new PlanOptionsMixin();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Option(names = "--list", description = "Show every check, or those of --group, and look at nothing.")
    private boolean list;

    @Option(names = "--explain", paramLabel = "ID", description = "Show what a check means, and look at nothing.")
    private String explained = "";

    @Option(
            names = "--fix",
            description =
                    "List the changes in kfmr's own cluster and settings that mend what was found, ask, make them, look again.")
    private boolean fix;

    @Option(
            names = {"-y", "--yes"},
            description = "With --fix: do not ask.")
    private boolean yes;

    @Option(
            names = "--bundle",
            paramLabel = "FILE",
            description = "Write a ZIP file for who helps you: findings, states, events, logs, without secrets.")
    private Optional<Path> bundle = Optional.empty();

    DoctorCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        if (!explained.isEmpty()) {
            return explain(CheckCatalogue.shipped().named(explained));
        }
        if (list) {
            return list(CheckPrinter.of(groups));
        }
        Selection selection =
                Selection.of(ids.stream().map(CheckCatalogue.shipped()::named).toList(), groups);
        DoctorInputs inputs = inputs();
        DoctorInput input = inputs.input();
        Doctor doctor = new Doctor(input);
        Diagnosis diagnosis = look(doctor, selection);
        if (bundle.isPresent()) {
            new BundleOutput(screen, input, common.name)
                    .write(bundle.get(), diagnosis, planIfReadable(inputs), common.json());
            return ExitCode.OK.number();
        }
        return fix ? mend(doctor, diagnosis, selection) : tell(diagnosis, Map.of());
    }

    private DoctorInputs inputs() {
        Surroundings silent = surroundings(Progress.silent());
        if (!beforeInstall) {
            refuseWhatOnlyChoosesAnInstallation();
            return new DoctorInputs(common, silent);
        }
        DoctorInputs inputs = new DoctorInputs(common, silent, wanted.asked());
        if (!common.json()) {
            Choice choice = inputs.choice();
            screen.error().println("==> look at this machine for " + choice.profile() + " of " + choice.pins());
        }
        return inputs;
    }

    /** An environment that is there was chosen already. */
    private void refuseWhatOnlyChoosesAnInstallation() {
        List<OptionSpec> choosing = Optional.ofNullable(command.mixins().get("wanted"))
                .map(CommandSpec::options)
                .orElse(List.of());
        command.commandLine().getParseResult().matchedOptions().stream()
                .filter(choosing::contains)
                .findFirst()
                .ifPresent(option -> {
                    throw new ParameterException(
                            command.commandLine(),
                            option.longestName() + " works only together with --before-install.");
                });
    }

    private static Optional<Plan> planIfReadable(DoctorInputs inputs) {
        try {
            return Optional.of(inputs.plan());
        } catch (KfmrException e) {
            return Optional.empty();
        }
    }

    private int tell(Diagnosis diagnosis, Map<String, Object> more) {
        DiagnosisPrinter printer = new DiagnosisPrinter(screen, common.commands());
        if (common.json()) {
            Map<String, Object> answer = printer.asMap(diagnosis);
            answer.putAll(more);
            screen.output().println(JsonText.pretty(answer));
        } else {
            printer.print(diagnosis, all || !ids.isEmpty());
        }
        return (diagnosis.isHealthy() ? ExitCode.OK : ExitCode.ENVIRONMENT).number();
    }

    private int mend(Doctor doctor, Diagnosis before, Selection selection) {
        List<Fix> fixes = before.fixes();
        if (fixes.isEmpty()) {
            screen.error().println("There is nothing that kfmr doctor can mend by itself.");
            return tell(before, Map.of("fixed", List.of()));
        }
        if (!common.json()) {
            tell(before, Map.of());
        }
        FixDialogue dialogue = new FixDialogue(screen, doctor, common.name);
        dialogue.confirm(fixes, yes);
        List<FixDialogue.Done> done = dialogue.apply(fixes);
        return tell(lookAgain(doctor, selection, before), Map.of("fixed", done));
    }

    /** What was mended may take a while to show, as pods start: looked at until it is gone, or the time is up. */
    private Diagnosis lookAgain(Doctor doctor, Selection selection, Diagnosis before) {
        Deadline deadline = Deadline.in(TO_SHOW);
        Diagnosis now = look(doctor, selection);
        while (now.hasAnyOf(before.fixable()) && !deadline.passed()) {
            deadline.sleep(PAUSE, "looking again");
            now = look(doctor, selection);
        }
        return now;
    }

    private Diagnosis look(Doctor doctor, Selection selection) {
        return beforeInstall ? doctor.beforeInstall(selection) : doctor.whole(common.name, selection);
    }

    private int explain(Check check) {
        if (common.json()) {
            screen.output().println(JsonText.pretty(CheckPrinter.asMap(check)));
        } else {
            new CheckPrinter(screen).explain(check);
        }
        return ExitCode.OK.number();
    }

    private int list(List<Check> checks) {
        if (common.json()) {
            screen.output().println(JsonText.pretty(CheckPrinter.asMaps(checks)));
        } else {
            new CheckPrinter(screen).list(checks);
        }
        return ExitCode.OK.number();
    }
}
