package dev.kfmr.install;

import dev.kfmr.check.Finding;
import dev.kfmr.check.Severity;
import dev.kfmr.profile.ForwardSpec;
import dev.kfmr.profile.Profile;
import dev.kfmr.state.Environment;
import java.util.List;
import java.util.Optional;

/**
 * What is installed, and how it is.
 *
 * @param context kubeconfig context of its cluster
 * @param profile that it is made of
 * @param forwards to what is installed
 * @param login what is wrong with the way in; empty where there is no login, when it works, and while workloads that it
 *     needs are not ready
 * @param components in the inventory's order
 */
public record InstallationStatus(
        Environment environment,
        String context,
        String release,
        Profile profile,
        List<ForwardSpec> forwards,
        List<Component> components,
        Optional<Finding> login) {
    public InstallationStatus {
        forwards = List.copyOf(forwards);
        components = List.copyOf(components);
    }

    /** @param waitingFor one line for each workload that is not ready, with why */
    public record Component(String name, int ready, int total, List<String> waitingFor) {
        public Component {
            waitingFor = List.copyOf(waitingFor);
        }
    }

    public boolean isReady() {
        return areReady(components) && (login.isEmpty() || login.get().severity() != Severity.FAILURE);
    }

    static boolean areReady(List<Component> components) {
        for (Component component : components) {
            if (component.ready() < component.total()) {
                return false;
            }
        }
        return true;
    }
}
