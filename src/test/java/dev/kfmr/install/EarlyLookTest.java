package dev.kfmr.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kfmr.core.Directories;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Progress;
import dev.kfmr.core.WholeFile;
import dev.kfmr.state.EnvironmentStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlyLookTest {
    @TempDir
    private Path home;

    private Directories directories;
    private EnvironmentStore store;

    @BeforeEach
    void directories() {
        directories = Directories.of(Map.of(), home);
        store = new EnvironmentStore(directories);
    }

    private StatusReader reader(EarlyLook early) {
        return new StatusReader(
                new Surroundings(directories, Map.of(), Optional.empty(), Optional.empty(), Progress.silent()), early);
    }

    @Test
    void standsForTheFirstLookOnly() throws Exception {
        List<InstallationStatus> seen = new ArrayList<>();

        new WarmUp(store).run(name -> {
            EarlyLook early = EarlyLook.at(directories, name);
            StatusReader reader = reader(early);
            seen.add(reader.read(name));
            assertThat(early.take(name)).isEmpty();
            seen.add(reader.read(name));
        });

        assertThat(seen).extracting(InstallationStatus::isReady).containsExactly(true, true, false, false);
    }

    @Test
    void isLetBeWhereAnotherClusterIsMeant() throws Exception {
        new WarmUp(store).run(name -> {
            EarlyLook early = EarlyLook.at(directories, name);

            assertThat(early.take("another")).isEmpty();
            assertThat(early.take(name)).hasValueSatisfying(look -> {
                assertThat(look.seen()).isPresent();
                look.close();
            });
        });
    }

    @Test
    void beginsNothingWhereKfmrMadeNoSuchCluster() {
        assertThat(EarlyLook.at(directories, "nobody").take("nobody")).isEmpty();
        assertThat(EarlyLook.at(directories, "../up").take("../up")).isEmpty();
    }

    @Test
    void tellsWhatIsWrongWithTheWayThere() throws Exception {
        new WarmUp(store).run(name -> {
            WholeFile.writePrivate(store.kubeconfig(name), "clusters: []\n");

            assertThatThrownBy(() -> reader(EarlyLook.at(directories, name)).read(name))
                    .isInstanceOf(KfmrException.class)
                    .hasMessageContaining("credentials of the cluster");
        });
    }
}
