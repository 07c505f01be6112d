package dev.kfmr.doctor;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The certificate that a program shows.
 *
 * @param chain its own first, then those of the CAs between it and the root, where it shows them
 */
record ServedCertificate(List<X509Certificate> chain) {
    /** As cert-manager and Kubernetes name it, and as Pipelines' cache-deployer does. */
    private static final List<String> KEYS = List.of("tls.crt", "cert.pem");

    ServedCertificate {
        chain = List.copyOf(chain);
    }

    /** Of a Secret's data; empty when it holds none. */
    static Optional<ServedCertificate> of(Map<String, String> data) {
        return KEYS.stream()
                .flatMap(key -> Stream.ofNullable(data.get(key)))
                .map(ServedCertificate::certificates)
                .filter(chain -> !chain.isEmpty())
                .map(ServedCertificate::new)
                .findFirst();
    }

    /** @param base64 of PEM; what is none gives none */
    static List<X509Certificate> certificates(String base64) {
        try {
            byte[] pem = Base64.getMimeDecoder().decode(base64);
            return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (CertificateException | IllegalArgumentException e) {
            return List.of();
        }
    }

    /** Why one that trusts these roots refuses it; empty when it accepts it. */
    Optional<String> refusal(List<X509Certificate> roots, Instant now) {
        X509Certificate own = chain.get(0);
        if (!isTrusted(own, roots, chain.size())) {
            return Optional.of("it serves a certificate of "
                    + name(own.getIssuerX500Principal().getName()) + ", and is to be trusted by a CA " + names(roots));
        }
        return own.getNotAfter().before(Date.from(now))
                ? Optional.of("its certificate ended on " + own.getNotAfter().toInstant())
                : Optional.empty();
    }

    /** @param steps how many certificates may stand in between */
    private boolean isTrusted(X509Certificate certificate, List<X509Certificate> roots, int steps) {
        boolean byARoot = roots.stream().anyMatch(root -> root.equals(certificate) || isSignedBy(certificate, root));
        return byARoot
                || (steps > 0
                        && chain.stream()
                                .filter(other -> !other.equals(certificate) && isSignedBy(certificate, other))
                                .anyMatch(other -> isTrusted(other, roots, steps - 1)));
    }

    private static boolean isSignedBy(X509Certificate certificate, X509Certificate issuer) {
        if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            // Another CA of the same name, as after a CA was made anew.
            return false;
        }
    }

    private static String names(List<X509Certificate> roots) {
        return String.join(
                ", ",
                roots.stream()
                        .map(root -> name(root.getSubjectX500Principal().getName()))
                        .toList());
    }

    private static String name(String principal) {
        return principal.isEmpty() ? "without a name" : principal;
    }
}
