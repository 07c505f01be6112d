package dev.kfmr.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What of the shipped profile multi-user has to be so for an installation to come up at all. */
class MultiUserProfileTest {
    private static final String USER_NAMESPACE = "kubeflow-user-example-com";

    private final Profile profile = new ProfileLibrary().load("multi-user");

    @Test
    void whatLivesInTheUsersNamespaceComesAfterIt() {
        assertThat(profile.components())
                .filteredOn(component -> component.namespace().equals(USER_NAMESPACE))
                .extracting(ComponentSpec::name)
                .containsExactlyInAnyOrder("model-registry", "model-registry-istio", "model-registry-ui", "catalog")
                .allSatisfy(name -> assertThat(needs(name)).contains("user-namespace"));
    }

    @Test
    void podsThatNeedASidecarComeAfterTheirInjectorServes() {
        assertThat(List.of("pipelines", "profiles", "dashboard", "model-registry", "model-registry-ui", "catalog"))
                .allSatisfy(name -> assertThat(needs(name)).contains("istio"));
        assertThat(component("istio").gates())
                .contains(
                        new Gate(Gate.Kind.WORKLOAD, "istio-cni-node", "kube-system"),
                        new Gate(Gate.Kind.WEBHOOK, "istio-sidecar-injector", ""));
    }

    @Test
    void certificatesAndIssuersComeAfterTheWebhookThatGuardsThem() {
        assertThat(List.of("cert-manager-issuer", "pipelines", "admission-webhook"))
                .allSatisfy(name -> assertThat(needs(name)).contains("cert-manager"));
        assertThat(component("cert-manager").gates())
                .containsExactly(new Gate(Gate.Kind.WEBHOOK, "cert-manager-webhook", ""));
    }

    /** Pipelines' gate waits for a secret in the user's namespace: were that to wait for Pipelines, neither would come. */
    @Test
    void nothingThatTheUsersNamespaceNeedsWaitsForItsSecret() {
        assertThat(component("pipelines").gates())
                .containsExactly(new Gate(Gate.Kind.SECRET, "mlpipeline-minio-artifact", USER_NAMESPACE));
        assertThat(needs("user-namespace")).doesNotContain("pipelines");
    }

    @Test
    void nothingIsHeldUpByWhatMayBeLeftOut() {
        Set<String> optional = new HashSet<>();
        profile.components().stream().filter(ComponentSpec::optional).forEach(c -> optional.add(c.name()));

        assertThat(profile.components())
                .allSatisfy(component -> assertThat(component.after()).doesNotContainAnyElementsOf(optional));
    }

    @Test
    void theApiServerSignsTokensAsUpstreamHasIt() {
        assertThat(profile.apiServer())
                .containsExactly(
                        new Profile.ApiServerArgument("service-account-issuer", "https://kubernetes.default.svc"),
                        new Profile.ApiServerArgument(
                                "service-account-signing-key-file", "/etc/kubernetes/pki/sa.key"));
        assertThat(profile.login()).isPresent();
    }

    @Test
    void theMenuIsUpstreamsWithOneEntryMore() throws IOException {
        Patch patch = profile.patches().stream()
                .filter(each -> each.id().equals("menu-link"))
                .findFirst()
                .orElseThrow();
        JsonNode expected = links(upstream());
        ((ArrayNode) expected.get("menuLinks"))
                .addObject()
                .put("icon", "assignment")
                .put("link", "/model-registry/")
                .put("text", "Model Registry")
                .put("type", "item");

        assertThat(links(patch.content())).isEqualTo(expected);
    }

    private static JsonNode links(String configMap) throws IOException {
        Map<?, ?> data = (Map<?, ?>) Objects.requireNonNull(
                YamlDocuments.parse(configMap, "config map").get(0).get("data"));
        return new ObjectMapper().readTree(String.valueOf(data.get("links")));
    }

    private static String upstream() throws IOException {
        try (InputStream file = MultiUserProfileTest.class.getResourceAsStream("centraldashboard-config.yaml")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private ComponentSpec component(String name) {
        return profile.component(name).orElseThrow();
    }

    /** All that a component comes after, by whatever way. */
    private Set<String> needs(String name) {
        Set<String> all = new HashSet<>();
        List<String> open = new ArrayList<>(component(name).after());
        while (!open.isEmpty()) {
            String next = open.remove(0);
            if (all.add(next)) {
                open.addAll(component(next).after());
            }
        }
        return all;
    }
}
