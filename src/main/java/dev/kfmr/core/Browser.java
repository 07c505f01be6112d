package dev.kfmr.core;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The browser that this machine's user has chosen, by the system's own way to it.
 *
 * @param words the command line, before the address
 */
public record Browser(List<String> words) {
    public Browser {
        words = List.copyOf(words);
    }

    /**
     * Empty where there is none: no such program, or no screen.
     *
     * @param system as the property {@code os.name} has it
     */
    public static Optional<Browser> find(Map<String, String> environment, String system) {
        return candidates(environment, system.toLowerCase(Locale.ROOT))
                .filter(words -> Programs.of(environment).find(words.get(0)).isPresent())
                .findFirst()
                .map(Browser::new);
    }

    private static Stream<List<String>> candidates(Map<String, String> environment, String system) {
        if (system.startsWith("mac")) {
            return Stream.of(List.of("open"));
        }
        if (system.startsWith("windows")) {
            return Stream.of(List.of("cmd", "/c", "start"));
        }
        boolean hasScreen = Stream.of("DISPLAY", "WAYLAND_DISPLAY")
                .anyMatch(name -> !environment.getOrDefault(name, "").isEmpty());
        // Without a screen xdg-open would take the terminal for a text browser. Windows' own needs none of Linux.
        Stream<List<String>> ofWindows = Stream.of(List.of("wslview"));
        return hasScreen ? Stream.concat(ofWindows, Stream.of(List.of("xdg-open"))) : ofWindows;
    }

    /**
     * Opens an address, and does not wait for it.
     *
     * @param log what the browser says goes there
     */
    public void open(URI address, Path log) {
        BackgroundProcess.start(
                Stream.concat(words.stream(), Stream.of(address.toString())).toList(), log);
    }
}
