package dev.kfmr.cli;

import dev.kfmr.core.Deadline;
import dev.kfmr.core.Progress;
import dev.kfmr.install.Access;
import dev.kfmr.install.ClusterChoice;
import dev.kfmr.install.Up;
import dev.kfmr.install.UpResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The main job. */
@Command(
        name = "up",
        description = {
            "Install Kubeflow: create the cluster if there is none, apply, wait until all of it is healthy.",
            "It starts from any state: nothing, half done, killed in the middle, already there."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  kfmr up --mode standalone",
            "  kfmr up --mode multi-user",
            "  kfmr up --pins kfp-2.17 --name next",
            "  kfmr up --context my-cluster --name team",
            "  kfmr up --registry-mirror http://mirror.example:5000 --timeout 45m",
            "  kfmr up --dry-run"
        })
final class UpCommand extends PlannedCommand {
    @Option(
            names = "--context",
            paramLabel = "CONTEXT",
            description = {
                "Install into the cluster of this kubeconfig context instead of a kind cluster of kfmr's own.",
                "Options that shape a kind cluster are of no account then."
            })
    private @Nullable String context;

    @Mixin
    private RegistryOptions registries = new RegistryOptions();

    @Option(names = "--node-image", paramLabel = "IMAGE", description = "Another kind node image than the pinned one.")
    private @Nullable String nodeImage;

    @Option(
            names = "--kind-config",
            paramLabel = "FILE",
            description = "A kind configuration of your own, merged into kfmr's.")
    private @Nullable Path kindConfig;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            converter = Counts.class,
            defaultValue = "1",
            description = "How many nodes the kind cluster gets (default: ${DEFAULT-VALUE}).")
    private int nodes = 1;

    @Option(names = "--retain", description = "Keep a cluster whose creation failed, to look at it.")
    private boolean retain;

    @Option(names = "--set-context", description = "Make the cluster kubectl's current context.")
    private boolean setContext;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "30m",
            description = "When to give up, such as 90s, 45m or 1h30m (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofMinutes(30);

    @Option(
            names = "--install-engine",
            description = "Install a container engine with the system's package manager where there is none.")
    private boolean installEngine;

    @Option(names = "--dry-run", description = "Show the plan and touch nothing.")
    private boolean dryRun;

    UpCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        if (dryRun) {
            return new PlanPrinter(screen).print(this);
        }
        UpResult result;
        Progress progress = Printers.progress(screen, common);
        try {
            result = new Up(surroundings(progress)).run(request(), Deadline.in(timeout));
        } finally {
            Printers.close(progress);
        }
        Optional<String> password = common.json() ? Optional.empty() : offer().make(result);
        new SummaryPrinter(screen).print(password.map(result::withPassword).orElse(result), common.json());
        password.ifPresent(generated ->
                screen.output().println("  The password is " + generated + "  (kfmr keeps it beside the kubeconfig)"));
        return 0;
    }

    private PasswordOffer offer() {
        return new PasswordOffer(new Question(screen)::yes, this::setPassword);
    }

    private void setPassword(String password) {
        Progress progress = Printers.progress(screen, common);
        try {
            new Access(surroundings(progress)).setPassword(common.name, password, Deadline.in(timeout));
        } finally {
            Printers.close(progress);
        }
    }

    private Up.Request request() {
        ClusterChoice cluster = new ClusterChoice(
                Optional.ofNullable(context),
                registries.mirror(),
                Optional.ofNullable(nodeImage),
                Optional.ofNullable(kindConfig),
                nodes,
                retain,
                setContext);
        return new Up.Request(common.name, asked(), cluster, new EngineConsent(screen, installEngine));
    }
}
