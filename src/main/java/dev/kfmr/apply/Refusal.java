package dev.kfmr.apply;

import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/**
 * Why the API server did not do what it was asked, and whether that passes by itself.
 *
 * @param words the API server's own, or the connection's
 */
public record Refusal(Kind kind, String words) {
    /** The client has 0 or -1 in place of a status where no answer came. */
    private static final int NO_ANSWER = 0;

    private static final int FIRST_SERVER_ERROR = 500;

    /** What is behind a refusal. */
    public enum Kind {
        /** No such kind, or no such namespace: passes when something brings it. */
        ABSENT(true),
        /** Another writer was faster. */
        CONFLICT(true),
        /** Too many requests. */
        BUSY(true),
        /** A server error: among them every webhook that does not answer, or whose certificate is unknown. */
        SERVER_ERROR(true),
        /** The namespace is being deleted. */
        TERMINATING(true),
        /** No connection. */
        UNREACHABLE(true),
        /** Invalid, forbidden, or denied by a webhook: the same request will be refused again. */
        REFUSED(false);

        private final boolean passes;

        Kind(boolean passes) {
            this.passes = passes;
        }
    }

    public static Refusal of(KubernetesClientException e) {
        return new Refusal(kindOf(e), words(e));
    }

    /** The error for a cluster that did not do what a command needs of it: exit 3, {@code cluster.unreachable}. */
    public static KfmrException error(KubernetesClientException e) {
        return new KfmrException(
                ExitCode.ENVIRONMENT,
                "cluster.unreachable",
                "The cluster did not do what was asked of it.",
                of(e).words(),
                "See whether the cluster runs: kfmr doctor",
                e);
    }

    public boolean passes() {
        return kind.passes;
    }

    private static Kind kindOf(KubernetesClientException e) {
        int code = e.getCode();
        if (code <= NO_ANSWER) {
            return Kind.UNREACHABLE;
        }
        if (code >= FIRST_SERVER_ERROR) {
            return Kind.SERVER_ERROR;
        }
        return switch (code) {
            case 404 -> Kind.ABSENT;
            case 409 -> Kind.CONFLICT;
            case 429 -> Kind.BUSY;
            default -> isNamespaceTerminating(e) ? Kind.TERMINATING : Kind.REFUSED;
        };
    }

    private static boolean isNamespaceTerminating(KubernetesClientException e) {
        return Optional.ofNullable(e.getStatus()).map(Status::getDetails).map(details -> details.getCauses()).stream()
                .flatMap(causes -> causes.stream())
                .anyMatch(cause -> "NamespaceTerminating".equals(cause.getReason()));
    }

    private static String words(KubernetesClientException e) {
        return Optional.ofNullable(e.getStatus())
                .map(Status::getMessage)
                .filter(message -> !message.isBlank())
                .orElseGet(() -> innermost(e));
    }

    private static String innermost(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
