package dev.kfmr.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.core.Directories;
import dev.kfmr.plan.ComputeResource;
import dev.kfmr.plan.RequestPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentStoreTest {
    private static final Environment LAB = new Environment(
            "lab",
            "standalone",
            "26.03",
            true,
            Optional.empty(),
            RequestPolicy.AUTO,
            Set.of(ComputeResource.MEMORY),
            Set.of("tls"),
            Set.of("catalog"),
            Map.of("store:1.13.0", "store:1.12.0"));

    @TempDir
    private Path home;

    private EnvironmentStore store;
    private final List<String> warnings = new ArrayList<>();

    @BeforeEach
    void open() {
        store = new EnvironmentStore(new Directories(home, home.resolve("cache"), home.resolve("config")));
    }

    @Test
    void givesBackWhatWasSaved() {
        store.save(LAB);

        assertThat(store.load("lab", warnings::add)).contains(LAB);
        assertThat(store.names()).containsExactly("lab");
        assertThat(warnings).isEmpty();
    }

    @Test
    void readsAnEnvironmentOfWhenOnlyCpuRequestsWereLowered() throws IOException {
        store.save(LAB);
        Path file = store.folder("lab").resolve("environment.yaml");
        Files.writeString(
                file, Files.readString(file).replaceFirst("requestsLowered:\\n- memory", "requestsLowered: true"));

        assertThat(store.load("lab", warnings::add).orElseThrow().requestsLowered())
                .containsExactly(ComputeResource.CPU);
    }

    @Test
    void knowsNothingOfWhatWasNeverSaved() {
        assertThat(store.load("lab", warnings::add)).isEmpty();
        assertThat(store.names()).isEmpty();
    }

    @Test
    void putsACutOffFileAsideAndSaysSo() throws IOException {
        store.save(LAB);
        Path file = store.folder("lab").resolve("environment.yaml");
        Files.writeString(file, Files.readString(file).substring(0, 90));

        assertThat(store.load("lab", warnings::add)).isEmpty();
        assertThat(warnings).singleElement().asString().contains("environment.yaml.broken");
        assertThat(store.load("lab", warnings::add)).isEmpty();
        assertThat(warnings).hasSize(1);
    }

    @Test
    void putsAFileAsideThatIsNoYaml() throws IOException {
        store.save(LAB);
        Files.writeString(store.folder("lab").resolve("environment.yaml"), "profile: [");

        assertThat(store.load("lab", warnings::add)).isEmpty();
        assertThat(warnings).hasSize(1);
    }

    @Test
    void forgetsAnEnvironmentWhole() {
        store.save(LAB);

        store.delete("lab");
        store.delete("lab");

        assertThat(store.folder("lab")).doesNotExist();
    }

    @Test
    void keepsAPasswordForItsOwnerOnly() throws IOException {
        store.savePassword("kfmr", "correct horse");

        assertThat(store.password("kfmr")).contains("correct horse");
        assertThat(store.password("other")).isEmpty();
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(store.folder("kfmr").resolve("password"))))
                .isEqualTo("rw-------");
    }
}
