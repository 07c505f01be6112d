package dev.kfmr.check;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A check's texts, in which {@code {name}} stands for what was found.
 *
 * @param id stable, {@code group.subject}
 * @param title what it looks at, for lists
 */
public record Check(
        String id,
        String title,
        Severity severity,
        String what,
        String evidence,
        String why,
        String remedy,
        String thread) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-zA-Z]+)}");

    /** A finding of this check at its usual severity. */
    public Finding found(Map<String, String> values) {
        return found(severity, values);
    }

    /** @throws IllegalArgumentException for a placeholder without a value */
    public Finding found(Severity actual, Map<String, String> values) {
        return new Finding(
                id,
                actual,
                filled(what, values),
                filled(evidence, values),
                filled(why, values),
                filled(remedy, values),
                thread);
    }

    private String filled(String text, Map<String, String> values) {
        return PLACEHOLDER.matcher(text).replaceAll(match -> Matcher.quoteReplacement(value(match, values)));
    }

    private String value(MatchResult match, Map<String, String> values) {
        String value = values.get(match.group(1));
        if (value == null) {
            throw new IllegalArgumentException("Check " + id + " has no value for " + match.group());
        }
        return value;
    }
}
