package dev.kfmr.cli;

import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The standard output, which remembers why it could not be written: a {@link PrintStream} remembers only that. */
final class WatchedOutput extends FilterOutputStream {
    private volatile @Nullable IOException failure;

    WatchedOutput(OutputStream output) {
        super(output);
    }

    /** In UTF-8, whatever the locale: the signs in it have no other form. */
    PrintStream printer() {
        return new PrintStream(this, true, StandardCharsets.UTF_8);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /** What was printed and did not arrive; whoever reads a pipe may stop when they have seen enough. */
    Optional<KfmrException> loss() {
        IOException lost = failure;
        // Java has no type for it, and takes the text from the system.
        return lost == null || String.valueOf(lost.getMessage()).contains("Broken pipe")
                ? Optional.empty()
                : Optional.of(new KfmrException(
                        ExitCode.ENVIRONMENT,
                        "output.lost",
                        "Not everything that was printed arrived.",
                        String.valueOf(lost.getMessage()),
                        "If it goes into a file, make room on its disk, and run the same command again.",
                        lost));
    }
}
