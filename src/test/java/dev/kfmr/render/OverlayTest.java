package dev.kfmr.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Resource;
import dev.kfmr.core.Untyped;
import dev.kfmr.plan.ComputeResource;
import dev.kfmr.plan.PlannedComponent;
import dev.kfmr.profile.ComponentSpec;
import dev.kfmr.profile.Patch;
import dev.kfmr.profile.PinnedPath;
import dev.kfmr.profile.YamlDocuments;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverlayTest {
    private static final List<Manifest> UPSTREAM = YamlDocuments.parse(
                    """
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: grpc}
                    spec:
                      template:
                        spec:
                          initContainers: [{name: init, image: "store:1.14.0-rc"}]
                          containers:
                            - {name: other, image: "busybox:1", resources: {requests: {cpu: 2m}}}
                            - {name: main, image: "store:1.14.0", resources: {requests: {cpu: 250m, memory: 1Gi}}}
                    """,
                    "upstream")
            .stream()
            .map(Manifest::of)
            .toList();

    private static PlannedComponent component(Patch... patches) {
        return new PlannedComponent(
                new ComponentSpec(
                        "store",
                        "The store",
                        "store",
                        Optional.empty(),
                        "kubeflow",
                        List.of(),
                        false,
                        true,
                        List.of(),
                        Map.of()),
                new PinnedPath("source", "some/path", "pins.yaml:1"),
                List.of(patches));
    }

    private static Patch image(String from, String to) {
        return new Patch("image", List.of("store"), "It crashes.", "a/b#1", Map.of(from, to), Map.of(), "");
    }

    private static String overlay(PlannedComponent component, Map<String, String> healed, ComputeResource... lowered) {
        return Overlay.text(component, "26.03", UPSTREAM, healed, Set.of(lowered));
    }

    @Test
    void replacesAnImageOnlyWhereItStandsWithJustThatTag() {
        assertThat(overlay(component(image("store:1.14.0", "store:1.13.0")), Map.of()))
                .isEqualTo(
                        """
                        # Written by kfmr: The store, release set 26.03.
                        # upstream.yaml is what source: some/path renders to.
                        # image: It crashes. (a/b#1)
                        apiVersion: kustomize.config.k8s.io/v1beta1
                        kind: Kustomization
                        namespace: kubeflow
                        resources:
                        - upstream.yaml
                        patches:
                        - target:
                            kind: Deployment
                            name: grpc
                          patch: |
                            - op: replace
                              path: /spec/template/spec/containers/1/image
                              value: store:1.13.0
                        """);
    }

    @Test
    void takesWhatHealingChoseInPlaceOfThePatchsImage() {
        assertThat(overlay(component(image("store:1.14.0", "store:1.13.0")), Map.of("store:1.13.0", "store:1.12.0")))
                .contains("value: store:1.12.0")
                .doesNotContain("1.13.0");
    }

    @Test
    void refusesAPatchWhoseImageIsGone() {
        assertThatThrownBy(() -> overlay(component(image("store:1.15.0", "store:1.13.0")), Map.of()))
                .isInstanceOfSatisfying(KfmrException.class, e -> {
                    assertThat(e.code()).isEqualTo("render.patch-target-gone");
                    assertThat(e.what()).isEqualTo("The patch image has nothing to change in store.");
                    assertThat(e.why()).contains("26.03", "store:1.15.0");
                });
    }

    @Test
    void refusesAPatchWhoseObjectIsGone() {
        Patch patch = new Patch(
                "probe",
                List.of("store"),
                "r",
                "",
                Map.of(),
                Map.of(),
                "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: gone}\n");

        assertThatThrownBy(() -> overlay(component(patch), Map.of()))
                .isInstanceOfSatisfying(
                        KfmrException.class, e -> assertThat(e.why()).contains("gone"));
    }

    @Test
    void lowersCpuRequestsAndLeavesMemoryAndSmallOnes() {
        assertThat(overlay(component(), Map.of(), ComputeResource.CPU))
                .contains("requests: those for CPU are lowered")
                .contains("containers/1/resources/requests/cpu", "value: 25m")
                .doesNotContain("containers/0", "/memory");
    }

    @Test
    void lowersMemoryRequestsToHalf() {
        assertThat(overlay(component(), Map.of(), ComputeResource.MEMORY))
                .contains("requests: those for memory are lowered")
                .contains("containers/1/resources/requests/memory", "value: 512Mi")
                .doesNotContain("/cpu");
    }

    @Test
    void lowersSidecarsThroughTheInjectorsValuesAndLeavesTheirLimits() {
        List<Manifest> istio = YamlDocuments.parse(Resource.text(OverlayTest.class, "multi-user.yaml"), "test").stream()
                .map(Manifest::of)
                .toList();

        Map<String, Object> overlay = YamlDocuments.parse(
                        Overlay.text(component(), "26.03", istio, Map.of(), ComputeResource.ALL), "overlay")
                .get(0);

        Map<String, Object> patch = Untyped.maps(overlay.get("patches")).stream()
                .filter(each -> Untyped.map(each.get("target")).containsValue("istio-sidecar-injector"))
                .findFirst()
                .orElseThrow();
        assertThat(String.valueOf(patch.get("patch"))).contains("path: /data/values");
        assertThat(YamlDocuments.parse(
                                "a:\n" + String.valueOf(patch.get("patch")).indent(2), "patch")
                        .toString())
                .containsSubsequence("\"limits\"", "\"2000m\"", "\"1024Mi\"", "\"requests\"", "\"5m\"", "\"40Mi\"");
    }

    @ParameterizedTest
    @CsvSource({
        "CPU,    2000, 200",
        "CPU,    30,   5",
        "CPU,    5,    5",
        "CPU,    2,    2",
        "MEMORY, 2048, 1024",
        "MEMORY, 100,  64",
        "MEMORY, 64,   64",
        "MEMORY, 40,   40",
    })
    void neverRaisesARequestAndKeepsWhatIsSmall(ComputeResource resource, int asked, int lowered) {
        assertThat(LoweredRequests.of(resource, asked)).isEqualTo(lowered);
    }
}
