package dev.kfmr.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.apply.ObjectRef;
import dev.kfmr.profile.YamlDocuments;
import dev.kfmr.ready.ClusterView;
import dev.kfmr.render.Manifest;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealScaledDownTest {
    private final RecordedProgress progress = new RecordedProgress();
    private final List<String> scaled = new ArrayList<>();

    private static String deployment(String spec) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: istiod, namespace: istio-system}
                spec: %s
                """
                .formatted(spec);
    }

    private HealScaledDown heal(String rendered) {
        Manifest manifest =
                Manifest.of(YamlDocuments.parse(rendered, "rendered").get(0));
        return new HealScaledDown(() -> List.of(manifest), this::scale, progress);
    }

    private void scale(ObjectRef ref) {
        scaled.add(ref.id());
    }

    private static ClusterView view(int replicas) {
        return new ClusterView(
                List.of(new KubernetesSerialization()
                        .<HasMetadata>unmarshal(deployment("{replicas: " + replicas + "}"))),
                List.of());
    }

    @Test
    void scalesToOneWhatUpstreamLeavesOpen() {
        HealScaledDown heal = heal(deployment("{template: {}}"));

        assertThat(heal.look(view(0))).isTrue();
        assertThat(heal.look(view(0))).as("until it is seen").isTrue();
        assertThat(heal.look(view(1))).isFalse();
        assertThat(scaled).containsOnly("Deployment istio-system/istiod");
        assertThat(progress.healed).containsExactly("istiod was scaled to 0: scaled it to 1");
    }

    @ParameterizedTest
    @CsvSource({"{replicas: 0},0", "{replicas: 2},0", "{template: {}},1", "{template: {}},3"})
    void leavesWhatIsMeantSoOrAppliedAnyway(String rendered, int live) {
        assertThat(heal(deployment(rendered)).look(view(live))).isFalse();
        assertThat(scaled).isEmpty();
    }

    @Test
    void waitsForAnApiServerThatIsAway() {
        HealScaledDown heal = new HealScaledDown(
                () -> List.of(Manifest.of(
                        YamlDocuments.parse(deployment("{}"), "rendered").get(0))),
                ref -> {
                    throw new KubernetesClientException("away");
                },
                progress);

        assertThat(heal.look(view(0))).isTrue();
        assertThat(progress.healed).isEmpty();
    }
}
