package dev.kfmr.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/** The registry's times: milliseconds since 1970, as text. */
final class Moments {
    private Moments() {}

    static Optional<Instant> of(JsonNode json) {
        long millis = json.asLong(0);
        return millis > 0 ? Optional.of(Instant.ofEpochMilli(millis)) : Optional.empty();
    }
}
