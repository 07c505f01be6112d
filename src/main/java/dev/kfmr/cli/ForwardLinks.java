package dev.kfmr.cli;

import dev.kfmr.forward.ForwardStatus;
import dev.kfmr.profile.ForwardSpec;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The addresses that {@code kfmr forward} opens, as summary and status show them. */
final class ForwardLinks {
    private static final int TITLE_WIDTH = 22;

    private final List<ForwardSpec> forwards;

    ForwardLinks(List<ForwardSpec> forwards) {
        this.forwards = List.copyOf(forwards);
    }

    void print(PrintStream out) {
        for (ForwardSpec forward : forwards) {
            out.println("    " + Screen.column(forward.title(), TITLE_WIDTH) + " " + url(forward));
        }
    }

    List<Map<String, Object>> asMaps() {
        return forwards.stream().map(ForwardLinks::asMap).toList();
    }

    private static Map<String, Object> asMap(ForwardSpec forward) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", forward.name());
        map.put("title", forward.title());
        map.put("url", url(forward));
        return map;
    }

    private static String url(ForwardSpec forward) {
        return forward.address() + forward.path();
    }

    /** One that is open, with its state. */
    static String line(ForwardStatus status) {
        String where = status.url().isEmpty() ? status.address() + ":" + status.localPort() : status.url();
        String moved = status.isMoved()
                ? "  (port " + status.wantedPort() + " is taken"
                        + (status.takenBy().isEmpty() ? "" : " by " + status.takenBy()) + ")"
                : "";
        String reason = status.reason().isEmpty() ? "" : "  " + status.reason();
        return String.format("%-12s %-22s %s%s%s", status.state().word(), status.title(), where, reason, moved);
    }
}
