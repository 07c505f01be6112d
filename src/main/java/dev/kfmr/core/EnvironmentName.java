package dev.kfmr.core;

import java.util.regex.Pattern;

/** What an environment may be called: it names a folder, a kind cluster and its node containers. */
public final class EnvironmentName {
    /** A host name, which a node's is with what kind adds, has 63 characters at most. */
    private static final int LONGEST = 63 - "-control-plane".length();

    private static final Pattern FORM = Pattern.compile("[a-z0-9]+((-+|\\.)[a-z0-9]+)*");

    /** The rule, for errors. */
    public static final String RULE =
            "lower-case letters, digits, hyphens and dots, with a letter or digit at both ends, at most " + LONGEST
                    + " characters";

    private EnvironmentName() {}

    public static boolean isAllowed(String name) {
        return name.length() <= LONGEST && FORM.matcher(name).matches();
    }
}
