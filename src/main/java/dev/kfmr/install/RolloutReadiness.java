package dev.kfmr.install;

import dev.kfmr.apply.ObjectRef;
import dev.kfmr.install.ComponentReadiness.Item;
import dev.kfmr.profile.Gate;
import dev.kfmr.ready.ClusterView;
import dev.kfmr.ready.PodLogs;
import dev.kfmr.ready.Readiness;
import dev.kfmr.ready.WorkloadReport;
import dev.kfmr.render.Manifest;
import dev.kfmr.render.Rendered;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Judges all components of a rollout at one moment. */
final class RolloutReadiness {
    private final Rendered rendered;
    private final RolloutObjects objects;
    private final OtherObjects others;
    private final PodLogs logs;
    private final Clock clock;
    /** What each gate that does not hold is missing. A component's gates are all here once it is applied. */
    private final Map<Gate, String> gates = new ConcurrentHashMap<>();

    RolloutReadiness(Rendered rendered, RolloutObjects objects, OtherObjects others, PodLogs logs, Clock clock) {
        this.rendered = rendered;
        this.objects = objects;
        this.others = others;
        this.logs = logs;
        this.clock = clock;
    }

    /** @param missing empty when it holds */
    void gate(Gate gate, String missing) {
        gates.put(gate, missing);
    }

    List<ComponentReadiness> judge(ClusterView view) {
        return rendered.components().stream()
                .map(component -> judge(component, view))
                .toList();
    }

    private ComponentReadiness judge(Rendered.Component component, ClusterView view) {
        boolean isApplied = objects.isApplied(component.name());
        List<Item> items = new ArrayList<>();
        for (Manifest manifest : component.objects()) {
            boolean isWorkload = Readiness.isWorkload(manifest.group(), manifest.kind());
            ObjectRef ref = isWorkload ? ObjectRef.ofNamespaced(manifest) : ObjectRef.of(manifest);
            if (isWorkload) {
                items.add(isApplied ? workload(ref, view) : Item.waiting(ref.id(), ref.name() + ": not applied yet"));
            } else if (OtherObjects.isOne(manifest)) {
                items.add(isApplied ? other(ref) : Item.waiting(ref.id(), ref.id() + ": not applied yet"));
            }
        }
        component.planned().spec().gates().forEach(gate -> items.add(gate(gate)));
        return new ComponentReadiness(component.name(), isApplied, items);
    }

    private Item workload(ObjectRef ref, ClusterView view) {
        boolean isOutdated =
                view.find(ref).isPresent() && objects.seen(ref, view).isEmpty();
        if (isOutdated) {
            return Item.waiting(ref.id(), ref.name() + ": just changed");
        }
        WorkloadReport report = WorkloadReport.of(ref, view, logs, clock.instant());
        return report.status().isCurrent() ? Item.ready(ref.id()) : Item.unready(report);
    }

    private Item other(ObjectRef ref) {
        var status = others.of(ref);
        return status.isCurrent() ? Item.ready(ref.id()) : Item.waiting(ref.id(), ref.id() + ": " + status.message());
    }

    private Item gate(Gate gate) {
        String missing = gates.getOrDefault(gate, gate.name() + ": not looked at yet");
        return missing.isEmpty() ? Item.ready(gate.name()) : Item.waiting(gate.name(), missing);
    }
}
