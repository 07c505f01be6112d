package dev.kfmr.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/** Makes answers and reads requests. */
final class Answers {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Answers() {}

    static MockResponse json(int code, JsonNode body) {
        return of(code, "application/json", body.toString());
    }

    static MockResponse json(int code, String body) {
        return of(code, "application/json", body);
    }

    static MockResponse of(int code, String type, String body) {
        return new MockResponse.Builder()
                .code(code)
                .addHeader("Content-Type", type)
                .body(body)
                .build();
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static String text(RecordedRequest request) {
        return request.getBody() == null ? "" : request.getBody().string(StandardCharsets.UTF_8);
    }

    static JsonNode body(RecordedRequest request) {
        try {
            return JSON.readTree(text(request));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
