package dev.kfmr.profile;

import java.util.List;
import java.util.Optional;

/**
 * What a user chooses: components, and how they are reached.
 *
 * @param name shipped mode or the file's own name
 * @param components in the order of the file; names are unique; {@code after} names only others of this list
 * @param patches changes that this profile makes in every release
 * @param apiServer arguments that the mode needs the API server to run with
 * @param connect how programs reach what is installed; empty where the profile does not say
 * @param login the login that the installation is behind, which {@code up} proves; empty without one
 */
public record Profile(
        String name,
        String title,
        List<ComponentSpec> components,
        List<Patch> patches,
        List<ForwardSpec> forwards,
        List<Credential> credentials,
        List<ApiServerArgument> apiServer,
        Optional<Connect> connect,
        Optional<LoginSpec> login) {
    public Profile {
        components = List.copyOf(components);
        patches = List.copyOf(patches);
        forwards = List.copyOf(forwards);
        credentials = List.copyOf(credentials);
        apiServer = List.copyOf(apiServer);
    }

    /** One {@code --name=value} argument of the API server. */
    public record ApiServerArgument(String name, String value) {}

    /** The shipped name and password of a user. */
    public Optional<Credential> credential(String user) {
        return credentials.stream().filter(c -> c.user().equals(user)).findFirst();
    }

    /** Whether it is the user's whose password can be set: the one that signs in at the login. */
    public boolean isOfLogin(Credential credential) {
        return login.filter(spec -> spec.user().equals(credential.user())).isPresent();
    }

    public Optional<ComponentSpec> component(String wanted) {
        return components.stream().filter(c -> c.name().equals(wanted)).findFirst();
    }
}
