package dev.kfmr.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The schemas say what the readers read, and the reverse. */
class SchemaTest {
    /** Touches every kind of section, so that each tells its keys. */
    private static final String EVERY_PROFILE_SECTION =
            """
            name: all
            title: All
            components:
              a: {title: A, path: a, gates: [{kind: secret, name: s}]}
            patches:
              p: {components: [a], reason: r, content: c}
            forwards:
              f: {title: F, component: a, service: s, namespace: n, port: 1, localPort: 2}
            credentials: [{title: t, user: u}]
            """;

    @Test
    void theProfileSchemaHasEveryKeyThatIsRead() throws IOException {
        Problems problems = new Problems("profile");
        ProfileLibrary.read("all", new DataFile("profile", "profiles").compose(EVERY_PROFILE_SECTION, "all"), problems);

        assertThat(schema("profiles/profile.schema.json", "profile"))
                .containsExactlyInAnyOrderEntriesOf(problems.knownKeys());
    }

    @Test
    void thePinsSchemaHasEveryKeyThatIsRead() throws IOException {
        Problems problems = new Problems("pins");
        PinsLibrary.read("26.03", new DataFile("pins", "manifests-pins").load("26.03"), problems);

        assertThat(schema("manifests-pins/pins.schema.json", "release set"))
                .containsExactlyInAnyOrderEntriesOf(problems.knownKeys());
    }

    private static Map<String, Set<String>> schema(String file, String root) throws IOException {
        JsonNode schema = new ObjectMapper().readTree(Path.of(file).toFile());
        Map<String, Set<String>> keys = new TreeMap<>();
        keys.put(root, keys(schema));
        schema.get("$defs").fields().forEachRemaining(e -> keys.put(e.getKey(), keys(e.getValue())));
        return keys;
    }

    private static Set<String> keys(JsonNode definition) {
        Set<String> keys = new TreeSet<>();
        definition.get("properties").fieldNames().forEachRemaining(keys::add);
        return keys;
    }
}
