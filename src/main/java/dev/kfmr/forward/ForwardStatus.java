package dev.kfmr.forward;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;

/**
 * One forward at one moment: what {@code kfmr forward --list}, {@code status} and the landing page show. Written as JSON
 * with these names.
 *
 * @param reason why it is not ready, in a few words; empty when it is
 * @param url where a browser starts; empty when it does not speak HTTP to browsers
 * @param address the local address, such as {@code 127.0.0.1}
 * @param localPort the open port; 0 when none could be opened
 * @param wantedPort the port that was asked for
 * @param takenBy who had the wanted port, for people; empty when it was free or nobody is known
 * @param pod the pod that a new connection goes to; empty when there is none
 * @param connections open ones
 * @param since when it came into this state
 */
public record ForwardStatus(
        String name,
        String title,
        ForwardState state,
        String reason,
        String url,
        String address,
        int localPort,
        int wantedPort,
        String takenBy,
        String namespace,
        String service,
        int port,
        String pod,
        int connections,
        Instant since) {

    /** Another port than the one asked for. */
    @JsonIgnore
    public boolean isMoved() {
        return localPort > 0 && wantedPort > 0 && localPort != wantedPort;
    }

    /** For people: {@code waiting for pod: image being pulled 40 s}. */
    public String text() {
        return reason.isEmpty() ? state.word() : state.word() + ": " + reason;
    }
}
