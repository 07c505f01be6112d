package dev.kfmr.tools;

import dev.kfmr.core.Command;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.WholeFile;
import dev.kfmr.profile.ToolPin;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the programs that kfmr runs: on PATH when new enough, else the pinned release, downloaded once. */
public final class ToolFinder {
    private static final Duration VERSION_LIMIT = Duration.ofSeconds(10);

    private final Map<String, String> environment;
    private final Path cacheDir;
    private final Downloads downloads;
    private final Platform platform;

    public ToolFinder(Map<String, String> environment, Path cacheDir, Downloads downloads) {
        this(environment, cacheDir, downloads, Platform.ofThisMachine());
    }

    ToolFinder(Map<String, String> environment, Path cacheDir, Downloads downloads, Platform platform) {
        this.environment = Map.copyOf(environment);
        this.cacheDir = cacheDir;
        this.downloads = downloads;
        this.platform = platform;
    }

    /**
     * The executable to run.
     *
     * @throws KfmrException ENVIRONMENT {@code tool.platform} when the release has nothing for this machine; UPSTREAM when
     *     the download fails or is not what was pinned
     */
    public Path find(ToolPin pin) {
        return onPath(pin).orElseGet(() -> cached(pin));
    }

    private Optional<Path> onPath(ToolPin pin) {
        ToolVersion oldest = ToolVersion.firstIn(pin.oldest())
                .orElseThrow(() -> new IllegalArgumentException("not a version: " + pin.oldest()));
        return pathFolders()
                .map(folder -> folder.resolve(pin.name()))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .filter(file -> version(file)
                        .filter(found -> found.compareTo(oldest) >= 0)
                        .isPresent())
                .findFirst();
    }

    private Stream<Path> pathFolders() {
        return Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .flatMap(ToolFinder::asPath);
    }

    private static Stream<Path> asPath(String folder) {
        try {
            return Stream.of(Path.of(folder));
        } catch (InvalidPathException e) {
            return Stream.empty();
        }
    }

    private static Optional<ToolVersion> version(Path program) {
        Command.Result result = Command.of(program.toString(), "version")
                .withLimit(VERSION_LIMIT)
                .run();
        return result.succeeded() ? ToolVersion.firstIn(result.output()) : Optional.empty();
    }

    private Path cached(ToolPin pin) {
        Path program = cacheDir.resolve("tools")
                .resolve(pin.name() + "-" + pin.version())
                .resolve(pin.name());
        if (!Files.isExecutable(program)) {
            download(pin, program);
        }
        return program;
    }

    private void download(ToolPin pin, Path program) {
        ToolPin.Download download = pin.downloads().get(platform.name());
        if (download == null) {
            throw new KfmrException(
                    ExitCode.ENVIRONMENT,
                    "tool.platform",
                    "There is no " + pin.name() + " " + pin.version() + " to download for " + platform + ".",
                    "Not on PATH at version " + pin.oldest() + " or newer, and pinned are only: "
                            + String.join(
                                    ", ",
                                    pin.downloads().keySet().stream().sorted().toList()) + ".",
                    "Install " + pin.name() + " " + pin.oldest() + " or newer so that it is found on PATH.");
        }
        URI address = URI.create(download.url());
        Path fetched = program.resolveSibling(Downloads.fileName(address) + ".download");
        downloads.fetch(address, fetched, download.sha256());
        try {
            install(pin, address, fetched, program);
        } catch (IOException e) {
            throw WholeFile.unwritable(program, e);
        }
    }

    private static void install(ToolPin pin, URI address, Path fetched, Path program) throws IOException {
        Path fresh = Files.createTempFile(program.toAbsolutePath().getParent(), "." + pin.name(), ".new");
        try {
            if (!address.getPath().endsWith(".tar.gz")) {
                Files.move(fetched, fresh, StandardCopyOption.REPLACE_EXISTING);
            } else if (!TarGz.extract(fetched, pin.name(), fresh)) {
                throw new KfmrException(
                        ExitCode.UPSTREAM,
                        "tool.archive",
                        "The archive " + address + " does not hold " + pin.name() + ".",
                        "No regular file of that name is in it.",
                        "Correct the download of " + pin.name() + " in the pins file.");
            }
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(fresh, program, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
            Files.deleteIfExists(fetched);
        }
    }
}
