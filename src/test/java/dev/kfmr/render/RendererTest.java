package dev.kfmr.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Progress;
import dev.kfmr.plan.Plan;
import dev.kfmr.plan.PlanOptions;
import dev.kfmr.plan.Planner;
import dev.kfmr.profile.PinsLibrary;
import dev.kfmr.profile.ProfileLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RendererTest {
    /** One component fails while what the other renders to, which is long, is being read. */
    private static final String KUSTOMIZE =
            """
            #!/bin/sh
            case $* in
              */wrong) until [ -e HOME/rendered ]; do sleep 0.01; done; exit 1 ;;
              */long) echo 'data:'; yes '- text' | head -n 200000; touch HOME/rendered ;;
            esac
            """;

    private static final String PROFILE =
            """
            name: two
            title: Two components
            components:
              wrong: {title: Wrong, directory: ., path: wrong}
              long: {title: Long, directory: ., path: long}
            """;

    @TempDir
    private Path home;

    @Test
    void writesNothingMoreOnceAComponentHasFailed() throws IOException {
        Path kustomize = Files.writeString(home.resolve("kustomize"), KUSTOMIZE.replace("HOME", home.toString()));
        Files.setPosixFilePermissions(kustomize, PosixFilePermissions.fromString("rwx------"));
        Path tree = Files.createDirectories(home.resolve("tree"));
        Files.createDirectories(tree.resolve("wrong"));
        Files.createDirectories(tree.resolve("long"));
        Path overlays = home.resolve("overlays");

        Renderer renderer = new Renderer(kustomize, home.resolve("cache"), Progress.silent());
        assertThatThrownBy(() ->
                        renderer.render(plan(), Map.of("local/wrong", tree, "local/long", tree), overlays, Set.of()))
                .isInstanceOf(KfmrException.class)
                .hasMessageContaining("kustomize cannot render wrong");

        // The last that is written of a component: what began was waited for.
        assertThat(overlays.resolve("long/kustomization.yaml")).exists();
    }

    private Plan plan() throws IOException {
        Path profile = Files.writeString(home.resolve("two.yaml"), PROFILE);
        return Planner.plan(
                new ProfileLibrary().load(profile.toString()), new PinsLibrary().load("26.03"), PlanOptions.none());
    }
}
