package dev.kfmr.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.ready.LogSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PodFilesTest {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(300);

    private static Pod pod(String namespace, String name) {
        return DoctorObjects.object(
                Pod.class,
                """
                apiVersion: v1
                kind: Pod
                metadata: {namespace: %s, name: %s}
                spec: {containers: [{name: main}]}
                status: {containerStatuses: [{name: main, containerID: "containerd://1", state: {running: {}}}]}
                """
                        .formatted(namespace, name));
    }

    private static List<BundleFile> files(
            List<Pod> pods, Function<LogSource, Optional<String>> read, Duration limit, Looks missing) {
        try (PodFiles files = new PodFiles(pods, read, limit)) {
            return files.files(missing);
        }
    }

    private static List<String> paths(List<BundleFile> files) {
        return files.stream().map(BundleFile::path).toList();
    }

    /** Until it is interrupted. */
    private static Optional<String> never() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    @Test
    void keepsWhatWasReadAndNamesWhatWasLate() {
        try (Looks missing = new Looks()) {
            List<BundleFile> files = files(
                    List.of(pod("kubeflow", "fast"), pod("kubeflow", "slow"), pod("auth", "dex")),
                    source -> source.pod().equals("slow") ? never() : Optional.of("said by " + source.pod()),
                    SHORT,
                    missing);

            assertThat(files)
                    .contains(
                            BundleFile.log("pods/kubeflow/fast/main.log", "said by fast"),
                            BundleFile.log("pods/auth/dex/main.log", "said by dex"));
            assertThat(paths(files))
                    .contains("pods/kubeflow/slow/pod.yaml")
                    .doesNotContain("pods/kubeflow/slow/main.log");
            assertThat(missing.unread())
                    .containsExactly(new Unread("logs of the namespace kubeflow, slow/main", "no answer within 0 s"));
        }
    }

    @Test
    void namesManyThatWereLateInOneLineANamespace() {
        List<Pod> pods = Stream.iterate(1, each -> each + 1)
                .limit(60)
                .map(each -> pod("kubeflow", "pod-" + each))
                .toList();
        try (Looks missing = new Looks()) {
            files(pods, source -> never(), SHORT, missing);

            assertThat(missing.unread())
                    .containsExactly(new Unread(
                            "logs of the namespace kubeflow, pod-1/main, pod-2/main, pod-3/main and 57 more",
                            "no answer within 0 s"));
        }
    }

    @Test
    void namesALogThatIsRefusedAndNoneThatIsNotThere() {
        try (Looks missing = new Looks()) {
            List<BundleFile> files = files(
                    List.of(pod("kubeflow", "refused"), pod("kubeflow", "silent")),
                    source -> {
                        if (source.pod().equals("refused")) {
                            throw new IllegalStateException("the kubelet is away");
                        }
                        return Optional.empty();
                    },
                    LONG,
                    missing);

            assertThat(paths(files)).containsExactly("pods/kubeflow/refused/pod.yaml", "pods/kubeflow/silent/pod.yaml");
            assertThat(missing.unread())
                    .containsExactly(new Unread("logs of the namespace kubeflow, refused/main", "the kubelet is away"));
        }
    }

    /** kubectl apply keeps the whole object once more in an annotation. */
    @Test
    void collectsNoValueOfAVariable() {
        Pod pod = DoctorObjects.object(
                Pod.class,
                """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: applied
                  annotations:
                    kubectl.kubernetes.io/last-applied-configuration: '{"env":[{"name":"DB","value":"sesame"}]}'
                    harmless: stays
                spec:
                  initContainers: [{name: first, env: [{name: DB, value: sesame}]}]
                  containers: [{name: main, env: [{name: DB, value: sesame}]}]
                  ephemeralContainers: [{name: debugger, env: [{name: DB, value: sesame}]}]
                """);

        assertThat(Serialization.asYaml(PodFiles.withoutValues(pod)))
                .contains("first", "main", "debugger", "stays")
                .doesNotContain("sesame");
    }
}
