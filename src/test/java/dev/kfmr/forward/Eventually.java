package dev.kfmr.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.core.Deadline;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what other threads do. */
final class Eventually {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private Eventually() {}

    static void eventually(String what, BooleanSupplier condition) {
        within(LIMIT, what, condition);
    }

    static void within(Duration limit, String what, BooleanSupplier condition) {
        Deadline deadline = Deadline.in(limit);
        while (!condition.getAsBoolean() && !deadline.passed()) {
            deadline.sleep(Duration.ofMillis(10), "waiting in a test");
        }
        assertThat(condition.getAsBoolean()).as(what).isTrue();
    }
}
