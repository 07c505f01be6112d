package dev.kfmr.cli;

import dev.kfmr.cli.Screen.Tone;
import dev.kfmr.core.Deadline;
import dev.kfmr.core.Progress;
import dev.kfmr.install.Installed;
import dev.kfmr.install.Preparation;
import dev.kfmr.install.RegistryAccess;
import dev.kfmr.install.Surroundings;
import dev.kfmr.install.TokenKind;
import dev.kfmr.models.PythonSnippet;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "connect",
        description = {
            "Make what a pipeline needs to register models: a token of the account that runs run as, in a secret.",
            "kfmr up does it as well. A second time changes nothing, unless the token is near its end."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  kfmr connect", "  kfmr connect --print > models.py && python models.py"})
final class ConnectCommand extends Subcommand {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Option(
            names = "--namespace",
            paramLabel = "NAMESPACE",
            description = "The namespace that runs run in (default: the profile's).")
    private @Nullable String namespace;

    @Option(
            names = "--long-lived",
            description = "A token that never ends, in place of one that is renewed. Who has it once has it for good.")
    private boolean longLived;

    @Option(
            names = "--print",
            description = "Change nothing; print the addresses, and a Python program that uses them.")
    private boolean print;

    ConnectCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        Surroundings surroundings = surroundings(Progress.silent());
        if (print) {
            return print(PythonSnippet.of(
                    common.name,
                    new Preparation(surroundings).plan(common.name),
                    common.forwards()
                            .running()
                            .map(running -> running.report().openPorts())
                            .orElse(Map.of())));
        }
        try (Installed installed = Installed.of(common.name, surroundings)) {
            return tell(RegistryAccess.in(installed.client())
                    .ensure(
                            installed.connect(),
                            installed.registryEndpoint(),
                            namespace == null ? installed.connect().namespace() : namespace,
                            longLived ? TokenKind.LONG_LIVED : TokenKind.BOUND,
                            Deadline.in(LIMIT)));
        }
    }

    private int print(PythonSnippet snippet) {
        screen.output().print(common.json() ? JsonText.pretty(snippet) + "\n" : snippet.python());
        return 0;
    }

    private int tell(RegistryAccess.Result result) {
        if (common.json()) {
            screen.output().println(JsonText.of(asMap(result)));
            return 0;
        }
        var out = screen.output();
        out.println("Runs in the namespace " + result.namespace() + " can register models"
                + (result.changedObjects() == 0 ? " (nothing had to be changed)." : "."));
        out.println("  The secret " + result.secret() + " holds a token of " + result.serviceAccount()
                + result.expires()
                        .map(time -> " that is valid until " + time
                                + common.commands().in(". kfmr up and kfmr demo renew it in time."))
                        .orElse("."));
        if (result.expires().isEmpty()) {
            screen.error()
                    .println(screen.paint(Tone.WARN, "warning: ")
                            + "this token never ends. Whoever reads it once can use it until the secret is deleted."
                            + common.commands().in(" kfmr connect without --long-lived replaces it."));
        }
        out.println(common.commands().in("  Addresses and a program to try: kfmr connect --print"));
        return 0;
    }

    private static Map<String, Object> asMap(RegistryAccess.Result result) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("event", "connect");
        map.put("namespace", result.namespace());
        map.put("serviceAccount", result.serviceAccount());
        map.put("secret", result.secret());
        map.put("token", result.expires().isPresent() ? "bound" : "long-lived");
        result.expires().ifPresent(time -> map.put("expires", time));
        map.put("changedObjects", result.changedObjects());
        return map;
    }
}
