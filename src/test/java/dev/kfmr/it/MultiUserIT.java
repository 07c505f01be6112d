package dev.kfmr.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

/** The platform behind a login, on one cluster: from nothing, with what is known to come late coming late. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MultiUserIT {
    static final String PINS = "src/test/resources/pins/26.03-stub.yaml";
    private static final String USERS = "kubeflow-user-example-com";
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String REGISTRY = "api/model_registry/v1alpha3/registered_models";
    private static final String PIPELINES = "pipeline/apis/v2beta1/healthz";

    @TempDir
    private static Path home;

    private static Kfmr kfmr;

    @BeforeAll
    static void start() {
        Rig.require();
        kfmr = new Kfmr("kfmr-test-multi", home);
    }

    @AfterAll
    static void cleanUp() {
        if (kfmr != null) {
            kfmr.cleanUp();
            Rig.stage();
        }
    }

    @Test
    @Order(1)
    void installsEverythingThoughCertManagerAndIstioComeLate() {
        Rig.stage(
                "-delay",
                "quay.io/jetstack/cert-manager-webhook:v1.19.4=30",
                "-delay",
                "gcr.io/istio-release/pilot:1.28.0=20");

        Kfmr.Answer answer = kfmr.run("up", "--mode", "multi-user", "--pins", PINS, "-o", "json")
                .succeeded();

        assertThat(answer.result().get("credentials").get(0).get("user").asText())
                .isEqualTo("user@example.com");
        assertThat(answer.output())
                .contains(
                        "signed in as user@example.com: Central dashboard, Pipelines, Pipelines API, Model Registry (REST)")
                .as("the rig's mesh has no sidecars")
                .doesNotContain("they came before Istio's injector");
        assertThat(kfmr.kubectl("get", "secret", "-n", "kubeflow-user-example-com", "mlpipeline-minio-artifact"))
                .contains("Opaque");
        assertThat(kfmr.kubectl("get", "deployments", "-n", "kubeflow-user-example-com", "--no-headers"))
                .contains("model-registry-deployment", "model-registry-ui");
    }

    /**
     * Right after the first run, before anything else writes. Of each resource there was at most one request more than
     * there are objects: one that was sent a third time would make two.
     */
    @Test
    @Order(2)
    void appliesNoObjectMoreThanTwice() {
        List<AppliedObjects> applied = AppliedObjects.in(kfmr);

        assertThat(applied).hasSizeGreaterThan(25).allSatisfy(resource -> assertThat(
                        resource.requests() - resource.objects())
                .as(resource.toString())
                .isBetween(0, 1));
    }

    @Test
    @Order(3)
    void theApiServerRunsAsTheModeNeedsIt() {
        assertThat(kfmr.kubectl(
                        "get",
                        "pods",
                        "-n",
                        "kube-system",
                        "-l",
                        "component=kube-apiserver",
                        "-o",
                        "jsonpath={..command}"))
                .contains("--service-account-issuer=https://kubernetes.default.svc")
                .contains("--service-account-signing-key-file=/etc/kubernetes/pki/sa.key");
    }

    @Test
    @Order(3)
    void theMenuHasTheModelRegistryOnce() {
        String links = kfmr.kubectl("get", "configmap", "-n", "kubeflow", "centraldashboard-config", "-o", "yaml");

        assertThat(links.split("/model-registry/", -1)).hasSize(2);
    }

    @Test
    @Order(4)
    void aSecondTimeChangesNothing() {
        assertThat(kfmr.run("up", "-o", "json")
                        .succeeded()
                        .result()
                        .get("changedObjects")
                        .asInt())
                .isZero();
    }

    @Test
    @Order(4)
    void doctorFindsNothing() {
        assertThat(kfmr.run("doctor").succeeded().output()).doesNotContain("✗");
        assertThat(kfmr.run("diff").succeeded().output()).contains("Nothing would be changed.");
    }

    @Test
    @Order(4)
    void runsOfTheUserCanRegisterModels() {
        assertThat(kfmr.kubectl("get", "secret", "-n", "kubeflow-user-example-com", "model-registry-auth"))
                .contains("Opaque");
        assertThat(kfmr.run("model", "list").succeeded().output()).contains("Nothing is registered yet");
        assertThat(kfmr.run("connect", "--print").succeeded().output()).contains("user_token=token");
    }

    @Test
    @Order(4)
    void programsGetInByTheGatewayWithATokenAlsoAfterARollOut() {
        String token = kfmr.run("access", "token").succeeded().output().strip();
        String foreign = kfmr.kubectl("create", "token", "-n", "kubeflow-user-example-com", "default-editor");
        Kfmr.Running forward = kfmr.start("forward", "-o", "json");
        try {
            String url = Await.until(SOON, () -> forward.url("gateway"));

            assertThat(status(url + REGISTRY, token)).isEqualTo(200);
            assertThat(status(url + PIPELINES, token)).isEqualTo(200);
            assertThat(status(url + REGISTRY, foreign.strip())).isEqualTo(401);
            kfmr.kubectl("rollout", "restart", "-n", "istio-system", "deployment/istio-ingressgateway");
            kfmr.kubectl("rollout", "status", "-n", "istio-system", "deployment/istio-ingressgateway", "--timeout=60s");
            Await.until(SOON, () -> Optional.of(status(url + PIPELINES, token)).filter(status -> status == 200));
        } finally {
            forward.process().destroy();
            forward.await(Duration.ofSeconds(30));
        }
    }

    /** 0 where nobody answers. */
    private static int status(String url, String token) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + token)
                .build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @Order(5)
    void namesOauth2ProxyWhenNobodyReachesIt() {
        finds("login.proxy-down", "oauth2-proxy", "oauth2-proxy");
    }

    @Test
    @Order(6)
    void namesDexWhenNobodyReachesIt() {
        finds("login.dex-down", "auth", "dex");
    }

    /** Its Service leads nowhere, while its pod is ready. */
    private static void finds(String finding, String namespace, String service) {
        select(namespace, service, "\"yes\"");
        // Connections that are open would stay so.
        kfmr.kubectl("rollout", "restart", "-n", namespace, "deployment/" + service);
        kfmr.kubectl("rollout", "status", "-n", namespace, "deployment/" + service, "--timeout=60s");
        try {
            Await.until(SOON, () -> login().filter(finding::equals));
        } finally {
            select(namespace, service, "null");
        }
        Await.until(SOON, () -> Optional.of(login()).filter(Optional::isEmpty));
    }

    private static void select(String namespace, String service, String away) {
        kfmr.kubectl(
                "patch",
                "service",
                "-n",
                namespace,
                service,
                "--type=merge",
                "-p",
                "{\"spec\":{\"selector\":{\"away\":" + away + "}}}");
    }

    @Test
    @Order(6)
    void scalesUpWhatSomebodyScaledToNothing() {
        kfmr.kubectl("scale", "deployment", "-n", "istio-system", "istiod", "--replicas=0");
        Await.until(SOON, () -> Optional.of(kfmr.run("status").output())
                .filter(text -> text.contains("istiod: is scaled to 0")));

        assertThat(kfmr.run("up", "-o", "json").succeeded().output()).contains("istiod was scaled to 0");
        kfmr.run("status").succeeded();
    }

    /** Id of what status finds wrong with the login. */
    private static Optional<String> login() {
        JsonNode login = kfmr.run("status", "-o", "json").json().path("login");
        return login.isMissingNode()
                ? Optional.empty()
                : Optional.of(login.get("id").asText());
    }

    @Test
    @Order(7)
    void namesARouteAsUpstreamHasItAndPutsItRight() {
        kfmr.kubectl(
                "patch",
                "virtualservice",
                "-n",
                "kubeflow-user-example-com",
                "model-registry",
                "--type=json",
                "-p",
                "[{\"op\": \"replace\", \"path\": \"/spec/gateways/0\", \"value\": \"kubeflow-gateway\"}]");
        Await.until(SOON, () -> login().filter("login.no-route"::equals));

        assertThat(kfmr.run("up", "-o", "json").succeeded().output()).contains("Model Registry (REST)");
    }

    @Test
    @Order(8)
    void namesAProfileControllerThatCrashesAndWhatTheProfileSays() {
        ownerOfTheNamespace("somebody@example.com");
        Await.until(SOON, () -> Optional.of(
                        kfmr.kubectl("get", "profile", "kubeflow-user-example-com", "-o", "jsonpath={.status}"))
                .filter(status -> status.contains("not owned")));
        kfmr.kubectl("set", "env", "-n", "kubeflow", "deployment/profiles-deployment", "STUB_EXIT=7");
        try {
            Kfmr.Answer answer = kfmr.run("up", "--timeout", "40s").failedWith(5);

            assertThat(answer.error())
                    .contains("profiles-deployment", "exit code 7")
                    .contains("its Profile says Failed: namespace already exist, but not owned by profile creator");
        } finally {
            kfmr.kubectl("set", "env", "-n", "kubeflow", "deployment/profiles-deployment", "STUB_EXIT-");
            ownerOfTheNamespace("user@example.com");
        }
    }

    private static void ownerOfTheNamespace(String owner) {
        kfmr.kubectl("annotate", "namespace", "kubeflow-user-example-com", "--overwrite", "owner=" + owner);
    }

    @Test
    @Order(9)
    void makesPodsAnewThatCameBeforeTheInjectorOfSidecars() throws IOException, GeneralSecurityException {
        try (Injector injector = Injector.start(kfmr, USERS, home)) {
            assertThat(kfmr.run("up").succeeded().error())
                    .contains(
                            "made the pods of model-registry-deployment anew",
                            "made the pods of model-registry-ui anew")
                    .doesNotContain("made the pods of ml-pipeline anew");

            assertThat(podsOfTheRegistry()).hasSizeGreaterThan(2).allSatisfy((pod, containers) -> assertThat(
                            containers.contains("istio-proxy"))
                    .as("%s, of which the database wants none: %s", pod, containers)
                    .isEqualTo(!pod.startsWith("model-registry-db-")));
            int asked = injector.asked();
            Kfmr.Answer again = kfmr.run("up", "-o", "json").succeeded();
            assertThat(again.result().get("changedObjects").asInt()).isZero();
            assertThat(again.output()).doesNotContain("anew");
            assertThat(injector.asked()).isEqualTo(asked);
        }
    }

    /** Name to the names of its containers; without those on their way out. */
    private static Map<String, List<String>> podsOfTheRegistry() throws IOException {
        Map<String, List<String>> pods = new TreeMap<>();
        JsonNode list = new ObjectMapper().readTree(kfmr.kubectl("get", "pods", "-n", USERS, "-o", "json"));
        for (JsonNode pod : list.get("items")) {
            String name = pod.at("/metadata/name").asText();
            if (name.startsWith("model-registry")
                    && pod.at("/metadata/deletionTimestamp").isMissingNode()) {
                List<String> containers = new ArrayList<>();
                pod.at("/spec/containers")
                        .forEach(container ->
                                containers.add(container.get("name").asText()));
                pods.put(name, containers);
            }
        }
        return pods;
    }

    /** The first up of it all, as far as kfmr knows: what it wrote down of the installation is gone. */
    @Test
    @Order(10)
    void aFreshInstallationInATerminalOffersAGeneratedPassword() throws IOException {
        String question = "The sign-in has upstream's public password. Put a generated one in its place? [y/N]";
        forgetTheInstallation();
        assertThat(kfmr.answering(question, "n", "up", "--mode", "multi-user", "--pins", PINS)
                        .succeeded()
                        .output())
                .contains("user@example.com / 12341234");
        assertThat(kfmr.stateFolder().resolve("password")).doesNotExist();

        forgetTheInstallation();
        String shown = kfmr.answering(question, "y", "up", "--mode", "multi-user", "--pins", PINS)
                .succeeded()
                .output();

        String password =
                Files.readString(kfmr.stateFolder().resolve("password")).strip();
        assertThat(shown).contains("The password is " + password).doesNotContain("12341234");
        assertThat(kfmr.run("up", "-o", "json").succeeded().output()).contains("signed in as user@example.com");
    }

    private static void forgetTheInstallation() throws IOException {
        Files.delete(kfmr.stateFolder().resolve("environment.yaml"));
        kfmr.kubectl("delete", "configmap", "-n", "kfmr-system", "kfmr-inventory");
    }

    @Test
    @Order(11)
    void aNewPasswordIsUsedAndKept() {
        JsonNode set = kfmr.run("access", "password", "--generate", "-o", "json")
                .succeeded()
                .result();

        assertThat(set.get("password").asText()).hasSize(16);
        assertThat(kfmr.run("up", "-o", "json").succeeded().output())
                .contains("signed in as user@example.com")
                .doesNotContain("12341234");
        assertThat(kfmr.run("access", "token", "-o", "json")
                        .succeeded()
                        .json()
                        .get("token")
                        .asText()
                        .split("\\."))
                .hasSize(3);
        kfmr.kubectl("delete", "secret", "-n", "auth", "dex-passwords");
        kfmr.kubectl("rollout", "restart", "-n", "auth", "deployment/dex");
        assertThat(kfmr.run("up", "-o", "json").succeeded().output())
                .as("the Secret comes back with the password that was set")
                .contains("signed in as user@example.com");
    }

    @Test
    @Order(12)
    void aPasswordThatItDoesNotKnowIsAWarning() throws IOException {
        Files.writeString(kfmr.stateFolder().resolve("password"), "forgotten");

        Kfmr.Answer answer = kfmr.run("up").succeeded();

        assertThat(answer.error()).contains("The login is not proven. Dex refuses the user or the password.");
        assertThat(login()).contains("login.wrong-password");
    }

    @Test
    @Order(13)
    void refusesToTurnIntoAnotherMode() {
        assertThat(kfmr.run("up", "--mode", "standalone").failedWith(2).error()).contains("kfmr down --name");
    }

    @Test
    @Order(14)
    void goesAway() {
        kfmr.run("down", "--yes").succeeded();

        assertThat(kfmr.stateFolder()).doesNotExist();
        assertThat(Rig.run(Duration.ofSeconds(20), "kind", "get", "clusters").orElse(""))
                .doesNotContain(kfmr.name());
    }
}
