package dev.kfmr.install;

import dev.kfmr.apply.ObjectRef;
import dev.kfmr.install.ComponentReadiness.Item;
import dev.kfmr.profile.Gate;
import dev.kfmr.ready.ClusterView;
import dev.kfmr.ready.PodLogs;
import dev.kfmr.ready.Readiness;
import dev.kfmr.render.Rendered;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What controllers said last that run, and do not make the namespace that a gate waits for: the workloads of the
 * components that the gate's own comes after. One that crashes is explained itself.
 */
final class ControllerLogs {
    private static final int LINES = 5;

    private final Rendered rendered;
    private final PodLogs logs;

    ControllerLogs(Rendered rendered, PodLogs logs) {
        this.rendered = rendered;
        this.logs = logs;
    }

    /** The same components, with the logs beside gates that do not hold. */
    List<ComponentReadiness> beside(List<ComponentReadiness> components, ClusterView view) {
        return components.stream()
                .map(component -> rendered.components().stream()
                        .filter(each -> each.name().equals(component.name()) && component.isApplied())
                        .findFirst()
                        .map(each -> beside(component, each, view))
                        .orElse(component))
                .toList();
    }

    private ComponentReadiness beside(ComponentReadiness component, Rendered.Component own, ClusterView view) {
        Set<String> gates = own.planned().spec().gates().stream()
                .filter(gate -> gate.kind() == Gate.Kind.NAMESPACE)
                .map(Gate::name)
                .collect(Collectors.toUnmodifiableSet());
        return new ComponentReadiness(
                component.name(),
                component.isApplied(),
                component.items().stream()
                        .map(item -> gates.contains(item.id()) && !item.isReady() ? explained(item, own, view) : item)
                        .toList());
    }

    private Item explained(Item item, Rendered.Component own, ClusterView view) {
        List<String> after = own.planned().spec().after();
        List<String> lines = rendered.components().stream()
                .filter(component -> after.contains(component.name()))
                .flatMap(component -> component.objects().stream())
                .filter(manifest -> Readiness.isWorkload(manifest.group(), manifest.kind()))
                .flatMap(manifest -> view.find(ObjectRef.ofNamespaced(manifest)).stream())
                .flatMap(workload -> view.podsOf(workload).stream())
                .flatMap(this::lines)
                .toList();
        return item.with(lines, "See what its controller says: kfmr logs " + String.join(" ", after));
    }

    private Stream<String> lines(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .filter(status -> status.getState() != null && status.getState().getRunning() != null)
                .map(ContainerStatus::getName)
                .flatMap(container -> logs.ofPresentRun(pod, container).stream()
                        .flatMap(text -> last(text.lines().toList()).stream())
                        .map(line -> pod.getMetadata().getName() + " " + container + ": " + line));
    }

    private static List<String> last(List<String> lines) {
        return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
    }
}
