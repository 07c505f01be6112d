package dev.kfmr.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** What every connection to a cluster needs and nothing of the cluster. */
public final class ClientParts {
    private ClientParts() {}

    /**
     * Makes what every connection with TLS needs and a new JVM has not: the providers, and what they can do. Beside a look that begins,
     * which comes to need it.
     */
    public static void meetTls() {
        try {
            SSLContext.getInstance("TLS");
            TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        } catch (GeneralSecurityException e) {
            // The look itself meets it, and tells it.
        }
    }

    /** How clients read and write objects: one for all of them, since to make it takes a good part of what a short command takes. */
    public static KubernetesSerialization json() {
        return Shared.JSON;
    }

    private static final class Shared {
        static final KubernetesSerialization JSON = new KubernetesSerialization(new ObjectMapper(), true);
    }
}
