package dev.kfmr.cluster;

import io.fabric8.kubernetes.client.Config;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS with a kind cluster: its own authority is trusted, and no other, and the kubeconfig's certificate says who asks. Made of
 * the kubeconfig's PEM itself: the client's way to the same leads through key stores with passwords that guard nothing here, and
 * through every security provider of the JVM.
 *
 * @param keys of the user's certificate
 * @param trust in the cluster's authority
 */
record KindTls(KeyManager keys, TrustManager trust) {
    /** As kubeadm writes it; its authority and certificates may be of any kind. */
    private static final String RSA_KEY = "-----BEGIN RSA PRIVATE KEY-----";

    /** What PKCS #8 writes before an RSA key: version 0, and the algorithm's identifier, 1.2.840.113549.1.1.1. RFC 5208 and 8017. */
    private static final byte[] IS_RSA = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

    private static final byte SEQUENCE = 0x30;
    private static final byte OCTET_STRING = 0x04;
    private static final int LONGEST_SHORT_FORM = 127;

    /** Empty where the kubeconfig has another form of user: a token, or another form of key. @throws GeneralSecurityException when it is broken */
    static Optional<KindTls> of(Config kubeconfig) throws GeneralSecurityException {
        String authority = decoded(kubeconfig.getCaCertData());
        String certificate = decoded(kubeconfig.getClientCertData());
        String key = decoded(kubeconfig.getClientKeyData());
        boolean isKinds = !authority.isEmpty() && !certificate.isEmpty() && key.startsWith(RSA_KEY);
        return isKinds
                ? Optional.of(new KindTls(new OneKey(certificates(certificate), privateKey(key)), trust(authority)))
                : Optional.empty();
    }

    private static String decoded(@Nullable String base64) {
        return base64 == null ? "" : new String(Base64.getDecoder().decode(base64), StandardCharsets.US_ASCII);
    }

    private static X509Certificate[] certificates(String pem) throws GeneralSecurityException {
        InputStream in = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
        Collection<? extends Certificate> certificates =
                CertificateFactory.getInstance("X.509").generateCertificates(in);
        return certificates.toArray(new X509Certificate[0]);
    }

    private static TrustManager trust(String authority) throws GeneralSecurityException {
        Set<TrustAnchor> anchors = new HashSet<>();
        for (X509Certificate certificate : certificates(authority)) {
            anchors.add(new TrustAnchor(certificate, null));
        }
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, null);
        parameters.setRevocationEnabled(false);
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(new CertPathTrustManagerParameters(parameters));
        return factory.getTrustManagers()[0];
    }

    /** @param pem in PKCS #1, of which the JDK reads only what PKCS #8 makes of it */
    private static PrivateKey privateKey(String pem) throws GeneralSecurityException {
        int begin = pem.indexOf('\n');
        String body = pem.substring(begin, pem.indexOf("-----", begin));
        byte[] key = der(OCTET_STRING, Base64.getMimeDecoder().decode(body));
        byte[] whole = Arrays.copyOf(IS_RSA, IS_RSA.length + key.length);
        System.arraycopy(key, 0, whole, IS_RSA.length, key.length);
        return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der(SEQUENCE, whole)));
    }

    /** Kind, length, content: DER, for up to 65535 bytes. */
    private static byte[] der(byte kind, byte[] content) {
        int length = content.length;
        byte[] head = length <= LONGEST_SHORT_FORM
                ? new byte[] {kind, (byte) length}
                : new byte[] {kind, (byte) 0x82, (byte) (length >> Byte.SIZE), (byte) length};
        byte[] whole = Arrays.copyOf(head, head.length + length);
        System.arraycopy(content, 0, whole, head.length, length);
        return whole;
    }

    /** The only one that there is, for every server that takes its kind. */
    private static final class OneKey extends X509ExtendedKeyManager {
        private static final String ALIAS = "kind";

        private final X509Certificate[] chain;
        private final PrivateKey key;

        private OneKey(X509Certificate[] chain, PrivateKey key) {
            this.chain = chain;
            this.key = key;
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] kinds, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return Arrays.asList(kinds).contains(key.getAlgorithm()) ? ALIAS : null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return chain.clone();
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return key;
        }

        @Override
        public String @Nullable [] getClientAliases(String kind, Principal @Nullable [] issuers) {
            return kind.equals(key.getAlgorithm()) ? new String[] {ALIAS} : null;
        }

        @Override
        public String @Nullable [] getServerAliases(String kind, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseServerAlias(
                String kind, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }
    }
}
