package dev.kfmr.install;

import dev.kfmr.ready.ClusterView;

/** Mends one thing that is known to break while an installation comes up, and says so. */
interface Heal {
    /** Called whenever something in the cluster changed, always from the same thread. Must be quick when all is well. */
    void look(ClusterView view);
}
