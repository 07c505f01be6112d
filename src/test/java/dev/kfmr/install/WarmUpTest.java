package dev.kfmr.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.core.Directories;
import dev.kfmr.core.Progress;
import dev.kfmr.state.EnvironmentStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmUpTest {
    @TempDir
    private Path home;

    @Test
    void letsOneLookFindAllReadyAndTheNextOneThatWaits() throws Exception {
        Directories directories = Directories.of(Map.of(), home);
        EnvironmentStore store = new EnvironmentStore(directories);
        StatusReader reader = new StatusReader(
                new Surroundings(directories, Map.of(), Optional.empty(), Optional.empty(), Progress.silent()));
        List<InstallationStatus> seen = new ArrayList<>();

        new WarmUp(store).run(name -> seen.add(reader.read(name)));

        assertThat(seen).hasSize(2);
        assertThat(seen.get(0).isReady()).isTrue();
        assertThat(seen.get(1).components()).singleElement().satisfies(component -> {
            assertThat(component.ready()).isEqualTo(1);
            assertThat(component.total()).isEqualTo(2);
            assertThat(component.waitingFor())
                    .singleElement()
                    .asString()
                    .contains("waiting: cannot pull registry.test/a:1");
        });
        assertThat(store.names()).isEmpty();
    }
}
