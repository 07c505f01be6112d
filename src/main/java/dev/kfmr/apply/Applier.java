package dev.kfmr.apply;

import dev.kfmr.apply.ClusterObjects.Applied;
import dev.kfmr.core.Deadline;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Untyped;
import dev.kfmr.render.Manifest;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes objects be as rendered, by server-side apply: namespaces and CRDs first and waited for, then everything at once
 * with a few requests in flight. What is refused for a reason that passes is sent again, with a growing pause, until the
 * deadline; any other refusal ends it at once. Applying the same again changes nothing in the cluster.
 *
 * <p>One applier serves components that are applied side by side: what is in flight is counted over all of them.
 */
public final class Applier implements AutoCloseable {
    private static final int IN_FLIGHT = 8;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);
    private static final Duration FOUNDATION_PAUSE = Duration.ofMillis(50);
    /** An API server that restarts is back in less. */
    private static final Duration PATIENCE_FOR_THE_UNREACHABLE = Duration.ofMinutes(1);
    /** A kind or namespace that none of the rendered objects brings may still come from a controller; then soon. */
    private static final Duration PATIENCE_FOR_THE_ABSENT = Duration.ofMinutes(2);

    private final ClusterObjects objects;
    private final Outgoing outgoing;
    private final Duration patienceForTheUnreachable;
    private final ExecutorService senders;
    private final Map<ObjectRef, AtomicInteger> sent = new ConcurrentHashMap<>();

    public Applier(ClusterObjects objects) {
        this(objects, Set.of(), PATIENCE_FOR_THE_UNREACHABLE);
    }

    /** @param kept Secrets whose data users change: what is in the cluster stays */
    public Applier(ClusterObjects objects, Set<ObjectRef> kept) {
        this(objects, kept, PATIENCE_FOR_THE_UNREACHABLE);
    }

    Applier(ClusterObjects objects, Set<ObjectRef> kept, Duration patienceForTheUnreachable) {
        this.objects = objects;
        this.outgoing = new Outgoing(objects, kept);
        this.patienceForTheUnreachable = patienceForTheUnreachable;
        this.senders = Executors.newFixedThreadPool(IN_FLIGHT, work -> {
            Thread thread = new Thread(work, "kfmr-apply");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Applies the objects of one component.
     *
     * @return what each became, in the order of {@code manifests}' phases
     * @throws KfmrException {@code apply.refused} exit 4 when the API server will not have an object, exit 5 when a
     *     refusal did not pass before the deadline, exit 3 when the cluster does not answer
     */
    public List<Applied> apply(String component, List<Manifest> manifests, Deadline deadline) {
        List<Manifest> foundation =
                manifests.stream().filter(Applier::isFoundation).toList();
        List<Manifest> rest =
                manifests.stream().filter(manifest -> !isFoundation(manifest)).toList();
        foundation.stream().filter(KindCatalog::isCustomResourceDefinition).forEach(objects::learn);
        List<Applied> applied = new ArrayList<>(send(component, foundation, deadline));
        awaitFoundation(applied, deadline);
        applied.addAll(send(component, rest, deadline));
        return applied;
    }

    /** How often each object was sent so far. */
    public Map<ObjectRef, Integer> sent() {
        Map<ObjectRef, Integer> counts = new TreeMap<>();
        sent.forEach((ref, count) -> counts.put(ref, count.get()));
        return counts;
    }

    @Override
    public void close() {
        senders.shutdownNow();
    }

    /** What other objects stand on: without it they are refused. */
    private static boolean isFoundation(Manifest manifest) {
        return isNamespace(manifest) || KindCatalog.isCustomResourceDefinition(manifest);
    }

    private static boolean isNamespace(Manifest manifest) {
        return manifest.kind().equals("Namespace") && manifest.group().isEmpty();
    }

    /** What came of sending one object: either of both. */
    private record Attempt(Manifest manifest, Optional<Applied> applied, Optional<Refusal> refusal) {}

    private List<Applied> send(String component, List<Manifest> manifests, Deadline deadline) {
        List<Applied> applied = new ArrayList<>();
        List<Manifest> pending = manifests;
        Deadline absence = deadline.within(PATIENCE_FOR_THE_ABSENT);
        Deadline silence = deadline.within(patienceForTheUnreachable);
        Duration pause = FIRST_PAUSE;
        while (!pending.isEmpty()) {
            List<Attempt> attempts = sendOnce(component, pending);
            attempts.forEach(attempt -> attempt.applied().ifPresent(applied::add));
            List<Attempt> refused = attempts.stream()
                    .filter(attempt -> attempt.refusal().isPresent())
                    .toList();
            boolean isAnswered = refused.stream().noneMatch(Applier::isUnreachable);
            silence = isAnswered ? deadline.within(patienceForTheUnreachable) : silence;
            for (Attempt attempt : refused) {
                stopIfHopeless(attempt, isUnreachable(attempt) ? silence : deadline, absence);
            }
            pending = refused.stream().map(Attempt::manifest).toList();
            if (!pending.isEmpty()) {
                deadline.sleep(pause, "applying " + component);
                pause = longer(pause);
            }
        }
        return applied;
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    private List<Attempt> sendOnce(String component, List<Manifest> manifests) {
        List<Callable<Attempt>> calls = new ArrayList<>();
        manifests.forEach(manifest -> calls.add(() -> attempt(component, manifest)));
        List<Attempt> attempts = new ArrayList<>();
        try {
            for (Future<Attempt> answer : senders.invokeAll(calls)) {
                attempts.add(answer.get());
            }
            return attempts;
        } catch (InterruptedException e) {
            throw KfmrException.interrupted("applying " + component);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Applying " + component + " failed.", e.getCause());
        }
    }

    private Attempt attempt(String component, Manifest manifest) {
        try {
            Optional<ObjectRef> ref = objects.resolve(manifest);
            if (ref.isEmpty()) {
                String words = "no matches for kind " + manifest.kind() + " in " + manifest.apiVersion();
                return refused(manifest, new Refusal(Refusal.Kind.ABSENT, words));
            }
            sent.computeIfAbsent(ref.get(), key -> new AtomicInteger()).incrementAndGet();
            Map<String, Object> content = outgoing.content(component, manifest, ref.get());
            return new Attempt(manifest, Optional.of(objects.apply(ref.get(), content)), Optional.empty());
        } catch (KubernetesClientException e) {
            return refused(manifest, Refusal.of(e));
        }
    }

    private static Attempt refused(Manifest manifest, Refusal refusal) {
        return new Attempt(manifest, Optional.empty(), Optional.of(refusal));
    }

    private static boolean isUnreachable(Attempt attempt) {
        return attempt.refusal()
                .filter(refusal -> refusal.kind() == Refusal.Kind.UNREACHABLE)
                .isPresent();
    }

    private static void stopIfHopeless(Attempt attempt, Deadline deadline, Deadline absence) {
        Refusal refusal = attempt.refusal().orElseThrow();
        if (!refusal.passes()) {
            throw refusedForGood(attempt.manifest(), refusal);
        }
        boolean isPast = deadline.passed() || (refusal.kind() == Refusal.Kind.ABSENT && absence.passed());
        if (isPast) {
            throw refusedTooLong(attempt.manifest(), refusal);
        }
    }

    private static KfmrException refusedForGood(Manifest manifest, Refusal refusal) {
        return new KfmrException(
                ExitCode.UPSTREAM,
                "apply.refused",
                "The cluster refuses " + manifest.id() + ".",
                "The API server says: " + refusal.words(),
                "If the object was there before in another form, delete it and run the same command again: "
                        + "kfmr makes it anew. Otherwise correct the patch or the source that it comes from.");
    }

    private static KfmrException refusedTooLong(Manifest manifest, Refusal refusal) {
        ExitCode exit = refusal.kind() == Refusal.Kind.UNREACHABLE ? ExitCode.ENVIRONMENT : ExitCode.NOT_READY;
        return new KfmrException(
                exit,
                "apply.not-accepted",
                "The cluster did not take " + manifest.id() + " in time.",
                "The last answer was: " + refusal.words(),
                "Run the same command again, it goes on from here; or look for the cause with: kfmr doctor");
    }

    private void awaitFoundation(List<Applied> foundation, Deadline deadline) {
        for (Applied object : foundation) {
            while (!stands(object.ref())) {
                if (deadline.passed()) {
                    throw new KfmrException(
                            ExitCode.NOT_READY,
                            "apply.not-accepted",
                            object.ref().id() + " was applied, but is not in service.",
                            "The API server did not confirm it in "
                                    + deadline.limit().toSeconds() + " s.",
                            "Run the same command again, it goes on from here.");
                }
                deadline.sleep(FOUNDATION_PAUSE, "waiting for " + object.ref().id());
            }
        }
    }

    private boolean stands(ObjectRef ref) {
        try {
            return objects.get(ref).map(Applier::stands).orElse(false);
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    private static boolean stands(GenericKubernetesResource object) {
        Map<String, Object> status =
                Untyped.map(object.getAdditionalProperties().get("status"));
        if (object.getKind().equals("Namespace")) {
            return "Active".equals(status.get("phase"));
        }
        return Untyped.maps(status.get("conditions")).stream()
                .anyMatch(condition ->
                        "Established".equals(condition.get("type")) && "True".equals(condition.get("status")));
    }
}
