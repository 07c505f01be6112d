package dev.kfmr.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kfmr.core.Directories;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Progress;
import dev.kfmr.state.Environment;
import dev.kfmr.state.EnvironmentStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An installation in a cluster whose context is gone. Nothing here asks a cluster or an engine. */
class DownTest {
    private static final String GONE = "a-context-that-no-kubeconfig-names";

    @TempDir
    private Path home;

    private EnvironmentStore store;
    private Down down;

    @BeforeEach
    void open() {
        Directories directories = new Directories(home, home.resolve("cache"), home.resolve("config"));
        store = new EnvironmentStore(directories);
        down = new Down(new Surroundings(directories, Map.of(), Optional.empty(), Optional.empty(), Progress.silent()));
    }

    private void save(Optional<String> context) {
        Environment own = Environment.plain("team", "standalone", "26.03");
        store.save(context.map(own::inContext).orElse(own));
    }

    @Test
    void saysThatTheContextIsGoneAndHowToForgetTheInstallation() {
        save(Optional.of(GONE));

        assertThatThrownBy(() -> down.wouldDelete("team")).isInstanceOfSatisfying(KfmrException.class, e -> {
            assertThat(e.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
            assertThat(e.code()).isEqualTo("down.cluster-not-reached");
            assertThat(e.what()).contains("team", GONE, "Nothing was deleted");
            assertThat(e.why()).contains("There is no context " + GONE);
            assertThat(e.remedy()).contains("kfmr down --forget --name team", "kfmr up --context NEW --name team");
        });
        assertThat(store.isKnown("team")).isTrue();
    }

    @Test
    void forgetsAnInstallationWithoutItsCluster() {
        save(Optional.of(GONE));

        assertThat(down.wouldForget("team"))
                .containsExactly("its state in " + store.folder("team"))
                .isEqualTo(down.forget("team"));

        assertThat(store.folder("team")).doesNotExist();
        assertThat(down.forget("team")).isEmpty();
    }

    @Test
    void doesNotForgetAnEnvironmentWhoseClusterIsItsOwn() {
        save(Optional.empty());

        assertThatThrownBy(() -> down.forget("team")).isInstanceOfSatisfying(KfmrException.class, e -> {
            assertThat(e.code()).isEqualTo("down.own-cluster");
            assertThat(e.remedy()).contains("kfmr down --name team");
        });
        assertThat(store.isKnown("team")).isTrue();
    }
}
