package dev.kfmr.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** An installation in a cluster that kfmr did not make: nothing of the cluster's own is touched. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExistingClusterIT {
    private static final String CLUSTER = "kfmr-test-existing";
    private static final String CONTEXT = "kind-" + CLUSTER;

    private static final String OTHER_SELECTOR = "{\"spec\": {\"selector\": {\"component\": \"other\"}}}";

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path home;

    private static Kfmr kfmr;
    private static Path profile;
    private static Map<String, String> before;

    @BeforeAll
    static void start() throws IOException {
        Rig.require();
        Rig.stage();
        kfmr = new Kfmr(CLUSTER, home);
        Rig.createCluster(CLUSTER, kfmr.kubeconfig());
        profile = Files.writeString(
                home.resolve("registry.yaml"),
                """
                extends: standalone
                name: registry
                title: Model Registry alone
                drop:
                  components: [pipelines]
                  forwards: [pipelines, object-store]
                credentials: []
                """);
    }

    @AfterAll
    static void cleanUp() {
        Rig.deleteCluster(CLUSTER);
    }

    @Test
    @Order(1)
    void refusesWhatIsThereAndNotItsOwn() {
        kubectl("create", "namespace", "kubeflow");

        assertThat(up().failedWith(3).error()).contains("are not kfmr's", "Namespace kubeflow");

        assertThat(kfmr.stateFolder()).doesNotExist();
        kubectl("delete", "namespace", "kubeflow");
    }

    @Test
    @Order(2)
    void refusesAClusterWithoutADefaultStorageClass() {
        String key = "storageclass.kubernetes.io/is-default-class";
        kubectl("annotate", "storageclass", "standard", key + "-");

        assertThat(up().failedWith(3).error()).contains("no default StorageClass");

        kubectl("annotate", "storageclass", "standard", key + "=true");
    }

    @Test
    @Order(2)
    void refusesAUserWhoMayOnlyLook() {
        kubectl("create", "serviceaccount", "-n", "default", "looker");
        kubectl("create", "clusterrole", "looker", "--verb=get,list", "--resource=configmaps");
        kubectl("create", "clusterrolebinding", "looker", "--clusterrole=looker", "--serviceaccount=default:looker");
        kubectl(
                "config",
                "set-credentials",
                "looker",
                "--token=" + kubectl("create", "token", "looker").strip());
        kubectl("config", "set-context", "looker", "--cluster=" + CONTEXT, "--user=looker");

        assertThat(kfmr.run("up", "--profile", profile.toString(), "--context", "looker")
                        .failedWith(3)
                        .error())
                .contains("[cluster.rights]", "every verb on every resource");

        assertThat(kfmr.stateFolder()).doesNotExist();
        kubectl("delete", "clusterrolebinding,clusterrole", "looker");
        kubectl("delete", "serviceaccount", "-n", "default", "looker");
    }

    @Test
    @Order(2)
    void refusesWhatItsNodesHaveNoRoomForWithTheSum() throws IOException {
        int cpus = Runtime.getRuntime().availableProcessors();
        String memory = GreedyProfile.asking("memory: 900Gi", home);
        assertThat(kfmr.run("up", "--context", CONTEXT, "--profile", memory)
                        .failedWith(3)
                        .error())
                .contains("[cluster.memory]")
                .containsPattern("The pods ask for 46\\d{4} MiB of memory \\(lowered requests\\)");

        String cpu = GreedyProfile.asking("cpu: " + cpus, home);
        assertThat(kfmr.run("up", "--context", CONTEXT, "--profile", cpu, "--requests", "upstream")
                        .failedWith(3)
                        .error())
                .contains("[cluster.cpu]")
                .containsPattern(
                        "The pods ask for \\d{4,}m of CPU \\(upstream's requests\\), and the nodes have \\d+m");
        assertThat(kfmr.stateFolder()).doesNotExist();
    }

    @Test
    @Order(3)
    void installsIntoIt() throws IOException {
        before = everything();

        JsonNode result = up("-o", "json").succeeded().result();

        assertThat(result.get("context").asText()).isEqualTo(CONTEXT);
        assertThat(kubectl("get", "deployments", "-n", "kubeflow")).contains("model-registry-deployment");
    }

    @Test
    @Order(4)
    void isAnEnvironmentLikeAnother() throws IOException {
        assertThat(kfmr.run("up", "-o", "json")
                        .succeeded()
                        .result()
                        .get("changedObjects")
                        .asInt())
                .isZero();
        JsonNode status = kfmr.run("status", "-o", "json").succeeded().json();
        assertThat(status.get("context").asText()).isEqualTo(CONTEXT);
        assertThat(status.get("ready").asBoolean()).isTrue();
        kfmr.run("doctor").succeeded();
        withoutProvisioner(() -> kfmr.run("doctor").succeeded());
        Path bundle = home.resolve("bundle.zip");
        kfmr.run("doctor", "--bundle", bundle.toString()).succeeded();
        assertThat(entries(bundle))
                .contains("inventory.txt", "events.txt")
                .noneMatch(name -> name.startsWith("nodes/"));
        assertThat(kfmr.run("up", "--context", "other").failedWith(2).error()).contains("is in another cluster");
    }

    @Test
    @Order(5)
    void showsWhatAnUpWouldChange() {
        assertThat(kfmr.run("diff").succeeded().output()).contains("Nothing would be changed.");

        kubectl("patch", "service", "-n", "kubeflow", "model-registry-service", "-p", OTHER_SELECTOR);

        assertThat(kfmr.run("diff").failedWith(1).output())
                .contains(
                        "change model-registry: Service kubeflow/model-registry-service",
                        "-    component: other",
                        "+    component: model-registry-server")
                .doesNotContain("\u001b");
        assertThat(kfmr.inATerminal("diff").failedWith(1).output())
                .contains(
                        "\u001b[31m-    component: other\u001b[0m",
                        "\u001b[32m+    component: model-registry-server\u001b[0m");
        assertThat(kfmr.run("diff", "--without", "catalog").failedWith(1).output())
                .contains("delete catalog: Deployment kubeflow/model-catalog-server");
        kfmr.run("up").succeeded();
        kfmr.run("diff").succeeded();
    }

    @Test
    @Order(6)
    void goesWithoutALeftoverAndWithoutTheCluster() throws IOException {
        kfmr.run("down", "--yes").succeeded();

        assertThat(before).hasSizeGreaterThan(100);
        assertThat(differences(before, everything())).isEmpty();
        assertThat(kfmr.stateFolder()).doesNotExist();
        assertThat(Rig.run(Duration.ofSeconds(20), "kind", "get", "clusters").orElse(""))
                .contains(CLUSTER);
    }

    /** istiod writes its root certificate into every namespace, and a Profile's namespace is in no inventory. */
    @Test
    @Order(7)
    void goesWithoutALeftoverInMultiUserModeToo() throws IOException {
        kfmr.run("up", "--mode", "multi-user", "--pins", MultiUserIT.PINS, "--context", CONTEXT)
                .succeeded();
        assertThat(kubectl("get", "configmaps", "-n", "default")).contains("istio-ca-root-cert");

        kfmr.run("down", "--yes").succeeded();

        assertThat(differences(before, everything())).isEmpty();
    }

    private static Kfmr.Answer up(String... more) {
        String[] arguments = {"up", "--profile", profile.toString(), "--context", CONTEXT};
        String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return kfmr.run(all);
    }

    /** Of this cluster nobody knows what it brings: what kind's own clusters have may be missing. Its pods stay. */
    private static void withoutProvisioner(Runnable work) throws IOException {
        Path saved = Files.writeString(
                home.resolve("provisioner.yaml"),
                kubectl("get", "deployment", "-n", "local-path-storage", "local-path-provisioner", "-o", "yaml")
                        .replaceAll("(?m)^  (resourceVersion|uid):.*\n", ""));
        kubectl("delete", "deployment", "-n", "local-path-storage", "local-path-provisioner", "--cascade=orphan");
        try {
            work.run();
        } finally {
            kubectl("create", "-f", saved.toString());
            kubectl(
                    "rollout",
                    "status",
                    "-n",
                    "local-path-storage",
                    "deployment/local-path-provisioner",
                    "--timeout=60s");
            // That one is another now by the test's own doing.
            everything().forEach((object, content) -> {
                if (object.contains(" local-path-storage/")) {
                    before.put(object, content);
                }
            });
        }
    }

    private static List<String> entries(Path zip) throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            return file.stream().map(ZipEntry::getName).toList();
        }
    }

    /**
     * All objects that somebody makes and that do not come and go by themselves: identity to content, without what the API
     * server and controllers write at any time. The uid tells one that was made anew, the generation one that was changed
     * and changed back.
     */
    private static Map<String, String> everything() throws IOException {
        String kinds = kubectl("api-resources", "--verbs=list,delete", "-o", "name")
                .lines()
                .filter(kind -> !kind.startsWith("events") && !kind.startsWith("leases") && !kind.contains("metrics"))
                .reduce((all, kind) -> all + "," + kind)
                .orElseThrow();
        Map<String, String> objects = new TreeMap<>();
        String answer = kubectl("get", kinds, "-A", "-o", "json");
        // Before it stand warnings of kinds that are on their way out.
        for (JsonNode object :
                JSON.readTree(answer.substring(answer.indexOf('{'))).get("items")) {
            JsonNode metadata = object.get("metadata");
            objects.put(
                    object.path("apiVersion").asText() + " "
                            + object.path("kind").asText() + " "
                            + metadata.path("namespace").asText() + "/"
                            + metadata.get("name").asText(),
                    content((ObjectNode) object));
        }
        return objects;
    }

    private static String content(ObjectNode object) {
        ObjectNode metadata = (ObjectNode) object.get("metadata");
        if (object.get("kind").asText().startsWith("Endpoint")) {
            return metadata.get("uid").asText();
        }
        metadata.remove(List.of("resourceVersion", "managedFields"));
        object.remove("status");
        return object.toString();
    }

    private static List<String> differences(Map<String, String> before, Map<String, String> after) {
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(before.get(name), after.get(name)))
                .map(name -> name + "\n  before: " + before.get(name) + "\n  after: " + after.get(name))
                .toList();
    }

    private static String kubectl(String... arguments) {
        String[] command = new String[arguments.length + 3];
        command[0] = "kubectl";
        command[1] = "--kubeconfig";
        command[2] = kfmr.kubeconfig().toString();
        System.arraycopy(arguments, 0, command, 3, arguments.length);
        return Rig.run(Duration.ofMinutes(2), command)
                .orElseThrow(() -> new AssertionError("failed: " + Arrays.toString(command)));
    }
}
