package dev.kfmr.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate that only those trust who are told to, for a server in a test.
 *
 * @param file in PEM
 * @param context of a server that shows it
 */
record OwnCertificate(Path file, SSLContext context) {
    private static final String PASSWORD = "password";

    /** @param subject whom it is for, as keytool writes it: {@code dns:localhost}, {@code ip:192.0.2.1} */
    static OwnCertificate of(String subject, Path folder) throws IOException, GeneralSecurityException {
        Path keys = folder.resolve("key.p12");
        Path certificate = folder.resolve("ca.pem");
        keytool(
                keys,
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=" + subject,
                "-storetype",
                "PKCS12");
        keytool(keys, "-exportcert", "-rfc", "-file", certificate.toString());
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return new OwnCertificate(certificate, context);
    }

    private static void keytool(Path keys, String... arguments) {
        String[] command = new String[arguments.length + 5];
        command[0] = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        command[arguments.length + 1] = "-keystore";
        command[arguments.length + 2] = keys.toString();
        command[arguments.length + 3] = "-storepass";
        command[arguments.length + 4] = PASSWORD;
        assertThat(Rig.run(Duration.ofMinutes(1), command)).as("keytool").isPresent();
    }
}
