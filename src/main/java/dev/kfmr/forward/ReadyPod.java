package dev.kfmr.forward;

import java.net.URI;

/** One port of one pod that serves. */
record ReadyPod(String namespace, String name, String uid, int port) {

    /** Where its tunnel is opened, below an API server's address. */
    URI portForward(String apiServer) {
        String base = apiServer.endsWith("/") ? apiServer : apiServer + "/";
        return URI.create(base + "api/v1/namespaces/" + namespace + "/pods/" + name + "/portforward?ports=" + port);
    }
}
