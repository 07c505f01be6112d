package dev.kfmr.cluster;

import io.fabric8.kubernetes.client.OAuthTokenProvider;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** The token of a kubeconfig's context. One that a program gives ends, so that it is asked for again once a minute. */
final class ContextToken implements OAuthTokenProvider {
    private static final Duration LIFE = Duration.ofMinutes(1);

    private final Supplier<String> source;
    private final Clock clock;
    private String token;
    private Instant read;

    /** @param first what the source said just now */
    ContextToken(String first, Supplier<String> source, Clock clock) {
        this.source = source;
        this.clock = clock;
        this.token = first;
        this.read = clock.instant();
    }

    @Override
    public synchronized String getToken() {
        if (clock.instant().isAfter(read.plus(LIFE))) {
            token = source.get();
            read = clock.instant();
        }
        return token;
    }
}
