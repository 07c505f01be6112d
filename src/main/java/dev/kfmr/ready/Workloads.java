package dev.kfmr.ready;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rules for what makes pods. */
final class Workloads {
    private static final Status UNSEEN = Status.inProgress("its controller has not seen its last change yet");

    private Workloads() {}

    static Status deployment(Deployment deployment) {
        DeploymentStatus status = deployment.getStatus();
        if (status == null || isUnseen(deployment, status.getObservedGeneration())) {
            return UNSEEN;
        }
        Optional<DeploymentCondition> refused = condition(status, "ReplicaFailure", "True");
        if (refused.isPresent()) {
            return Status.failed(refused.get().getMessage());
        }
        int wanted = or(deployment.getSpec().getReplicas(), 1);
        int updated = or(status.getUpdatedReplicas(), 0);
        int all = or(status.getReplicas(), 0);
        int available = or(status.getAvailableReplicas(), 0);
        int ready = or(status.getReadyReplicas(), 0);
        if (updated == wanted && all == updated && available >= wanted && ready >= wanted) {
            return Status.current(ready + " of " + wanted + " ready");
        }
        boolean isStuck = condition(status, "Progressing", "False").isPresent();
        String message = all > updated && updated == wanted
                ? (all - updated) + " of an older version still there"
                : ready + " of " + wanted + " ready";
        return isStuck ? Status.failed(message) : Status.inProgress(message);
    }

    private static Optional<DeploymentCondition> condition(DeploymentStatus status, String type, String value) {
        return status.getConditions().stream()
                .filter(condition -> type.equals(condition.getType()) && value.equals(condition.getStatus()))
                .findFirst();
    }

    /** StatefulSets never set conditions: observedGeneration, counts and revisions decide. */
    static Status statefulSet(StatefulSet set) {
        StatefulSetStatus status = set.getStatus();
        if (status == null || isUnseen(set, status.getObservedGeneration())) {
            return UNSEEN;
        }
        int wanted = or(set.getSpec().getReplicas(), 1);
        int ready = or(status.getReadyReplicas(), 0);
        int all = or(status.getReplicas(), 0);
        if (ready < wanted || all > wanted) {
            return Status.inProgress(ready + " of " + wanted + " ready");
        }
        boolean isOnDelete = set.getSpec().getUpdateStrategy() != null
                && "OnDelete".equals(set.getSpec().getUpdateStrategy().getType());
        int updated = or(status.getUpdatedReplicas(), 0);
        if (!isOnDelete && updated < wanted - partition(set)) {
            return Status.inProgress(updated + " of " + wanted + " updated");
        }
        return Status.current(ready + " of " + wanted + " ready");
    }

    private static int partition(StatefulSet set) {
        boolean hasPartition = set.getSpec().getUpdateStrategy() != null
                && set.getSpec().getUpdateStrategy().getRollingUpdate() != null;
        return hasPartition
                ? or(set.getSpec().getUpdateStrategy().getRollingUpdate().getPartition(), 0)
                : 0;
    }

    static Status daemonSet(DaemonSet set) {
        DaemonSetStatus status = set.getStatus();
        if (status == null || isUnseen(set, status.getObservedGeneration())) {
            return UNSEEN;
        }
        int wanted = or(status.getDesiredNumberScheduled(), 0);
        int updated = or(status.getUpdatedNumberScheduled(), 0);
        int available = or(status.getNumberAvailable(), 0);
        String message = Math.min(updated, available) + " of " + wanted + " ready";
        return updated >= wanted && available >= wanted ? Status.current(message) : Status.inProgress(message);
    }

    static Status replicaSet(ReplicaSet set) {
        ReplicaSetStatus status = set.getStatus();
        if (status == null || isUnseen(set, status.getObservedGeneration())) {
            return UNSEEN;
        }
        int wanted = or(set.getSpec().getReplicas(), 1);
        int available = or(status.getAvailableReplicas(), 0);
        String message = available + " of " + wanted + " ready";
        return available == wanted ? Status.current(message) : Status.inProgress(message);
    }

    /** A job is current when it is done, since others wait for what it does. */
    static Status job(Job job) {
        List<JobCondition> conditions =
                job.getStatus() == null ? List.of() : job.getStatus().getConditions();
        for (JobCondition condition : conditions) {
            boolean holds = "True".equals(condition.getStatus());
            if (holds && "Complete".equals(condition.getType())) {
                return Status.current("done");
            }
            if (holds && "Failed".equals(condition.getType())) {
                return Status.failed(condition.getMessage());
            }
            if (holds && "Suspended".equals(condition.getType())) {
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

    private static boolean isUnseen(HasMetadata object, @Nullable Long observed) {
        Long generation = object.getMetadata().getGeneration();
        return generation != null && (observed == null || observed < generation);
    }

    private static int or(@Nullable Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }
}
