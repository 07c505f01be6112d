package dev.kfmr.ready;

import dev.kfmr.ready.PodExplanation.Reason;
import java.util.List;
import java.util.Locale;

/**
 * Reads why an image could not be pulled. The runtime passes on what the registry said, only as text, so words decide;
 * each list holds words of containerd and of registries as users reported them.
 */
final class PullFailure {
    /** The first whose words appear decides: a rate limit comes as an authorization error, a missing one as both. */
    private enum Sign {
        RATE_LIMITED(
                Reason.IMAGE_RATE_LIMITED,
                "the registry's limit of pulls is used up",
                "Log in to the registry with your engine and load the image, wait for the limit to pass, "
                        + "or pull through a mirror: kfmr up --registry-mirror URL",
                "toomanyrequests",
                "429 too many requests",
                "rate limit"),
        WRONG_PLATFORM(
                Reason.IMAGE_WRONG_PLATFORM,
                "there is no such image for this machine's architecture",
                "Choose a release whose images exist for it, or an engine that emulates another one.",
                "no match for platform",
                "no matching manifest"),
        NO_DNS(
                Reason.IMAGE_NO_DNS,
                "the node cannot resolve the registry's name",
                "A VPN, a firewall or the engine's DNS is in the way; see: kfmr doctor",
                "no such host",
                "temporary failure in name resolution",
                "server misbehaving"),
        UNTRUSTED(
                Reason.IMAGE_UNTRUSTED,
                "the node does not trust the registry's certificate",
                "Behind a proxy that opens TLS, give its CA to the node: kfmr up --ca-file FILE",
                "x509:"),
        UNAUTHORIZED(
                Reason.IMAGE_UNAUTHORIZED,
                "the registry wants a login for it, or does not have it",
                "Check the name; if it is private, load the image into the cluster yourself.",
                "unauthorized",
                "authorization failed",
                "403 forbidden",
                "pull access denied",
                "authentication required"),
        NOT_FOUND(
                Reason.IMAGE_NOT_FOUND,
                "no registry has it",
                "Replace it by a patch in the profile, or choose a release that has another: kfmr pins verify",
                "not found",
                "manifest unknown",
                "manifest_unknown",
                "name unknown"),
        UNREACHABLE(
                Reason.IMAGE_UNREACHABLE,
                "the registry cannot be reached",
                "It is tried again by itself. If it stays: see the proxy and firewall with kfmr doctor",
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
        private final String nextStep;
        private final List<String> words;

        Sign(Reason reason, String meaning, String nextStep, String... words) {
            this.reason = reason;
            this.meaning = meaning;
            this.nextStep = nextStep;
            this.words = List.of(words);
        }
    }

    private PullFailure() {}

    static PodExplanation explain(String image, String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        for (Sign sign : Sign.values()) {
            if (sign.words.stream().anyMatch(lower::contains)) {
                return PodExplanation.of(sign.reason, "cannot pull " + image + ": " + sign.meaning, sign.nextStep);
            }
        }
        return PodExplanation.of(
                Reason.IMAGE_PULL_FAILED, "cannot pull " + image + ": " + message, "It is tried again by itself.");
    }
}
