package dev.kfmr.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LooksTest {
    private static final Duration LONG = Duration.ofSeconds(10);

    @Test
    void givesWhatALookFound() {
        try (Looks looks = new Looks()) {
            assertThat(looks.start("the nodes", LONG, () -> "two").result()).contains("two");
            assertThat(looks.unread()).isEmpty();
        }
    }

    @Test
    void oneThatThrowsOrHangsTakesNoOtherAlong() {
        try (Looks looks = new Looks()) {
            var hangs = looks.start("the nodes", Duration.ofMillis(20), () -> {
                new CountDownLatch(1).await();
                return "";
            });
            var throwing = looks.start("the volumes", LONG, () -> {
                throw new IllegalStateException("no such thing\nat all");
            });
            var works = looks.start("the webhooks", LONG, () -> "seen");

            assertThat(hangs.result()).isEmpty();
            assertThat(throwing.result()).isEmpty();
            assertThat(works.result()).contains("seen");
            assertThat(looks.unread())
                    .containsExactly(
                            new Unread("the nodes", "no answer within 0 s"),
                            new Unread("the volumes", "no such thing"));
        }
    }
}
