package dev.kfmr.doctor;

import dev.kfmr.check.Check;
import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.check.CheckGroup;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which checks are asked for.
 *
 * @param ids never empty
 */
public record Selection(Set<String> ids) {
    public Selection {
        ids = Set.copyOf(ids);
    }

    /** @param asked by id and by group; with both empty, every check */
    public static Selection of(Collection<Check> asked, Collection<CheckGroup> groups) {
        boolean isAll = asked.isEmpty() && groups.isEmpty();
        return new Selection(CheckCatalogue.shipped().all().stream()
                .filter(check -> isAll || asked.contains(check) || groups.contains(check.group()))
                .map(Check::id)
                .collect(Collectors.toSet()));
    }

    /** Whether any check of what stands on the engine is asked for. */
    boolean reachesAboveTheEngine() {
        return Stream.of(CheckGroup.values())
                .filter(group -> group.compareTo(CheckGroup.ENGINE) > 0)
                .anyMatch(this::has);
    }

    /** Whether any check of the group is asked for. */
    boolean has(CheckGroup group) {
        return ids.stream().anyMatch(id -> id.startsWith(group.id() + "."));
    }
}
