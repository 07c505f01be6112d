package dev.kfmr.apply;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What kfmr put into a cluster, as the cluster itself remembers it: any machine can say what is installed, and take it
 * away again.
 *
 * @param options those that shape the installation, by name
 * @param patches ids, in order
 * @param objects by component
 */
public record Inventory(
        String release,
        String profile,
        Map<String, String> options,
        List<String> patches,
        Map<String, List<ObjectRef>> objects) {
    public Inventory {
        options = Map.copyOf(options);
        patches = List.copyOf(patches);
        Map<String, List<ObjectRef>> sorted = new TreeMap<>();
        for (Map.Entry<String, List<ObjectRef>> each : objects.entrySet()) {
            sorted.put(each.getKey(), List.copyOf(new TreeSet<>(each.getValue())));
        }
        objects = Collections.unmodifiableMap(sorted);
    }

    public List<ObjectRef> all() {
        List<ObjectRef> all = new ArrayList<>();
        objects.values().forEach(all::addAll);
        return all;
    }

    /**
     * This with the objects of an older inventory as well: what must be written before the first object is applied, so
     * that a run that is killed in the middle leaves nothing behind that nobody knows of.
     */
    public Inventory with(Inventory older) {
        Map<String, List<ObjectRef>> both = new TreeMap<>(objects);
        Set<String> known = all().stream().map(ObjectRef::identity).collect(Collectors.toSet());
        older.objects().forEach((component, refs) -> {
            List<ObjectRef> merged = new ArrayList<>(both.getOrDefault(component, List.of()));
            refs.stream().filter(ref -> !known.contains(ref.identity())).forEach(merged::add);
            both.put(component, merged);
        });
        return new Inventory(release, profile, options, patches, both);
    }

    /** This with objects of a component that no plan has. */
    public Inventory withAlso(String component, List<ObjectRef> refs) {
        Map<String, List<ObjectRef>> more = new TreeMap<>(objects);
        more.merge(component, refs, (known, added) -> Stream.concat(known.stream(), added.stream())
                .toList());
        return new Inventory(release, profile, options, patches, more);
    }

    /** What an older inventory has and this one does not, by the component that brought it. */
    public Map<String, List<ObjectRef>> leftBehind(Inventory older) {
        Set<String> known = all().stream().map(ObjectRef::identity).collect(Collectors.toSet());
        Map<String, List<ObjectRef>> left = new TreeMap<>();
        older.objects().forEach((component, refs) -> {
            List<ObjectRef> gone =
                    refs.stream().filter(ref -> !known.contains(ref.identity())).toList();
            if (!gone.isEmpty()) {
                left.put(component, gone);
            }
        });
        return left;
    }
}
