package dev.kfmr.forward;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.Optional;

/** The states of forwards as JSON: field names are those of {@link ForwardStatus}, moments are ISO 8601. */
final class StatusJson {
    /** Fields that another version of kfmr wrote are passed over. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private StatusJson() {}

    static String write(ForwardReport report) {
        try {
            return MAPPER.writeValueAsString(report) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report is always JSON", e);
        }
    }

    /** Empty when it is not a report. */
    static Optional<ForwardReport> read(String json) {
        try {
            return Optional.of(MAPPER.readValue(json, ForwardReport.class));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
