package dev.kfmr.core;

/** What an environment may be called: it names a folder, a kind cluster and its node containers. */
public final class EnvironmentName {
    /** A host name, which a node's is with what kind adds, has 63 characters at most. */
    private static final int LONGEST = 63 - "-control-plane".length();

    /** The rule, for errors. */
    public static final String RULE =
            "lower-case letters, digits, hyphens and dots, with a letter or digit at both ends, at most " + LONGEST
                    + " characters";

    private EnvironmentName() {}

    public static boolean isAllowed(String name) {
        boolean isAllowed = !name.isEmpty() && name.length() <= LONGEST;
        for (int at = 0; isAllowed && at < name.length(); at++) {
            isAllowed = switch (name.charAt(at)) {
                case '-' -> isInside(name, at);
                case '.' -> isInside(name, at) && isPlain(name.charAt(at - 1)) && isPlain(name.charAt(at + 1));
                default -> isPlain(name.charAt(at));
            };
        }
        return isAllowed;
    }

    private static boolean isInside(String name, int at) {
        return at > 0 && at < name.length() - 1;
    }

    private static boolean isPlain(char character) {
        return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9');
    }
}
