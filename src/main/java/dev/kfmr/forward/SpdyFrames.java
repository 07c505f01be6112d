package dev.kfmr.forward;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Frames of SPDY/3.1, as far as port-forwarding needs them. Each begins with eight bytes: for data a stream, flags and a
 * length of three bytes; for control 0x8003, a type, flags and the length.
 */
final class SpdyFrames {
    static final int HEAD_BYTES = 8;
    static final int SYN_STREAM = 1;
    static final int SYN_REPLY = 2;
    static final int RST_STREAM = 3;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int FLAG_FIN = 1;
    static final int LONGEST = 0xff_ff_ff;

    private static final int CONTROL = 0x8003_0000;
    private static final int FLAGS_SHIFT = 24;
    private static final int STATUS_CANCEL = 5;

    /** The head of a zlib stream without a dictionary. */
    private static final short ZLIB_HEAD = 0x7801;

    private static final int BLOCK_HEAD_BYTES = 5;

    private SpdyFrames() {}

    static boolean isControl(int firstWord) {
        return firstWord < 0;
    }

    static int type(int firstWord) {
        return firstWord & 0xffff;
    }

    static boolean ends(int secondWord) {
        return (secondWord >>> FLAGS_SHIFT & FLAG_FIN) != 0;
    }

    /** Writes a data frame's head into the first eight bytes. */
    static void dataHead(byte[] frame, int stream, int count) {
        ByteBuffer.wrap(frame).putInt(stream).putInt(count);
    }

    static byte[] endOf(int stream) {
        return ints(stream, FLAG_FIN << FLAGS_SHIFT);
    }

    static byte[] cancel(int stream) {
        return ints(CONTROL | RST_STREAM, 2 * Integer.BYTES, stream, STATUS_CANCEL);
    }

    static byte[] ping(int id) {
        return ints(CONTROL | PING, Integer.BYTES, id);
    }

    /**
     * @param headers names in lower case
     * @param first whether it is the first of its connection: headers of all frames are one zlib stream
     * @param ends whether we send nothing in it
     */
    static byte[] open(int stream, Map<String, String> headers, boolean first, boolean ends) {
        byte[] block = block(headers);
        int zlib = (first ? Short.BYTES : 0) + BLOCK_HEAD_BYTES + block.length + BLOCK_HEAD_BYTES;
        int length = 2 * Integer.BYTES + Short.BYTES + zlib;
        ByteBuffer frame = ByteBuffer.allocate(HEAD_BYTES + length)
                .putInt(CONTROL | SYN_STREAM)
                .putInt((ends ? FLAG_FIN << FLAGS_SHIFT : 0) | length)
                .putInt(stream)
                .putInt(0)
                .putShort((short) 0);
        if (first) {
            frame.putShort(ZLIB_HEAD);
        }
        store(frame, block);
        // An empty block is a flush: Go's reader takes what came before it, and waits for no more.
        store(frame, new byte[0]);
        return frame.array();
    }

    /** As a block of a zlib stream that is not compressed. */
    private static void store(ByteBuffer frame, byte[] block) {
        frame.put((byte) 0)
                .putShort(Short.reverseBytes((short) block.length))
                .putShort(Short.reverseBytes((short) ~block.length))
                .put(block);
    }

    private static byte[] block(Map<String, String> headers) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(headers.size());
            for (Map.Entry<String, String> header : headers.entrySet()) {
                write(out, header.getKey());
                write(out, header.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] ints(int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * Integer.BYTES);
        for (int value : values) {
            buffer.putInt(value);
        }
        return buffer.array();
    }
}
