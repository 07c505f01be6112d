package dev.kfmr.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.apply.ObjectRef;
import dev.kfmr.core.HandClock;
import dev.kfmr.ready.ClusterView;
import dev.kfmr.render.Rendered;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A store that crashed before its database was ready, and the database that becomes ready. */
class HealFreshStartTest {
    private static final ObjectRef STORE = ObjectRef.parse("apps/v1/Deployment/kubeflow/store");
    private static final ObjectRef MYSQL = ObjectRef.parse("apps/v1/Deployment/kubeflow/mysql");
    private static final String PROBE = "{tcpSocket: {port: 3306}}";
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

    /** Ready since second 12. */
    private static HasMetadata mysqlPod(String probe) {
        return object(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: mysql-1, namespace: kubeflow, uid: mysql-1, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: mysql, uid: mysql}]}
                spec: {containers: [{name: main, image: mysql, readinessProbe: %s}]}
                status: {phase: Running, conditions: [{type: Ready, status: "True", lastTransitionTime: "2026-01-01T00:00:12Z"}]}
                """
                        .formatted(probe));
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

    private static ClusterView view(HasMetadata storePod) {
        return view(PROBE, storePod);
    }

    private static ClusterView view(String mysqlProbe, HasMetadata storePod) {
        return new ClusterView(
                List.of(deployment("store", 0), deployment("mysql", 1), mysqlPod(mysqlProbe), storePod), List.of());
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
    void replacesAPodThatIsNotCalledACrashLoopYet() {
        String ended = "terminated: {exitCode: 139, finishedAt: \"2026-01-01T00:00:06Z\"}";

        heal.look(view(storePod("store-1", ended, 1, "2026-01-01T00:00:05Z")));

        assertThat(deleted).containsExactly("store-1");
    }

    @Test
    void leavesAFirstCrashToTheKubeletWhichStartsItAtOnce() {
        String ended = "terminated: {exitCode: 139, finishedAt: \"2026-01-01T00:00:06Z\"}";

        heal.look(view(storePod("store-1", ended, 0, "2026-01-01T00:00:06Z")));

        assertThat(deleted).isEmpty();
    }

    @Test
    void givesAWhileToWhatIsReadyWithoutAProbe() {
        ClusterView view = view("null", storePod("store-1", BACK_OFF, 2, "2026-01-01T00:00:13Z"));
        heal.look(view);
        assertThat(deleted).isEmpty();

        clock.advance(Duration.ofSeconds(1)); // second 14, two after the database began to run
        heal.look(view);
        assertThat(deleted).containsExactly("store-1");
    }

    @Test
    void givesALongerWhileEachTimeThatTheFreshPodCameTooEarly() {
        clock.advance(Duration.ofSeconds(1));
        heal.look(view("null", storePod("store-1", BACK_OFF, 2, "2026-01-01T00:00:13Z")));
        ClusterView tooEarly = view("null", storePod("store-2", BACK_OFF, 2, "2026-01-01T00:00:15Z"));
        heal.look(tooEarly);
        assertThat(deleted).containsExactly("store-1");

        clock.advance(Duration.ofSeconds(2)); // second 16, four after
        heal.look(tooEarly);
        assertThat(deleted).containsExactly("store-1", "store-2");
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
        for (int i = 1; i <= 6; i++) {
            heal.look(view(storePod("store-" + i, BACK_OFF, 2, "2026-01-01T00:00:06Z")));
        }

        assertThat(deleted).containsExactly("store-1", "store-2", "store-3", "store-4");
        assertThat(progress.healed).hasSize(1);
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
