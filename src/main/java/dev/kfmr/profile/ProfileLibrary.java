package dev.kfmr.profile;

import dev.kfmr.core.KfmrException;
import dev.kfmr.core.NearestName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;

/** The profiles that kfmr ships, and files of users. */
public final class ProfileLibrary {
    private final DataFile files = new DataFile("profile", "profiles");

    public List<String> names() {
        return files.names();
    }

    /**
     * @param nameOrFile a shipped mode, or a path
     * @throws KfmrException exit 2: {@code profile.unknown} with the nearest name, {@code profile.missing},
     *     {@code profile.invalid} with every error of the file
     */
    public Profile load(String nameOrFile) {
        Problems problems = new Problems("profile");
        return read(nameOrFile, files.load(nameOrFile, problems), problems);
    }

    static Profile read(String name, Node node, Problems problems) {
        Section file = new Section("profile", node, problems);
        file.text("extends");
        file.expect("drop");
        List<ComponentSpec> components = new ArrayList<>();
        Map<String, Section> sections = file.named("components", "component");
        for (Map.Entry<String, Section> section : sections.entrySet()) {
            components.add(component(section.getKey(), section.getValue()));
        }
        checkOrder(components, sections);
        List<ForwardSpec> forwards = forwards(file, sections.keySet());
        Profile profile = new Profile(
                file.required("name"),
                file.required("title"),
                components,
                PatchReader.read(file, sections.keySet()),
                forwards,
                file.sections("credentials", "credential").stream()
                        .map(ProfileLibrary::credential)
                        .toList(),
                file.textMap("apiServer").entrySet().stream()
                        .map(e -> new Profile.ApiServerArgument(e.getKey(), e.getValue()))
                        .toList(),
                file.optionalSection("connect", "connection").map(ProfileLibrary::connect),
                login(file, sections.keySet(), forwards));
        file.end();
        problems.throwIfAny(name);
        return profile;
    }

    private static ComponentSpec component(String name, Section section) {
        ComponentSpec component = new ComponentSpec(
                name,
                section.required("title"),
                section.required("path"),
                section.directory("directory"),
                section.text("namespace"),
                section.texts("after"),
                section.flag("optional", false),
                section.flag("enabled", true),
                section.sections("gates", "gate").stream()
                        .map(ProfileLibrary::gate)
                        .toList(),
                section.listMap("startsAfter"));
        section.end();
        return component;
    }

    private static Gate gate(Section section) {
        Gate gate = new Gate(
                section.choice("kind", Gate.Kind.WORKLOAD), section.required("name"), section.text("namespace"));
        section.end();
        return gate;
    }

    private static Credential credential(Section section) {
        Credential credential = new Credential(
                section.required("title"), section.required("user"), section.text("password"), section.text("note"));
        section.end();
        return credential;
    }

    private static List<ForwardSpec> forwards(Section file, Set<String> components) {
        List<ForwardSpec> forwards = new ArrayList<>();
        for (Map.Entry<String, Section> section :
                file.named("forwards", "forward").entrySet()) {
            forwards.add(forward(section.getKey(), section.getValue(), components));
        }
        return forwards;
    }

    private static ForwardSpec forward(String name, Section section, Set<String> components) {
        String component = section.required("component");
        checkKnown(section, "component", component, components);
        ForwardSpec forward = new ForwardSpec(
                name,
                section.required("title"),
                component,
                section.required("service"),
                section.required("namespace"),
                port(section, "port"),
                section.number("podPort", 0),
                port(section, "localPort"),
                section.text("path"),
                section.texts("health"),
                section.textMap("headers"));
        section.end();
        return forward;
    }

    private static Optional<LoginSpec> login(Section file, Set<String> components, List<ForwardSpec> forwards) {
        return file.optionalSection("login", "login").map(login -> LoginReader.read(login, components, forwards));
    }

    private static Connect connect(Section section) {
        Connect connect = new Connect(
                section.required("namespace"),
                section.required("serviceAccount"),
                section.required("secret"),
                section.textMap("headers"),
                section.flag("multiUser", false),
                section.text("runPage"),
                section.text("objects"),
                section.optionalSection("pipelines", "endpoint").map(ProfileLibrary::endpoint),
                section.optionalSection("registry", "endpoint").map(ProfileLibrary::endpoint));
        section.end();
        return connect;
    }

    private static Endpoint endpoint(Section section) {
        Endpoint endpoint = new Endpoint(
                section.required("component"),
                section.required("service"),
                section.required("namespace"),
                port(section, "port"),
                section.required("api"),
                section.text("forward"));
        section.end();
        return endpoint;
    }

    private static int port(Section section, String key) {
        section.required(key);
        int port = section.number(key, 1);
        if (port < 1 || port > 65535) {
            section.problem(key, key + " must be a port, 1 to 65535, not " + port);
        }
        return port;
    }

    static void checkKnown(Section section, String key, String name, Set<String> known) {
        if (!name.isEmpty() && !known.contains(name)) {
            section.problem(key, "there is no component " + name + "." + NearestName.hint(name, known));
        }
    }

    /** Every {@code after} names a component, and none comes after itself. */
    private static void checkOrder(List<ComponentSpec> components, Map<String, Section> sections) {
        for (ComponentSpec component : components) {
            Section section = java.util.Objects.requireNonNull(sections.get(component.name()));
            for (String name : component.after()) {
                checkKnown(section, "after", name, sections.keySet());
            }
            if (reaches(component.name(), component.name(), components, new HashSet<>())) {
                section.problem("after", component.name() + " comes after itself, by way of " + component.after());
            }
        }
    }

    private static boolean reaches(String from, String goal, List<ComponentSpec> all, Set<String> seen) {
        for (ComponentSpec component : all) {
            List<String> next = component.name().equals(from) ? component.after() : List.of();
            for (String name : next) {
                if (name.equals(goal) || (seen.add(name) && reaches(name, goal, all, seen))) {
                    return true;
                }
            }
        }
        return false;
    }
}
