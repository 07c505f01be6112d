package dev.kfmr.cluster;

import io.fabric8.kubernetes.client.informers.ResourceEventHandler;

/** For an informer whose every kind of event means the same: look again. What changed, its store knows. */
public record OnAnyChange<T>(Runnable action) implements ResourceEventHandler<T> {
    @Override
    public void onAdd(T added) {
        action.run();
    }

    @Override
    public void onUpdate(T before, T after) {
        action.run();
    }

    @Override
    public void onDelete(T deleted, boolean isFinalStateUnknown) {
        action.run();
    }
}
