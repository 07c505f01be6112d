package dev.kfmr.engine;

import dev.kfmr.core.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * This machine, as far as it matters for getting an engine.
 *
 * @param distributions ids after os-release, nearest first: {@code ubuntu, debian}; empty where there are none
 * @param packageManagers those of it that kfmr knows how to use
 * @param root whether this process may install without asking for rights
 * @param systemd whether services are started by systemd
 */
public record SystemFacts(
        OperatingSystem operatingSystem,
        List<String> distributions,
        List<String> packageManagers,
        boolean root,
        boolean systemd,
        String user) {
    private static final List<String> PACKAGE_MANAGERS = List.of("apt-get", "dnf", "brew");

    public SystemFacts {
        distributions = List.copyOf(distributions);
        packageManagers = List.copyOf(packageManagers);
    }

    /** Where kfmr may run. */
    public enum OperatingSystem {
        LINUX,
        MACOS,
        OTHER;

        static OperatingSystem of(String javaName) {
            String name = javaName.toLowerCase(Locale.ROOT);
            if (name.startsWith("linux")) {
                return LINUX;
            }
            return name.startsWith("mac") ? MACOS : OTHER;
        }
    }

    public static SystemFacts ofThisMachine(Map<String, String> environment) {
        Programs programs = Programs.of(environment);
        String user = System.getProperty("user.name");
        return of(
                System.getProperty("os.name"),
                readOsRelease(),
                name -> programs.find(name).isPresent(),
                user.equals("root"),
                Files.isDirectory(Path.of("/run/systemd/system")),
                user);
    }

    static SystemFacts of(
            String osName, String osRelease, Predicate<String> hasProgram, boolean root, boolean systemd, String user) {
        return new SystemFacts(
                OperatingSystem.of(osName),
                Stream.of(field(osRelease, "ID"), field(osRelease, "ID_LIKE"))
                        .flatMap(value -> Stream.of(value.split("\\s+")))
                        .filter(id -> !id.isEmpty())
                        .toList(),
                PACKAGE_MANAGERS.stream().filter(hasProgram).toList(),
                root,
                systemd,
                user);
    }

    private static String field(String osRelease, String key) {
        return osRelease
                .lines()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1).replace("\"", "").replace("'", ""))
                .findFirst()
                .orElse("");
    }

    private static String readOsRelease() {
        try {
            return Files.readString(Path.of("/etc/os-release"));
        } catch (IOException e) {
            return "";
        }
    }
}
