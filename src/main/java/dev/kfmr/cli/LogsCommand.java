package dev.kfmr.cli;

import dev.kfmr.cli.Screen.Tone;
import dev.kfmr.cluster.ClusterConnection;
import dev.kfmr.core.Progress;
import dev.kfmr.install.ComponentPods;
import dev.kfmr.install.StatusReader;
import dev.kfmr.ready.ContainerLogs;
import dev.kfmr.ready.LogSource;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "logs",
        description = {
            "Show the logs of all pods of a component, or of one of its workloads.",
            "Of a container that crashed, the run before comes first: that one tells why."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  kfmr logs pipelines --since 10m", "  kfmr logs ml-pipeline --follow"})
final class LogsCommand extends Subcommand {
    private static final int LOOK_AGAIN_SECONDS = 2;

    @Parameters(paramLabel = "COMPONENT", description = "A component, or a workload; kfmr status shows them.")
    private String component = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what is said from now, until Ctrl-C.")
    private boolean follow;

    @Option(names = "--since", paramLabel = "TIME", description = "Only what was said in the last 30s, 10m, 2h, …")
    private Duration since = Duration.ZERO;

    @Option(
            names = "--tail",
            paramLabel = "LINES",
            converter = Counts.class,
            defaultValue = "200",
            description = "Only so many last lines of each container (default: ${DEFAULT-VALUE}).")
    private int tail = 200;

    LogsCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        try (ClusterConnection connection = new StatusReader(surroundings(Progress.silent())).connect(common.name)) {
            ContainerLogs logs = new ContainerLogs(connection.client(), tail, since);
            ComponentPods pods = new ComponentPods(connection.client());
            if (follow) {
                follow(logs, pods);
            } else {
                sources(pods).forEach(source -> print(logs, source));
            }
        }
        return 0;
    }

    private void print(ContainerLogs logs, LogSource source) {
        logs.read(source).ifPresent(text -> text.lines().forEach(line -> print(source, line)));
    }

    private List<LogSource> sources(ComponentPods pods) {
        return pods.of(component).stream()
                .flatMap(pod -> LogSource.of(pod).stream())
                .toList();
    }

    /** Pods come and go, and containers start again: each run is told of once. */
    private void follow(ContainerLogs logs, ComponentPods pods) {
        Set<String> told = new HashSet<>();
        try {
            do {
                for (LogSource source : sources(pods)) {
                    if (told.add(source.run())) {
                        tell(logs, source);
                    }
                }
            } while (!new CountDownLatch(1).await(LOOK_AGAIN_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(ContainerLogs logs, LogSource source) {
        if (source.isPrevious()) {
            print(logs, source);
        } else {
            logs.follow(source, line -> print(source, line));
        }
    }

    private synchronized void print(LogSource source, String line) {
        if (common.json()) {
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("event", "log");
            event.put("namespace", source.namespace());
            event.put("pod", source.pod());
            event.put("container", source.container());
            event.put("previous", source.isPrevious());
            event.put("line", line);
            screen.output().println(JsonText.of(event));
        } else {
            screen.output().println(screen.paint(Tone.DIM, source.id() + " | ") + line);
        }
    }
}
