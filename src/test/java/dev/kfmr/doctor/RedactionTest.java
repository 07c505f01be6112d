package dev.kfmr.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    private static final String SECRET = "p&ss/w0rd+of mine";
    private static final Redaction REDACTION = Redaction.of(List.of(SECRET, "minio123", "ab"));

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void takesAKnownSecretOutInEveryForm() {
        String text = String.join(
                "\n",
                SECRET,
                "x" + SECRET + "y",
                base64(SECRET),
                Base64.getUrlEncoder().withoutPadding().encodeToString(SECRET.getBytes(StandardCharsets.UTF_8)),
                URLEncoder.encode(SECRET, StandardCharsets.UTF_8),
                URLEncoder.encode(SECRET, StandardCharsets.UTF_8).replace("+", "%20"));

        String redacted = REDACTION.apply(text);

        assertThat(redacted.lines()).hasSize(6).allSatisfy(line -> assertThat(line)
                .contains("[redacted]"));
        assertThat(redacted.replace("[redacted]", "").strip()).isEqualTo("xy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "u", "us", "use", "user"})
    void takesItOutOfALongerTextThatIsEncoded(String before) {
        String encoded = base64(before + ":" + SECRET + ":after");
        String core = base64(SECRET).substring(4, 16);

        String redacted = REDACTION.apply(encoded);

        assertThat(redacted).contains("[redacted]").doesNotContain(core);
        assertThat(new String(
                        Base64.getMimeDecoder().decode(redacted.replace("[redacted]", "")),
                        StandardCharsets.ISO_8859_1))
                .doesNotContain("w0rd");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer sesame-1234567890",
                "cookie: oauth2_proxy=sesame; path=/",
                "Set-Cookie: a=sesame",
                "{\"password\":\"sesame\"}",
                "{\\\"token\\\": \\\"sesame\\\"}",
                "--password=sesame --user=me",
                "MYSQL_ROOT_PASSWORD=sesame",
                "serve --root-password sesame --user me",
                "args:\n- --password\n- sesame\n",
                "args:\n    - \"--password\"\n    - \"sesame\"\n",
                "[\"--client-secret\",\"sesame\"]",
                "{\\\"args\\\":[\\\"--token\\\", \\\"sesame\\\"]}",
                "Env:[]EnvVar{EnvVar{Name:DB_PASSWORD,Value:sesame,sesame,ValueFrom:nil,},EnvVar{Name:B,Value:,ValueFrom:nil,},}",
                "access_key_id: sesame",
                "client-key-data: sesame",
                "https://me:sesame@proxy.example:3128/",
                "http://host/callback?code=1&access_token=sesame&x=y",
                "-----BEGIN RSA PRIVATE KEY-----\nsesame\n-----END RSA PRIVATE KEY-----",
            })
    void takesOutWhatLooksLikeASecret(String text) {
        assertThat(REDACTION.apply(text)).contains("[redacted]").doesNotContain("sesame");
    }

    @Test
    void takesOutATokenByItsForm() {
        assertThat(REDACTION.apply("saw eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJtZSJ9.c2lnbmVk here"))
                .isEqualTo("saw [redacted] here");
    }

    @Test
    void takesOutEachLineOfAKnownKey() {
        String key = "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIBf0aVWn3jQ7example\n-----END EC PRIVATE KEY-----";

        assertThat(Redaction.of(List.of(key)).apply("line: MHcCAQEEIBf0aVWn3jQ7example"))
                .doesNotContain("MHcCAQEEIBf0aVWn3jQ7example");
    }

    @Test
    void takesOutTheKeyThatStandsBehindItsCertificate() {
        String both = "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUexample\n-----END CERTIFICATE-----\n"
                + "-----BEGIN PRIVATE KEY-----\nMHcCAQEEIBf0aVWn3jQ7example\n-----END PRIVATE KEY-----";

        assertThat(Redaction.of(List.of(both)).apply("line: MHcCAQEEIBf0aVWn3jQ7example"))
                .doesNotContain("MHcCAQEEIBf0aVWn3jQ7example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Secret kubeflow/mysql-secret has no key password",
                "about the tab",
                "secretName: mlpipeline-minio-artifact",
                "https://github.com/kubeflow/pipelines/issues/6121",
                "tokens are short-lived",
                "--token-file /run/token",
                "- --skip-password\n- --verbose",
            })
    void leavesWhatIsNoSecret(String text) {
        assertThat(REDACTION.apply(text)).isEqualTo(text);
    }
}
