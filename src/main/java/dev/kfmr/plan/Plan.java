package dev.kfmr.plan;

import dev.kfmr.core.InOrder;
import dev.kfmr.profile.ComponentSpec;
import dev.kfmr.profile.Connect;
import dev.kfmr.profile.Endpoint;
import dev.kfmr.profile.ForwardSpec;
import dev.kfmr.profile.PathRequests;
import dev.kfmr.profile.Pins;
import dev.kfmr.profile.Profile;
import dev.kfmr.profile.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * What will be installed.
 *
 * @param components each after all that it comes after
 * @param leftOut component name to the reason why this plan is without it
 * @param images chosen replacements of images that crash, from image to image; empty in a fresh environment
 */
public record Plan(
        Profile profile,
        Pins pins,
        List<PlannedComponent> components,
        Map<String, String> leftOut,
        Map<String, String> images) {
    public Plan {
        components = List.copyOf(components);
        leftOut = InOrder.copyOf(leftOut);
        images = InOrder.copyOf(images);
    }

    /** The sources that these components read, those behind remote bases included, each with the folders that are used. */
    public List<Source> sources() {
        Set<String> names = new TreeSet<>();
        components.forEach(component -> names.add(component.at().source()));
        pins.remoteBases().forEach(base -> names.add(base.source()));
        return names.stream()
                .map(pins.sources()::get)
                .filter(Objects::nonNull)
                .map(this::used)
                .toList();
    }

    /** The directories on this machine that components are read from, by the name that their source goes by. */
    public Map<String, Path> directories() {
        Map<String, Path> directories = new TreeMap<>();
        components.forEach(component ->
                component.spec().directory().ifPresent(path -> directories.put(localSource(component.spec()), path)));
        return directories;
    }

    /** No release set has a source of such a name. */
    static String localSource(ComponentSpec component) {
        return "local/" + component.name();
    }

    /** A kustomization reads only within its folder; a source that none names directly is read through remote bases. */
    private Source used(Source source) {
        List<String> paths = components.stream()
                .filter(component -> component.at().source().equals(source.name()))
                .map(component -> component.at().path())
                .toList();
        if (paths.isEmpty()) {
            return source;
        }
        List<String> folders = source.folders().stream()
                .filter(folder -> paths.stream().anyMatch(path -> path.equals(folder) || path.startsWith(folder + "/")))
                .toList();
        Map<String, String> trees = source.trees().entrySet().stream()
                .filter(tree -> folders.contains(tree.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new Source(
                source.name(), source.urls(), source.tag(), source.commit(), folders, trees, source.pinnedAt());
    }

    /** What its components' pods ask for, as far as the release set knows that before anything is fetched. */
    public RequestSums requests() {
        int pods = sum(PathRequests::pods);
        return new RequestSums(
                new MachineNeeds(sum(PathRequests::cpuMilli), sum(PathRequests::memoryMib), pods),
                new MachineNeeds(sum(PathRequests::loweredCpuMilli), sum(PathRequests::loweredMemoryMib), pods));
    }

    private int sum(ToIntFunction<PathRequests> amount) {
        return components.stream()
                .map(component -> component.at().requests())
                .mapToInt(amount)
                .sum();
    }

    /** The forwards whose component is there, each to the service that this release has. */
    public List<ForwardSpec> forwards() {
        return profile.forwards().stream()
                .filter(forward -> has(forward.component()))
                .map(this::ofThisRelease)
                .toList();
    }

    private ForwardSpec ofThisRelease(ForwardSpec forward) {
        return new ForwardSpec(
                forward.name(),
                forward.title(),
                forward.component(),
                pins.services().getOrDefault(forward.name(), forward.service()),
                forward.namespace(),
                forward.port(),
                forward.podPort(),
                forward.localPort(),
                forward.path(),
                forward.health(),
                forward.headers());
    }

    /** Where programs reach Pipelines; empty where it is not installed. */
    public Optional<Endpoint> pipelines() {
        return profile.connect().flatMap(Connect::pipelines).filter(endpoint -> has(endpoint.component()));
    }

    /** Where programs reach the Model Registry; empty where it is not installed. */
    public Optional<Endpoint> registry() {
        return profile.connect().flatMap(Connect::registry).filter(endpoint -> has(endpoint.component()));
    }

    /** The forward by which programs on this machine reach what an endpoint is to pods. */
    public Optional<ForwardSpec> forward(Endpoint endpoint) {
        return forward(endpoint.forward());
    }

    public Optional<ForwardSpec> forward(String name) {
        return forwards().stream()
                .filter(forward -> forward.name().equals(name))
                .findFirst();
    }

    public boolean has(String component) {
        return components.stream().anyMatch(c -> c.name().equals(component));
    }
}
