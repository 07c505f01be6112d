package dev.kfmr.profile;

import java.util.List;
import java.util.Optional;

/**
 * What a user chooses: components, and how they are reached.
 *
 * @param name shipped mode or the file's own name
 * @param components in the order of the file; names are unique; {@code after} names only others of this list
 * @param patches changes that this profile makes in every release
 * @param connect how programs reach what is installed; empty where the profile does not say
 * @param apiServer arguments that the mode needs the API server to run with
 * @param login whether the installation is behind a login, which {@code up} proves
 */
public record Profile(
        String name,
        String title,
        List<ComponentSpec> components,
        List<Patch> patches,
        List<ForwardSpec> forwards,
        List<Credential> credentials,
        Optional<Connect> connect,
        List<ApiServerArgument> apiServer,
        boolean login) {
    public Profile {
        components = List.copyOf(components);
        patches = List.copyOf(patches);
        forwards = List.copyOf(forwards);
        credentials = List.copyOf(credentials);
        apiServer = List.copyOf(apiServer);
    }

    /** One {@code --name=value} argument of the API server. */
    public record ApiServerArgument(String name, String value) {}

    public Optional<ComponentSpec> component(String wanted) {
        return components.stream().filter(c -> c.name().equals(wanted)).findFirst();
    }
}
