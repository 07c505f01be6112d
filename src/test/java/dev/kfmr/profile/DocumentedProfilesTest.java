package dev.kfmr.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kfmr.plan.Plan;
import dev.kfmr.plan.PlanOptions;
import dev.kfmr.plan.PlannedComponent;
import dev.kfmr.plan.Planner;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/profiles.md are read from there, loaded and planned; its tables name every key. */
class DocumentedProfilesTest {
    /** A block of YAML that begins with its file's name. */
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n# (\\S+\\.yaml)\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    @Test
    void hasTheseExamples() throws IOException {
        assertThat(examples()).containsOnlyKeys("registry.yaml", "pipelines.yaml", "notebooks.yaml", "fork-pins.yaml");
    }

    @Test
    void installsOnlyTheRegistry() throws IOException {
        Plan plan = plan(new ProfileLibrary().load(file("registry.yaml")), new PinsLibrary().load("26.03"));

        assertThat(plan.components())
                .extracting(PlannedComponent::name)
                .containsExactly("pipelines-crds", "model-registry", "model-registry-ui", "catalog");
        assertThat(plan.forwards()).extracting(ForwardSpec::name).containsExactly("registry", "registry-ui");
        assertThat(plan.profile().credentials()).isEmpty();
    }

    @Test
    void patchesPipelines() throws IOException {
        Plan plan = plan(new ProfileLibrary().load(file("pipelines.yaml")), new PinsLibrary().load("26.03"));

        assertThat(plan.components()).extracting(PlannedComponent::name).containsExactly("pipelines-crds", "pipelines");
        assertThat(plan.components().get(1).patches()).extracting(Patch::id).contains("roomy-api-server");
    }

    @Test
    void readsAComponentFromADirectoryBesideTheProfile() throws IOException {
        Plan plan = plan(new ProfileLibrary().load(file("notebooks.yaml")), new PinsLibrary().load("26.03"));

        assertThat(plan.directories()).containsExactly(entry("local/notebooks", folder.resolve("deploy")));
        assertThat(plan.components())
                .filteredOn(component -> component.name().equals("notebooks"))
                .extracting(PlannedComponent::at)
                .containsExactly(new PinnedPath(
                        "local/notebooks",
                        "overlays/laptop",
                        folder.resolve("deploy").toString()));
    }

    @Test
    void takesASourceFromAFork() throws IOException {
        Plan plan = plan(new ProfileLibrary().load("standalone"), new PinsLibrary().load(file("fork-pins.yaml")));

        assertThat(plan.sources())
                .filteredOn(source -> source.name().equals("model-registry"))
                .singleElement()
                .satisfies(source -> {
                    assertThat(source.urls())
                            .containsExactly(URI.create("https://git.example.com/platform/model-registry"));
                    assertThat(source.commit()).isEqualTo("0123456789abcdef0123456789abcdef01234567");
                    assertThat(source.folders()).containsExactly("manifests/kustomize");
                    assertThat(source.trees()).isEmpty();
                });
    }

    @Test
    void explainsEveryKeyAsTheSchemaDoes() throws IOException {
        String document = document();
        for (String file : List.of("profiles/profile.schema.json", "manifests-pins/pins.schema.json")) {
            JsonNode schema = new ObjectMapper().readTree(Path.of(file).toFile());
            for (JsonNode properties : schema.findValues("properties")) {
                properties.properties().stream()
                        .filter(key -> key.getValue().has("description"))
                        .forEach(key -> assertThat(document)
                                .as(file)
                                .containsPattern("\\| `" + key.getKey() + "` \\|[^\n]*\\| "
                                        + Pattern.quote(key.getValue()
                                                .path("description")
                                                .asText()
                                                .replaceAll("\\.$", ""))));
            }
        }
    }

    private static Plan plan(Profile profile, Pins pins) {
        return Planner.plan(profile, pins, PlanOptions.none());
    }

    /** The example as a file of a user. */
    private String file(String name) throws IOException {
        return Files.writeString(
                        folder.resolve(name), Objects.requireNonNull(examples().get(name)))
                .toString();
    }

    private static String document() throws IOException {
        return Files.readString(Path.of("docs/profiles.md"));
    }

    private static Map<String, String> examples() throws IOException {
        Map<String, String> examples = new LinkedHashMap<>();
        EXAMPLE.matcher(document()).results().forEach(found -> examples.put(found.group(1), found.group(2)));
        return examples;
    }
}
