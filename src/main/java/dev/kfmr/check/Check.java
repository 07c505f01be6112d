package dev.kfmr.check;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A check's texts, in which {@code {name}} stands for what was found.
 *
 * @param id stable, {@code group.subject}
 * @param title what it looks at, for lists
 * @param why the cause, and what it leads to
 * @param thread URL of where users met it; empty where there is none
 * @param fix what {@code doctor --fix} does; empty where a person must act
 * @param followsFrom ids of checks: a finding is the consequence of one of theirs, where there is one
 */
public record Check(
        String id,
        String title,
        Severity severity,
        String what,
        String evidence,
        String why,
        String remedy,
        String thread,
        String fix,
        List<String> followsFrom) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-zA-Z]+)}");

    public Check {
        followsFrom = List.copyOf(followsFrom);
    }

    public CheckGroup group() {
        return CheckGroup.of(id);
    }

    public boolean isFixable() {
        return !fix.isEmpty();
    }

    /** Its remedy for no finding in particular: with names in capitals where something is filled in. */
    public String generalRemedy() {
        return generalRemedy(Map.of());
    }

    /** The same where some of what is filled in is known. */
    public String generalRemedy(Map<String, String> known) {
        return general(remedy, known);
    }

    /** Its cause, likewise. */
    public String generalWhy() {
        return general(why, Map.of());
    }

    private static String general(String text, Map<String, String> known) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(match ->
                        Matcher.quoteReplacement(known.getOrDefault(match.group(1), inCapitals(match.group(1)))));
    }

    private static String inCapitals(String name) {
        return name.replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    }

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
