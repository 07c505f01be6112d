package dev.kfmr.ready;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against an API server in the test that has one pod, and that pod's log. */
class ApiPodLogsTest {
    private static final String ENDED = "{terminated: {exitCode: 139, containerID: \"containerd://%s\"}}";
    private static final String WAITS = "{waiting: {reason: CrashLoopBackOff}}";

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile String log = "";
    private volatile Pod now = pod(WAITS, ENDED.formatted("first"));
    private LocalApi api;
    private ApiPodLogs logs;

    private static Pod pod(String state, String lastState) {
        return (Pod) new KubernetesSerialization()
                .<Pod>unmarshal(
                        """
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: store, namespace: kubeflow, uid: s}
                        spec: {containers: [{name: main, image: store}]}
                        status:
                          phase: Running
                          containerStatuses: [{name: main, image: store, imageID: "", ready: false, restartCount: 1, state: %s, lastState: %s}]
                        """
                                .formatted(state, lastState));
    }

    @BeforeEach
    void serve() throws IOException {
        api = new LocalApi(this::answer);
        logs = new ApiPodLogs(api.client());
    }

    @AfterEach
    void close() {
        api.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean isLog = LocalApi.isOfALog(exchange);
        if (isLog) {
            asked.add(exchange.getRequestURI().getQuery());
        }
        LocalApi.send(
                exchange,
                200,
                isLog ? log : api.client().getKubernetesSerialization().asJson(now));
    }

    @Test
    void readsThePreviousLogOfAContainerThatWaitsToStartAgain() {
        log = "mysql_real_connect failed\n";

        assertThat(logs.ofLastRun(now, "main")).contains("mysql_real_connect failed\n");
        assertThat(asked).singleElement().asString().contains("previous=true");
    }

    @Test
    void readsTheOwnLogOfAContainerThatHasJustEnded() {
        now = pod(ENDED.formatted("first"), "{}");
        log = "last words";

        assertThat(logs.ofLastRun(now, "main")).contains("last words");
        assertThat(asked).singleElement().asString().doesNotContain("previous=true");
    }

    @Test
    void readsALogOnlyOnce() {
        logs.ofLastRun(now, "main");
        logs.ofLastRun(now, "main");

        assertThat(asked).hasSize(1);
    }

    @Test
    void takesNoWordsForALogOfNoWords() {
        assertThat(logs.ofLastRun(now, "main")).contains("");
    }

    @Test
    void doesNotTakeAnotherRunsLogForThatOfARunThatIsOver() {
        Pod before = pod(ENDED.formatted("first"), "{}");
        now = pod("{running: {}}", ENDED.formatted("first"));

        assertThat(logs.ofLastRun(before, "main")).isEmpty();
    }

    @Test
    void doesNotTakeTheLogOfALaterCrashForThatOfAnEarlierOne() {
        Pod before = now;
        now = pod(WAITS, ENDED.formatted("second"));

        assertThat(logs.ofLastRun(before, "main")).isEmpty();
    }

    @Test
    void doesNotTakeTheKubeletsExcuseForALog() {
        log = "unable to retrieve container logs for containerd://first";

        assertThat(logs.ofLastRun(now, "main")).isEmpty();
    }
}
