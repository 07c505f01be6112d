package dev.kfmr.forward;

/** The API server, or the pod's node, did not open a tunnel: nothing was carried yet, so another try is safe. */
final class TunnelRefused extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final int status;

    /** @param status the HTTP answer, or 0 when there was none */
    TunnelRefused(int status, String why, Throwable cause) {
        super(why, cause);
        this.status = status;
    }

    boolean isForbidden() {
        return status == UNAUTHORIZED || status == FORBIDDEN;
    }
}
