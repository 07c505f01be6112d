package dev.kfmr.profile;

import dev.kfmr.core.NearestName;
import dev.kfmr.profile.LoginSpec.PasswordSecret;
import dev.kfmr.profile.LoginSpec.Proof;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The {@code login} of a profile. */
final class LoginReader {
    private LoginReader() {}

    static LoginSpec read(Section section, Set<String> components, List<ForwardSpec> forwards) {
        String forward = section.required("forward");
        Set<String> names = forwards.stream().map(ForwardSpec::name).collect(Collectors.toSet());
        if (!forward.isEmpty() && !names.contains(forward)) {
            section.problem("forward", "there is no forward " + forward + "." + NearestName.hint(forward, names));
        }
        LoginSpec login = new LoginSpec(
                forward,
                section.required("user"),
                password(section.section("password")),
                section.sections("proofs", "proof").stream()
                        .map(proof -> proof(proof, components))
                        .toList());
        section.end();
        return login;
    }

    private static PasswordSecret password(Section section) {
        PasswordSecret password = new PasswordSecret(
                section.required("namespace"),
                section.required("secret"),
                section.required("key"),
                section.required("deployment"));
        section.end();
        return password;
    }

    private static Proof proof(Section section, Set<String> components) {
        Proof proof = new Proof(
                section.required("title"),
                section.required("component"),
                section.required("path"),
                section.text("expects"));
        ProfileLibrary.checkKnown(section, "component", proof.component(), components);
        section.end();
        return proof;
    }
}
