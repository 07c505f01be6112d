package dev.kfmr.doctor;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes secrets out of text: values that are known, plain, in base64 wherever they lie in a longer one, and as in a URL;
 * and what looks like a secret by what stands before it or by its form. Pure.
 */
public final class Redaction {
    private static final String MARK = "[redacted]";
    /** Shorter values stand in all kinds of words: taking them out would leave nothing to read. */
    private static final int SHORTEST_SECRET = 6;

    private static final int SHORTEST_LINE_OF_A_KEY = 20;
    private static final int SHORTEST_CORE = 6;
    private static final int BYTES_OF_A_GROUP = 3;
    private static final int SIGNS_OF_A_GROUP = 4;

    /** The first group, where there is one, stays. */
    private static final List<Pattern> FORMS = List.of(
            Pattern.compile("()-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*?-----END [A-Z ]*PRIVATE KEY-----"),
            Pattern.compile("(?i)((?:authorization|(?:set-)?cookie)[\"']?\\s*[:=]\\s*)[^\\r\\n]+"),
            Pattern.compile("(?i)(\\b(?:bearer|basic)\\s+)[a-z0-9._~+/=-]{8,}"),
            Pattern.compile("()\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}(?:\\.[A-Za-z0-9_-]*)?"),
            Pattern.compile("(\\w://)[^/@\\s:]+:[^/@\\s]+(?=@)"),
            // An option and its value: in a line, or one after the other in a list of YAML or JSON.
            Pattern.compile("(?i)(--[\\w-]*(?:password|passwd|passphrase|secret|token|api-?key)\\\\?[\"']?"
                    + "(?:\\s*,\\s*|\\s+-\\s+|\\s+)\\\\?[\"']?)(?!-)[^\\s\"',\\\\]+"),
            // As older kubelets print a container that they cannot start.
            Pattern.compile("(EnvVar\\{Name:[^,{}]*,Value:).*?(?=,ValueFrom:)"),
            Pattern.compile("(?i)((?:password|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key(?:[_-]?id)?"
                    + "|private[_-]?key|key-data|credentials?)\\\\?[\"']?\\s*[:=]\\s*\\\\?[\"']?)[^\\s\"',;&}\\\\]+"));

    /** Stands for a part of an encoded secret until what is left of it on both sides is taken out as well. */
    private static final String CORE = "\u0000";

    private static final Pattern CORE_AND_EDGES =
            Pattern.compile("[A-Za-z0-9+/_-]{0,4}" + CORE + "+[A-Za-z0-9+/_=-]{0,4}");

    private final List<String> plain;
    private final List<String> encoded;

    private Redaction(List<String> plain, List<String> encoded) {
        this.plain = List.copyOf(plain);
        this.encoded = List.copyOf(encoded);
    }

    /** @param secrets values that must not appear in any form; those of fewer than 6 signs only where a name tells them */
    public static Redaction of(Collection<String> secrets) {
        List<String> values = secrets.stream().flatMap(Redaction::parts).toList();
        return new Redaction(
                longestFirst(values.stream().flatMap(Redaction::plainForms)),
                longestFirst(values.stream().flatMap(Redaction::base64Forms)));
    }

    private static List<String> longestFirst(Stream<String> forms) {
        return forms.distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    public String apply(String text) {
        String redacted = text;
        for (String form : plain) {
            redacted = redacted.replace(form, MARK);
        }
        for (String form : encoded) {
            redacted = redacted.replace(form, CORE);
        }
        redacted = CORE_AND_EDGES.matcher(redacted).replaceAll(Matcher.quoteReplacement(MARK));
        for (Pattern form : FORMS) {
            redacted = form.matcher(redacted).replaceAll("$1" + Matcher.quoteReplacement(MARK));
        }
        return redacted;
    }

    /** A value, and each line of one that has several, such as a key: a log may show them one by one. */
    private static Stream<String> parts(String secret) {
        String value = secret.strip();
        boolean isPublic = value.startsWith("-----BEGIN CERTIFICATE") && !value.contains("PRIVATE KEY");
        if (isPublic || value.length() < SHORTEST_SECRET) {
            return Stream.empty();
        }
        return Stream.concat(
                Stream.of(value), value.lines().skip(1).filter(line -> line.length() >= SHORTEST_LINE_OF_A_KEY));
    }

    private static Stream<String> plainForms(String value) {
        return Stream.of(
                value,
                URLEncoder.encode(value, StandardCharsets.UTF_8),
                URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"),
                value.replace("\n", "\\n").replace("\"", "\\\""));
    }

    private static Stream<String> base64Forms(String value) {
        return Stream.of(Base64.getEncoder(), Base64.getUrlEncoder()).flatMap(encoder -> base64(value, encoder));
    }

    /** As it looks at each of the three places that it can have within a longer text that is encoded. */
    private static Stream<String> base64(String value, Base64.Encoder encoder) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return Stream.of(0, 1, 2)
                .map(shift -> {
                    int whole = (shift + bytes.length) / BYTES_OF_A_GROUP * BYTES_OF_A_GROUP;
                    byte[] shifted = new byte[whole];
                    System.arraycopy(bytes, 0, shifted, shift, whole - shift);
                    String encoded = encoder.encodeToString(shifted);
                    return encoded.substring(shift == 0 ? 0 : SIGNS_OF_A_GROUP);
                })
                .filter(core -> core.length() >= SHORTEST_CORE);
    }
}
