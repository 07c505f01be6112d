package dev.kfmr.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.kfmr.core.Directories;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Progress;
import dev.kfmr.ready.LocalApi;
import dev.kfmr.state.Environment;
import dev.kfmr.state.EnvironmentStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An installation in a cluster that kfmr did not make, whose context is gone, or which does not let it be taken away. */
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
    void saysWhatTheApiServerDoesNotAllow() throws IOException {
        save(Optional.of("theirs"));
        try (LocalApi api = new LocalApi(DownTest::allowingNothingButTheInventory)) {
            Path kubeconfig = Files.writeString(
                    home.resolve("kubeconfig"),
                    """
                    apiVersion: v1
                    kind: Config
                    contexts: [{name: theirs, context: {cluster: theirs, user: looker}}]
                    clusters: [{name: theirs, cluster: {server: "%s"}}]
                    users: [{name: looker, user: {token: t0ken}}]
                    """
                            .formatted(api.client().getMasterUrl()));
            System.setProperty("kubeconfig", kubeconfig.toString());

            assertThatThrownBy(() -> down.run("team")).isInstanceOfSatisfying(KfmrException.class, e -> {
                assertThat(e.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
                assertThat(e.code()).isEqualTo("cluster.unreachable");
                assertThat(e.why()).isEqualTo("namespaces is forbidden");
            });
        } finally {
            System.clearProperty("kubeconfig");
        }
        assertThat(store.isKnown("team")).isTrue();
    }

    private static void allowingNothingButTheInventory(HttpExchange exchange) throws IOException {
        switch (exchange.getRequestURI().getPath()) {
            case "/readyz" -> LocalApi.send(exchange, 200, "ok");
            case "/api/v1/namespaces/kfmr-system/configmaps/kfmr-inventory" ->
                LocalApi.send(
                        exchange,
                        200,
                        """
                        {"apiVersion": "v1", "kind": "ConfigMap",
                         "metadata": {"name": "kfmr-inventory", "namespace": "kfmr-system"},
                         "data": {"release": "r", "profile": "p", "patches": "none", "options": "requests=auto",
                          "objects.one": "/v1/Namespace//kubeflow"}}
                        """);
            default ->
                LocalApi.send(
                        exchange,
                        403,
                        "{\"apiVersion\": \"v1\", \"kind\": \"Status\", \"code\": 403, \"reason\": \"Forbidden\","
                                + " \"message\": \"namespaces is forbidden\"}");
        }
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
