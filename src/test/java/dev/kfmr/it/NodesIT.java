package dev.kfmr.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A kind cluster of two nodes. What does not tolerate a control plane runs on the worker. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NodesIT {
    private static final String IMAGE = "kfmr.test/two-nodes:v1.34.3";
    /** Where the mend of the image is, and why it needs one. */
    private static final String MEND = "src/test/resources/nodes";
    /** Standalone mode, and a workload out of a directory beside it that runs on the control plane too. */
    private static final String PROFILE = "src/test/resources/profiles/everywhere.yaml";

    @TempDir
    private static Path home;

    private static Kfmr kfmr;
    private static Optional<String> nodeImage = Optional.empty();
    private static String controlPlane;
    private static String worker;

    @BeforeAll
    static void start() {
        Rig.requireEngine();
        nodeImage = Optional.ofNullable(System.getenv("KFMR_NODE_IMAGE")).map(NodesIT::mended);
        if (nodeImage.isPresent()) {
            Rig.stage();
        }
        kfmr = new Kfmr("kfmr-test-nodes", home);
        controlPlane = kfmr.name() + "-control-plane";
        worker = kfmr.name() + "-worker";
    }

    /** The rig's node image is made for clusters of one node; the pinned one needs no mend. */
    private static String mended(String image) {
        assertThat(Rig.run(
                        Duration.ofMinutes(2),
                        "docker",
                        "build",
                        "--build-arg",
                        "IMAGE=" + image,
                        "--tag",
                        IMAGE,
                        MEND))
                .as("docker build %s", MEND)
                .isPresent();
        return IMAGE;
    }

    @AfterAll
    static void cleanUp() {
        if (kfmr != null) {
            kfmr.cleanUp();
        }
        nodeImage.ifPresent(image -> Rig.run(Duration.ofMinutes(1), "docker", "rmi", image));
    }

    @Test
    @Order(1)
    void installsOnAClusterOfTwoNodes() {
        List<String> up = new ArrayList<>(List.of("up", "--profile", PROFILE, "--nodes", "2"));
        nodeImage.ifPresent(image -> up.addAll(List.of("--node-image", image)));

        kfmr.run(up.toArray(String[]::new)).succeeded();

        assertThat(kfmr.kubectl(
                                "get",
                                "nodes",
                                "-o",
                                "jsonpath={range .items[*]}{.metadata.name} "
                                        + "{.status.conditions[?(@.type==\"Ready\")].status}{\"\\n\"}{end}")
                        .lines())
                .containsExactlyInAnyOrder(controlPlane + " True", worker + " True");
        assertThat(nodesOfPods("app=everywhere")).containsExactlyInAnyOrder(controlPlane, worker);
        assertThat(nodesOfPods("app!=everywhere")).containsExactly(worker);
        assertThat(kfmr.kubectl("get", "pv", "-o", "jsonpath={.items[*].spec.nodeAffinity}"))
                .contains(worker)
                .doesNotContain("control-plane");
    }

    private static Set<String> nodesOfPods(String selector) {
        String names = kfmr.kubectl(
                "get", "pods", "-n", "kubeflow", "-l", selector, "-o", "jsonpath={.items[*].spec.nodeName}");
        return Arrays.stream(names.split(" ")).collect(Collectors.toSet());
    }

    @Test
    @Order(2)
    void aSecondTimeChangesNothing() {
        JsonNode result = kfmr.run("up", "-o", "json").succeeded().result();

        assertThat(result.get("changedObjects").asInt()).isZero();
    }

    /** What a machine is warned of has nothing to do with nodes. */
    @Test
    @Order(2)
    void statusAndDoctorFindNothingWrong() {
        kfmr.run("status").succeeded();

        JsonNode doctor = kfmr.run("doctor", "-o", "json").succeeded().json();

        assertThat(doctor.get("unread")).isEmpty();
        assertThat(doctor.get("findings")).allSatisfy(finding -> {
            assertThat(finding.get("group").asText()).isIn("host", "engine");
            assertThat(finding.get("severity").asText()).isNotEqualTo("FAILURE");
        });
    }

    @Test
    @Order(3)
    void goesAwayWithBothNodes() {
        assertThat(containers()).hasSize(2);

        kfmr.run("down", "--yes").succeeded();

        assertThat(containers()).isEmpty();
    }

    private static List<String> containers() {
        return Rig.run(
                        Duration.ofSeconds(20),
                        "docker",
                        "ps",
                        "--all",
                        "--filter",
                        "label=io.x-k8s.kind.cluster=" + kfmr.name(),
                        "--format",
                        "{{.Names}}")
                .orElseThrow()
                .lines()
                .toList();
    }
}
