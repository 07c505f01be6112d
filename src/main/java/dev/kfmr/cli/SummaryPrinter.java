package dev.kfmr.cli;

import dev.kfmr.cli.Screen.Tone;
import dev.kfmr.cluster.UserKubeconfig;
import dev.kfmr.core.Progress.Stage;
import dev.kfmr.install.UpResult;
import dev.kfmr.plan.ComputeResource;
import dev.kfmr.plan.Plan;
import dev.kfmr.profile.Credential;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The end of {@code up}: what runs, how to reach it, how to sign in, how long it took. */
final class SummaryPrinter {
    private final Screen screen;

    SummaryPrinter(Screen screen) {
        this.screen = screen;
    }

    void print(UpResult result, boolean json) {
        if (json) {
            screen.output().println(JsonText.of(asMap(result)));
        } else {
            printText(result);
        }
    }

    private void printText(UpResult result) {
        var out = screen.output();
        Plan plan = result.plan();
        NamedCommands commands = NamedCommands.of(result.environment().name());
        out.println();
        out.println(screen.paint(Tone.GOOD, "Kubeflow is running") + ": "
                + plan.profile().title() + ", release set " + plan.pins().release()
                + (result.changedObjects() == 0 ? " (nothing had to be changed)" : ""));
        plan.leftOut().forEach((name, why) -> out.println("  without " + name + ": " + why));
        LoweredRequestsText.of(result.environment()).ifPresent(text -> out.println("  " + text));
        result.environment().images().forEach((from, to) -> out.println("  " + to + " stands in for " + from));
        out.println();
        out.println("  " + screen.paint(Tone.STRONG, commands.in("kfmr forward")) + " opens");
        new ForwardLinks(plan.forwards()).print(out);
        if (!plan.profile().credentials().isEmpty()) {
            out.println("  Sign in with");
            plan.profile().credentials().forEach(credential -> printCredential(credential, isOwn(credential, result)));
            if (plan.profile().login().isPresent()) {
                out.println(commands.in("  kfmr access password changes the password of Kubeflow."));
            }
        }
        out.println("  kubectl --context " + context(result) + " works as well.");
        out.println();
        out.println(screen.paint(Tone.DIM, "  took " + Durations.text(result.total()) + " (" + stages(result) + ")"));
    }

    /** Whether its password is not the shipped one any more. */
    private static boolean isOwn(Credential credential, UpResult result) {
        return result.password().isPresent() && result.plan().profile().isOfLogin(credential);
    }

    private static String context(UpResult result) {
        return result.environment()
                .context()
                .orElseGet(() -> UserKubeconfig.contextOf(result.environment().name()));
    }

    private void printCredential(Credential credential, boolean isOwn) {
        String words = isOwn
                ? "the password that you set"
                : credential.password() + (credential.note().isEmpty() ? "" : "  (" + credential.note() + ")");
        screen.output().printf("    %-22s %s / %s%n", credential.title(), credential.user(), words);
    }

    /** Without those that took no time. */
    private static String stages(UpResult result) {
        List<String> parts = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            Duration took = result.took().getOrDefault(stage, Duration.ZERO);
            if (took.toMillis() >= 50) {
                parts.add(stage.title() + " " + Durations.text(took));
            }
        }
        return String.join(", ", parts);
    }

    private static Map<String, Object> credential(Credential credential, boolean isOwn) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("title", credential.title());
        map.put("user", credential.user());
        map.put(isOwn ? "passwordChanged" : "password", isOwn ? true : credential.password());
        return map;
    }

    private static Map<String, Object> asMap(UpResult result) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("event", "up");
        map.put("name", result.environment().name());
        map.put("context", context(result));
        map.put("profile", result.plan().profile().name());
        map.put("release", result.plan().pins().release());
        map.put("changedObjects", result.changedObjects());
        map.put("requestsLowered", ComputeResource.keys(result.environment().requestsLowered()));
        map.put("images", result.environment().images());
        map.put("leftOut", result.plan().leftOut());
        map.put("forwards", new ForwardLinks(result.plan().forwards()).asMaps());
        map.put(
                "credentials",
                result.plan().profile().credentials().stream()
                        .map(c -> credential(c, isOwn(c, result)))
                        .toList());
        Map<String, Long> millis = new LinkedHashMap<>();
        result.took().forEach((stage, took) -> millis.put(stage.name().toLowerCase(Locale.ROOT), took.toMillis()));
        map.put("millis", millis);
        return map;
    }
}
