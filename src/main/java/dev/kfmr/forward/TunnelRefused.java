package dev.kfmr.forward;

import java.util.Set;

/** The API server, or the pod's node, did not open a tunnel: nothing was carried yet, so another try is safe. */
final class TunnelRefused extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final Set<Integer> NOT_OF_PROTOCOL = Set.of(0, UNAUTHORIZED, NOT_FOUND, TOO_MANY_REQUESTS);

    private final int status;

    /** @param status the HTTP answer, or 0 when there was none */
    private TunnelRefused(int status, String why, Throwable cause) {
        super(why, cause);
        this.status = status;
    }

    static TunnelRefused with(int status, Throwable cause) {
        return new TunnelRefused(status, "Kubernetes refused the tunnel with HTTP " + status, cause);
    }

    /** @param failure what is told is its cause, where it has one */
    static TunnelRefused unreachable(Exception failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return new TunnelRefused(0, "Kubernetes does not answer: " + cause.getMessage(), cause);
    }

    static TunnelRefused unanswered(Exception cause) {
        String limit = TunnelConnections.HANDSHAKE.toSeconds() + " s";
        return new TunnelRefused(0, "Kubernetes did not answer within " + limit, cause);
    }

    static TunnelRefused interrupted(InterruptedException cause) {
        return new TunnelRefused(0, "interrupted", cause);
    }

    boolean isForbidden() {
        return status == UNAUTHORIZED || status == FORBIDDEN;
    }

    /** Whether another protocol may be let through, or be allowed, where this one was not. */
    boolean mayBeOfProtocol() {
        return !NOT_OF_PROTOCOL.contains(status);
    }
}
