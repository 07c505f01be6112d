package dev.kfmr.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kfmr.core.KfmrException;
import dev.kfmr.core.WholeFile;
import dev.kfmr.profile.RemoteBase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteBasesTest {
    private static final RemoteBase ARGO =
            new RemoteBase("https://github.com/argoproj/argo-workflows", "v3.7.3", "argo-workflows");

    @TempDir
    private Path folder;

    @BeforeEach
    void write() {
        WholeFile.write(folder.resolve("argo/manifests/base/kustomization.yaml"), "resources: [crds]\n");
        WholeFile.write(folder.resolve("argo/manifests/base/crds/kustomization.yaml"), "resources: []\n");
        WholeFile.write(folder.resolve("kfp/env/kustomization.yaml"), "resources:\n- ../base\n");
    }

    private Workspace localize(String reference) {
        WholeFile.write(folder.resolve("kfp/base/kustomization.yaml"), "# argo\nresources:\n- " + reference + "\n");
        Workspace workspace = Workspace.of(
                folder.resolve("work"),
                Map.of("pipelines", folder.resolve("kfp"), "argo-workflows", folder.resolve("argo")));
        new RemoteBases(workspace, List.of(ARGO))
                .localize(workspace.source("pipelines").resolve("env"));
        return workspace;
    }

    @Test
    void makesARemoteBaseAPathIntoTheCopy() {
        Workspace workspace =
                localize("https://github.com/argoproj/argo-workflows/manifests/base?ref=v3.7.3&timeout=60s");

        assertThat(workspace.source("pipelines").resolve("base/kustomization.yaml"))
                .hasContent("# argo\nresources:\n- ../../argo-workflows/manifests/base\n");
    }

    @Test
    void leavesTheFetchedFilesAsTheyAre() {
        localize("https://github.com/argoproj/argo-workflows/manifests/base?ref=v3.7.3");

        assertThat(WholeFile.read(folder.resolve("kfp/base/kustomization.yaml")))
                .contains("https://");
    }

    @Test
    void namesFileAndLineOfARemoteBaseThatNoPinStandsInFor() {
        assertThatThrownBy(() -> localize("https://github.com/argoproj/argo-workflows/manifests/base?ref=v3.6.0"))
                .isInstanceOfSatisfying(KfmrException.class, e -> {
                    assertThat(e.code()).isEqualTo("render.remote-base");
                    assertThat(e.why()).contains("base/kustomization.yaml:3:", "ref=v3.6.0");
                });
    }
}
