package dev.kfmr.pipelines;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The exception that ended a component. It stands in its log alone, and KFP's launcher writes lines of its own behind it.
 *
 * @param exception type and message, such as {@code ValueError: no such column}; of several lines the first
 * @param traceback from {@code Traceback} to the exception's last line
 */
public record PythonFailure(String exception, List<String> traceback) {
    private static final String BEGIN = "Traceback (most recent call last):";
    /** {@code F1124 11:40:31.000000  58 main.go:58] …}: the launcher's. */
    private static final Pattern LAUNCHER = Pattern.compile("[IWEF]\\d{4} \\d\\d:\\d\\d:\\d\\d\\.\\d+ .*");

    public PythonFailure {
        traceback = List.copyOf(traceback);
    }

    /** The last one of a log: of exceptions that led to each other it is the one that nobody caught. */
    public static Optional<PythonFailure> find(String log) {
        List<String> traceback = new ArrayList<>();
        boolean isInside = false;
        for (String line : log.lines().toList()) {
            if (line.strip().equals(BEGIN)) {
                traceback.clear();
                isInside = true;
            } else if (LAUNCHER.matcher(line).matches()) {
                isInside = false;
            }
            if (isInside) {
                traceback.add(line);
            }
        }
        while (!traceback.isEmpty() && traceback.get(traceback.size() - 1).isBlank()) {
            traceback.remove(traceback.size() - 1);
        }
        // Frames are indented; what follows them is the exception.
        return traceback.stream()
                .skip(1)
                .filter(line -> !line.isBlank() && !line.startsWith(" "))
                .findFirst()
                .map(exception -> new PythonFailure(exception, traceback));
    }
}
