package dev.kfmr.ready;

import dev.kfmr.ready.PodExplanation.Reason;
import java.util.List;
import java.util.Locale;

/**
 * Reads why an image could not be pulled. The runtime passes on what the registry said, only as text, so words decide;
 * each list holds words of containerd and of registries as users reported them.
 */
final class PullFailure {
    private static final String DIGEST = "@sha256:";

    /** The first whose words appear decides: a rate limit comes as an authorization error, a missing one as both. */
    private enum Sign {
        RATE_LIMITED(
                Reason.IMAGE_RATE_LIMITED,
                "the registry's limit of pulls is used up",
                "toomanyrequests",
                "429 too many requests",
                "rate limit"),
        WRONG_PLATFORM(
                Reason.IMAGE_WRONG_PLATFORM,
                "there is no such image for this machine's architecture",
                "no match for platform",
                "no matching manifest"),
        NO_DNS(
                Reason.IMAGE_NO_DNS,
                "the node cannot resolve the registry's name",
                "no such host",
                "temporary failure in name resolution",
                "server misbehaving"),
        UNTRUSTED(Reason.IMAGE_UNTRUSTED, "the node does not trust the registry's certificate", "x509:"),
        UNAUTHORIZED(
                Reason.IMAGE_UNAUTHORIZED,
                "the registry wants a login for it, or does not have it",
                "unauthorized",
                "authorization failed",
                "403 forbidden",
                "pull access denied",
                "authentication required"),
        NOT_FOUND(
                Reason.IMAGE_NOT_FOUND,
                "no registry has it",
                "not found",
                "manifest unknown",
                "manifest_unknown",
                "name unknown"),
        UNREACHABLE(
                Reason.IMAGE_UNREACHABLE,
                "the registry cannot be reached",
                "i/o timeout",
                "connection refused",
                "connection reset",
                "no route to host",
                "network is unreachable",
                "tls handshake timeout",
                "dial tcp",
                "eof",
                "deadline exceeded",
                "bad gateway",
                "service unavailable");

        private final Reason reason;
        private final String meaning;
        private final List<String> words;

        Sign(Reason reason, String meaning, String... words) {
            this.reason = reason;
            this.meaning = meaning;
            this.words = List.of(words);
        }
    }

    private PullFailure() {}

    static PodExplanation explain(String image, String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        for (Sign sign : Sign.values()) {
            if (sign.words.stream().anyMatch(lower::contains)) {
                return PodExplanation.of(sign.reason, "cannot pull " + image + ": " + meaning(sign, image));
            }
        }
        return PodExplanation.of(Reason.IMAGE_PULL_FAILED, "cannot pull " + image + ": " + message);
    }

    private static String meaning(Sign sign, String image) {
        return sign == Sign.NOT_FOUND && image.contains(DIGEST) ? "no registry has it by that digest" : sign.meaning;
    }
}
