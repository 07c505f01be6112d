package dev.kfmr.cli;

import dev.kfmr.cli.Screen.Tone;
import dev.kfmr.core.Deadline;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Progress;
import dev.kfmr.install.Installed;
import dev.kfmr.install.RegistryAccess;
import dev.kfmr.install.TokenKind;
import dev.kfmr.models.Demo;
import dev.kfmr.models.LineageReader;
import dev.kfmr.pipelines.KubernetesRunPods;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description = {
            "Run the example pipeline, which registers a model, and read back what it registered.",
            "A second time makes a second version. Nothing but the installation is needed: no Python on this machine."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  kfmr demo", "  kfmr demo -o json | tail -n 1 | jq .model", "  kfmr demo --clean"})
final class DemoCommand extends Subcommand {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration TO_CONNECT = Duration.ofMinutes(1);
    private static final String FOREIGN_SECRET = "connect.foreign-secret";

    @Option(names = "--keep", description = "Let a run that has not ended in time, or at Ctrl-C, go on.")
    private boolean keep;

    @Option(
            names = "--clean",
            description = "Run nothing; delete what demos left: runs, experiment, pipelines. The model is archived.")
    private boolean clean;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "10m",
            description = "When to give up, such as 90s or 20m (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofMinutes(10);

    DemoCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        return clean ? tell(with(this::cleaned)) : tell(with(this::ran));
    }

    private <T> T with(BiFunction<Installed, Demo, T> work) {
        Progress progress = Printers.progress(screen, common);
        try (Installed installed = Installed.of(common.name, surroundings(progress))) {
            return work.apply(installed, demo(installed, progress));
        } finally {
            Printers.close(progress);
        }
    }

    private List<String> cleaned(Installed installed, Demo demo) {
        return demo.clean();
    }

    private Demo.Result ran(Installed installed, Demo demo) {
        connect(installed);
        return demo.run(new Demo.Request(installed.registryEndpoint().inCluster(), keep), Deadline.in(timeout));
    }

    private static Demo demo(Installed installed, Progress progress) {
        return new Demo(
                installed.pipelines(),
                installed.registry(),
                LineageReader.of(installed),
                new KubernetesRunPods(installed.client(), installed.connect().namespace()),
                progress,
                PAUSE,
                Clock.systemUTC());
    }

    /** The run mounts the token; one that somebody else put there will do. */
    private static void connect(Installed installed) {
        try {
            RegistryAccess.in(installed.client())
                    .ensure(
                            installed.connect(),
                            installed.registryEndpoint(),
                            installed.connect().namespace(),
                            TokenKind.AS_IT_IS,
                            Deadline.in(TO_CONNECT));
        } catch (KfmrException e) {
            if (!e.code().equals(FOREIGN_SECRET)) {
                throw e;
            }
        }
    }

    private int tell(List<String> gone) {
        if (common.json()) {
            screen.output().println(JsonText.of(JsonText.fields("event", "demo-cleaned", "gone", gone)));
        } else if (gone.isEmpty()) {
            screen.output().println("No demo has left anything.");
        } else {
            gone.forEach(line -> screen.output().println(line));
        }
        return 0;
    }

    private int tell(Demo.Result result) {
        if (common.json()) {
            screen.output().println(JsonText.of(asMap(result)));
            return 0;
        }
        screen.output()
                .println(screen.paint(Tone.GOOD, "A pipeline has registered a model") + ": run "
                        + result.run().name() + ", pipeline "
                        + result.pipeline().name());
        new ModelPrinter(screen, common.commands()).print(result.registered());
        screen.output()
                .println(common.commands()
                        .in("All versions: kfmr model show " + Demo.NAME + ". Links open while kfmr forward runs."));
        return 0;
    }

    private static Map<String, Object> asMap(Demo.Result result) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("event", "demo");
        map.put("run", result.run().id());
        map.put("runName", result.run().name());
        map.put("pipeline", result.pipeline().name());
        map.put("model", ModelPrinter.asMap(result.registered()));
        return map;
    }
}
