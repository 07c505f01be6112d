package dev.kfmr.ready;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;

/** Rules for custom resources, which tell their state in conditions. */
final class CustomResources {
    private CustomResources() {}

    /** Ready only when it says so, and of its present specification. */
    static Status byReadyCondition(HasMetadata object) {
        return condition(object, "Ready")
                .map(ready -> fromReady(object, ready))
                .orElse(Status.inProgress("no controller has looked at it yet"));
    }

    private static Status fromReady(HasMetadata object, Fields ready) {
        long generation = generation(object);
        if (ready.number("observedGeneration", generation) < generation) {
            return Status.inProgress("its controller has not seen its last change yet");
        }
        return ready.text("status").equals("True")
                ? Status.current("ready")
                : Status.inProgress(reasonAndMessage(ready));
    }

    /** What most controllers agree on: {@code observedGeneration}, Stalled, Reconciling, Ready; all may be absent. */
    static Status byConditions(HasMetadata object) {
        long generation = generation(object);
        if (Fields.of(object).at("status").number("observedGeneration", generation) < generation) {
            return Status.inProgress("its controller has not seen its last change yet");
        }
        Optional<Fields> stalled = condition(object, "Stalled").filter(CustomResources::isTrue);
        if (stalled.isPresent()) {
            return Status.failed(reasonAndMessage(stalled.get()));
        }
        Optional<Fields> reconciling = condition(object, "Reconciling").filter(CustomResources::isTrue);
        if (reconciling.isPresent()) {
            return Status.inProgress(reasonAndMessage(reconciling.get()));
        }
        return condition(object, "Ready").map(ready -> fromReady(object, ready)).orElse(Status.current("exists"));
    }

    private static Optional<Fields> condition(HasMetadata object, String type) {
        return Fields.of(object).at("status").list("conditions").stream()
                .filter(condition -> condition.text("type").equals(type))
                .findFirst();
    }

    private static boolean isTrue(Fields condition) {
        return condition.text("status").equals("True");
    }

    private static long generation(HasMetadata object) {
        Long generation = object.getMetadata().getGeneration();
        return generation == null ? 0 : generation;
    }

    private static String reasonAndMessage(Fields condition) {
        String reason = condition.text("reason");
        String message = condition.text("message");
        if (reason.isEmpty() || message.isEmpty()) {
            return (reason + message).isEmpty() ? "not ready" : reason + message;
        }
        return reason + ": " + message;
    }
}
