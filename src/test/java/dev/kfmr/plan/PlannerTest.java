package dev.kfmr.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.kfmr.core.KfmrException;
import dev.kfmr.profile.ForwardSpec;
import dev.kfmr.profile.Patch;
import dev.kfmr.profile.Pins;
import dev.kfmr.profile.PinsLibrary;
import dev.kfmr.profile.Profile;
import dev.kfmr.profile.ProfileLibrary;
import dev.kfmr.profile.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlannerTest {
    private static final Profile STANDALONE = new ProfileLibrary().load("standalone");
    private static final Profile MULTI_USER = new ProfileLibrary().load("multi-user");
    private static final Pins PINS = new PinsLibrary().load("26.03");

    private static Plan plan(String pins, PlanOptions options) {
        return Planner.plan(STANDALONE, new PinsLibrary().load(pins), options);
    }

    private static PlanOptions without(String... names) {
        return new PlanOptions(Set.of(), Set.of(names), Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"26.03", "kfp-2.17", "blog-2025-07"})
    void plansStandaloneWithEveryReleaseSet(String pins) {
        Plan plan = plan(pins, PlanOptions.none());

        assertThat(plan.components())
                .extracting(PlannedComponent::name)
                .startsWith("pipelines-crds", "pipelines")
                .contains("model-registry", "model-registry-ui");
    }

    @ParameterizedTest
    @ValueSource(strings = {"26.03", "blog-2025-07"})
    void plansMultiUserWithEveryReleaseSetThatHasIt(String pins) {
        Plan plan = Planner.plan(MULTI_USER, new PinsLibrary().load(pins), PlanOptions.none());

        assertThat(plan.components())
                .extracting(PlannedComponent::name)
                .contains("istio", "dex", "pipelines", "user-namespace", "model-registry", "model-registry-ui");
        assertThat(plan.forwards()).extracting(ForwardSpec::name).containsExactly("gateway");
    }

    @Test
    void saysWhichReleaseSetHasWhatThisOneDoesNot() {
        assertThatThrownBy(() -> Planner.plan(MULTI_USER, new PinsLibrary().load("kfp-2.17"), PlanOptions.none()))
                .isInstanceOfSatisfying(KfmrException.class, e -> {
                    assertThat(e.code()).isEqualTo("release.lacks-component");
                    assertThat(e.what()).isEqualTo("Cannot install pipelines.");
                    assertThat(e.why())
                            .isEqualTo("Release set kfp-2.17: Pipelines 2.17.0 is pinned for standalone mode only;"
                                    + " 26.03 has multi-user mode.");
                });
    }

    @Test
    void multiUserReadsTheReleasesOwnBundle() {
        assertThat(Planner.plan(MULTI_USER, PINS, PlanOptions.none()).sources())
                .extracting(Source::name)
                .containsExactly("argo-workflows", "manifests");
    }

    @Test
    void leavesOutOptionalComponentsOfMultiUserWithTheReason() {
        assertThat(Planner.plan(MULTI_USER, PINS, PlanOptions.none()).leftOut())
                .containsExactly(entry("network-policies", "its policies are part of the namespace's own folder"));
        assertThat(Planner.plan(MULTI_USER, new PinsLibrary().load("blog-2025-07"), PlanOptions.none())
                        .leftOut())
                .containsExactly(entry("catalog", "the model catalog came with manifests v1.11.0"));
    }

    @Test
    void leavesOutWhatTheReleaseDoesNotHaveAndSaysWhichDoes() {
        assertThat(plan("blog-2025-07", PlanOptions.none()).leftOut())
                .containsEntry("catalog", "the model catalog came with manifests v1.11.0");
    }

    @Test
    void dropsAnOptionalComponent() {
        Plan plan = plan("26.03", without("catalog"));

        assertThat(plan.has("catalog")).isFalse();
        assertThat(plan.leftOut()).containsKey("catalog");
    }

    @Test
    void refusesToDropWhatIsNotOptional() {
        assertThatThrownBy(() -> plan("26.03", without("pipelines"))).isInstanceOfSatisfying(KfmrException.class, e -> {
            assertThat(e.code()).isEqualTo("component.needed");
            assertThat(e.remedy()).contains("catalog");
        });
    }

    @Test
    void bringsWhatAComponentOfWithComesAfter(@TempDir Path folder) throws IOException {
        Profile extras = withExtras(folder);

        Plan plan = Planner.plan(extras, PINS, new PlanOptions(Set.of("notebooks"), Set.of(), Map.of()));

        assertThat(plan.components()).extracting(PlannedComponent::name).endsWith("volumes", "notebooks");
        assertThat(Planner.plan(extras, PINS, PlanOptions.none()).leftOut())
                .containsEntry("notebooks", "only --with notebooks brings it")
                .containsEntry("volumes", "only --with volumes brings it");
    }

    @Test
    void namesWhatNeedsAComponentThatIsToBeLeftOut(@TempDir Path folder) throws IOException {
        Profile extras = withExtras(folder);
        PlanOptions options = new PlanOptions(Set.of("notebooks"), Set.of("volumes"), Map.of());

        assertThatThrownBy(() -> Planner.plan(extras, PINS, options)).isInstanceOfSatisfying(KfmrException.class, e -> {
            assertThat(e.code()).isEqualTo("component.needed");
            assertThat(e.why()).isEqualTo("notebooks comes after it, and needs it.");
            assertThat(e.remedy()).isEqualTo("Leave both out: --without volumes,notebooks");
        });
    }

    /** Two components that only {@code --with} brings, one after the other. */
    private static Profile withExtras(Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("extras.yaml"),
                """
                extends: standalone
                name: extras
                title: Standalone with extras
                components:
                  volumes: {title: Volumes, directory: ., path: ., optional: true, enabled: false}
                  notebooks: {title: Notebooks, directory: ., path: ., optional: true, enabled: false, after: [volumes]}
                """);
        return new ProfileLibrary().load(file.toString());
    }

    @Test
    void namesTheNearestComponentForOneThatIsUnknown() {
        assertThatThrownBy(() -> plan("26.03", without("catalogue")))
                .isInstanceOfSatisfying(KfmrException.class, e -> assertThat(e.what())
                        .isEqualTo("There is no component catalogue. Did you mean catalog?"));
    }

    @Test
    void knowsWhichComponentsThereAre() {
        Profile profile = new ProfileLibrary().load("standalone");

        Planner.requireKnown(profile, Set.of("pipelines", "catalog"));
        assertThatThrownBy(() -> Planner.requireKnown(profile, Set.of("pipelines", "catalogue")))
                .hasMessage("There is no component catalogue. Did you mean catalog?");
    }

    @Test
    void givesEachComponentItsPatches() {
        assertThat(plan("blog-2025-07", PlanOptions.none()).components().stream()
                        .filter(c -> c.name().equals("pipelines"))
                        .flatMap(c -> c.patches().stream())
                        .map(Patch::id))
                .contains("mlmd-image", "minio-image");
    }

    @Test
    void readsOnlyTheFoldersThatAreUsed() {
        Plan plan = plan("blog-2025-07", PlanOptions.none());

        assertThat(plan.sources()).extracting(Source::name).containsExactly("manifests");
        assertThat(plan.sources().get(0).folders())
                .containsExactly("applications/model-registry", "applications/pipeline");
        assertThat(plan.sources().get(0).trees().keySet())
                .containsExactlyInAnyOrder("applications/model-registry", "applications/pipeline");
    }

    @Test
    void readsTheSourceBehindRemoteBases() {
        assertThat(plan("26.03", PlanOptions.none()).sources())
                .extracting(Source::name)
                .containsExactly("argo-workflows", "model-registry", "pipelines");
    }

    @Test
    void forwardsToTheServiceThatTheReleaseHas() {
        assertThat(objectStore("26.03")).isEqualTo("seaweedfs");
        assertThat(objectStore("blog-2025-07")).isEqualTo("minio-service");
    }

    private static String objectStore(String pins) {
        return plan(pins, PlanOptions.none()).forwards().stream()
                .filter(f -> f.name().equals("object-store"))
                .map(ForwardSpec::service)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"standalone", "multi-user"})
    void ordersComponentsAfterThoseThatTheyComeAfter(String mode) {
        Plan plan = Planner.plan(new ProfileLibrary().load(mode), PINS, PlanOptions.none());

        for (PlannedComponent component : plan.components()) {
            int own = plan.components().indexOf(component);
            component.spec().after().forEach(needed -> assertThat(
                            plan.components().subList(0, own))
                    .extracting(PlannedComponent::name)
                    .contains(needed));
        }
    }
}
