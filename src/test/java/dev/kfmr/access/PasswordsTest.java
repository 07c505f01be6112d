package dev.kfmr.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PasswordsTest {
    /** Upstream's own, of 12341234. */
    private static final String UPSTREAM = "$2y$12$4K/VkmDd1q1Orb3xAt82zu8gk7Ad6ReFR4LCP9UeYE90NLiN9Df72";

    @Test
    void hashesAsDexWantsIt() {
        String hash = Passwords.hash("correct horse");

        assertThat(hash).startsWith("$2y$12$").hasSize(60);
        assertThat(Passwords.matches("correct horse", hash)).isTrue();
        assertThat(Passwords.matches("correct house", hash)).isFalse();
    }

    @Test
    void readsUpstreamsHash() {
        assertThat(Passwords.matches("12341234", UPSTREAM)).isTrue();
    }

    @Test
    void generatesAnotherPasswordEachTime() {
        assertThat(Passwords.generated())
                .hasSize(16)
                .isNotEqualTo(Passwords.generated())
                .doesNotContainAnyWhitespaces();
    }
}
