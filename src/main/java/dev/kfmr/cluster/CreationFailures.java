package dev.kfmr.cluster;

import dev.kfmr.core.Command;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Resource;
import dev.kfmr.profile.YamlDocuments;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Explains what kind or the engine said when no cluster came of it: known words to likely causes, as data. */
final class CreationFailures {
    private static final String DATA = "creation-failures.yaml";
    private static final Pattern CAUSE = Pattern.compile("^(ERROR: |Command Output: |Error response from daemon: )");
    private static final int WORDS_AT_MOST = 600;

    private final List<Cause> causes;

    CreationFailures() {
        causes = YamlDocuments.parse(Resource.text(CreationFailures.class, DATA), DATA).stream()
                .map(Cause::of)
                .toList();
    }

    private record Cause(Pattern words, ExitCode exitCode, String why, String remedy) {
        static Cause of(Map<String, Object> data) {
            return new Cause(
                    Pattern.compile(String.valueOf(data.get("words")), Pattern.CASE_INSENSITIVE),
                    ExitCode.valueOf(String.valueOf(data.getOrDefault("exit", "ENVIRONMENT"))),
                    String.valueOf(data.get("why")).strip(),
                    String.valueOf(data.get("remedy")).strip());
        }
    }

    /** @param kept whether what was made so far is still there */
    KfmrException ofCreation(ClusterSpec spec, Command.Result result, boolean kept) {
        String fate = kept
                ? "It is kept as it is (--retain): `kind export logs --name " + spec.name() + "` collects its logs."
                : "What was made of it is deleted again.";
        return explained(
                "cluster.create-failed", "Cannot create the cluster " + spec.name() + ".", result, "kind", fate);
    }

    /**
     * The creation failed, and so did deleting what had been made: most of all because the engine went away.
     *
     * @param away why the engine does not answer; empty when it does
     */
    static KfmrException unfinished(String name, RuntimeException failure, Optional<KfmrException> away) {
        String again = "the same command again: it deletes what was begun of the cluster, and makes it anew.";
        String why = failure instanceof KfmrException known ? known.why() : String.valueOf(failure);
        return away.map(engine -> new KfmrException(
                        engine.exitCode(),
                        engine.code(),
                        "The container engine went away while it created the cluster " + name + ".",
                        lines(engine.why(), why),
                        lines(engine.remedy(), "Then run " + again),
                        failure))
                .orElseGet(() -> new KfmrException(
                        ExitCode.ENVIRONMENT,
                        "cluster.create-failed",
                        "Cannot create the cluster " + name + ", nor delete what was made of it.",
                        why,
                        "Run " + again,
                        failure));
    }

    KfmrException ofNodeImage(String image, Command.Result result, String program) {
        return explained("cluster.node-image", "Cannot pull the node image " + image + ".", result, program, "");
    }

    private KfmrException explained(String code, String what, Command.Result result, String program, String fate) {
        String said = program + ": " + lastWords(result);
        Optional<Cause> cause = causes.stream()
                .filter(candidate -> candidate.words().matcher(result.error()).find())
                .findFirst();
        return new KfmrException(
                cause.map(Cause::exitCode).orElse(ExitCode.ENVIRONMENT),
                code,
                what,
                lines(said, cause.map(Cause::why).orElse("")),
                lines(cause.map(Cause::remedy).orElse("Run the same command again."), fate));
    }

    private static String lines(String first, String second) {
        return second.isEmpty() ? first : first + "\n" + second;
    }

    /** kind's error, and what the command that failed printed; before and behind it stand logs and stack traces. */
    private static String lastWords(Command.Result result) {
        if (result.timedOut()) {
            return "it did not end in time";
        }
        String words = result.error()
                .lines()
                .filter(line -> CAUSE.matcher(line).find())
                .distinct()
                .collect(Collectors.joining("\n"));
        String all = words.isEmpty() ? result.lastWords() : words;
        return all.length() > WORDS_AT_MOST ? all.substring(0, WORDS_AT_MOST) + " …" : all;
    }
}
