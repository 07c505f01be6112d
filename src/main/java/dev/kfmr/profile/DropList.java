package dev.kfmr.profile;

import dev.kfmr.core.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** What a file takes out of the one that it extends: {@code drop: {components: [catalog]}}. */
final class DropList {
    private final Problems problems;
    private final List<Entry> entries = new ArrayList<>();

    private record Entry(Node at, String map, String name) {}

    /** @param drop the value of the key {@code drop} */
    DropList(Node drop, Problems problems) {
        this.problems = problems;
        if (!(drop instanceof MappingNode)) {
            problems.add(drop, "drop must be a map of lists, such as {components: [catalog]}");
        }
        for (NodeTuple list : DataFile.tuples(drop)) {
            read(list);
        }
    }

    private void read(NodeTuple list) {
        if (!(list.getValueNode() instanceof SequenceNode names)
                || !names.getValue().stream().allMatch(ScalarNode.class::isInstance)) {
            problems.add(
                    list.getValueNode(), "what is dropped from " + DataFile.key(list) + " must be a list of texts");
            return;
        }
        names.getValue()
                .forEach(name -> entries.add(new Entry(name, DataFile.key(list), ((ScalarNode) name).getValue())));
    }

    /** Takes it out, and notes what is not there to be taken. */
    void applyTo(MappingNode file) {
        entries.forEach(entry -> drop(entry, file));
        List<String> gone = entries.stream()
                .filter(entry -> entry.map().equals("components"))
                .map(Entry::name)
                .toList();
        dropWhatBelongsTo(gone, file);
    }

    private void drop(Entry entry, MappingNode file) {
        Optional<MappingNode> map = file.getValue().stream()
                .filter(tuple -> DataFile.key(tuple).equals(entry.map()))
                .map(NodeTuple::getValueNode)
                .filter(MappingNode.class::isInstance)
                .map(MappingNode.class::cast)
                .findFirst();
        if (map.isEmpty()) {
            List<String> maps = file.getValue().stream()
                    .filter(tuple -> tuple.getValueNode() instanceof MappingNode)
                    .map(DataFile::key)
                    .toList();
            problems.add(
                    entry.at(),
                    "there is no map " + entry.map() + " to drop " + entry.name() + " from."
                            + NearestName.hint(entry.map(), maps));
            return;
        }
        List<NodeTuple> inner = map.get().getValue();
        List<String> names = inner.stream().map(DataFile::key).toList();
        if (!inner.removeIf(tuple -> DataFile.key(tuple).equals(entry.name()))) {
            problems.add(
                    entry.at(),
                    "there is no " + entry.name() + " in " + entry.map() + " to drop."
                            + NearestName.hint(entry.name(), names));
        }
    }

    /** Forwards and patches of components that are gone go with them. */
    private static void dropWhatBelongsTo(List<String> gone, MappingNode file) {
        for (NodeTuple section : file.getValue()) {
            if (section.getValueNode() instanceof MappingNode named) {
                named.getValue().removeIf(entry -> belongsTo(gone, entry.getValueNode()));
            }
        }
    }

    private static boolean belongsTo(List<String> gone, Node entry) {
        for (NodeTuple tuple : DataFile.tuples(entry)) {
            String key = DataFile.key(tuple);
            if (key.equals("component") && tuple.getValueNode() instanceof ScalarNode one) {
                return gone.contains(one.getValue());
            }
            if (key.equals("components") && tuple.getValueNode() instanceof SequenceNode several) {
                several.getValue().removeIf(name -> name instanceof ScalarNode one && gone.contains(one.getValue()));
                return several.getValue().isEmpty() && !gone.isEmpty();
            }
        }
        return false;
    }
}
