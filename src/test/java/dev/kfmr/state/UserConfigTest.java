package dev.kfmr.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserConfigTest {
    @TempDir
    private Path folder;

    private UserConfig read(String text) throws IOException {
        return UserConfig.read(Files.writeString(folder.resolve("config.yaml"), text));
    }

    @Test
    void isEmptyWithoutAFile() {
        assertThat(UserConfig.read(folder.resolve("none.yaml")).values()).isEmpty();
    }

    @Test
    void isEmptyForAnEmptyFile() throws IOException {
        assertThat(read("# nothing yet\n").values()).isEmpty();
    }

    @Test
    void readsNumbersAndTruthValuesAsText() throws IOException {
        UserConfig config = read("nodes: 2\nverbose: true\nregistry-mirror: http://mirror:5000\n");

        assertThat(config.value("nodes")).contains("2");
        assertThat(config.value("verbose")).contains("true");
        assertThat(config.value("registry-mirror")).contains("http://mirror:5000");
    }

    @Test
    void joinsAListAsOnTheCommandLine() throws IOException {
        assertThat(read("without: [catalog, model-registry-ui]\n").value("without"))
                .contains("catalog,model-registry-ui");
    }

    @Test
    void refusesAMapAndNamesItsKey() {
        assertThatThrownBy(() -> read("registry-mirror:\n  url: http://mirror\n"))
                .isInstanceOfSatisfying(KfmrException.class, e -> {
                    assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
                    assertThat(e.code()).isEqualTo("config.invalid");
                    assertThat(e.why()).contains("config.yaml").contains("registry-mirror");
                });
    }

    @Test
    void refusesWhatIsNoMap() {
        assertThatThrownBy(() -> read("- one\n- two\n"))
                .isInstanceOfSatisfying(
                        KfmrException.class, e -> assertThat(e.code()).isEqualTo("yaml.invalid"));
    }
}
