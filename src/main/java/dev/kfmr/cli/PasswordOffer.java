package dev.kfmr.cli;

import dev.kfmr.access.Passwords;
import dev.kfmr.install.UpResult;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A new installation begins with a password that all the world knows: offers a generated one in its place. */
final class PasswordOffer {
    private static final String QUESTION =
            "The sign-in has upstream's public password. Put a generated one in its place?";

    private final Predicate<String> question;
    private final Consumer<String> set;

    /**
     * @param question asks a person, and says whether the answer was yes
     * @param set makes it the password; what it throws passes through
     */
    PasswordOffer(Predicate<String> question, Consumer<String> set) {
        this.question = question;
        this.set = set;
    }

    /** @return the generated one; empty where there is nothing to offer, or it was not wanted */
    Optional<String> make(UpResult result) {
        boolean isPublic = result.isNew()
                && result.plan().profile().login().isPresent()
                && result.password().isEmpty();
        if (!isPublic || !question.test(QUESTION)) {
            return Optional.empty();
        }
        String password = Passwords.generated();
        set.accept(password);
        return Optional.of(password);
    }
}
