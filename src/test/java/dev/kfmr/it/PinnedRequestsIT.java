package dev.kfmr.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.core.Deadline;
import dev.kfmr.core.Directories;
import dev.kfmr.core.Progress;
import dev.kfmr.install.Choice.Asked;
import dev.kfmr.install.Choices;
import dev.kfmr.install.Preparation;
import dev.kfmr.install.Preparation.Prepared;
import dev.kfmr.install.Surroundings;
import dev.kfmr.plan.RequestSums;
import dev.kfmr.profile.PathRequests;
import dev.kfmr.render.ResourceRequests;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What release sets say that their pods ask for is what upstream's sources, rendered, ask for. */
class PinnedRequestsIT {
    @TempDir
    private static Path home;

    @BeforeAll
    static void need() {
        Rig.require();
    }

    private static Prepared prepared(String pins, String profile) {
        Surroundings surroundings = new Surroundings(
                Directories.of(Map.of(), home),
                System.getenv(),
                Optional.of(URI.create(Rig.variable("KFMR_GIT_MIRROR"))),
                Optional.empty(),
                Progress.silent());
        Asked asked = new Asked(Optional.of(profile), Optional.of(pins), Optional.empty(), Set.of(), Set.of());
        return new Preparation(surroundings)
                .prepare(Choices.of(surroundings, "requests", asked), Deadline.in(Duration.ofMinutes(5)));
    }

    private static PathRequests written(RequestSums sums) {
        return new PathRequests(
                sums.upstream().pods(),
                sums.upstream().cpuMilli(),
                sums.upstream().memoryMib(),
                sums.lowered().cpuMilli(),
                sums.lowered().memoryMib());
    }

    @ParameterizedTest
    @CsvSource({
        "26.03, standalone",
        "src/test/resources/pins/26.03-stub.yaml, multi-user",
        "kfp-2.17, standalone",
        "blog-2025-07, standalone",
        "src/test/resources/pins/blog-2025-07-stub.yaml, multi-user"
    })
    void everyPathSaysWhatItsPodsAskFor(String pins, String profile) {
        Prepared prepared = prepared(pins, profile);
        Map<String, PathRequests> pinned = new TreeMap<>();
        prepared.plan()
                .components()
                .forEach(
                        component -> pinned.put(component.name(), component.at().requests()));
        pinned.values().removeIf(PathRequests.NONE::equals);
        Map<String, PathRequests> rendered = new TreeMap<>();
        ResourceRequests.byComponent(prepared.rendered()).forEach((name, sums) -> rendered.put(name, written(sums)));

        assertThat(pinned).isEqualTo(rendered);
        assertThat(prepared.plan().requests()).isEqualTo(prepared.needs());
    }
}
