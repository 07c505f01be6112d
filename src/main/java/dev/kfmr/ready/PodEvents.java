package dev.kfmr.ready;

import dev.kfmr.ready.PodExplanation.Reason;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One pod's events in the order of their last occurrence. */
record PodEvents(List<Event> events) {
    private static final Pattern MISSING_SOURCE =
            Pattern.compile("(?i)(secret|configmap) \"([^\"]+)\" not found|references non-existent (\\S+) key: (\\S+)");
    private static final Set<String> VOLUME_EVENTS =
            Set.of("FailedMount", "FailedAttachVolume", "FailedMapVolume", "ProvisioningFailed");

    static PodEvents of(Pod pod, List<Event> events) {
        String uid = pod.getMetadata().getUid();
        String name = pod.getMetadata().getName();
        return new PodEvents(events.stream()
                .filter(event -> event.getInvolvedObject() != null)
                .filter(event -> Objects.equals(event.getInvolvedObject().getUid(), uid)
                        || (uid == null && name.equals(event.getInvolvedObject().getName())))
                .sorted(Comparator.comparing(PodEvents::time))
                .toList());
    }

    static Instant time(Event event) {
        return Stream.of(
                        event.getLastTimestamp(),
                        event.getEventTime() == null
                                ? null
                                : event.getEventTime().getTime(),
                        event.getFirstTimestamp(),
                        event.getMetadata() == null ? null : event.getMetadata().getCreationTimestamp())
                .filter(Objects::nonNull)
                .map(PodEvents::parse)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(Instant.EPOCH);
    }

    private static Optional<Instant> parse(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Since when the container's image is being pulled; empty when no pull is going on. */
    Optional<Instant> pullingSince(String container) {
        return last(container, Set.of("Pulling", "Pulled", "Failed", "BackOff", "Created", "Started"))
                .filter(event -> "Pulling".equals(event.getReason()))
                .map(PodEvents::time);
    }

    /** What the kubelet last said about an event of one of the reasons. */
    Optional<String> message(String container, Set<String> reasons) {
        return last(container, reasons).map(event -> String.valueOf(event.getMessage()));
    }

    private Optional<Event> last(String container, Set<String> reasons) {
        return events.stream()
                .filter(event -> reasons.contains(event.getReason()))
                .filter(event -> isOf(event, container))
                .reduce((first, second) -> second);
    }

    private static boolean isOf(Event event, String container) {
        String path = event.getInvolvedObject().getFieldPath();
        return path == null || path.endsWith("{" + container + "}");
    }

    Optional<PodExplanation> volumeTrouble() {
        return lastOf(VOLUME_EVENTS).map(PodEvents::volume);
    }

    private static PodExplanation volume(String message) {
        Matcher missing = MISSING_SOURCE.matcher(message);
        if (missing.find() && missing.group(2) != null) {
            String kind = missing.group(1).equalsIgnoreCase("secret") ? "Secret" : "ConfigMap";
            return PodExplanation.of(
                    Reason.VOLUME_NOT_MOUNTED, "waits for " + kind + " " + missing.group(2) + ", which it mounts");
        }
        return PodExplanation.of(Reason.VOLUME_NOT_MOUNTED, "cannot mount a volume: " + message);
    }

    Optional<PodExplanation> sandboxTrouble() {
        return lastOf(Set.of("FailedCreatePodSandBox", "FailedCreatePodContainer"))
                .map(message -> PodExplanation.of(Reason.NO_SANDBOX, "the node cannot start it: " + message));
    }

    private Optional<String> lastOf(Set<String> reasons) {
        return events.stream()
                .filter(event -> reasons.contains(event.getReason()))
                .reduce((first, second) -> second)
                .map(event -> String.valueOf(event.getMessage()));
    }
}
