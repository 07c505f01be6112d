package dev.kfmr.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The JSON Schemas say to editors what the parsers say to users: neither knows a key that the other does not. */
class SchemaTest {
    /** A patch of images, which no shipped profile needs. */
    private static final String WITH_THE_REST =
            """
            name: rest
            title: One component with what the others lack
            components:
              one:
                title: One
                path: one
                gates: [{kind: secret, name: s, namespace: n}]
            patches:
              bigger: {components: [one], reason: It is small., images: {a:1: a:2}}
            """;

    @Test
    void profileSchemaKnowsTheParsersKeysAndNoOthers() throws IOException {
        DataFile files = new DataFile("profile", "profiles");
        Problems problems = new Problems("profile");
        files.names().forEach(name -> ProfileLibrary.read(name, files.load(name, problems), problems));
        ProfileLibrary.read("rest", files.compose(WITH_THE_REST, "rest"), problems);
        assertThat(keys(schema("profiles/profile.schema.json"))).isEqualTo(problems.knownKeys());
    }

    @Test
    void pinsSchemaKnowsTheParsersKeysAndNoOthers() throws IOException {
        DataFile files = new DataFile("pins", "manifests-pins");
        Problems problems = new Problems("pins");
        files.names().forEach(name -> PinsLibrary.read(name, files.load(name, problems), problems));
        assertThat(keys(schema("manifests-pins/pins.schema.json"))).isEqualTo(problems.knownKeys());
    }

    @Test
    void everyFileNamesItsSchemaForEditors() throws IOException {
        for (String folder : List.of("profiles", "manifests-pins")) {
            String schema = folder.equals("profiles") ? "profile.schema.json" : "pins.schema.json";
            for (String name : new DataFile("file", folder).names()) {
                assertThat(Files.readAllLines(Path.of(folder, name + ".yaml")).get(0))
                        .isEqualTo("# yaml-language-server: $schema=" + schema);
            }
        }
    }

    @Test
    void everyKeyIsDescribedInTheSchemas() throws IOException {
        for (String file : List.of("profiles/profile.schema.json", "manifests-pins/pins.schema.json")) {
            sections(schema(file)).forEach((kind, section) -> section.get("properties")
                    .properties()
                    .forEach(
                            key -> assertThat(key.getValue().path("description").asText())
                                    .as("%s: %s of a %s", file, key.getKey(), kind)
                                    .endsWith(".")));
        }
    }

    private static JsonNode schema(String file) throws IOException {
        return new ObjectMapper().readTree(Path.of(file).toFile());
    }

    /** Kind of section to its keys. */
    private static Map<String, Set<String>> keys(JsonNode schema) {
        Map<String, Set<String>> keys = new TreeMap<>();
        sections(schema).forEach((kind, section) -> {
            Set<String> names = new TreeSet<>();
            section.get("properties").fieldNames().forEachRemaining(names::add);
            keys.put(kind, names);
        });
        return keys;
    }

    /** A section's title in the schema is its kind in the parser; the file itself is one. */
    private static Map<String, JsonNode> sections(JsonNode schema) {
        List<JsonNode> all = new ArrayList<>();
        all.add(schema);
        schema.get("$defs").forEach(all::add);
        Map<String, JsonNode> sections = new TreeMap<>();
        all.stream()
                .filter(section -> section.has("properties"))
                .forEach(section -> sections.put(section.get("title").asText(), section));
        return sections;
    }
}
