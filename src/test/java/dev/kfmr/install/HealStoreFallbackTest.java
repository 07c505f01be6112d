package dev.kfmr.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.core.Progress;
import dev.kfmr.profile.FallbackImages;
import dev.kfmr.profile.YamlDocuments;
import dev.kfmr.ready.ClusterView;
import dev.kfmr.render.Manifest;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The same exit code with different logs: only the store's own crash takes the next image. */
class HealStoreFallbackTest {
    private static final FallbackImages STORE = new FallbackImages(
            "store", "it crashes", List.of("store:1.13.0", "store:1.12.0"), 139, List.of("mysql_real_connect failed"));
    private static final String DEPLOYMENT =
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: grpc, namespace: n, uid: d}
            spec: {replicas: 1, template: {spec: {containers: [{name: main, image: "%s"}]}}}
            """;

    private final List<String> replaced = new ArrayList<>();
    private Optional<String> log = Optional.of("");
    private String image = "store:1.13.0";
    private final HealStoreFallback heal = new HealStoreFallback(
            List.of(STORE),
            () -> List.of(Manifest.of(
                    YamlDocuments.parse(DEPLOYMENT.formatted(image), "d").get(0))),
            (pod, container) -> log,
            (from, to) -> replaced.add(from + " -> " + to),
            Progress.silent());

    private static HasMetadata object(String yaml) {
        return new KubernetesSerialization().unmarshal(yaml);
    }

    /** The pod after its nth crash, or ready after it. */
    private ClusterView view(int crash, int exitCode, boolean ready) {
        return new ClusterView(
                List.of(
                        object(DEPLOYMENT.formatted(image)),
                        object(
                                """
                                apiVersion: v1
                                kind: Pod
                                metadata: {name: p, namespace: n, uid: p, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: grpc, uid: d}]}
                                spec: {containers: [{name: main, image: "%s"}]}
                                status:
                                  phase: Running
                                  containerStatuses:
                                    - name: main
                                      image: "%s"
                                      imageID: ""
                                      ready: %s
                                      restartCount: %d
                                      state: %s
                                      lastState: {terminated: {exitCode: %d, containerID: "containerd://%d"}}
                                """
                                        .formatted(
                                                image,
                                                image,
                                                ready,
                                                crash,
                                                ready ? "{running: {}}" : "{waiting: {reason: CrashLoopBackOff}}",
                                                exitCode,
                                                crash))),
                List.of());
    }

    @Test
    void takesTheNextImageAfterTwoCrashesWithAnEmptyLog() {
        heal.look(view(1, 139, false));
        assertThat(replaced).isEmpty();

        heal.look(view(2, 139, false));

        assertThat(replaced).containsExactly("store:1.13.0 -> store:1.12.0");
    }

    @Test
    void countsOneCrashOnce() {
        heal.look(view(1, 139, false));
        heal.look(view(1, 139, false));

        assertThat(replaced).isEmpty();
    }

    @Test
    void leavesTheImageWhenTheLogSpeaksOfMySql() {
        log = Optional.of("Check failed: mysql_real_connect failed: errno: , error: ");
        heal.look(view(1, 139, false));
        heal.look(view(2, 139, false));
        heal.look(view(3, 139, false));

        assertThat(replaced).isEmpty();
    }

    @Test
    void leavesTheImageWhenTheLogCouldNotBeRead() {
        log = Optional.empty();
        heal.look(view(1, 139, false));
        heal.look(view(2, 139, false));

        assertThat(replaced).isEmpty();
    }

    @Test
    void leavesTheImageForAnotherExitCode() {
        heal.look(view(1, 1, false));
        heal.look(view(2, 1, false));

        assertThat(replaced).isEmpty();
    }

    @Test
    void forgetsTheCrashesOfAStoreThatCameUp() {
        heal.look(view(1, 139, false));
        heal.look(view(1, 139, true));
        heal.look(view(2, 139, false));

        assertThat(replaced).isEmpty();
    }

    @Test
    void keepsTheLastImageOfTheList() {
        image = "store:1.12.0";
        heal.look(view(1, 139, false));
        heal.look(view(2, 139, false));

        assertThat(replaced).isEmpty();
    }
}
