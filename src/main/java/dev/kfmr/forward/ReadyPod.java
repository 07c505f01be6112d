package dev.kfmr.forward;

import java.net.URI;

/** One port of one pod that serves. */
record ReadyPod(String namespace, String name, String uid, int port) {

    /**
     * Where its tunnel is opened, below an API server's address.
     *
     * @param withPort a web socket names its port there, a stream in its headers
     */
    URI portForward(String apiServer, boolean withPort) {
        String base = apiServer.endsWith("/") ? apiServer : apiServer + "/";
        String query = withPort ? "?ports=" + port : "";
        return URI.create(base + "api/v1/namespaces/" + namespace + "/pods/" + name + "/portforward" + query);
    }
}
