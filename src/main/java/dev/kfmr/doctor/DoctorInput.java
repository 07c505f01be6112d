package dev.kfmr.doctor;

import dev.kfmr.check.Finding;
import dev.kfmr.cluster.ClusterConnection;
import dev.kfmr.cluster.UserKubeconfig;
import dev.kfmr.core.Directories;
import dev.kfmr.profile.ComponentSpec;
import dev.kfmr.profile.FallbackImages;
import dev.kfmr.profile.ForwardSpec;
import dev.kfmr.state.EnvironmentStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What doctor must know before it looks.
 *
 * @param environment variables of this process
 * @param findings what the catalogue says of workloads
 * @param installation asked for while looking: what it throws makes that look unread
 * @param context of a cluster that kfmr did not make; empty for a kind cluster of its own
 * @param login asks what is wrong with the way in; only when nothing else is
 */
public record DoctorInput(
        Directories directories,
        Map<String, String> environment,
        UserKubeconfig userKubeconfig,
        WorkloadFinding findings,
        Supplier<Installation> installation,
        Optional<String> context,
        Supplier<Optional<Finding>> login) {
    public DoctorInput {
        environment = Map.copyOf(environment);
    }

    /** To the environment's cluster. @throws KfmrException exit 2 or 3 when there is no way to it */
    ClusterConnection connect(String name) {
        return context.map(ClusterConnection::toContext)
                .orElseGet(() -> ClusterConnection.toKubeconfig(new EnvironmentStore(directories).kubeconfig(name)));
    }

    /**
     * What the environment's plan says.
     *
     * @param fallbacks images of which one crashes on some machines
     * @param room that it needs where it is not there yet
     */
    public record Installation(
            List<ComponentSpec> components, List<ForwardSpec> forwards, List<FallbackImages> fallbacks, Room room) {
        public Installation {
            components = List.copyOf(components);
            forwards = List.copyOf(forwards);
            fallbacks = List.copyOf(fallbacks);
        }

        static Installation unknown() {
            return new Installation(List.of(), List.of(), List.of(), Room.nothingMore());
        }

        /** Whether traffic goes through Istio's sidecars. */
        boolean hasMesh() {
            return components.stream().anyMatch(component -> component.name().equals("istio"));
        }
    }
}
