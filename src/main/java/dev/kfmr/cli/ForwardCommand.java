package dev.kfmr.cli;

import dev.kfmr.cli.Screen.Tone;
import dev.kfmr.cluster.ClusterConnection;
import dev.kfmr.core.BackgroundProcess;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Progress;
import dev.kfmr.forward.DetachedForward;
import dev.kfmr.forward.DetachedHold;
import dev.kfmr.forward.ForwardEvents;
import dev.kfmr.forward.ForwardOptions;
import dev.kfmr.forward.ForwardReport;
import dev.kfmr.forward.ForwardSelection;
import dev.kfmr.forward.ForwardStatus;
import dev.kfmr.forward.ForwardSupervisor;
import dev.kfmr.forward.LandingContent;
import dev.kfmr.forward.LandingPage;
import dev.kfmr.install.Preparation;
import dev.kfmr.install.StatusReader;
import dev.kfmr.install.Surroundings;
import dev.kfmr.models.PythonSnippet;
import dev.kfmr.plan.Plan;
import dev.kfmr.profile.ForwardSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "forward",
        description = {
            "Keep the UIs of an installation on local ports, until Ctrl-C.",
            "A port stays open when its pod is replaced, and another is taken when the wanted one is in use."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  kfmr forward",
            "  kfmr forward pipelines registry-ui",
            "  kfmr forward --detach",
            "  kfmr forward svc/mysql.kubeflow 3307:3306"
        })
final class ForwardCommand extends Subcommand {
    /** In reach of none of the shipped forwards, so that the page's address stays the same. */
    private static final int LANDING_PORT = 8079;

    private static final Duration TO_START = Duration.ofSeconds(30);

    /** A laptop that slept, or a cluster that is started anew, is waited for. */
    private static final Duration WITHOUT_KUBERNETES = Duration.ofMinutes(30);

    private static final List<String> JVM_FLAGS = List.of("-XX:+UseSerialGC", "-Xmx192m");

    @Parameters(
            paramLabel = "NAME | svc/SERVICE[.NAMESPACE] [LOCAL:]REMOTE",
            arity = "0..*",
            description = "Forwards of the profile, or any service. Default: all of the profile.")
    private List<String> words = new ArrayList<>();

    @Option(names = "--strict-ports", description = "End with an error when a wanted port is taken.")
    private boolean strictPorts;

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            defaultValue = ForwardOptions.LOOPBACK,
            description =
                    "The local address to listen on; whoever can reach it can use the forwards (default: ${DEFAULT-VALUE}).")
    private String address = ForwardOptions.LOOPBACK;

    @Option(
            names = "--landing-port",
            paramLabel = "PORT",
            defaultValue = "" + LANDING_PORT,
            description = "Where the page with all links is (default: ${DEFAULT-VALUE}).")
    private int landingPort = LANDING_PORT;

    @Option(names = "--detach", description = "Go on in the background, until --stop or kfmr down.")
    private boolean detach;

    @Option(names = "--list", description = "Show what runs in the background.")
    private boolean list;

    @Option(names = "--stop", description = "End what runs in the background.")
    private boolean stop;

    /** What the background process is started with. */
    @Option(names = "--hold", hidden = true, description = "Be the background process.")
    private boolean hold;

    ForwardCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        DetachedForward background = common.forwards();
        if (stop) {
            return tellStopped(background.stop());
        }
        if (list) {
            return tellRunning(background.running());
        }
        try (ClusterConnection connection = new StatusReader(surroundings(Progress.silent())).connect(common.name)) {
            return detach ? startInBackground(background) : forward(connection, background);
        }
    }

    private int forward(ClusterConnection connection, DetachedForward background) {
        Surroundings surroundings = surroundings(Progress.silent());
        Plan plan = new Preparation(surroundings).plan(common.name);
        List<ForwardSpec> forwards = new ForwardSelection(plan.forwards(), "kubeflow").of(words);
        ForwardOptions options = ForwardOptions.defaults().withAddress(address).withStrictPorts(strictPorts);
        try (ForwardSupervisor supervisor = ForwardSupervisor.start(connection.client(), forwards, options, events());
                LandingPage page = LandingPage.start(landingPort, content(plan, supervisor), supervisor::snapshot)) {
            tellPage(page);
            if (hold) {
                hold(background, supervisor, page);
            } else {
                new CountDownLatch(1).await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    private static void hold(DetachedForward background, ForwardSupervisor supervisor, LandingPage page) {
        try (DetachedHold held = background.hold()) {
            held.keep(supervisor, page.uri().toString(), WITHOUT_KUBERNETES);
        }
    }

    private int startInBackground(DetachedForward background) {
        List<String> arguments =
                new ArrayList<>(List.of("--address", address, "--landing-port", String.valueOf(landingPort)));
        if (strictPorts) {
            arguments.add("--strict-ports");
        }
        arguments.addAll(words);
        return tellRunning(Optional.of(hold(background, common.name, arguments)));
    }

    /** A background process that holds an environment's forwards. @param arguments of this command */
    static DetachedForward.Running hold(DetachedForward background, String name, List<String> arguments) {
        List<String> words = new ArrayList<>(List.of("forward", "--hold", "--name", name));
        words.addAll(arguments);
        return background.start(BackgroundProcess.sameJava(JVM_FLAGS, "dev.kfmr.Main", words), TO_START);
    }

    private int tellRunning(Optional<DetachedForward.Running> running) {
        if (common.json()) {
            screen.output()
                    .println(JsonText.pretty(running.map(DetachedForward.Running::report)
                            .<Object>map(report -> report)
                            .orElse(Map.of("forwards", List.of()))));
            return 0;
        }
        if (running.isEmpty()) {
            screen.output()
                    .println(common.commands()
                            .in("Nothing is forwarded in the background. Start it: kfmr forward --detach"));
            return 0;
        }
        running.get().report().forwards().forEach(status -> screen.output().println(ForwardLinks.line(status)));
        screen.output()
                .println("All links: " + running.get().report().landingPage() + "   ("
                        + common.commands().in("kfmr forward --stop") + " ends it; log "
                        + running.get().log() + ")");
        return 0;
    }

    private int tellStopped(boolean wasRunning) {
        if (common.json()) {
            screen.output().println(JsonText.of(JsonText.fields("event", "forward-stopped", "wasRunning", wasRunning)));
        } else {
            screen.output()
                    .println(wasRunning ? "The forwards have ended." : "Nothing was forwarded in the background.");
        }
        return 0;
    }

    private void tellPage(LandingPage page) {
        if (common.json()) {
            print(JsonText.fields("event", "landing-page", "url", page.uri().toString()));
        } else {
            screen.output().println("All links: " + page.uri() + "   (Ctrl-C ends it)");
        }
    }

    private LandingContent content(Plan plan, ForwardSupervisor supervisor) {
        NamedCommands commands = common.commands();
        DoctorSummary summary = new DoctorSummary(new LatestDiagnosis(
                new DoctorInputs(common, surroundings(Progress.silent()))::look, DoctorSummary.GOOD_FOR));
        return new LandingContent(
                common.name,
                plan.profile().title(),
                () -> LandingWords.credentials(plan.profile(), common.store().password(common.name)),
                LandingWords.nextCommands(commands),
                python(plan, ForwardReport.openPorts(supervisor.snapshot())),
                () -> commands.in(summary.get()));
    }

    /** Empty for a profile without Pipelines or the registry. */
    private String python(Plan plan, Map<String, Integer> openPorts) {
        try {
            return PythonSnippet.of(common.name, plan, openPorts).python();
        } catch (KfmrException e) {
            return "";
        }
    }

    private synchronized void print(Map<String, Object> event) {
        screen.output().println(JsonText.of(event));
    }

    private ForwardEvents events() {
        return new ForwardEvents() {
            @Override
            public void changed(ForwardStatus status) {
                if (common.json()) {
                    print(JsonText.fields("event", "forward", "forward", status));
                } else {
                    screen.output().println(ForwardLinks.line(status));
                }
            }

            @Override
            public void connectionFailed(String forward, String why) {
                if (common.json()) {
                    print(JsonText.fields("event", "connection-failed", "forward", forward, "why", why));
                } else {
                    screen.error().println(forward + ": a connection was cut short: " + why);
                }
            }

            @Override
            public void warning(String text) {
                if (common.json()) {
                    print(JsonText.fields("event", "warning", "text", text));
                } else {
                    screen.error().println(screen.paint(Tone.WARN, "warning: ") + text);
                }
            }
        };
    }
}
