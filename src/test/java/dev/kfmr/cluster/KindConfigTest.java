package dev.kfmr.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Resource;
import dev.kfmr.profile.Profile.ApiServerArgument;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KindConfigTest {
    private static final String NODE = "kindest/node:v1.34.3@sha256:c48c62ea";
    private static final List<ApiServerArgument> ISSUER = List.of(
            new ApiServerArgument("service-account-issuer", "https://kubernetes.default.svc"),
            new ApiServerArgument("service-account-signing-key-file", "/etc/kubernetes/pki/sa.key"));

    private final Path folder;

    KindConfigTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void marksItsNodeAndLeavesRoomForRedirects() {
        assertGolden(ClusterSpec.of("kfmr", NODE), "kind-plain.yaml");
    }

    @Test
    void givesApiServerArgumentsAsAMapWithoutVersionToNodesBefore136() {
        assertGolden(ClusterSpec.of("kfmr", NODE).withApiServer(ISSUER), "kind-api-server-map.yaml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kindest/node:v1.36.0", "kindest/node:v1.40.1@sha256:c48c62ea", "kindest/node:v2.0.0"})
    void givesApiServerArgumentsAsAListToNewerNodes(String image) {
        assertGolden(ClusterSpec.of("kfmr", image).withApiServer(ISSUER), "kind-api-server-list.yaml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:5000/node:latest", "node@sha256:c48c62ea", "node"})
    void takesTheFormThatKindConvertsForAnUnknownVersion(String image) {
        assertGolden(ClusterSpec.of("kfmr", image).withApiServer(ISSUER), "kind-api-server-map.yaml");
    }

    @Test
    void makesWorkersBesideTheControlPlane() {
        ClusterSpec spec = new ClusterSpec(
                "kfmr", NODE, 3, Optional.empty(), List.of(), Optional.empty(), Map.of(), Optional.empty(), false);

        assertGolden(spec, "kind-three-nodes.yaml");
    }

    @Test
    void addsToTheUsersOwnConfiguration() throws IOException {
        ClusterSpec spec = withUsersFile(Resource.text(KindConfigTest.class, "kind-of-user.yaml"));

        assertGolden(spec.withApiServer(ISSUER), "kind-merged.yaml");
    }

    @Test
    void refusesAFileOfAnotherKind() throws IOException {
        ClusterSpec spec = withUsersFile("kind: Pod\napiVersion: v1\n");

        assertInvalid(spec, "Its kind is Pod, its apiVersion v1.");
    }

    @Test
    void refusesAFileThatIsMissing() {
        ClusterSpec spec = spec(folder.resolve("missing.yaml"));

        assertInvalid(spec, "missing.yaml");
    }

    @Test
    void asksTheMirrorWithoutAProxy() {
        ClusterSpec spec = new ClusterSpec(
                "kfmr",
                NODE,
                1,
                Optional.of(URI.create("http://mirror.example.com:5000")),
                List.of(),
                Optional.empty(),
                Map.of("HTTPS_PROXY", "http://proxy:3128", "NO_PROXY", "intranet"),
                Optional.empty(),
                false);

        assertThat(spec.nodeEnvironment())
                .containsOnly(
                        Map.entry("HTTPS_PROXY", "http://proxy:3128"),
                        Map.entry("NO_PROXY", "intranet,mirror.example.com"));
    }

    private ClusterSpec withUsersFile(String content) throws IOException {
        return spec(Files.writeString(folder.resolve("kind.yaml"), content));
    }

    private static ClusterSpec spec(Path file) {
        return new ClusterSpec(
                "kfmr", NODE, 1, Optional.empty(), List.of(), Optional.of(file), Map.of(), Optional.empty(), false);
    }

    private static void assertInvalid(ClusterSpec spec, String why) {
        assertThatThrownBy(() -> KindConfig.of(spec)).isInstanceOfSatisfying(KfmrException.class, e -> {
            assertThat(e.code()).isEqualTo("kind-config.invalid");
            assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(e.why()).contains(why);
        });
    }

    private static void assertGolden(ClusterSpec spec, String file) {
        assertThat(KindConfig.of(spec)).isEqualTo(Resource.text(KindConfigTest.class, file));
    }
}
