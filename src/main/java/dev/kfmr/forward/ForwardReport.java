package dev.kfmr.forward;

import java.util.List;

/**
 * All forwards of one process at one moment: {@code forward.json}, and the landing page's {@code /status.json}.
 *
 * @param landingPage its address; empty when there is none
 */
public record ForwardReport(String landingPage, List<ForwardStatus> forwards) {
    public ForwardReport {
        forwards = List.copyOf(forwards);
    }
}
