package dev.kfmr.profile;

/**
 * What must hold, beyond readiness of its workloads, before the components behind this one are applied and before it
 * counts as ready.
 *
 * @param kind what is looked at
 * @param name the object's name
 * @param namespace its namespace, empty for one without
 */
public record Gate(Kind kind, String name, String namespace) {
    public enum Kind {
        /** A Deployment, StatefulSet or DaemonSet is ready, where the component as a whole need not be. */
        WORKLOAD,
        /** A webhook configuration has its CA, its service has endpoints, and it answers a server-side dry run. */
        WEBHOOK,
        /** A Secret exists. */
        SECRET,
        /** A Namespace exists and is Active: made by a controller, never by kfmr. */
        NAMESPACE
    }
}
