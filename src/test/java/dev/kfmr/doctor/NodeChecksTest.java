package dev.kfmr.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.check.Check;
import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.check.CheckGroup;
import dev.kfmr.cluster.NodeContainer;
import dev.kfmr.profile.YamlDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of what a node says of itself, and what is found in it. */
class NodeChecksTest {
    private static final Path TABLE = Path.of("src/test/resources/dev/kfmr/doctor/nodes.yaml");

    /** What is found without asking a node for its facts: its container, its conditions, its way to registries. */
    private static final List<String> BY_OTHERS = List.of(
            "node.paused",
            "node.stopped",
            "node.not-ready",
            "node.pressure",
            "node.registry-name",
            "node.registry-certificate");

    static Stream<Map<String, Object>> cases() throws IOException {
        return YamlDocuments.parse(Files.readString(TABLE), "nodes.yaml").stream();
    }

    private static String text(Map<String, Object> each, String key) {
        return String.valueOf(each.get(key));
    }

    private static List<String> found(String facts) {
        NodeFacts node = NodeFacts.of(facts);
        return Stream.of(
                        new NodeFaults("docker").ofServices(new NodeContainer("node", "running"), node),
                        new NodeLimitFaults("docker", "node", node).all(true),
                        new NodeNetworkFaults("docker", "node", node).all())
                .flatMap(List::stream)
                .map(fault -> fault.finding().id())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void findsItAndNothingElse(Map<String, Object> each) {
        assertThat(found(text(each, "found"))).containsExactly(text(each, "check"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void findsNothingWhereAllIsWell(Map<String, Object> each) {
        assertThat(found(text(each, "well"))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void judgesNothingWhereTheNodeTellsOnlyAPart(Map<String, Object> each) {
        assertThat(found(text(each, "blind"))).isEmpty();
    }

    @Test
    void everyCheckHasACase() throws IOException {
        assertThat(cases().map(each -> text(each, "check")))
                .containsExactlyInAnyOrderElementsOf(CheckCatalogue.shipped().all().stream()
                        .filter(check -> check.group() == CheckGroup.NODE)
                        .map(Check::id)
                        .filter(id -> !BY_OTHERS.contains(id))
                        .toList());
    }
}
