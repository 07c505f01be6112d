package dev.kfmr.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** What every connection to a cluster needs and nothing of the cluster. */
public final class ClientParts {
    private ClientParts() {}

    /**
     * Makes, beside the reading of the command line, what a look at a cluster needs: TLS, the transport, the reading of JSON. Returns
     * at once.
     */
    public static void prepare() {
        Thread thread = new Thread(ClientParts::make, "kfmr-transport");
        thread.setDaemon(true);
        thread.start();
    }

    /** In the order in which a look needs them. */
    private static void make() {
        try {
            SSLContext.getInstance("TLS");
            TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            ApiTransport.prepare();
            PlainJson.object("{}".getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | IOException e) {
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
