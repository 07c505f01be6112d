package dev.kfmr.state;

import dev.kfmr.core.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/** What happened to an environment, a line an event, oldest first. Bounded: the older half goes at 1 MiB. */
public final class EventLog {
    private static final long LARGEST_BYTES = 1 << 20;

    private final Path file;
    private final Clock clock;

    public EventLog(Path environmentFolder, Clock clock) {
        this.file = environmentFolder.resolve("events.log");
        this.clock = clock;
    }

    public synchronized void add(String text) {
        String line = clock.instant().truncatedTo(ChronoUnit.MILLIS) + " " + text.replace('\n', ' ') + "\n";
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            if (Files.exists(file) && Files.size(file) > LARGEST_BYTES) {
                String all = Files.readString(file);
                WholeFile.write(file, all.substring(all.indexOf('\n', all.length() / 2) + 1));
            }
            Files.write(
                    file, line.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw WholeFile.unwritable(file, e);
        }
    }
}
