package dev.kfmr.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.apply.ObjectRef;
import dev.kfmr.ready.ClusterView;
import dev.kfmr.render.Rendered;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A store that crashed before its database was ready, and the database that becomes ready. */
class HealFreshStartTest {
    private static final ObjectRef STORE = ObjectRef.parse("apps/v1/Deployment/kubeflow/store");
    private static final ObjectRef MYSQL = ObjectRef.parse("apps/v1/Deployment/kubeflow/mysql");
    private static final String BACK_OFF = "waiting: {reason: CrashLoopBackOff}";
    private static final String RUNNING = "running: {startedAt: \"2026-01-01T00:00:11Z\"}";

    private final HandClock clock = new HandClock("2026-01-01T00:00:13Z");
    private final RecordedProgress progress = new RecordedProgress();
    private final List<String> deleted = new ArrayList<>();
    private final HealFreshStart heal = new HealFreshStart(
            Map.of(STORE, List.of(MYSQL)), pod -> deleted.add(pod.getMetadata().getName()), progress, clock);

    private static HasMetadata object(String yaml) {
        return new KubernetesSerialization().unmarshal(yaml);
    }

    private static HasMetadata deployment(String name, int ready) {
        return object(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s, namespace: kubeflow, uid: %1$s, generation: 1}
                spec: {replicas: 1}
                status: {observedGeneration: 1, replicas: 1, updatedReplicas: 1, readyReplicas: %2$d, availableReplicas: %2$d}
                """
                        .formatted(name, ready));
    }

    private static HasMetadata mysqlPod(String readySince) {
        return object(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: mysql-1, namespace: kubeflow, uid: mysql-1, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: mysql, uid: mysql}]}
                status: {phase: Running, conditions: [{type: Ready, status: "True", lastTransitionTime: "%s"}]}
                """
                        .formatted(readySince));
    }

    private static HasMetadata storePod(String name, String state, int restarts, String crashedAt) {
        return object(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: %1$s, namespace: kubeflow, uid: %1$s, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: store, uid: store}]}
                status:
                  phase: Running
                  containerStatuses:
                    - name: main
                      image: store
                      imageID: ""
                      ready: false
                      restartCount: %2$d
                      state: {%3$s}
                      lastState: {terminated: {exitCode: 139, finishedAt: "%4$s"}}
                """
                        .formatted(name, restarts, state, crashedAt));
    }

    /** The database became ready at second 12. */
    private static ClusterView view(HasMetadata storePod) {
        return new ClusterView(
                List.of(deployment("store", 0), deployment("mysql", 1), mysqlPod("2026-01-01T00:00:12Z"), storePod),
                List.of());
    }

    @Test
    void replacesAPodThatCrashedBeforeWhatItNeedsWasReady() {
        heal.look(view(storePod("store-1", BACK_OFF, 2, "2026-01-01T00:00:06Z")));

        assertThat(deleted).containsExactly("store-1");
        assertThat(progress.healed).containsExactly("gave store a fresh start: what it needs is ready now (mysql)");
    }

    @Test
    void leavesAPodThatCrashedWhileWhatItNeedsWasReady() {
        heal.look(view(storePod("store-1", BACK_OFF, 2, "2026-01-01T00:00:13Z")));

        assertThat(deleted).isEmpty();
    }

    @Test
    void leavesAPodThatRunsAgain() {
        heal.look(view(storePod("store-1", RUNNING, 2, "2026-01-01T00:00:06Z")));

        assertThat(deleted).isEmpty();
    }

    @Test
    void leavesAPodThatStartsByItselfInAMoment() {
        clock.advance(Duration.ofSeconds(11)); // its 20 s of back-off end at second 26, two from now

        heal.look(view(storePod("store-1", BACK_OFF, 2, "2026-01-01T00:00:06Z")));

        assertThat(deleted).isEmpty();
    }

    @Test
    void waitsUntilAllThatItNeedsIsReady() {
        heal.look(new ClusterView(
                List.of(
                        deployment("store", 0),
                        deployment("mysql", 0),
                        storePod("store-1", BACK_OFF, 2, "2026-01-01T00:00:06Z")),
                List.of()));

        assertThat(deleted).isEmpty();
    }

    @Test
    void deletesAPodOnlyOnce() {
        ClusterView view = view(storePod("store-1", BACK_OFF, 2, "2026-01-01T00:00:06Z"));
        heal.look(view);
        heal.look(view);

        assertThat(deleted).containsExactly("store-1");
    }

    @Test
    void givesUpAfterAFewFreshStarts() {
        for (int i = 1; i <= 5; i++) {
            heal.look(view(storePod("store-" + i, BACK_OFF, 2, "2026-01-01T00:00:06Z")));
        }

        assertThat(deleted).containsExactly("store-1", "store-2", "store-3");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 10", "2, 20", "3, 40", "5, 160", "6, 300", "40, 300"})
    void knowsHowLongTheKubeletWaits(int restarts, int seconds) {
        assertThat(HealFreshStart.backOff(restarts)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void takesNeedsFromEveryComponentAndIgnoresWhatIsNotThere() {
        String deployments =
                """
                {apiVersion: apps/v1, kind: Deployment, metadata: {name: store, namespace: kubeflow}}
                ---
                {apiVersion: apps/v1, kind: Deployment, metadata: {name: mysql, namespace: kubeflow}}
                ---
                {apiVersion: v1, kind: Service, metadata: {name: mysql, namespace: kubeflow}}
                """;
        Rendered rendered = new Rendered(List.of(Components.component(
                "pipelines",
                List.of(),
                List.of(),
                Map.of("store", List.of("kubeflow/mysql", "minio"), "left-out", List.of("mysql")),
                deployments)));

        assertThat(HealFreshStart.needs(rendered)).isEqualTo(Map.of(STORE, List.of(MYSQL)));
    }
}
