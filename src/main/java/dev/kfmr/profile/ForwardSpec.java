package dev.kfmr.profile;

import java.util.List;
import java.util.Map;

/**
 * A local port of an installation.
 *
 * @param name what a person types: {@code kfmr forward pipelines}
 * @param title what it is, for people
 * @param component the component that brings the service: without it, no forward
 * @param service the Service whose ready pods are forwarded to
 * @param port the service's port
 * @param podPort the pod's own port where it is not what the service says; 0 means the service's target port
 * @param localPort the port wanted on this machine
 * @param path where a browser starts, such as {@code /}
 * @param health paths whose answers below 500, all of them, say that it works; none when it does not speak HTTP
 * @param headers header name to value, added to each request; a forward with headers is an HTTP proxy
 */
public record ForwardSpec(
        String name,
        String title,
        String component,
        String service,
        String namespace,
        int port,
        int podPort,
        int localPort,
        String path,
        List<String> health,
        Map<String, String> headers) {
    public ForwardSpec {
        health = List.copyOf(health);
        headers = Map.copyOf(headers);
    }

    /** Where {@code kfmr forward} opens it when the port is free, without a path. */
    public String address() {
        return "http://localhost:" + localPort;
    }

    public ForwardSpec withLocalPort(int wanted) {
        return new ForwardSpec(
                name, title, component, service, namespace, port, podPort, wanted, path, health, headers);
    }
}
