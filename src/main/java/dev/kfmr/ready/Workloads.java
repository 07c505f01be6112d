package dev.kfmr.ready;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.Optional;

/** Rules for what makes pods. */
final class Workloads {
    private static final Status UNSEEN = Status.inProgress("its controller has not seen its last change yet");

    private Workloads() {}

    static Status deployment(HasMetadata deployment) {
        Fields fields = Fields.of(deployment);
        Fields status = fields.at("status");
        if (isUnseen(deployment, status)) {
            return UNSEEN;
        }
        Optional<Fields> refused = condition(status, "ReplicaFailure", "True");
        if (refused.isPresent()) {
            return Status.failed(refused.get().text("message"));
        }
        long wanted = wanted(fields);
        long updated = status.number("updatedReplicas", 0);
        long all = status.number("replicas", 0);
        long available = status.number("availableReplicas", 0);
        long ready = status.number("readyReplicas", 0);
        if (updated == wanted && all == updated && available >= wanted && ready >= wanted) {
            return Status.current(ready + " of " + wanted + " ready");
        }
        boolean isStuck = condition(status, "Progressing", "False").isPresent();
        String message = all > updated && updated == wanted
                ? (all - updated) + " of an older version still there"
                : ready + " of " + wanted + " ready";
        return isStuck ? Status.failed(message) : Status.inProgress(message);
    }

    private static Optional<Fields> condition(Fields status, String type, String value) {
        for (Fields condition : status.list("conditions")) {
            if (condition.text("type").equals(type) && condition.text("status").equals(value)) {
                return Optional.of(condition);
            }
        }
        return Optional.empty();
    }

    /** Of a Deployment; others do not say it. As the API server writes times; empty where it is not available. */
    static String availableSince(HasMetadata workload) {
        Optional<Fields> available = condition(Fields.of(workload).at("status"), "Available", "True");
        return available.isPresent() ? available.get().text("lastTransitionTime") : "";
    }

    /** StatefulSets never set conditions: observedGeneration, counts and revisions decide. */
    static Status statefulSet(HasMetadata set) {
        Fields fields = Fields.of(set);
        Fields status = fields.at("status");
        if (isUnseen(set, status)) {
            return UNSEEN;
        }
        long wanted = wanted(fields);
        long ready = status.number("readyReplicas", 0);
        if (ready < wanted || status.number("replicas", 0) > wanted) {
            return Status.inProgress(ready + " of " + wanted + " ready");
        }
        Fields strategy = fields.at("spec").at("updateStrategy");
        long partition = strategy.at("rollingUpdate").number("partition", 0);
        long updated = status.number("updatedReplicas", 0);
        if (!strategy.text("type").equals("OnDelete") && updated < wanted - partition) {
            return Status.inProgress(updated + " of " + wanted + " updated");
        }
        return Status.current(ready + " of " + wanted + " ready");
    }

    static Status daemonSet(HasMetadata set) {
        Fields status = Fields.of(set).at("status");
        if (isUnseen(set, status)) {
            return UNSEEN;
        }
        long wanted = status.number("desiredNumberScheduled", 0);
        long updated = status.number("updatedNumberScheduled", 0);
        long available = status.number("numberAvailable", 0);
        String message = Math.min(updated, available) + " of " + wanted + " ready";
        return updated >= wanted && available >= wanted ? Status.current(message) : Status.inProgress(message);
    }

    static Status replicaSet(HasMetadata set) {
        Fields fields = Fields.of(set);
        Fields status = fields.at("status");
        if (isUnseen(set, status)) {
            return UNSEEN;
        }
        long wanted = wanted(fields);
        long available = status.number("availableReplicas", 0);
        String message = available + " of " + wanted + " ready";
        return available == wanted ? Status.current(message) : Status.inProgress(message);
    }

    /** A job is current when it is done, since others wait for what it does. */
    static Status job(HasMetadata job) {
        for (Fields condition : Fields.of(job).at("status").list("conditions")) {
            boolean holds = condition.text("status").equals("True");
            if (holds && condition.text("type").equals("Complete")) {
                return Status.current("done");
            }
            if (holds && condition.text("type").equals("Failed")) {
                return Status.failed(condition.text("message"));
            }
            if (holds && condition.text("type").equals("Suspended")) {
                return Status.current("suspended");
            }
        }
        return Status.inProgress("not done yet");
    }

    static Status pod(Pod pod) {
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return Status.inProgress("is being deleted");
        }
        PodStatus status = pod.getStatus();
        String phase = status == null || status.getPhase() == null ? "Pending" : status.getPhase();
        if (phase.equals("Succeeded")) {
            return Status.current("done");
        }
        if (phase.equals("Failed")) {
            String reason = status == null ? null : status.getReason();
            return Status.failed(reason == null ? "failed" : reason);
        }
        boolean isReady = status != null && status.getConditions().stream().anyMatch(Workloads::saysReady);
        return isReady
                ? Status.current("ready")
                : Status.inProgress(phase.equals("Pending") ? "starting" : "not ready");
    }

    private static boolean saysReady(PodCondition condition) {
        return "Ready".equals(condition.getType()) && "True".equals(condition.getStatus());
    }

    private static long wanted(Fields fields) {
        return fields.at("spec").number("replicas", 1);
    }

    /** An empty status is one that its controller has not written yet. */
    private static boolean isUnseen(HasMetadata object, Fields status) {
        Long generation = object.getMetadata().getGeneration();
        return status.isEmpty() || (generation != null && status.number("observedGeneration", 0) < generation);
    }
}
