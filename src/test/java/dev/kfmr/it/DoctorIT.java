package dev.kfmr.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kfmr.cluster.ClusterConnection;
import dev.kfmr.cluster.ClusterSpec;
import dev.kfmr.cluster.KindClusters;
import dev.kfmr.cluster.UserKubeconfig;
import dev.kfmr.core.Deadline;
import dev.kfmr.core.Directories;
import dev.kfmr.core.Progress;
import dev.kfmr.core.Resource;
import dev.kfmr.doctor.Doctor;
import dev.kfmr.engine.Engines;
import dev.kfmr.profile.PinsLibrary;
import dev.kfmr.state.Environment;
import dev.kfmr.state.EnvironmentStore;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults, one after the other, in one real cluster of kfmr's with a few workloads that every node has the images for. Of
 * each, doctor must name exactly that as the cause, and what it says must mend it. What was seen is the table in {@code
 * docs/doctor-coverage.md}; {@code -Dgolden.refresh=1} writes it anew.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DoctorIT {
    private static final Path TABLE = Path.of("docs/doctor-coverage.md");
    private static final String STORE = "gcr.io/tfx-oss-public/ml_metadata_store_server";

    @TempDir
    private static Path home;

    private static Kfmr kfmr;
    private static String node;
    private static StagedDoctor doctor;
    private static CoverageTable table;
    private static EnvironmentStore environments;

    @BeforeAll
    static void makeACluster() {
        Rig.require();
        kfmr = new Kfmr("kfmr-test-doctor", home);
        node = kfmr.name() + "-control-plane";
        doctor = new StagedDoctor(kfmr);
        table = new CoverageTable(kfmr);
        Directories directories =
                Directories.of(Map.of("XDG_STATE_HOME", home.resolve("state").toString()), home);
        KindClusters clusters = new KindClusters(Path.of("kind"), Engines.find(System.getenv()), directories);
        clusters.ensure(
                ClusterSpec.of(kfmr.name(), Rig.variable("KFMR_NODE_IMAGE"))
                        .withRegistryMirror(URI.create(Rig.variable("KFMR_REGISTRY_MIRROR"))),
                Progress.silent(),
                Deadline.in(Duration.ofMinutes(5)));
        try (ClusterConnection connection = ClusterConnection.toKubeconfig(clusters.kubeconfig(kfmr.name()))) {
            connection.awaitReady(Deadline.in(Duration.ofMinutes(1)));
        }
        new UserKubeconfig(Map.of("KUBECONFIG", kfmr.kubeconfig().toString()), home)
                .add(clusters.kubeconfig(kfmr.name()), kfmr.name(), false);
        environments = new EnvironmentStore(directories);
        environments.save(environment("standalone"));
        apply("doctor-workloads.yaml");
        kfmr.kubectl("wait", "--for=condition=established", "customresourcedefinition/certificates.cert-manager.io");
        apply("doctor-certificate.yaml");
        apply("doctor-crashes.yaml");
    }

    private static Environment environment(String profile) {
        return Environment.plain(kfmr.name(), profile, new PinsLibrary().defaultName());
    }

    @AfterAll
    static void cleanUp() {
        if (kfmr != null) {
            Rig.run(Duration.ofSeconds(20), "docker", "unpause", kfmr.name() + "-control-plane");
            kfmr.cleanUp();
        }
    }

    private static void apply(String resource) {
        try {
            Path file = home.resolve(resource);
            Files.writeString(
                    file,
                    Resource.text(DoctorIT.class, resource)
                            .replace("{pause}", kfmr.imageOfTheNode("/pause:"))
                            .replace("{etcd}", kfmr.imageOfTheNode("/etcd:"))
                            .replace("{coredns}", kfmr.imageOfTheNode("/coredns:"))
                            .replace("{ca}", certificate("ca"))
                            .replace("{serving}", certificate("serving")));
            kfmr.kubectl("apply", "-f", file.toString());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** PEM in base64. */
    private static String certificate(String name) {
        String pem = Resource.text(Doctor.class, name + ".pem");
        return Base64.getEncoder().encodeToString(pem.getBytes(UTF_8));
    }

    @Test
    @Order(1)
    void findsNothingWrongWithAHealthyCluster() {
        JsonNode diagnosis = doctor.awaitCauses(List.of());

        assertThat(diagnosis.get("unread")).isEmpty();
        assertThat(diagnosis.get("healthy").asBoolean()).isTrue();
    }

    @Test
    @Order(2)
    void findsThatNobodyMakesVolumesAndThatAPodOnlyWaitsForIt() {
        kfmr.kubectl("scale", "-n", "local-path-storage", "deployment/local-path-provisioner", "--replicas=0");
        apply("doctor-claim.yaml");
        install("claimer", "apps/v1/Deployment/staged/claimer");

        JsonNode finding = doctor.awaitOnly("cluster.provisioner");
        table.row("local-path-provisioner scaled to 0, a claim waits", finding, CoverageTable.fixOf(finding));
        doctor.mend();
        awaitBound();
    }

    /** As the inventory has it. */
    private static void install(String component, String object) {
        kfmr.kubectl(
                "patch",
                "configmap",
                "-n",
                "kfmr-system",
                "kfmr-inventory",
                "--type=merge",
                "-p",
                "{\"data\":{\"objects." + component + "\":\"" + object + "\"}}");
    }

    private static void awaitBound() {
        Await.until(StagedDoctor.TO_SHOW, () -> Optional.of(
                        kfmr.kubectl("get", "pvc", "-n", "staged", "data", "-o", "jsonpath={.status.phase}"))
                .filter("Bound"::equals));
    }

    @Test
    @Order(3)
    void findsThatNoClassIsTheDefaultWhenAClaimWaits() {
        kfmr.kubectl(
                "annotate",
                "--overwrite",
                "storageclass",
                "standard",
                "storageclass.kubernetes.io/is-default-class=false");
        apply("doctor-claim-without-class.yaml");

        JsonNode finding = doctor.awaitOnly("cluster.no-storage-class");
        assertThat(finding.get("severity").asText()).isEqualTo("FAILURE");
        assertThat(finding.get("evidence").asText()).contains("staged/late");
        table.row("no default StorageClass, a claim waits for one", finding, CoverageTable.fixOf(finding));
        doctor.mend();
    }

    @Test
    @Order(4)
    void findsThatNamesDoNotWork() {
        kfmr.kubectl("scale", "-n", "kube-system", "deployment/coredns", "--replicas=0");

        JsonNode finding = doctor.awaitOnly("cluster.coredns");
        table.row("CoreDNS scaled to 0", finding, CoverageTable.fixOf(finding));
        doctor.mend();
    }

    @Test
    @Order(5)
    void findsAWebhookThatNobodyAnswersAndChangesNothingWithoutATerminalOrYes() {
        kfmr.kubectl("scale", "-n", "staged", "deployment/hook", "--replicas=0");

        JsonNode finding = doctor.awaitOnly("cluster.webhook-no-endpoints");
        table.row("the Deployment behind a webhook scaled to 0", finding, CoverageTable.fixOf(finding));
        assertThat(kfmr.run("doctor", "--fix", "--group=cluster").failedWith(2).error())
                .contains("doctor.not-confirmed", "scale deployment hook --replicas=1", "no terminal");
        assertThat(kfmr.kubectl("get", "deployment", "-n", "staged", "hook", "-o", "jsonpath={.spec.replicas}"))
                .isEqualTo("0");
        doctor.mend();
    }

    @Test
    @Order(6)
    void findsAMissingKeyOfASecretByItsName() {
        kfmr.kubectl(
                "patch",
                "secret",
                "-n",
                "staged",
                "db",
                "--type=json",
                "-p",
                "[{\"op\":\"remove\",\"path\":\"/data\"}]");
        kfmr.kubectl("delete", "pod", "-n", "staged", "-l", "app=keyed");

        JsonNode finding = doctor.awaitOnly("workload.missing-configuration");
        assertThat(finding.get("what").asText()).contains("password", "Secret staged/db");
        table.row("a key of a Secret missing", finding, "the key put back");
        kfmr.kubectl("patch", "secret", "-n", "staged", "db", "-p", "{\"stringData\":{\"password\":\"open-sesame\"}}");
        doctor.awaitCauses(List.of());
    }

    @Test
    @Order(7)
    void findsAMemoryLimitThatIsTooSmall() {
        kfmr.kubectl("set", "resources", "-n", "staged", "deployment/eater", "--limits=memory=16Mi");

        JsonNode finding = doctor.awaitOnly("workload.out-of-memory");
        assertThat(finding.get("what").asText()).contains("137");
        table.row("a container over its memory limit", finding, "the limit raised");
        kfmr.kubectl("set", "resources", "-n", "staged", "deployment/eater", "--limits=memory=512Mi");
        doctor.awaitCauses(List.of());
    }

    @Test
    @Order(8)
    void findsAKubeletThatDoesNotRunAndWhichLogsABundleLacksForIt() throws IOException {
        inNode("systemctl", "stop", "kubelet");

        JsonNode finding = doctor.awaitOnly("node.kubelet");
        assertThat(bundle().get("manifest.txt"))
                .contains("missing: logs of the namespace staged, ", "connection refused", "pods/staged/")
                .doesNotContain("missing: the ");
        table.row("the kubelet stopped", finding, "`docker exec NAME-control-plane systemctl restart kubelet`");
        inNode("systemctl", "restart", "kubelet");
        doctor.awaitCauses(List.of());
    }

    private static void inNode(String... words) {
        List<String> command = new ArrayList<>(List.of("docker", "exec", node));
        command.addAll(List.of(words));
        assertThat(Rig.run(Duration.ofSeconds(30), command.toArray(String[]::new)))
                .as(command.toString())
                .isPresent();
    }

    @Test
    @Order(9)
    void findsAPausedNode() {
        assertThat(Rig.run(Duration.ofSeconds(20), "docker", "pause", node)).isPresent();

        JsonNode finding = doctor.awaitOnly("node.paused");
        table.row("the node's container paused", finding, CoverageTable.fixOf(finding));
        doctor.mend();
    }

    @Test
    @Order(10)
    void findsThatTheContextIsGone() {
        for (String entry : List.of("contexts", "clusters", "users")) {
            assertThat(Rig.run(
                            Duration.ofSeconds(20),
                            "kubectl",
                            "config",
                            "--kubeconfig",
                            kfmr.kubeconfig().toString(),
                            "unset",
                            entry + ".kind-" + kfmr.name()))
                    .isPresent();
        }

        JsonNode finding = doctor.awaitOnly("cluster.context");
        table.row("the context deleted from the kubeconfig", finding, CoverageTable.fixOf(finding));
        doctor.mend();
    }

    @Test
    @Order(11)
    void findsAWebhookWithTheCaOfAnother() {
        String path = "[{\"op\":\"replace\",\"path\":\"/webhooks/0/clientConfig/caBundle\",\"value\":\"%s\"}]";
        List<String> patch = List.of("patch", "validatingwebhookconfiguration", "staged-hook", "--type=json", "-p");
        kfmr.kubectl(with(patch, path.formatted(certificate("foreign-ca"))));

        JsonNode finding = doctor.awaitOnly("cluster.webhook-ca");
        assertThat(finding.get("evidence").asText()).contains("CN=ca", "CN=foreign-ca");
        table.row("another CA in a webhook's configuration", finding, "the right CA put back");
        kfmr.kubectl(with(patch, path.formatted(certificate("ca"))));
        doctor.awaitCauses(List.of());
    }

    private static String[] with(List<String> words, String last) {
        return Stream.concat(words.stream(), Stream.of(last)).toArray(String[]::new);
    }

    @Test
    @Order(12)
    void findsAnImageThatNoRegistryHasAndWhatStandsInForIt() {
        String image = kfmr.kubectl(
                "get",
                "deployment",
                "-n",
                "staged",
                "keyed",
                "-o",
                "jsonpath={.spec.template.spec.containers[0].image}");
        String gone = "gcr.io/ml-pipeline/minio:RELEASE.2019-08-14T20-37-41Z-license-compliance";
        kfmr.kubectl("set", "image", "-n", "staged", "deployment/keyed", "main=" + gone);

        JsonNode finding = doctor.awaitOnly("workload.image-not-found");
        assertThat(finding.get("remedy").asText()).contains("stands in for it");
        table.row("an image that is gone", finding, "an image that is there; the remedy names it");
        kfmr.kubectl("set", "image", "-n", "staged", "deployment/keyed", "main=" + image);
        doctor.awaitCauses(List.of());
    }

    @Test
    @Order(13)
    void findsAProgramForAnotherProcessor() {
        apply("doctor-foreign-program.yaml");
        kfmr.kubectl(
                "patch",
                "deployment",
                "-n",
                "staged",
                "keyed",
                "-p",
                """
                {"spec":{"template":{"spec":{
                  "volumes":[{"name":"foreign","configMap":{"name":"foreign","defaultMode":493}}],
                  "containers":[{"name":"main","command":["/foreign/program"],"volumeMounts":[{"name":"foreign","mountPath":"/foreign"}]}]}}}}
                """);

        JsonNode finding = doctor.awaitOnly("workload.wrong-architecture");
        table.row("a program for another processor", finding, "one for this processor");
        kfmr.kubectl("rollout", "undo", "-n", "staged", "deployment/keyed");
        doctor.awaitCauses(List.of());
    }

    @Test
    @Order(14)
    void findsARunWhoseDriverCannotBePulled() {
        apply("doctor-run.yaml");

        JsonNode finding = doctor.awaitOnly("function.run-waits");
        assertThat(finding.get("why").asText()).contains("Cannot find context");
        table.row("the image of a run's driver missing", finding, "the pod deleted, as when its run is");
        kfmr.kubectl("delete", "pod", "-n", "staged", "show-x7-driver");
        doctor.awaitCauses(List.of());
    }

    @Test
    @Order(15)
    void findsALocalPortThatAnotherProgramHas() throws IOException {
        List<Integer> ports = List.of(8080, 8082, 8084, 9000);
        for (int port : ports) {
            try (ServerSocket taken = new ServerSocket()) {
                taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                JsonNode finding = portFindings(port).findFirst().orElseThrow();
                assertThat(finding.get("evidence").asText())
                        .contains(String.valueOf(ProcessHandle.current().pid()));
                table.row("a local port taken by another program", finding, "that program ended");
            } catch (BindException e) {
                continue;
            }
            assertThat(portFindings(port)).isEmpty();
            return;
        }
        throw new AssertionError("All of " + ports + " are taken on this machine: no port is left to take.");
    }

    private static Stream<JsonNode> portFindings(int port) {
        List<JsonNode> findings = new ArrayList<>();
        doctor.look().get("findings").forEach(findings::add);
        return findings.stream()
                .filter(finding -> finding.get("id").asText().equals("host.ports"))
                .filter(finding -> finding.get("what").asText().contains("port " + port));
    }

    @Test
    @Order(16)
    void findsASecretThatIsMissingByItsName() {
        kfmr.kubectl("delete", "secret", "-n", "staged", "db");
        kfmr.kubectl("delete", "pod", "-n", "staged", "-l", "app=keyed");

        JsonNode finding = doctor.awaitOnly("workload.missing-configuration");
        assertThat(finding.get("what").asText()).contains("secret \"db\" not found");
        table.row("a Secret missing", finding, "the Secret made anew");
        kfmr.kubectl("create", "secret", "generic", "-n", "staged", "db", "--from-literal=password=open-sesame");
        // It would start by itself, a dozen seconds later.
        kfmr.kubectl("delete", "pod", "-n", "staged", "-l", "app=keyed");
        doctor.awaitCauses(List.of());
    }

    @Test
    @Order(17)
    void findsAModelRegistryFromManifestsThatBringNoDatabase() {
        apply("doctor-registry.yaml");
        install("registry", "apps/v1/Deployment/staged/model-registry-deployment");

        JsonNode finding = doctor.awaitOnly("workload.registry-configuration");
        assertThat(finding.get("what").asText()).contains("mysql-secret");
        assertThat(finding.get("remedy").asText()).contains("overlays/db");
        table.row("the Model Registry from base, in place of overlays/db", finding, "what overlays/db changes applied");
        apply("doctor-registry-db.yaml");
        doctor.awaitCauses(List.of());
    }

    @Test
    @Order(18)
    void takesTheNextImageOfAStoreThatEndsWith139InOneAndInTheOther() {
        apply("doctor-store.yaml");
        install("store", "apps/v1/Deployment/staged/metadata-grpc-deployment");
        mendStore("1.14.0");
        awaitStore();
        Rig.stage("-crash", STORE + ":1.13.0=139");
        try {
            // Else the node takes the one that it has pulled.
            inNode(
                    "sh",
                    "-ec",
                    "ctr -n k8s.io images ls -q | grep " + STORE + " | xargs ctr -n k8s.io images rm --sync");
            kfmr.kubectl("delete", "pod", "-n", "staged", "-l", "app=store");
            mendStore("1.13.0");
        } finally {
            Rig.stage();
        }
        awaitStore();
        assertThat(environments.load(kfmr.name(), text -> {}).orElseThrow().images())
                .isEqualTo(Map.of(STORE + ":1.14.0", STORE + ":1.12.0", STORE + ":1.13.0", STORE + ":1.12.0"));
    }

    private static void mendStore(String version) {
        JsonNode finding = doctor.awaitOnly("workload.mlmd-segfault");
        assertThat(finding.get("evidence").asText()).isEqualTo("its image: " + STORE + ":" + version);
        table.row(
                "the metadata store " + version + " ends with exit code 139 and an empty log",
                finding,
                CoverageTable.fixOf(finding));
        doctor.mend();
    }

    private static void awaitStore() {
        kfmr.kubectl("rollout", "status", "-n", "staged", "deployment/metadata-grpc-deployment", "--timeout=60s");
    }

    @Test
    @Order(19)
    void findsADiskThatIsNearlyFull() {
        // In place of the kubelet's disk, which the kubelet does not miss for so short a time. What it writes there
        // meanwhile is far less than the one per cent that is left.
        inNode(
                "sh",
                "-ec",
                """
                mkdir /run/small
                mount -t tmpfs -o size=100m small /run/small
                cp /var/lib/kubelet/config.yaml /var/lib/kubelet/kubeadm-flags.env /run/small
                fallocate -l 100800K /run/small/filler
                mount --bind /run/small /var/lib/kubelet
                """);
        try {
            JsonNode finding = doctor.awaitOnly("node.disk");
            table.row("the disk of the pods' data nearly full", finding, "room made on it");
            inNode("rm", "/run/small/filler");
            doctor.awaitCauses(List.of());
        } finally {
            inNode("umount", "--lazy", "/var/lib/kubelet", "/run/small");
        }
    }

    @Test
    @Order(20)
    void findsACertificateThatIsNotIssued() {
        String patch = "[{\"op\":\"replace\",\"path\":\"/status/conditions/0\",\"value\":"
                + "{\"type\":\"Ready\",\"status\":\"%s\",\"reason\":\"%s\",\"message\":\"%s\"}}]";
        List<String> words = List.of("patch", "certificate", "-n", "staged", "serving", "--type=json", "-p");
        kfmr.kubectl(
                with(words, patch.formatted("False", "DoesNotExist", "Issuing certificate as Secret does not exist")));

        JsonNode finding = doctor.awaitOnly("cluster.certificate");
        assertThat(finding.get("evidence").asText()).contains("Secret does not exist");
        table.row("a certificate not issued", finding, "its issue");
        kfmr.kubectl(with(words, patch.formatted("True", "Ready", "Certificate is up to date")));
        doctor.awaitCauses(List.of());
    }

    @Test
    @Order(21)
    void findsAPodOfTheMeshThatHasNoSidecar() {
        environments.save(environment("multi-user"));
        apply("doctor-mesh.yaml");

        JsonNode finding = doctor.awaitOnly("workload.no-sidecar");
        assertThat(finding.get("severity").asText()).isEqualTo("FAILURE");
        table.row("a pod made before the injector of sidecars answered", finding, CoverageTable.fixOf(finding));
        doctor.mend();
        environments.save(environment("standalone"));
    }

    @Test
    @Order(22)
    void findsAWorkloadThatIsScaledToNothing() {
        kfmr.kubectl("scale", "-n", "staged", "deployment/keyed", "--replicas=0");

        JsonNode finding = doctor.awaitOnly("workload.scaled-down");
        table.row("a workload scaled to 0", finding, CoverageTable.fixOf(finding));
        doctor.mend();
    }

    @Test
    @Order(23)
    void findsARunThatRegisteredAVersionThatIsThereAlready() {
        apply("doctor-version.yaml");

        JsonNode finding = doctor.awaitOnly("function.version-exists");
        assertThat(finding.get("evidence").asText()).contains("Version 1.0.0 already exists");
        table.row("a run that registers a version once more", finding, "the pod deleted, as when its run is");
        kfmr.kubectl("delete", "pod", "-n", "staged", "register-x8-main");
        doctor.awaitCauses(List.of());
    }

    @Test
    @Order(24)
    void findsACacheWhoseCertificateNobodySignsAndThatItsServerWaitsForIt() {
        install("deployer", "apps/v1/Deployment/staged/cache-deployer-deployment");
        install("cache", "apps/v1/Deployment/staged/cache-server");

        JsonNode finding = doctor.awaitOnly("workload.certificate-not-signed");
        table.row("the request of the pipelines' cache for a certificate not signed", finding, "its signature");
        settings("signed");
        kfmr.kubectl("create", "secret", "generic", "-n", "staged", "webhook-server-tls", "--from-literal=key.pem=k");
        // They would start by themselves, some time later.
        kfmr.kubectl("delete", "pod", "-n", "staged", "-l", "app in (cache-deployer,cache-server)");
        doctor.awaitCauses(List.of());
    }

    /** What a program that ends without them finds from now on. */
    private static void settings(String configMap) {
        kfmr.kubectl(
                "create", "configmap", "-n", "staged", configMap, "--from-literal=Corefile=.:5353 {\n    errors\n}\n");
    }

    @Test
    @Order(25)
    void findsADexWithoutItsNamespaceAndAProxyThatMayStartAfterIt() {
        environments.save(environment("multi-user"));
        install("dex", "apps/v1/Deployment/staged/dex");
        install("oauth2-proxy", "apps/v1/Deployment/staged/oauth2-proxy");

        JsonNode ofDex = doctor.awaitOnly("workload.dex-namespace");
        String command = ofDex.get("remedy").asText();
        table.row("a Dex that is not told its namespace", ofDex, "`" + command + "`");
        kfmr.kubectl(command.substring("kubectl ".length()).split(" "));

        JsonNode finding = doctor.awaitOnly("workload.login-provider-away");
        settings("provider");
        table.row("oauth2-proxy started before Dex", finding, "`--fix`: its pod deleted, now that Dex is ready");
        assertThat(CoverageTable.fixOf(finding)).contains("kubectl -n staged delete pod oauth2-proxy-");
        doctor.mend();
        kfmr.kubectl("rollout", "status", "-n", "staged", "deployment/oauth2-proxy", "--timeout=60s");
        environments.save(environment("standalone"));
    }

    @Test
    @Order(26)
    void findsAProfileWithoutTheSecretOfTheObjectStore() {
        environments.save(environment("multi-user"));
        apply("doctor-artifacts.yaml");
        kfmr.kubectl("label", "namespace", "staged", "pipelines.kubeflow.org/enabled=true");

        JsonNode finding = doctor.awaitOnly("function.artifact-secret");
        table.row("the Secret of the object store missing in a profile", finding, "the Secret made");
        kfmr.kubectl("create", "secret", "generic", "-n", "staged", "mlpipeline-minio-artifact", "--from-literal=a=b");
        doctor.awaitCauses(List.of());
        environments.save(environment("standalone"));
    }

    @Test
    @Order(27)
    void findsAnApiServerThatIsStopped() {
        String manifest = "/etc/kubernetes/manifests/kube-apiserver.yaml";
        inNode("mv", manifest, "/root/");

        JsonNode finding = doctor.awaitOnly("cluster.api-server");
        table.row(
                "the API server stopped",
                finding,
                "`docker exec NAME-control-plane mv /root/kube-apiserver.yaml /etc/kubernetes/manifests/`");
        inNode("mv", "/root/kube-apiserver.yaml", manifest);
        doctor.awaitCauses(List.of());
    }

    @Test
    @Order(28)
    void tellsInWhichWayAClusterIsNotThatOfAnInstallation() {
        for (var moved : Map.of("cluster.unfinished", "/kind/kfmr-finished", "cluster.foreign", "/kind/kubeadm.conf")
                .entrySet()) {
            inNode("mv", moved.getValue(), "/root/moved");
            doctor.awaitOnly(moved.getKey());
            inNode("mv", "/root/moved", moved.getValue());
        }
        kfmr.kubectl("delete", "configmap", "-n", "kfmr-system", "kfmr-inventory");
        doctor.awaitOnly("cluster.nothing-installed");
        apply("doctor-workloads.yaml");
    }

    @Test
    @Order(29)
    void looksAtTheMachineAloneWhereThereIsNoCluster() {
        List<String> elsewhere = List.of("doctor", "-o", "json", "--name", "kfmr-test-none");

        assertThat(StagedDoctor.causes(
                        kfmr.run(with(elsewhere, "--all")).failedWith(3).json()))
                .containsExactly("cluster.absent");
        assertThat(kfmr.run(with(elsewhere, "engine.init")).succeeded().json().get("unread"))
                .isEmpty();
    }

    @Test
    @Order(30)
    void writesABundleWithoutSecrets() throws IOException {
        Map<String, String> files = bundle();

        assertThat(files)
                .containsKeys(
                        "summary.html", "doctor.json", "events.txt", "nodes/" + node + "/kubelet.log", "workloads.txt");
        assertThat(files.get("manifest.txt")).contains("pods/kube-system/").doesNotContain("missing: ");
        assertThat(files).allSatisfy((name, text) -> assertThat(text).doesNotContain("open-sesame", "b3Blbi1zZXNhbWU"));
    }

    /** File to text. */
    private static Map<String, String> bundle() throws IOException {
        Path file = home.resolve("bundle.zip");
        kfmr.run("doctor", "--bundle", file.toString()).succeeded();
        Map<String, String> texts = new TreeMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                texts.put(entry.getName(), new String(zip.getInputStream(entry).readAllBytes(), UTF_8));
            }
        }
        return texts;
    }

    @Test
    @Order(31)
    void theTableShowsWhatWasSeen() throws IOException {
        String seen = table.text();
        if (System.getProperty("golden.refresh") != null) {
            Files.writeString(TABLE, seen);
        }

        assertThat(seen).isEqualTo(Files.readString(TABLE));
    }
}
