package dev.kfmr.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import java.util.stream.Stream;

/**
 * What a REST API answered.
 *
 * @param program that answered, for people
 * @param request such as {@code GET runs/1}, for people
 * @param body missing when it is no JSON; content types are not to be relied on
 * @param text the body as it came
 */
public record RestAnswer(String program, String request, int status, JsonNode body, String text) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FIRST_FAILURE = 300;
    private static final int INVALID = 400;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int LONGEST_WORDS = 400;
    /** What Pipelines puts where the reason should be, when it took the fault for its own. */
    private static final String SAYS_NOTHING = "Internal Server Error";

    static RestAnswer of(String program, String request, int status, String text) {
        return new RestAnswer(program, request, status, parse(text), text);
    }

    private static JsonNode parse(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            // "404 page not found" begins with a number, which is JSON by itself.
            return node != null && node.isContainerNode() ? node : MissingNode.getInstance();
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /** What is asked for cannot be done with what is there. */
    public boolean isInvalid() {
        return status == INVALID;
    }

    public boolean isNotFound() {
        return status == NOT_FOUND;
    }

    /** What is to be made has its name already: the only sign of it, since the words do not always say so. */
    public boolean isConflict() {
        return status == CONFLICT;
    }

    /**
     * The body of an answer that means success.
     *
     * @throws KfmrException exit 4, {@code rest.refused}, for any other, or for one that is no JSON
     */
    public JsonNode success() {
        if (status < FIRST_FAILURE && !body.isMissingNode()) {
            return body;
        }
        throw new KfmrException(
                ExitCode.UPSTREAM,
                "rest.refused",
                program + " refused a request.",
                request + ": " + status + " " + words(),
                "The installed release may be another one than this kfmr knows, or the installation is not healthy: see"
                        + " kfmr status");
    }

    /**
     * The same of an answer that must have this field: an id without which nothing can be done with it.
     *
     * @throws KfmrException exit 4, {@code rest.refused}; {@code rest.unexpected} when it does not have it
     */
    public JsonNode successWith(String field) {
        JsonNode answer = success();
        if (answer.path(field).asText("").isEmpty()) {
            throw new KfmrException(
                    ExitCode.UPSTREAM,
                    "rest.unexpected",
                    program + " answered something else than was asked for.",
                    request + ": " + status + " without " + field + ".",
                    "What answers there may be another program, or another release than this kfmr knows: see kfmr status");
        }
        return answer;
    }

    /** The part of a refusal that is meant for people; never a stack trace. */
    public String words() {
        return Stream.of(
                        body.path("details").path(0).path("message").asText(""),
                        body.path("message").asText(""),
                        body.path("error_message").asText(""),
                        body.isMissingNode() ? text : "")
                .map(String::strip)
                .filter(words -> !words.isEmpty() && !words.equals(SAYS_NOTHING))
                .findFirst()
                .map(RestAnswer::shortened)
                .orElse("without a reason");
    }

    private static String shortened(String words) {
        String line = words.lines().findFirst().orElse("");
        return line.length() <= LONGEST_WORDS ? line : line.substring(0, LONGEST_WORDS) + " …";
    }
}
