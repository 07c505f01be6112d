package dev.kfmr.doctor;

import dev.kfmr.cluster.UserKubeconfig;
import dev.kfmr.core.Directories;
import dev.kfmr.profile.ComponentSpec;
import dev.kfmr.profile.ForwardSpec;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What doctor must know before it looks.
 *
 * @param environment variables of this process
 * @param deadImages image that is known to be gone or to crash, to what stands in for it
 * @param installation asked for while looking: what it throws makes that look unread
 */
public record DoctorInput(
        Directories directories,
        Map<String, String> environment,
        UserKubeconfig userKubeconfig,
        Map<String, String> deadImages,
        Supplier<Installation> installation) {
    public DoctorInput {
        environment = Map.copyOf(environment);
        deadImages = Map.copyOf(deadImages);
    }

    /** What the environment's plan says. */
    public record Installation(List<ComponentSpec> components, List<ForwardSpec> forwards) {
        public Installation {
            components = List.copyOf(components);
            forwards = List.copyOf(forwards);
        }
    }
}
