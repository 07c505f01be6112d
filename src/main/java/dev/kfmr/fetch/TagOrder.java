package dev.kfmr.fetch;

import java.math.BigInteger;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which of a repository's tags are later releases than a given one: those of the same form, with other numbers. So {@code
 * v0.4.0} follows {@code v0.3.8}, and neither {@code v0.4.0-rc.1} nor {@code py-0.4.0} does.
 */
final class TagOrder {
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private TagOrder() {}

    /** Empty when the given one is the newest. */
    static Optional<String> newest(Collection<String> tags, String than) {
        Comparator<String> byNumbers = (one, other) -> compare(numbers(one), numbers(other));
        return tags.stream()
                .filter(tag -> form(tag).equals(form(than)) && byNumbers.compare(tag, than) > 0)
                .max(byNumbers);
    }

    private static String form(String tag) {
        return NUMBER.matcher(tag).replaceAll("0");
    }

    private static List<BigInteger> numbers(String tag) {
        return NUMBER.matcher(tag)
                .results()
                .map(match -> new BigInteger(match.group()))
                .toList();
    }

    /** Of lists of one length. */
    private static int compare(List<BigInteger> one, List<BigInteger> other) {
        for (int i = 0; i < one.size(); i++) {
            int order = one.get(i).compareTo(other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
