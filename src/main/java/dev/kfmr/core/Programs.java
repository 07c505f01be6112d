package dev.kfmr.core;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The programs that a {@code PATH} offers. */
public record Programs(String path) {

    public static Programs of(Map<String, String> environment) {
        return new Programs(environment.getOrDefault("PATH", ""));
    }

    public Optional<Path> find(String name) {
        return Stream.of(path.split(Pattern.quote(System.getProperty("path.separator")), -1))
                .filter(folder -> !folder.isEmpty())
                .flatMap(folder -> Stream.of(Path.of(folder, name), Path.of(folder, name + ".exe")))
                .filter(Files::isExecutable)
                .filter(Files::isRegularFile)
                .findFirst();
    }
}
