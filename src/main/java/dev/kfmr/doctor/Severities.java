package dev.kfmr.doctor;

import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.check.Severity;
import dev.kfmr.ready.PodExplanation.Reason;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** How much it matters that a workload is not ready: what passes by itself is no fault, until it has not passed. Pure. */
final class Severities {
    /** What every pod goes through. */
    private static final Set<Reason> ON_THE_WAY =
            EnumSet.of(Reason.STARTING, Reason.PULLING, Reason.INIT_RUNNING, Reason.NOT_READY_YET, Reason.TERMINATING);

    /** Of those, what does not take long. */
    private static final Set<Reason> STUCK_AFTER_A_WHILE =
            EnumSet.of(Reason.STARTING, Reason.INIT_RUNNING, Reason.NOT_READY_YET);

    /** What many pods go through in their first moments. */
    private static final Set<Reason> FIRST_TROUBLES = EnumSet.of(
            Reason.CRASHED,
            Reason.CRASH_LOOP,
            Reason.DATABASE_NOT_READY,
            Reason.LOGIN_PROVIDER_AWAY,
            Reason.CERTIFICATE_NOT_SIGNED,
            Reason.PROBE_FAILING,
            Reason.VOLUME_PENDING,
            Reason.VOLUME_NOT_MOUNTED,
            Reason.NO_SANDBOX);

    /** What passes when another workload, which is still on its way, has come. */
    private static final Set<Reason> WAITS_FOR_OTHERS = EnumSet.of(
            Reason.CRASHED,
            Reason.CRASH_LOOP,
            Reason.DATABASE_NOT_READY,
            Reason.LOGIN_PROVIDER_AWAY,
            Reason.CERTIFICATE_NOT_SIGNED,
            Reason.PROBE_FAILING,
            Reason.VOLUME_PENDING,
            Reason.VOLUME_NOT_MOUNTED,
            Reason.MISSING_CONFIGURATION,
            Reason.REFUSED);

    private static final Duration FIRST_MOMENTS = Duration.ofSeconds(90);
    private static final Duration A_WHILE = Duration.ofMinutes(10);

    private Severities() {}

    static boolean isOnTheWay(Reason reason, Duration age) {
        return ON_THE_WAY.contains(reason) && !isStuck(reason, age);
    }

    private static boolean isStuck(Reason reason, Duration age) {
        return STUCK_AFTER_A_WHILE.contains(reason) && age.compareTo(A_WHILE) > 0;
    }

    /**
     * @param age of its newest pod
     * @param othersOnTheWay whether another workload is still on its way
     */
    static Severity of(Reason reason, Duration age, boolean othersOnTheWay) {
        if (isStuck(reason, age)) {
            return Severity.FAILURE;
        }
        boolean passes = isOnTheWay(reason, age)
                || (FIRST_TROUBLES.contains(reason) && age.compareTo(FIRST_MOMENTS) < 0)
                || (WAITS_FOR_OTHERS.contains(reason) && othersOnTheWay && age.compareTo(A_WHILE) < 0);
        return passes
                ? Severity.NOTE
                : CheckCatalogue.shipped().get(reason.id()).severity();
    }
}
