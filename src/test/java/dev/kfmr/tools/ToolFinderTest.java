package dev.kfmr.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Progress;
import dev.kfmr.core.SilentProgress;
import dev.kfmr.profile.ToolPin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolFinderTest {
    private static final byte[] PROGRAM = "#!/bin/sh\necho kind v0.32.0\n".getBytes(StandardCharsets.UTF_8);

    private final AtomicInteger requests = new AtomicInteger();
    private final Path folder;
    private final HttpServer server;

    ToolFinderTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void serve() throws Exception {
        answer("/kind-linux-amd64", PROGRAM);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void takesProgramOnPathThatIsNewEnough() throws IOException {
        Path program = script("kind v0.31.0 go1.25 linux/amd64");
        assertThat(finder().find(pin(""))).isEqualTo(program);
    }

    @Test
    void downloadsOnceWhenTheProgramOnPathIsTooOld() throws Exception {
        script("kind v0.9.0 go1.25 linux/amd64");
        Path program = finder().find(pin(hash()));
        assertThat(finder().find(pin(hash()))).isEqualTo(program);
        assertThat(program).hasBinaryContent(PROGRAM).isExecutable();
        assertThat(requests).hasValue(1);
    }

    @Test
    void refusesProgramWithAnotherHash() {
        assertThatThrownBy(() -> finder().find(pin("0".repeat(64))))
                .isInstanceOfSatisfying(
                        KfmrException.class, e -> assertThat(e.code()).isEqualTo("download.checksum"));
        assertThat(folder.resolve("cache/tools/kind-0.32.0")).isEmptyDirectory();
    }

    @Test
    void tellsPlatformWithoutDownload() {
        ToolPin pin = new ToolPin("kind", "0.32.0", "0.30.0", Map.of());
        assertThatThrownBy(() -> finder().find(pin))
                .isInstanceOfSatisfying(
                        KfmrException.class, e -> assertThat(e.code()).isEqualTo("tool.platform"));
    }

    @Test
    void triesAgainWhatTheServerCannotGiveJustNowAndTellsHowFarItIs() throws Exception {
        server.createContext("/busy", exchange -> {
            boolean isFirst = requests.incrementAndGet() == 1;
            exchange.sendResponseHeaders(isFirst ? 503 : 200, PROGRAM.length);
            exchange.getResponseBody().write(PROGRAM);
            exchange.close();
        });
        List<String> told = new ArrayList<>();
        Progress progress = new SilentProgress() {
            @Override
            public void downloading(String what, long doneBytes, OptionalLong totalBytes) {
                told.add(what + " " + doneBytes + " of " + totalBytes.orElse(0));
            }
        };

        Path target = folder.resolve("tool");
        new Downloads(Map.of(), progress).fetch(URI.create(address("/busy")), target, hash());

        assertThat(target).hasBinaryContent(PROGRAM);
        assertThat(requests).hasValue(2);
        assertThat(told).containsExactly("busy " + PROGRAM.length + " of " + PROGRAM.length);
    }

    @Test
    void tellsFileThatTheServerDoesNotHaveWithoutTryingAgain() {
        URI gone = URI.create(address("/gone"));
        Downloads downloads = new Downloads(Map.of(), Progress.silent());
        assertThatThrownBy(() -> downloads.fetch(gone, folder.resolve("gone"), "0".repeat(64)))
                .isInstanceOfSatisfying(KfmrException.class, e -> {
                    assertThat(e.code()).isEqualTo("download.failed");
                    assertThat(e.why()).contains("HTTP 404");
                });
    }

    private ToolFinder finder() {
        return new ToolFinder(
                Map.of("PATH", folder.toString()),
                folder.resolve("cache"),
                new Downloads(Map.of(), Progress.silent()),
                new Platform("linux-amd64"));
    }

    private ToolPin pin(String sha256) {
        ToolPin.Download download = new ToolPin.Download(address("/kind-linux-amd64"), sha256);
        return new ToolPin("kind", "0.32.0", "0.30.0", Map.of("linux-amd64", download));
    }

    private Path script(String version) throws IOException {
        Path file = Files.writeString(folder.resolve("kind"), "#!/bin/sh\necho '" + version + "'\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String address(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private static String hash() throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(PROGRAM));
    }

    private void answer(String path, byte[] content) {
        server.createContext(path, exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
            exchange.close();
        });
    }
}
