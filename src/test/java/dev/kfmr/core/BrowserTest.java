package dev.kfmr.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrowserTest {
    @TempDir
    private Path folder;

    @Test
    void isTheSystemsOwnProgram() throws IOException {
        program("open");
        program("xdg-open");
        program("cmd");

        assertThat(find("Mac OS X", Map.of())).contains(List.of("open"));
        assertThat(find("Linux", Map.of("DISPLAY", ":0"))).contains(List.of("xdg-open"));
        assertThat(find("Linux", Map.of("WAYLAND_DISPLAY", "wayland-0"))).contains(List.of("xdg-open"));
        assertThat(find("Windows 11", Map.of())).contains(List.of("cmd", "/c", "start"));
    }

    @Test
    void isNoneWithoutAScreen() throws IOException {
        program("xdg-open");

        assertThat(find("Linux", Map.of())).isEmpty();
    }

    @Test
    void isThatOfWindowsInItsLinux() throws IOException {
        program("wslview");
        program("xdg-open");

        assertThat(find("Linux", Map.of("DISPLAY", ":0"))).contains(List.of("wslview"));
    }

    @Test
    void isNoneWhereNoProgramIsInstalled() {
        assertThat(find("Mac OS X", Map.of())).isEmpty();
    }

    private Optional<List<String>> find(String system, Map<String, String> variables) {
        Map<String, String> environment = new java.util.HashMap<>(variables);
        environment.put("PATH", folder.toString());
        return Browser.find(environment, system).map(Browser::words);
    }

    private void program(String name) throws IOException {
        Path file = Files.createFile(folder.resolve(name));
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
