package dev.kfmr.ready;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kfmr.core.KfmrException;
import dev.kfmr.profile.YamlDocuments;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables of objects and what they are judged to be. */
class ReadinessTest {
    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    static Stream<Arguments> cases() throws IOException {
        return YamlDocuments.parse(
                        Files.readString(Path.of("src/test/resources/dev/kfmr/ready/objects.yaml")), "objects.yaml")
                .stream()
                .map(each -> Arguments.of(each.get("case"), each.get("object"), each.get("expect")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void judges(String name, Map<String, Object> object, String expected) {
        HasMetadata typed = JSON.unmarshal(YamlDocuments.write(object));

        Status status = Readiness.of(typed);

        assertThat(status.state() + " " + status.message()).as(name).isEqualTo(expected);
    }

    @Test
    void doesNotCallAWorkloadReadyThatItHasNoRuleFor() {
        GenericKubernetesResource unknown = JSON.convertValue(
                Map.of(
                        "apiVersion",
                        "example.com/v1",
                        "kind",
                        "Rocket",
                        "metadata",
                        Map.of("name", "a"),
                        "spec",
                        Map.of("template", Map.of("spec", Map.of("containers", java.util.List.of())))),
                GenericKubernetesResource.class);

        assertThatThrownBy(() -> Readiness.of(unknown))
                .isInstanceOfSatisfying(
                        KfmrException.class, e -> assertThat(e.code()).isEqualTo("ready.unknown-kind"));
    }
}
