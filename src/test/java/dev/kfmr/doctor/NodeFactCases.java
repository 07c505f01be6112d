package dev.kfmr.doctor;

import dev.kfmr.check.CheckCase;
import dev.kfmr.check.CheckCase.Kind;
import dev.kfmr.check.CheckCase.Seen;
import dev.kfmr.cluster.NodeContainer;
import dev.kfmr.core.Resource;
import dev.kfmr.profile.YamlDocuments;
import java.util.Map;
import java.util.stream.Stream;

/** The table of what a node says of itself, and what is found in it. What it tells in part only is not judged. */
final class NodeFactCases implements CheckCase.Source {
    @Override
    public Stream<CheckCase> cases() {
        return YamlDocuments.parse(Resource.text(NodeFactCases.class, "nodes.yaml"), "nodes.yaml").stream()
                .flatMap(NodeFactCases::ofOne);
    }

    private static Stream<CheckCase> ofOne(Map<String, Object> each) {
        String id = String.valueOf(each.get("check"));
        return Stream.of(
                CheckCase.of(id, Kind.FOUND, () -> told(each, "found")),
                CheckCase.of(id, Kind.NOT_FOUND, () -> told(each, "well").nothing()),
                CheckCase.of(id, Kind.COULD_NOT_LOOK, () -> told(each, "blind").nothing()));
    }

    private static Seen told(Map<String, Object> each, String key) {
        NodeFacts node = NodeFacts.of(String.valueOf(each.get(key)));
        return Seen.of(Stream.of(
                        new NodeFaults("docker").ofServices(new NodeContainer("node", "running"), node),
                        new NodeLimitFaults("docker", "node", node).all(true),
                        new NodeNetworkFaults("docker", "node", node).all())
                .flatMap(faults -> faults.stream().map(Fault::finding)));
    }
}
