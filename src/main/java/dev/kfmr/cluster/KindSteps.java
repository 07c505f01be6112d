package dev.kfmr.cluster;

import dev.kfmr.core.Progress;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what kind says while it creates a cluster into steps. */
final class KindSteps implements Consumer<String> {
    /** {@code " • Preparing nodes 📦  ..."}: a step that begins; its end is marked by a tick. */
    private static final Pattern BEGINS = Pattern.compile("^ • (.*?)\\s*\\.\\.\\.$");

    private static final Pattern PICTURE = Pattern.compile("[^\\p{ASCII}]+\\s*$");

    private final Progress progress;

    KindSteps(Progress progress) {
        this.progress = progress;
    }

    @Override
    public void accept(String line) {
        step(line).ifPresent(text -> progress.step(Progress.Stage.CLUSTER, text));
    }

    /** {@code kind: Preparing nodes}; empty for every other line. */
    static Optional<String> step(String line) {
        Matcher matcher = BEGINS.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String text = PICTURE.matcher(matcher.group(1)).replaceFirst("").strip();
        return Optional.of("kind: " + text);
    }
}
