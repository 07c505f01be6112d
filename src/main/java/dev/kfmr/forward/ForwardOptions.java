package dev.kfmr.forward;

import java.time.Duration;

/**
 * How forwards behave.
 *
 * @param address where they listen: {@code localhost} means both loopback addresses
 * @param strictPorts whether a taken port is an error rather than a reason to take the next free one
 * @param waitForPod how long a new connection waits for a ready pod before it is reset
 * @param replySilence how long the pod may be silent, once the client has said that it sends no more
 * @param probeEvery how often the health path is asked, and the longest pause between two tries to reconnect
 */
public record ForwardOptions(
        String address, boolean strictPorts, Duration waitForPod, Duration replySilence, Duration probeEvery) {
    public static final String LOOPBACK = "localhost";

    public static ForwardOptions defaults() {
        return new ForwardOptions(
                LOOPBACK, false, Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(5));
    }

    public ForwardOptions withAddress(String other) {
        return new ForwardOptions(other, strictPorts, waitForPod, replySilence, probeEvery);
    }

    public ForwardOptions withStrictPorts(boolean strict) {
        return new ForwardOptions(address, strict, waitForPod, replySilence, probeEvery);
    }

    public ForwardOptions withWaitForPod(Duration limit) {
        return new ForwardOptions(address, strictPorts, limit, replySilence, probeEvery);
    }

    public ForwardOptions withReplySilence(Duration limit) {
        return new ForwardOptions(address, strictPorts, waitForPod, limit, probeEvery);
    }

    public ForwardOptions withProbeEvery(Duration pause) {
        return new ForwardOptions(address, strictPorts, waitForPod, replySilence, pause);
    }
}
