package dev.kfmr.cli;

import dev.kfmr.cluster.ClusterConnection;
import dev.kfmr.core.Browser;
import dev.kfmr.core.Deadline;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.NearestName;
import dev.kfmr.core.Progress;
import dev.kfmr.forward.DetachedForward;
import dev.kfmr.forward.ForwardStatus;
import dev.kfmr.forward.HealthProbe;
import dev.kfmr.install.StatusReader;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "open",
        description = {
            "Open the page with all links, or one UI, in the browser, once it answers.",
            "Forwards are started in the background where none run there; kfmr forward --stop ends them."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  kfmr open", "  kfmr open pipelines", "  kfmr open --no-browser"})
final class OpenCommand extends Subcommand {
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(5);

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "A forward, such as pipelines (default: all links).")
    private @Nullable String name;

    @Option(names = "--no-browser", description = "Only print the address, once it answers.")
    private boolean noBrowser;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "1m",
            description = "How long to wait until it answers (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofMinutes(1);

    OpenCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        Path folder = common.store().folder(common.name);
        DetachedForward background = common.forwards();
        DetachedForward.Running running = background.running().orElseGet(() -> start(background));
        URI address = name == null
                ? URI.create(running.report().landingPage())
                : URI.create(named(name, running.report().forwards()).url());
        awaitAnswer(address, background);
        Optional<Browser> browser =
                noBrowser ? Optional.empty() : Browser.find(System.getenv(), System.getProperty("os.name", ""));
        browser.ifPresent(found -> found.open(address, folder.resolve("browser.log")));
        tell(address, browser.isPresent());
        return 0;
    }

    /** Whether there is anything to forward is asked first: the background process could only say so in its log. */
    private DetachedForward.Running start(DetachedForward background) {
        try (ClusterConnection connection = new StatusReader(surroundings(Progress.silent())).connect(common.name)) {
            return ForwardCommand.hold(background, common.name, List.of());
        }
    }

    private static ForwardStatus named(String name, List<ForwardStatus> forwards) {
        List<String> names = forwards.stream()
                .filter(forward -> !forward.url().isEmpty())
                .map(ForwardStatus::name)
                .toList();
        return forwards.stream()
                .filter(forward -> forward.name().equals(name) && names.contains(name))
                .findFirst()
                .orElseThrow(() -> new KfmrException(
                        ExitCode.USAGE,
                        "open.unknown",
                        "Nothing named " + name + " can be opened." + NearestName.hint(name, names),
                        "In the background kfmr forwards: "
                                + names.stream().sorted().collect(Collectors.joining(", ")) + ".",
                        "Choose one of them. Others need other forwards: kfmr forward --stop, then kfmr open again."));
    }

    private void awaitAnswer(URI address, DetachedForward background) {
        Deadline deadline = Deadline.in(timeout);
        HealthProbe probe = HealthProbe.of(address, PROBE_LIMIT);
        for (Optional<String> problem = probe.problem(); problem.isPresent(); problem = probe.problem()) {
            if (deadline.passed()) {
                throw new KfmrException(
                        ExitCode.NOT_READY,
                        "open.no-answer",
                        address + " does not answer.",
                        why(background).orElse(problem.get()),
                        "See what is not ready: kfmr status");
            }
            deadline.sleep(LOOK_EVERY, "waiting for " + address);
        }
    }

    private Optional<String> why(DetachedForward background) {
        return background.running().flatMap(running -> running.report().forwards().stream()
                .filter(forward -> forward.name().equals(name))
                .map(ForwardStatus::text)
                .findFirst());
    }

    private void tell(URI address, boolean isOpened) {
        if (common.json()) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("event", "open");
            map.put("url", address.toString());
            map.put("opened", isOpened);
            screen.output().println(JsonText.of(map));
        } else {
            screen.output().println(isOpened ? "Opened " + address : address.toString());
        }
    }
}
