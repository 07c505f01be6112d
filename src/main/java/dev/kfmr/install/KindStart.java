package dev.kfmr.install;

import dev.kfmr.apply.ObjectRef;
import java.util.List;
import java.util.Map;

/**
 * What kind's own workloads need to come up. The provisioner of volumes starts with the node, often before the node's
 * way to the API server; it crashes then, and every database waits out its back-off with it.
 */
final class KindStart {
    private static final ObjectRef PROVISIONER =
            new ObjectRef("apps", "v1", "Deployment", "local-path-storage", "local-path-provisioner");
    private static final ObjectRef SERVICE_NETWORK =
            new ObjectRef("apps", "v1", "DaemonSet", "kube-system", "kube-proxy");

    private KindStart() {}

    static Map<ObjectRef, List<ObjectRef>> needs() {
        return Map.of(PROVISIONER, List.of(SERVICE_NETWORK));
    }
}
