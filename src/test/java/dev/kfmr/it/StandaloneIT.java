package dev.kfmr.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The main job on one real cluster, from nothing to gone. In order, since a cluster is the dear part. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StandaloneIT {
    @TempDir
    private static Path home;

    private static Kfmr kfmr;

    @BeforeAll
    static void start() {
        Rig.require();
        Rig.stage();
        kfmr = new Kfmr("kfmr-test-standalone", home);
    }

    @AfterAll
    static void cleanUp() {
        if (kfmr != null) {
            kfmr.cleanUp();
        }
    }

    @Test
    @Order(1)
    void dryRunShowsThePlanAndTouchesNothing() {
        Kfmr.Answer answer = kfmr.run("up", "--mode", "standalone", "--dry-run").succeeded();

        assertThat(answer.output()).contains("pipelines", "model-registry", "patch ");
        assertThat(kfmr.stateFolder()).doesNotExist();
        assertThat(kfmr.run("status", "-o", "json").failedWith(3).output()).contains("environment.missing");
    }

    @Test
    @Order(2)
    void installsEverythingFromNothing() {
        Kfmr.Answer answer =
                kfmr.run("up", "--mode", "standalone", "-o", "json").succeeded();

        JsonNode result = answer.result();
        assertThat(result.get("release").asText()).isEqualTo("26.03");
        assertThat(result.get("requestsLowered").toString()).isEqualTo(machineIsSmall() ? "[\"cpu\"]" : "[]");
        assertThat(kfmr.kubectl("get", "pods", "-n", "kubeflow", "--no-headers"))
                .contains("ml-pipeline-ui", "model-registry-deployment", "metadata-grpc-deployment")
                .doesNotContain("CrashLoop", "Pending", "ImagePull");
        assertThat(kfmr.kubectl(
                        "get", "deploy", "-A", "-o", "jsonpath={.items[*].spec.template.spec.containers[*].image}"))
                .contains("ml_metadata_store_server:1.13.0")
                .doesNotContain("ml_metadata_store_server:1.14.0");
    }

    private static boolean machineIsSmall() {
        return Runtime.getRuntime().availableProcessors() <= 2;
    }

    @Test
    @Order(3)
    void keepsItsKubeconfigPrivateAndLeavesTheCurrentContextAlone() throws IOException {
        Path own = kfmr.stateFolder().resolve("kubeconfig");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(kfmr.kubeconfig()))
                .contains("kind-" + kfmr.name())
                .doesNotContain("current-context: kind-");
    }

    @Test
    @Order(4)
    void aSecondTimeChangesNothingAndTakesSeconds() {
        Map<String, String> before = resourceVersions();

        Kfmr.Answer answer = kfmr.run("up", "-o", "json").succeeded();

        assertThat(answer.result().get("changedObjects").asInt()).isZero();
        assertThat(resourceVersions()).isEqualTo(before);
        assertThat(answer.took()).isLessThan(Duration.ofSeconds(20));
    }

    /** Of everything that kfmr applied and that nothing but an apply changes. */
    private static Map<String, String> resourceVersions() {
        Map<String, String> versions = new TreeMap<>();
        String all = kfmr.kubectl(
                "get",
                "deployments,statefulsets,services,configmaps,secrets,serviceaccounts,roles,rolebindings,clusterroles,clusterrolebindings,crds,pvc,networkpolicies",
                "-A",
                "-l",
                "applyset.kubernetes.io/part-of",
                "-o",
                "jsonpath={range .items[*]}{.kind}/{.metadata.namespace}/{.metadata.name}={.metadata.resourceVersion}{\"\\n\"}{end}");
        all.lines()
                .forEach(line -> versions.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('='))));
        assertThat(versions).hasSizeGreaterThan(80);
        return versions;
    }

    @Test
    @Order(5)
    void bringsADeletedDeploymentBack() {
        kfmr.kubectl("delete", "deployment", "-n", "kubeflow", "ml-pipeline-ui");

        Kfmr.Answer answer = kfmr.run("up", "-o", "json").succeeded();

        assertThat(answer.result().get("changedObjects").asInt()).isEqualTo(1);
        assertThat(kfmr.kubectl("get", "deployment", "-n", "kubeflow", "ml-pipeline-ui"))
                .contains("1/1");
    }

    @Test
    @Order(6)
    void statusTellsWhatRuns() {
        JsonNode status = kfmr.run("status", "-o", "json").succeeded().json();

        assertThat(status.get("release").asText()).isEqualTo("26.03");
        assertThat(status.get("ready").asBoolean()).isTrue();
        assertThat(status.get("components").findValuesAsText("name"))
                .contains("pipelines", "model-registry", "model-registry-ui");
    }

    @Test
    @Order(6)
    void doctorFindsNothingWrong() {
        Kfmr.Answer answer = kfmr.run("doctor", "-o", "json").succeeded();

        assertThat(answer.json().get("unread")).isEmpty();
        assertThat(answer.json().get("findings").findValuesAsText("severity")).doesNotContain("FAILURE");
    }

    @Test
    @Order(6)
    void doctorAndAWatchedStatusFindAProvisionerThatIsScaledToNothing() {
        kfmr.kubectl("scale", "-n", "local-path-storage", "deployment/local-path-provisioner", "--replicas=0");

        Kfmr.Answer answer = kfmr.run("doctor").failedWith(3);

        assertThat(answer.output()).contains("local-path-provisioner", "[cluster.provisioner]", "--replicas=1");
        Kfmr.Running watch = kfmr.start("status", "--watch", "-o", "json");
        try {
            Await.until(Duration.ofSeconds(60), () -> Optional.of(watch.outputSoFar())
                    .filter(lines -> lines.contains("cluster.provisioner")));
        } finally {
            watch.process().destroy();
            watch.await(Duration.ofSeconds(30));
        }
        kfmr.kubectl("scale", "-n", "local-path-storage", "deployment/local-path-provisioner", "--replicas=1");
        kfmr.kubectl("rollout", "status", "-n", "local-path-storage", "deployment/local-path-provisioner");
    }

    @Test
    @Order(6)
    void refusesToTurnIntoAnotherMode() {
        assertThat(kfmr.run("up", "--mode", "multi-user").failedWith(2).error())
                .contains("[environment.other-profile]", "kfmr down --name " + kfmr.name());
    }

    @Test
    @Order(7)
    void statusNamesWhatIsNotReadyAndWhy() {
        kfmr.kubectl(
                "set",
                "image",
                "-n",
                "kubeflow",
                "deployment/ml-pipeline-ui",
                "ml-pipeline-ui=example.invalid/nothing:1");
        kfmr.kubectl(
                "wait",
                "-n",
                "kubeflow",
                "--for=jsonpath={.status.unavailableReplicas}=1",
                "deployment/ml-pipeline-ui");

        Kfmr.Answer answer = kfmr.run("status").failedWith(5);

        assertThat(answer.output()).contains("ml-pipeline-ui", "kfmr doctor --name " + kfmr.name() + " says why");
        assertThat(kfmr.run("doctor").failedWith(3).output())
                .contains("Deployment kubeflow/ml-pipeline-ui", "example.invalid/nothing:1");
        assertThat(kfmr.run("up", "--nodes", "3").succeeded().error()).contains("The cluster keeps its one node");
    }

    @Test
    @Order(8)
    void twoAtOnceDoNotDisturbEachOther() {
        Kfmr.Running first = kfmr.start("up", "-o", "json");
        Kfmr.Running second = kfmr.start("up", "-o", "json");

        first.await(Duration.ofMinutes(2)).succeeded();
        second.await(Duration.ofMinutes(2)).succeeded();
    }

    @Test
    @Order(9)
    void prunesAComponentThatIsNoLongerWanted() {
        kfmr.run("up", "--without", "catalog").succeeded();

        String left = Await.until(Duration.ofSeconds(60), () -> Optional.of(everything())
                .filter(names -> !names.contains("model-catalog")));
        assertThat(left).contains("model-registry-deployment");
    }

    /** A claim goes only when its pod is gone. */
    private static String everything() {
        return kfmr.kubectl("get", "deployments,statefulsets,services,pvc", "-n", "kubeflow", "-o", "name");
    }

    @Test
    @Order(10)
    void forwardsTheUisUntilItIsEnded() throws Exception {
        Kfmr.Running forward = kfmr.start("forward", "-o", "json");
        try {
            String url = Await.until(Duration.ofSeconds(60), () -> forward.url("pipelines"));
            assertThat(status(url)).isEqualTo(200);
        } finally {
            forward.process().destroy();
            forward.await(Duration.ofSeconds(30));
        }
    }

    @Test
    @Order(10)
    void forwardsInTheBackgroundUntilItIsStopped() throws Exception {
        kfmr.run("forward", "--detach", "--landing-port", "18079", "pipelines").succeeded();

        JsonNode report =
                kfmr.run("forward", "--list", "-o", "json").succeeded().json();
        String url = report.get("forwards").get(0).get("url").asText();
        assertThat(status(url)).isEqualTo(200);
        assertThat(status(report.get("landingPage").asText())).isEqualTo(200);
        kfmr.run("forward", "--detach", "pipelines").failedWith(3);
        assertThat(kfmr.run("status").succeeded().output())
                .contains(
                        "Forwarded in the background",
                        url,
                        report.get("landingPage").asText());
        assertThat(kfmr.run("connect", "--print").succeeded().output())
                .contains("Client(host=\"" + url.replaceAll("/$", "") + "\")");

        assertThat(kfmr.run("forward", "--stop").succeeded().output()).contains("have ended");
        assertThat(kfmr.run("forward", "--stop").succeeded().output()).contains("Nothing");
    }

    private static int status(String url) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    @Test
    @Order(10)
    void upHasConnectedRunsToTheRegistrySoThatConnectChangesNothing() {
        String token = token();

        JsonNode first = kfmr.run("connect", "-o", "json").succeeded().json();
        JsonNode second = kfmr.run("connect", "-o", "json").succeeded().json();

        assertThat(first.get("changedObjects").asInt()).isZero();
        assertThat(second.get("changedObjects").asInt()).isZero();
        assertThat(token()).isNotEmpty().isEqualTo(token);
        assertThat(userOf(decoded(token))).isEqualTo("system:serviceaccount:kubeflow:pipeline-runner");
    }

    @Test
    @Order(10)
    void aLongLivedTokenStaysSoUntilABoundOneIsAskedFor() {
        assertThat(kfmr.run("connect", "--long-lived").succeeded().error()).contains("never ends");
        assertThat(kfmr.run("up", "-o", "json")
                        .succeeded()
                        .result()
                        .get("changedObjects")
                        .asInt())
                .isZero();
        assertThat(tokenKind()).contains("service-account-token");

        kfmr.run("connect").succeeded();

        assertThat(tokenKind()).contains("Opaque");
    }

    private static String token() {
        return kfmr.kubectl("get", "secret", "-n", "kubeflow", "model-registry-auth", "-o", "jsonpath={.data.token}");
    }

    /** Without the certificate of kfmr's kubeconfig, which would go before the token. */
    private static String userOf(String token) {
        String server = kfmr.kubectl("config", "view", "-o", "jsonpath={.clusters[0].cluster.server}");
        return kfmr.kubectl(
                "auth",
                "whoami",
                "--kubeconfig=/dev/null",
                "--insecure-skip-tls-verify",
                "--server=" + server.strip(),
                "--token=" + token,
                "-o",
                "jsonpath={.status.userInfo.username}");
    }

    private static String tokenKind() {
        return kfmr.kubectl("get", "secret", "-n", "kubeflow", "model-registry-auth", "-o", "jsonpath={.type}");
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64.strip()), StandardCharsets.UTF_8);
    }

    @Test
    @Order(10)
    void printsAddressesAndAPythonProgram() {
        assertThat(kfmr.run("connect", "--print").succeeded().output())
                .contains(
                        "http://model-registry-service.kubeflow.svc.cluster.local:8080",
                        "ModelRegistry(\"http://localhost\", 8082");
    }

    /** The rig's stand-ins keep no models and run no pipelines: as far as they answer. */
    @Test
    @Order(10)
    void reachesRegistryAndPipelinesWithoutAForwardThatRuns() {
        assertThat(kfmr.run("model", "list", "-o", "json").succeeded().json()).isEmpty();
        assertThat(kfmr.run("demo", "-o", "json").failedWith(4).output()).contains("rest.unexpected");
    }

    @Test
    @Order(10)
    void opensWhatAnswersAndStartsForwardsForIt() throws Exception {
        JsonNode opened = kfmr.run("open", "--no-browser", "-o", "json", "pipelines")
                .succeeded()
                .json();

        assertThat(status(opened.get("url").asText())).isEqualTo(200);
        assertThat(kfmr.run("open", "nothing").failedWith(2).error()).contains("open.unknown");
        assertThat(kfmr.run("forward", "--stop").succeeded().output()).contains("have ended");
    }

    @Test
    @Order(11)
    void readsBackFromTheClusterWhatALostFileSaid() throws IOException {
        Path file = kfmr.stateFolder().resolve("environment.yaml");
        Files.writeString(file, Files.readString(file).substring(0, 70));

        Kfmr.Answer answer = kfmr.run("up", "-o", "json").succeeded();

        assertThat(answer.output()).contains("environment.yaml.broken");
        assertThat(answer.result().get("changedObjects").asInt()).isZero();
        assertThat(answer.result().get("leftOut").has("catalog")).isTrue();
    }

    @Test
    @Order(12)
    void makesAnewAClusterThatWasDeletedUnderneath() {
        assertThat(Rig.run(Duration.ofMinutes(2), "kind", "delete", "cluster", "--name", kfmr.name()))
                .isPresent();

        assertThat(kfmr.run("status").failedWith(3).error()).contains("cluster.unreachable", "kfmr doctor");
        assertThat(kfmr.run("doctor").failedWith(3).output()).contains("There is no cluster", "[cluster.absent]");
        kfmr.run("up").succeeded();
        kfmr.run("status").succeeded();
    }

    @Test
    @Order(20)
    void deletesWhatItMadeAndASecondTimeIsFine() throws IOException {
        kfmr.run("down").failedWith(2);
        kfmr.run("down", "--yes").succeeded();

        assertThat(Rig.run(Duration.ofSeconds(30), "kind", "get", "clusters").orElseThrow())
                .doesNotContain(kfmr.name());
        assertThat(kfmr.stateFolder()).doesNotExist();
        assertThat(Files.readString(kfmr.kubeconfig())).doesNotContain(kfmr.name());
        kfmr.run("down", "--yes").succeeded();
    }
}
