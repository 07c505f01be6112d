package dev.kfmr.forward;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * All forwards of one process at one moment: {@code forward.json}, and the landing page's {@code /status.json}.
 *
 * @param landingPage its address; empty when there is none
 */
public record ForwardReport(String landingPage, List<ForwardStatus> forwards) {
    public ForwardReport {
        forwards = List.copyOf(forwards);
    }

    /** Name of each forward that is open to its local port. */
    public Map<String, Integer> openPorts() {
        return openPorts(forwards);
    }

    /** The same of forwards that no report was written of. */
    public static Map<String, Integer> openPorts(List<ForwardStatus> forwards) {
        return forwards.stream()
                .filter(forward -> forward.localPort() > 0)
                .collect(Collectors.toMap(ForwardStatus::name, ForwardStatus::localPort, (first, second) -> first));
    }
}
