package dev.kfmr.forward;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The two streams of one connection to a port: one for its data, one for what the node says of an error. */
final class SpdyStreams {
    private static final int LONGEST_TEXT = 8 * 1024;

    private final int error;
    private final int data;
    private final LocalConnection client;

    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private boolean errorAnswered;
    private boolean dataAnswered;
    private boolean errorEnded;
    private boolean dataEnded;
    private boolean refused;

    SpdyStreams(int error, int data, LocalConnection client) {
        this.error = error;
        this.data = data;
        this.client = client;
    }

    int data() {
        return data;
    }

    LocalConnection client() {
        return client;
    }

    boolean has(int stream) {
        return stream == error || stream == data;
    }

    void answered(int stream) {
        errorAnswered |= stream == error;
        dataAnswered |= stream == data;
    }

    void ended(int stream) {
        errorEnded |= stream == error;
        dataEnded |= stream == data;
    }

    /** Before its answer it is the node's refusal. */
    void reset(int stream) {
        refused |= (stream == error && !errorAnswered) || (stream == data && !dataAnswered);
    }

    void say(byte[] bytes, int count) {
        text.write(bytes, 0, Math.min(count, LONGEST_TEXT - text.size()));
    }

    /** Whether the node took both. */
    boolean areOpen() {
        return errorAnswered && dataAnswered;
    }

    /** Whether the node refused one. */
    boolean areRefused() {
        return refused;
    }

    /** Whether the node has no more to say: the error comes before the end of the data. */
    boolean areEnded() {
        return errorEnded && (dataEnded || text.size() > 0);
    }

    /** Empty when it ended in order. */
    String errorText() {
        return text.toString(StandardCharsets.UTF_8).strip();
    }
}
