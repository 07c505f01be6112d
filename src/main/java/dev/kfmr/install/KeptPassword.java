package dev.kfmr.install;

import dev.kfmr.access.Passwords;
import dev.kfmr.core.Untyped;
import dev.kfmr.profile.LoginSpec.PasswordSecret;
import dev.kfmr.render.Manifest;
import dev.kfmr.render.Rendered;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The first user's password in a Secret that is made anew, because it or its whole cluster was deleted: as rendered, that
 * Secret lets in who knows upstream's public password.
 */
final class KeptPassword {
    private KeptPassword() {}

    /** Pure but for the hash's salt. @return the same objects, the Secret with this password */
    static Rendered in(Rendered rendered, PasswordSecret where, String password) {
        return new Rendered(rendered.components().stream()
                .map(component -> new Rendered.Component(
                        component.planned(),
                        component.objects().stream()
                                .map(manifest -> is(where, manifest) ? with(manifest, where, password) : manifest)
                                .toList()))
                .toList());
    }

    private static boolean is(PasswordSecret where, Manifest manifest) {
        return manifest.kind().equals("Secret")
                && manifest.name().equals(where.secret())
                && manifest.namespace().filter(where.namespace()::equals).isPresent();
    }

    private static Manifest with(Manifest secret, PasswordSecret where, String password) {
        Map<String, Object> content = new LinkedHashMap<>(secret.content());
        Map<String, Object> values = new LinkedHashMap<>(Untyped.map(content.get("stringData")));
        values.put(where.key(), Passwords.hash(password));
        content.put("stringData", values);
        return Manifest.of(content);
    }
}
