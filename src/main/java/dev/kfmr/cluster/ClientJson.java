package dev.kfmr.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;

/**
 * How clients read and write objects: one for all of them. To make it, and to learn the form of objects without types, takes a
 * good part of one look at a cluster, and needs nothing of it: {@link #prepare} does it beside the reading of the command line.
 */
public final class ClientJson {
    private ClientJson() {}

    /** Returns at once. */
    public static void prepare() {
        Thread thread = new Thread(
                () -> List.of(GenericKubernetesResource.class, GenericKubernetesResourceList.class)
                        .forEach(Shared.MAPPER::readerFor),
                "kfmr-json");
        thread.setDaemon(true);
        thread.start();
    }

    public static KubernetesSerialization shared() {
        return Shared.JSON;
    }

    private static final class Shared {
        static final ObjectMapper MAPPER = new ObjectMapper();
        static final KubernetesSerialization JSON = new KubernetesSerialization(MAPPER, true);
    }
}
