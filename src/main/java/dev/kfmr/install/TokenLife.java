package dev.kfmr.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** From when to when a token is valid, as the token itself says: the API server may have given less than was asked. */
record TokenLife(Instant from, Instant until) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PARTS = 3;
    /** Long enough before the end for who runs kfmr only now and then. */
    private static final int RENEWED_IN_THE_LAST_PART_OF = 3;

    /** Empty for a text that is no such token. */
    static Optional<TokenLife> of(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != PARTS) {
            return Optional.empty();
        }
        try {
            JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
            long until = claims.path("exp").asLong(0);
            return until == 0
                    ? Optional.empty()
                    : Optional.of(new TokenLife(
                            Instant.ofEpochSecond(claims.path("iat").asLong(until)), Instant.ofEpochSecond(until)));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    boolean isNearItsEnd(Instant now) {
        Duration last = Duration.between(from, until).dividedBy(RENEWED_IN_THE_LAST_PART_OF);
        return !now.isBefore(until.minus(last));
    }
}
