package dev.kfmr.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes a file so that a reader, or a crash, sees either the old content or the new one, never a half. */
public final class WholeFile {
    private WholeFile() {}

    public static void write(Path file, String content) {
        write(file, content, "rw-r--r--");
    }

    /** For what others must not read, such as a kubeconfig: mode 0600. */
    public static void writePrivate(Path file, String content) {
        write(file, content, "rw-------");
    }

    public static void writePrivate(Path file, byte[] content) {
        write(file, content, "rw-------");
    }

    private static void write(Path file, String content, String mode) {
        write(file, content.getBytes(StandardCharsets.UTF_8), mode);
    }

    private static void write(Path file, byte[] content, String mode) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            Path fresh = Files.createTempFile(folder, "." + file.getFileName(), ".new");
            try {
                setMode(fresh, mode);
                Files.write(fresh, content);
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private static void setMode(Path file, String mode) throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        }
    }

    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    /** The error for a file or folder that cannot be written: a full disk, or no rights. */
    public static KfmrException unwritable(Path file, IOException cause) {
        String reason = String.valueOf(cause.getMessage());
        return new KfmrException(
                ExitCode.ENVIRONMENT,
                "disk.unwritable",
                "Cannot write " + file + ".",
                cause.getClass().getSimpleName() + ": " + reason,
                "Make room on its disk, or make its folder writable, then run the same command again.",
                cause);
    }
}
