package dev.kfmr.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.check.Finding;
import dev.kfmr.check.FitDecision;
import dev.kfmr.plan.MachineNeeds;
import dev.kfmr.plan.RequestPolicy;
import dev.kfmr.plan.RequestSums;
import dev.kfmr.ready.NodeRoom;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a cluster that kfmr did not make may lack. */
class ClusterCheckTest {
    private static final RequestSums NEEDS =
            new RequestSums(new MachineNeeds(1142, 1900, 26), new MachineNeeds(118, 1000, 26));

    private static String id(Optional<Finding> finding) {
        return finding.map(Finding::id).orElse("none");
    }

    @ParameterizedTest
    @CsvSource({
        "kindest/node:v1.34.3, v1.34.1, none",
        "kindest/node:v1.34.3, v1.31.0-eks-1, none",
        "kindest/node:v1.34.3, v1.30.9, cluster.version",
        "kindest/node:v1.34.3, v1.38.0, cluster.version",
        "kindest/node:v1.34.3, '', none",
        "my/node:latest, v1.20.0, none"
    })
    void wantsAVersionThatIsNotFarFromTheOneThatWasTried(String nodeImage, String have, String id) {
        assertThat(id(ClusterCheck.version(nodeImage, have))).isEqualTo(id);
    }

    @Test
    void wantsTheRightsOfAnAdministrator() {
        assertThat(id(ClusterCheck.rights(false))).isEqualTo("cluster.rights");
        assertThat(id(ClusterCheck.rights(true))).isEqualTo("none");
    }

    static List<StorageClass> storageClass(String isDefault) {
        return List.of(new StorageClassBuilder()
                .withNewMetadata()
                .withName("slow")
                .addToAnnotations("storageclass.kubernetes.io/is-default-class", isDefault)
                .endMetadata()
                .build());
    }

    @Test
    void wantsADefaultClassWhereAClaimNeedsOne() {
        assertThat(ClusterCheck.storageClass(2, storageClass("false"))).hasValueSatisfying(finding -> {
            assertThat(finding.id()).isEqualTo("cluster.default-class");
            assertThat(finding.what()).contains("2 volume claims");
            assertThat(finding.evidence()).contains("slow");
        });
        assertThat(id(ClusterCheck.storageClass(2, List.of()))).isEqualTo("cluster.default-class");
        assertThat(id(ClusterCheck.storageClass(2, storageClass("true")))).isEqualTo("none");
        assertThat(id(ClusterCheck.storageClass(0, storageClass("false")))).isEqualTo("none");
    }

    /** What is said of a cluster of one node. */
    static List<Finding> room(RequestPolicy policy, String cpu, String memory) {
        NodeRoom room = NodeRoom.forAnyPod(
                List.of(new NodeBuilder()
                        .withNewMetadata()
                        .withName("one")
                        .endMetadata()
                        .withNewSpec()
                        .endSpec()
                        .withNewStatus()
                        .addToAllocatable("cpu", new Quantity(cpu))
                        .addToAllocatable("memory", new Quantity(memory))
                        .endStatus()
                        .build()),
                List.of());
        FitDecision decision = FitDecision.decide(policy, NEEDS, room.freeCpuMilli(), room.freeMemoryMib());
        return ClusterCheck.room(decision, NEEDS, room);
    }

    @ParameterizedTest
    @CsvSource({
        "UPSTREAM, 4,    8000Mi, ''",
        "UPSTREAM, 1,    8000Mi, cluster.cpu",
        "UPSTREAM, 4,    1000Mi, cluster.memory",
        "AUTO,     1,    1000Mi, ''",
        "AUTO,     100m, 500Mi,  'cluster.cpu cluster.memory'"
    })
    void wantsRoomOnTheNodes(RequestPolicy policy, String cpu, String memory, String ids) {
        assertThat(String.join(
                        " ", room(policy, cpu, memory).stream().map(Finding::id).toList()))
                .isEqualTo(ids);
    }

    @Test
    void wantsNoObjectsOfOthersAndNamesSomeOfThem() {
        List<String> ten = IntStream.range(0, 10).mapToObj(each -> "x" + each).toList();

        assertThat(id(ClusterCheck.foreign(List.of()))).isEqualTo("none");
        assertThat(ClusterCheck.foreign(ten)).hasValueSatisfying(finding -> {
            assertThat(finding.id()).isEqualTo("cluster.foreign-objects");
            assertThat(finding.what()).startsWith("10 objects");
            assertThat(finding.evidence()).isEqualTo("x0, x1, x2, x3, x4, x5, x6, x7 and 2 more");
        });
    }
}
