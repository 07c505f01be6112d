package dev.kfmr.fetch;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.lib.ObjectId;

/** Why a git server did not give what it was asked for; the kind decides what is tried next. */
final class GitFailure extends IOException {
    private static final long serialVersionUID = 1L;
    private static final Pattern ABSENT_OBJECT = Pattern.compile("(?:not our ref|want) ([0-9a-f]{40})");

    enum Kind {
        NO_REPOSITORY,
        NO_OBJECT,
        NO_FILTER,
        /** The connection, or anything else that may go better the next time. */
        BROKEN
    }

    private final Kind kind;
    private final String objectName;

    private GitFailure(Kind kind, String objectName, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.objectName = objectName;
    }

    static GitFailure of(Exception cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            String message = String.valueOf(each.getMessage());
            Matcher absent = ABSENT_OBJECT.matcher(message);
            if (absent.find()) {
                return new GitFailure(Kind.NO_OBJECT, absent.group(1), "has no object " + absent.group(1), cause);
            }
            if (message.contains("filter requires server")) {
                return new GitFailure(Kind.NO_FILTER, "", "does not filter", cause);
            }
            // Forges ask for a login rather than tell that there is no such repository.
            if (each instanceof NoRemoteRepositoryException
                    || message.contains("Authentication is required")
                    || message.contains("not authorized")) {
                return new GitFailure(Kind.NO_REPOSITORY, "", "no such repository", cause);
            }
        }
        return new GitFailure(Kind.BROKEN, "", reason(cause), cause);
    }

    /** The innermost message: the outer ones repeat the address. */
    private static String reason(Throwable failure) {
        Throwable inner = failure;
        for (Throwable next = inner.getCause(); next != null; next = next.getCause()) {
            inner = next;
        }
        return inner == failure
                ? String.valueOf(failure.getMessage())
                : inner.getClass().getSimpleName() + ": " + inner.getMessage();
    }

    Kind kind() {
        return kind;
    }

    /** The object that the server named as absent. */
    Optional<ObjectId> object() {
        return objectName.isEmpty() ? Optional.empty() : Optional.of(ObjectId.fromString(objectName));
    }
}
