package dev.kfmr.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * What every client needs and nothing of a cluster: how it reads and writes objects, one for all of them, and TLS. To make them,
 * and to learn the form of objects without types, takes a good part of one look at a cluster: {@link #prepare} does it beside the
 * reading of the command line.
 */
public final class ClientParts {
    private ClientParts() {}

    /** Returns at once. */
    public static void prepare() {
        Thread thread = new Thread(ClientParts::make, "kfmr-client");
        thread.setDaemon(true);
        thread.start();
    }

    /** In the order in which a look needs them. */
    private static void make() {
        ObjectMapper mapper = Shared.MAPPER;
        try {
            SSLContext.getInstance("TLS");
            TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        } catch (GeneralSecurityException e) {
            // The client says so itself, where it is told.
            return;
        }
        List.of(GenericKubernetesResource.class, GenericKubernetesResourceList.class)
                .forEach(mapper::readerFor);
        mapper.writerFor(ListOptions.class);
    }

    /** How clients read and write objects. */
    public static KubernetesSerialization json() {
        return Shared.JSON;
    }

    private static final class Shared {
        static final ObjectMapper MAPPER = new ObjectMapper();
        static final KubernetesSerialization JSON = new KubernetesSerialization(MAPPER, true);
    }
}
