package dev.kfmr.tools;

import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whose certificates are believed: the JVM's own authorities, and those of a file that the user names. */
public final class Trust {
    private final X509TrustManager manager;

    private Trust(X509TrustManager manager) {
        this.manager = manager;
    }

    /** What the JVM trusts. */
    public static Trust ofSystem() {
        try {
            return new Trust(manager(null));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JVM has no trust store", e);
        }
    }

    /**
     * What the JVM trusts, and the certificates of a PEM file: a company's proxy that opens TLS connections.
     *
     * @throws KfmrException USAGE {@code ca.unreadable}
     */
    public static Trust withExtra(Path pemFile) {
        try {
            List<Certificate> all = new ArrayList<>(Arrays.asList(manager(null).getAcceptedIssuers()));
            try (InputStream pem = Files.newInputStream(pemFile)) {
                all.addAll(CertificateFactory.getInstance("X.509").generateCertificates(pem));
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < all.size(); i++) {
                store.setCertificateEntry("authority-" + i, all.get(i));
            }
            return new Trust(manager(store));
        } catch (IOException | GeneralSecurityException e) {
            throw new KfmrException(
                    ExitCode.USAGE,
                    "ca.unreadable",
                    "Cannot read certificates from " + pemFile + ".",
                    e.getClass().getSimpleName() + ": " + e.getMessage(),
                    "Name a file that holds certificates in PEM form (-----BEGIN CERTIFICATE-----).",
                    e);
        }
    }

    private static X509TrustManager manager(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager each : factory.getTrustManagers()) {
            if (each instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("no X.509 trust manager");
    }

    public X509TrustManager manager() {
        return manager;
    }

    public SSLSocketFactory socketFactory() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {manager}, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JVM has no TLS", e);
        }
    }
}
