package dev.kfmr.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.access.Passwords;
import dev.kfmr.core.Untyped;
import dev.kfmr.profile.LoginSpec.PasswordSecret;
import dev.kfmr.profile.ProfileLibrary;
import dev.kfmr.render.Manifest;
import dev.kfmr.render.Rendered;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeptPasswordTest {
    private static final PasswordSecret WHERE =
            new ProfileLibrary().load("multi-user").login().orElseThrow().password();
    private static final String OBJECTS =
            """
            apiVersion: v1
            kind: Secret
            metadata: {name: dex-passwords, namespace: auth}
            stringData: {DEX_USER_PASSWORD: upstream's, OTHER: kept}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: dex-passwords, namespace: elsewhere}
            stringData: {DEX_USER_PASSWORD: another}
            """;

    private final Rendered rendered =
            new Rendered(List.of(Components.component("dex", List.of(), List.of(), Map.of(), OBJECTS)));

    @Test
    void takesThePlaceOfUpstreamsAndNothingElse() {
        List<Manifest> kept =
                KeptPassword.in(rendered, WHERE, "my own words").objects().toList();

        Map<String, Object> values = Untyped.map(kept.get(0).content().get("stringData"));
        assertThat(Passwords.matches("my own words", String.valueOf(values.get("DEX_USER_PASSWORD"))))
                .isTrue();
        assertThat(values).containsEntry("OTHER", "kept");
        assertThat(kept.get(1)).isEqualTo(rendered.objects().toList().get(1));
    }
}
