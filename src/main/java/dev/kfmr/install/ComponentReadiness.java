package dev.kfmr.install;

import dev.kfmr.core.Progress.ComponentState;
import dev.kfmr.ready.PodExplanation;
import dev.kfmr.ready.WorkloadReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far one component is.
 *
 * @param items its workloads, other objects that can be unready, and gates
 */
record ComponentReadiness(String name, boolean isApplied, List<Item> items) {
    /**
     * One thing that must become ready.
     *
     * @param id for people: {@code Deployment kubeflow/mysql}
     * @param waiting one line: what is missing; empty when nothing is
     * @param report of a workload that is not ready
     * @param log lines of others that tell more of it
     * @param nextStep what to do where no report tells it; empty where there is nothing to say
     */
    record Item(
            String id, String waiting, Optional<WorkloadReport> report, List<String> log, Optional<String> nextStep) {
        Item {
            log = List.copyOf(log);
        }

        static Item unready(WorkloadReport report) {
            return new Item(report.ref().id(), report.line(), Optional.of(report), List.of(), Optional.empty());
        }

        static Item ready(String id) {
            return waiting(id, "");
        }

        static Item waiting(String id, String line) {
            return new Item(id, line, Optional.empty(), List.of(), Optional.empty());
        }

        boolean isReady() {
            return waiting.isEmpty();
        }

        Item with(List<String> lines, String step) {
            return new Item(id, waiting, report, lines, Optional.of(step));
        }

        Optional<PodExplanation> explanation() {
            return report.flatMap(WorkloadReport::explanation);
        }
    }

    ComponentReadiness {
        items = List.copyOf(items);
    }

    boolean isReady() {
        return isApplied && items.stream().allMatch(Item::isReady);
    }

    List<Item> unready() {
        return items.stream().filter(item -> !item.isReady()).toList();
    }

    ComponentState state() {
        List<String> waitingFor = new ArrayList<>();
        if (isApplied) {
            unready().forEach(item -> waitingFor.add(item.waiting()));
        } else {
            waitingFor.add("not applied yet");
        }
        int ready = isApplied ? items.size() - unready().size() : 0;
        return new ComponentState(name, ready, items.size(), waitingFor);
    }
}
