package dev.kfmr.forward;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What {@code kfmr forward --detach} starts, without a command line around it. */
public final class DetachedProgram {
    private DetachedProgram() {}

    /** @param arguments the environment's state directory */
    public static void main(String[] arguments) throws IOException {
        DetachedForward detached = new DetachedForward(Path.of(arguments[0]));
        try (FakeApiServer api = new FakeApiServer();
                var client = api.client();
                DetachedHold hold = detached.hold();
                ForwardSupervisor forwards = ForwardSupervisor.start(
                        client, List.of(KubernetesObjects.spec()), ForwardOptions.defaults(), ForwardEvents.silent())) {
            hold.keep(forwards, "", Duration.ofMinutes(1));
        }
    }
}
