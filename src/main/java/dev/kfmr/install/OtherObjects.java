package dev.kfmr.install;

import dev.kfmr.apply.ObjectRef;
import dev.kfmr.apply.Refusal;
import dev.kfmr.ready.Readiness;
import dev.kfmr.ready.Status;
import dev.kfmr.render.Manifest;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Objects that are not workloads and are not ready by existence: certificates, issuers, profiles, webhooks, custom
 * resources. They are few and of many kinds, so they are read one by one, now and then, until they are current.
 */
final class OtherObjects {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    /** Waited for when they are applied; a claim's pod tells what is wrong with it. */
    private static final Set<String> SEEN_TO_ELSEWHERE =
            Set.of("Namespace", "CustomResourceDefinition", "PersistentVolumeClaim");

    private final Function<ObjectRef, Optional<HasMetadata>> read;
    private final Clock clock;
    private final Map<ObjectRef, Status> known = new HashMap<>();
    private final Map<ObjectRef, Instant> looked = new HashMap<>();

    OtherObjects(Function<ObjectRef, Optional<HasMetadata>> read, Clock clock) {
        this.read = read;
        this.clock = clock;
    }

    static boolean isOne(Manifest manifest) {
        return !Readiness.isWorkload(manifest.group(), manifest.kind())
                && !SEEN_TO_ELSEWHERE.contains(manifest.kind())
                && Readiness.canBeUnready(manifest.group(), manifest.kind());
    }

    Status of(ObjectRef ref) {
        Status last = known.get(ref);
        Instant before = looked.get(ref);
        if (last == null || before == null) {
            return look(ref);
        }
        boolean isDue = !last.isCurrent() && before.plus(LOOK_AGAIN).isBefore(clock.instant());
        return isDue ? look(ref) : last;
    }

    private Status look(ObjectRef ref) {
        looked.put(ref, clock.instant());
        Status status = fresh(ref);
        known.put(ref, status);
        return status;
    }

    private Status fresh(ObjectRef ref) {
        try {
            return read.apply(ref)
                    .map(Readiness::of)
                    .orElse(new Status(Status.State.IN_PROGRESS, "is not in the cluster yet"));
        } catch (KubernetesClientException e) {
            return new Status(Status.State.IN_PROGRESS, Refusal.of(e).words());
        }
    }
}
