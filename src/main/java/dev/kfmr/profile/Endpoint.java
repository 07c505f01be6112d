package dev.kfmr.profile;

import java.util.List;
import java.util.Map;

/**
 * Where programs reach what a component serves.
 *
 * @param component that brings the service; without it there is nothing to reach
 * @param port the service's
 * @param api path in front of every request of its REST API, version included
 * @param forward name of the forward by which programs on this machine reach the same
 */
public record Endpoint(String component, String service, String namespace, int port, String api, String forward) {
    /** A forward to it, on whichever local port. */
    public ForwardSpec toForward() {
        return new ForwardSpec(service, service, component, service, namespace, port, 0, 0, "", List.of(), Map.of());
    }

    /** As pods of the cluster reach it, without {@link #api}. */
    public String inCluster() {
        return "http://" + service + "." + namespace + ".svc.cluster.local:" + port;
    }
}
