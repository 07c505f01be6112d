package dev.kfmr.forward;

import java.io.IOException;
import java.util.function.Consumer;

/** A tunnel by two streams of a session, which is given back afterwards. */
final class SpdyTunnel implements Tunnel {
    private final SpdySession session;
    private final SpdyStreams streams;
    private final LocalConnection client;
    private final Consumer<SpdySession> onReusable;
    private final Consumer<SpdySession> onDone;

    /**
     * @param onReusable gets the session when it may carry another connection
     * @param onDone gets it when it may not
     */
    SpdyTunnel(
            SpdySession session, SpdyStreams streams, Consumer<SpdySession> onReusable, Consumer<SpdySession> onDone) {
        this.session = session;
        this.streams = streams;
        this.client = streams.client();
        this.onReusable = onReusable;
        this.onDone = onDone;
    }

    @Override
    public End carry() {
        try {
            client.sendAll(SpdyFrames.HEAD_BYTES, this::send);
            client.awaitReply();
        } catch (IOException e) {
            // The client reset its connection, or the pod's side closed it under us.
            client.finish(End.CLOSED);
        }
        client.finish(End.CLOSED);
        boolean inOrder = client.ending().outcome() == Outcome.CLOSED;
        if (session.release(streams) && inOrder) {
            onReusable.accept(session);
        } else {
            onDone.accept(session);
        }
        client.close();
        return client.ending();
    }

    private void send(byte[] frame, int count) {
        try {
            session.send(streams, frame, count);
        } catch (IOException e) {
            client.abort(new End(Outcome.LOST, "the connection to Kubernetes closed while sending"));
        }
    }
}
