package dev.kfmr.tools;

import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Progress;
import dev.kfmr.core.Sha256;
import dev.kfmr.core.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Downloads over HTTP and HTTPS: whole or not at all, and only what has the hash that was asked for. */
public final class Downloads {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
    private static final Duration SILENCE_LIMIT = Duration.ofSeconds(30);
    private static final Duration WHOLE_LIMIT = Duration.ofMinutes(10);
    private static final List<Duration> PAUSES = List.of(Duration.ofMillis(300), Duration.ofSeconds(1));
    private static final long NANOS_BETWEEN_REPORTS = Duration.ofMillis(100).toNanos();

    private final Map<String, String> environment;
    private final Supplier<Trust> trust;
    private final Progress progress;
    private @Nullable OkHttpClient client;

    public Downloads(Map<String, String> environment, Progress progress) {
        this(environment, Trust::ofSystem, progress);
    }

    /** @param caFile certificates in PEM form that are trusted beside the JVM's own */
    public Downloads(Map<String, String> environment, Path caFile, Progress progress) {
        this(environment, () -> Trust.withExtra(caFile), progress);
    }

    private Downloads(Map<String, String> environment, Supplier<Trust> trust, Progress progress) {
        this.environment = Map.copyOf(environment);
        this.trust = trust;
        this.progress = progress;
    }

    /** Made for the first download: most commands download nothing, and a JVM trusts many authorities. */
    private synchronized OkHttpClient client() {
        OkHttpClient made = client == null ? newClient() : client;
        client = made;
        return made;
    }

    private OkHttpClient newClient() {
        Trust trusted = trust.get();
        return new OkHttpClient.Builder()
                .connectTimeout(CONNECT_LIMIT)
                .readTimeout(SILENCE_LIMIT)
                .callTimeout(WHOLE_LIMIT)
                .proxySelector(new Proxies(environment))
                .sslSocketFactory(trusted.socketFactory(), trusted.manager())
                .build();
    }

    /**
     * @throws KfmrException UPSTREAM {@code download.failed}, or {@code download.checksum} when what came is not what was
     *     pinned; nothing is left at {@code target} then
     */
    public void fetch(URI address, Path target, String sha256) {
        Path fresh = newFileBeside(target);
        try {
            String actual = withRetries(address, fresh);
            if (!actual.equalsIgnoreCase(sha256)) {
                throw new KfmrException(
                        ExitCode.UPSTREAM,
                        "download.checksum",
                        "What came from " + address + " is not what was pinned.",
                        "SHA-256 is " + actual + ", pinned is " + sha256 + ".",
                        "Try again; if it stays so, something between here and there changes downloads (a proxy?), the"
                                + " release was replaced, or the pins name the SHA-256 of another file.");
            }
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw WholeFile.unwritable(target, e);
        } finally {
            discard(fresh);
        }
    }

    /** @return SHA-256 of what came */
    private String withRetries(URI address, Path file) {
        for (int tries = 0; ; tries++) {
            try {
                return once(address, file);
            } catch (Refused e) {
                throw failed(address, e);
            } catch (IOException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw KfmrException.interrupted("downloading " + address);
                }
                if (tries == PAUSES.size()) {
                    throw failed(address, e);
                }
                pause(PAUSES.get(tries), address);
            }
        }
    }

    private String once(URI address, Path file) throws IOException {
        Request request = new Request.Builder().url(address.toString()).build();
        try (Response response = client().newCall(request).execute()) {
            if (response.code() >= 500) {
                throw new IOException("HTTP " + response.code());
            }
            if (!response.isSuccessful()) {
                throw new Refused("HTTP " + response.code());
            }
            return store(address, response, file);
        }
    }

    /** The server answered, and will answer the same again. */
    private static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    private String store(URI address, Response response, Path file) throws IOException {
        MessageDigest digest = Sha256.digest();
        long length = response.body().contentLength();
        OptionalLong total = length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
        String name = fileName(address);
        long done = 0;
        long lastReport = System.nanoTime();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = response.body().byteStream();
                OutputStream out = Files.newOutputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException();
                }
                digest.update(buffer, 0, n);
                out.write(buffer, 0, n);
                done += n;
                if (System.nanoTime() - lastReport > NANOS_BETWEEN_REPORTS) {
                    lastReport = System.nanoTime();
                    progress.downloading(name, done, total);
                }
            }
        }
        progress.downloading(name, done, total);
        return HexFormat.of().formatHex(digest.digest());
    }

    static String fileName(URI address) {
        String path = address.getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static Path newFileBeside(Path target) {
        try {
            Path folder = target.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            return Files.createTempFile(folder, "." + target.getFileName(), ".part");
        } catch (IOException e) {
            throw WholeFile.unwritable(target, e);
        }
    }

    private static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // A file with a dot before its name that nobody reads: not worth hiding the first failure.
        }
    }

    private static void pause(Duration pause, URI address) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            throw KfmrException.interrupted("downloading " + address);
        }
    }

    private static KfmrException failed(URI address, IOException cause) {
        String reason = cause instanceof Refused
                ? String.valueOf(cause.getMessage())
                : cause.getClass().getSimpleName() + ": " + cause.getMessage();
        return new KfmrException(
                ExitCode.UPSTREAM,
                "download.failed",
                "Cannot download " + address + ".",
                reason,
                "Check the network, and HTTPS_PROXY or a CA file where a proxy is in the way; then run the same command"
                        + " again.",
                cause);
    }
}
