package dev.kfmr.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientImpl;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KindTlsTest {
    private static final int BEFORE_THE_KEY = 26;

    private static String authority() throws IOException {
        return Files.readString(Path.of("src/test/resources/dev/kfmr/cluster/authority.txt"))
                .strip();
    }

    private static X509Certificate servedByAnother() throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(Path.of("src/test/resources/dev/kfmr/doctor/serving.pem"))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static PrivateKey rsaKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair().getPrivate();
    }

    /** Of 2048 bits, as kubeadm writes it. */
    private static String pem(PrivateKey key, String kind) {
        byte[] whole = key.getEncoded();
        byte[] pkcs1 = Arrays.copyOfRange(whole, BEFORE_THE_KEY, whole.length);
        String text = "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(pkcs1) + "\n-----END "
                + kind + "-----\n";
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static Config config(String key) throws IOException {
        return new ConfigBuilder(Config.empty())
                .withCaCertData(authority())
                .withClientCertData(authority())
                .withClientKeyData(key)
                .build();
    }

    private static X509ExtendedKeyManager keys(Config config) throws GeneralSecurityException {
        return (X509ExtendedKeyManager) KindTls.of(config).orElseThrow().keys();
    }

    @Test
    void provesWhoAsksByTheKubeconfigsKey() throws Exception {
        PrivateKey key = rsaKey();
        X509ExtendedKeyManager keys = keys(config(pem(key, "RSA PRIVATE KEY")));

        String alias = keys.chooseClientAlias(new String[] {"EC", "RSA"}, null, null);

        assertThat(keys.getPrivateKey(alias)).isEqualTo(key);
        assertThat(keys.getCertificateChain(alias))
                .extracting(certificate -> certificate.getSubjectX500Principal().getName())
                .containsExactly("CN=kfmr test authority");
    }

    @Test
    void hasNoKeyForAServerThatTakesOtherKinds() throws Exception {
        X509ExtendedKeyManager keys = keys(config(pem(rsaKey(), "RSA PRIVATE KEY")));

        assertThat(keys.chooseClientAlias(new String[] {"EC"}, null, null)).isNull();
    }

    @Test
    void trustsTheClustersAuthorityAndNoOther() throws Exception {
        X509TrustManager trust = (X509TrustManager) KindTls.of(config(pem(rsaKey(), "RSA PRIVATE KEY")))
                .orElseThrow()
                .trust();

        assertThat(trust.getAcceptedIssuers())
                .extracting(issuer -> issuer.getSubjectX500Principal().getName())
                .containsExactly("CN=kfmr test authority");
    }

    @Test
    void doesNotTrustWhatAnotherAuthorityIssued() throws Exception {
        X509TrustManager trust = (X509TrustManager) KindTls.of(config(pem(rsaKey(), "RSA PRIVATE KEY")))
                .orElseThrow()
                .trust();
        X509Certificate[] other = {servedByAnother()};

        assertThatThrownBy(() -> trust.checkServerTrusted(other, "RSA")).isInstanceOf(CertificateException.class);
    }

    /** The client's own reading of the same kubeconfig is the measure. */
    @Test
    void isReachedAsTheClientWouldReachIt() throws Exception {
        Config config = config(pem(rsaKey(), "RSA PRIVATE KEY"));
        KindTls tls = KindTls.of(config).orElseThrow();

        try (HttpClient own = ApiTransport.toKind(config, tls);
                HttpClient clients = ApiTransport.to(config)) {
            assertThat(settings(own)).isEqualTo(settings(clients)).containsEntry("read timeout", 0);
            assertThat(((OkHttpClientImpl) own).getTag(RequestConfig.class)).isSameAs(config.getRequestConfig());
        }
    }

    private static Map<String, Object> settings(HttpClient client) {
        OkHttpClient http = ((OkHttpClientImpl) client).getOkHttpClient();
        return Map.of(
                "connect timeout", http.connectTimeoutMillis(),
                "read timeout", http.readTimeoutMillis(),
                "write timeout", http.writeTimeoutMillis(),
                "call timeout", http.callTimeoutMillis(),
                "ping", http.pingIntervalMillis(),
                "redirects", http.followRedirects() + " " + http.followSslRedirects(),
                "protocols", http.protocols(),
                "host names", http.hostnameVerifier().getClass(),
                "ciphers", http.connectionSpecs());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PRIVATE KEY", "EC PRIVATE KEY"})
    void leavesOtherKeysToTheClient(String kind) throws Exception {
        assertThat(KindTls.of(config(pem(rsaKey(), kind)))).isEmpty();
    }

    @Test
    void leavesUsersWithoutACertificateToTheClient() throws Exception {
        Config config = new ConfigBuilder(Config.empty())
                .withCaCertData(authority())
                .withOauthToken("x")
                .build();

        assertThat(KindTls.of(config)).isEmpty();
    }
}
