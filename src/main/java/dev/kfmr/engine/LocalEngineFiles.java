package dev.kfmr.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What this machine's files say of an engine that runs on it.
 *
 * @param kernel this machine's kernel release
 * @param daemonFiles where the daemon's own settings may lie
 */
record LocalEngineFiles(String kernel, List<Path> daemonFiles) {
    private static final long MIB = 1024L * 1024;

    LocalEngineFiles {
        daemonFiles = List.copyOf(daemonFiles);
    }

    static LocalEngineFiles ofThisMachine(Map<String, String> environment) {
        Path home = Path.of(System.getProperty("user.home"));
        Path config = Optional.ofNullable(environment.get("XDG_CONFIG_HOME"))
                .map(Path::of)
                .orElse(home.resolve(".config"));
        return new LocalEngineFiles(
                System.getProperty("os.version"),
                List.of(
                        Path.of("/etc/docker/daemon.json"),
                        Path.of("/var/snap/docker/current/config/daemon.json"),
                        config.resolve("docker/daemon.json")));
    }

    /** Two machines with the very same kernel release are rare enough. */
    boolean isThisKernel(String release) {
        return !release.isEmpty() && release.equals(kernel);
    }

    /** Unknown where the folder is not there or may not be looked at. */
    OptionalLong freeMib(String folder) {
        try {
            return OptionalLong.of(Files.getFileStore(Path.of(folder)).getUsableSpace() / MIB);
        } catch (IOException | SecurityException e) {
            return OptionalLong.empty();
        }
    }

    /** Empty where the folder is not there or may not be looked at. */
    String filesystem(String folder) {
        try {
            return Files.getFileStore(Path.of(folder)).type();
        } catch (IOException | SecurityException e) {
            return "";
        }
    }

    boolean daemonAddsInit() {
        return daemonFiles.stream().filter(Files::isReadable).anyMatch(LocalEngineFiles::addsInit);
    }

    private static boolean addsInit(Path file) {
        try {
            return InfoTree.of(Files.readString(file), file.toString()).isTrue("init");
        } catch (IOException | RuntimeException e) {
            // A settings file that cannot be read is the daemon's matter: it answers, or says so itself.
            return false;
        }
    }
}
