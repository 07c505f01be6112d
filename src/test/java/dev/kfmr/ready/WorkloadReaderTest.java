package dev.kfmr.ready;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.kfmr.apply.ObjectRef;
import dev.kfmr.cluster.ApiReader;
import dev.kfmr.profile.YamlDocuments;
import dev.kfmr.ready.PodExplanation.Reason;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Looks at a metadata store that starts and ends all the time, at its worst moments. */
class WorkloadReaderTest {
    private static final ObjectRef STORE = ObjectRef.parse("apps/v1/Deployment/kubeflow/store");
    private static final String ENDED =
            "{terminated: {exitCode: 139, reason: Error, containerID: \"containerd://first\"}}";

    private final AtomicInteger readyReplicas = new AtomicInteger();
    private final AtomicInteger logsRefused = new AtomicInteger();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile Instant available = Instant.EPOCH;
    private volatile String container = "";
    private LocalApi api;

    @BeforeEach
    void serve() throws IOException {
        api = new LocalApi(this::answer);
    }

    @AfterEach
    void close() {
        api.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.add(path);
        if (LocalApi.isOfALog(exchange)) {
            boolean isRefused = logsRefused.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
            LocalApi.send(exchange, isRefused ? 400 : 200, "");
            return;
        }
        String name = path.substring(path.lastIndexOf('/') + 1);
        LocalApi.send(
                exchange,
                200,
                json(name.equals("s") ? pod() : "{metadata: {resourceVersion: \"1\"}, items: [" + items(name) + "]}"));
    }

    private String json(String yaml) {
        Map<String, Object> object = YamlDocuments.parse(yaml, "answer").get(0);
        return api.client().getKubernetesSerialization().asJson(object);
    }

    private String items(String plural) {
        return switch (plural) {
            case "deployments" -> deployment();
            case "replicasets" ->
                "{metadata: {name: r, namespace: kubeflow, uid: r, ownerReferences: [{uid: d}]}, spec: {}}";
            case "pods" -> pod();
            default -> "";
        };
    }

    private String deployment() {
        return "{metadata: {name: store, namespace: kubeflow, uid: d, generation: 1}, spec: {replicas: 1}, status: "
                + "{observedGeneration: 1, replicas: 1, updatedReplicas: 1, readyReplicas: %1$d, availableReplicas: %1$d,"
                        .formatted(readyReplicas.get())
                + " conditions: [{type: Available, status: \"True\", lastTransitionTime: \"%s\"}]}}"
                        .formatted(available);
    }

    private String pod() {
        return "{apiVersion: v1, kind: Pod, metadata: {name: s, namespace: kubeflow, uid: s, ownerReferences: [{uid: r}]},"
                + " spec: {containers: [{name: main, image: \"a/ml_metadata_store_server:1.14.0\"}]}, status: {phase: Running,"
                + " conditions: [{type: Ready, status: \"%s\"}],".formatted(readyReplicas.get() == 1 ? "True" : "False")
                + " containerStatuses: [{name: main, image: a, imageID: \"\", restartCount: 1, " + container + "}]}}";
    }

    private void isUp(Instant since) {
        readyReplicas.set(1);
        available = since;
        container = "ready: true, state: {running: {startedAt: \"" + since + "\"}}, lastState: " + ENDED;
    }

    private WorkloadReport look() {
        return new WorkloadReader(api.client()).reports(List.of(STORE)).get(0);
    }

    @Test
    void asksOnlyForKindsThatAreInstalledAndForNoPodsWhileAllIsReady() {
        isUp(Instant.now().minusSeconds(6));

        WorkloadReader reader = new WorkloadReader(ApiReader.of(api.client()), api::client, List.of(STORE));

        assertThat(reader.reports(List.of(STORE)).get(0).status().isCurrent()).isTrue();
        assertThat(asked).containsExactly("/apis/apps/v1/deployments");
    }

    private static Optional<Reason> reason(WorkloadReport report) {
        return report.explanation().map(PodExplanation::reason);
    }

    @Test
    void looksAgainWhereTheLogOfTheLastRunCouldNotBeRead() {
        container = "ready: false, state: {waiting: {reason: CrashLoopBackOff}}, lastState: " + ENDED;
        logsRefused.set(1);

        assertThat(reason(look())).contains(Reason.MLMD_SEGFAULT);
    }

    @Test
    void explainsAsFarAsItCanWhatHasNoLog() {
        container = "ready: false, state: {waiting: {reason: CrashLoopBackOff}}, lastState: " + ENDED;
        logsRefused.set(Integer.MAX_VALUE);

        assertThat(reason(look())).contains(Reason.CRASHED);
    }

    @Test
    void doesNotTakeForReadyWhatIsUpForAMomentAfterACrash() {
        isUp(Instant.now().minusSeconds(1));

        WorkloadReport report = look();
        assertThat(report.status().isCurrent()).isFalse();
        assertThat(reason(report)).contains(Reason.MLMD_SEGFAULT);
    }

    @Test
    void takesForReadyWhatHasStayedUpAfterACrash() {
        isUp(Instant.now().minusSeconds(6));

        assertThat(look().status().isCurrent()).isTrue();
        assertThat(asked).noneMatch(path -> path.endsWith("/pods"));
    }

    @Test
    void takesForReadyWhatHasJustComeUpForTheFirstTime() {
        isUp(Instant.now().minusSeconds(1));
        container = "ready: true, state: {running: {startedAt: \"" + available + "\"}}, lastState: {}";

        assertThat(look().status().isCurrent()).isTrue();
    }
}
