package dev.kfmr.core;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Gives each line that is written to it, as UTF-8, to a listener; the last one, without an end, when it is closed. */
public final class LineStream extends OutputStream {
    private final Consumer<String> onLine;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    public LineStream(Consumer<String> onLine) {
        this.onLine = onLine;
    }

    @Override
    public synchronized void write(int octet) {
        if (octet == '\n') {
            tell();
        } else {
            line.write(octet);
        }
    }

    @Override
    public synchronized void close() {
        if (line.size() > 0) {
            tell();
        }
    }

    private void tell() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        onLine.accept(text);
    }
}
