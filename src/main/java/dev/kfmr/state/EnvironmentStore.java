package dev.kfmr.state;

import dev.kfmr.core.Directories;
import dev.kfmr.core.Folder;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.WholeFile;
import dev.kfmr.plan.ComputeResource;
import dev.kfmr.plan.RequestPolicy;
import dev.kfmr.profile.YamlDocuments;
import dev.kfmr.profile.YamlTexts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The environment files under the state directory: one folder for each environment. */
public final class EnvironmentStore {
    private static final String FILE = "environment.yaml";
    private static final String PASSWORD_FILE = "password";
    private static final String BROKEN_FILE = FILE + ".broken";

    private final Directories directories;

    public EnvironmentStore(Directories directories) {
        this.directories = directories;
    }

    public Path folder(String name) {
        return directories.environment(name);
    }

    public Path kubeconfig(String name) {
        return folder(name).resolve("kubeconfig");
    }

    /** Whether it has a file, be it one that could not be understood. */
    public boolean isKnown(String name) {
        return Files.exists(folder(name).resolve(FILE))
                || Files.exists(folder(name).resolve(BROKEN_FILE));
    }

    /** Every environment that has a file, by name. */
    public List<String> names() {
        if (!Files.isDirectory(directories.state())) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(directories.state())) {
            return folders.filter(folder -> Files.exists(folder.resolve(FILE)))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What is known of an environment; empty when nothing is. A file that cannot be understood (cut off by a full disk,
     * edited by hand) is put aside and told, since all of it can be made again from the command line and the cluster.
     */
    public Optional<Environment> load(String name, Consumer<String> onBroken) {
        Path file = folder(name).resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(name, file));
        } catch (KfmrException | IllegalArgumentException | UncheckedIOException e) {
            onBroken.accept("The environment file could not be understood (" + e.getMessage() + "); it is kept as "
                    + putAside(file));
            return Optional.empty();
        }
    }

    private static Environment read(String name, Path file) {
        Map<String, Object> all = YamlTexts.parse(WholeFile.read(file), file.toString());
        return new Environment(
                name,
                text(all, "profile"),
                text(all, "pins"),
                Boolean.parseBoolean(text(all, "ownCluster")),
                all.get("context") == null ? Optional.empty() : Optional.of(text(all, "context")),
                RequestPolicy.valueOf(text(all, "requests").toUpperCase(Locale.ROOT)),
                ComputeResource.ofKeys(lowered(all, text(all, "requestsLowered"))),
                names(all.get("with")),
                names(all.get("without")),
                images(all.get("images")));
    }

    private static Set<String> lowered(Map<String, Object> all, String text) {
        return all.get("requestsLowered") instanceof List<?> list ? names(list) : Set.of(text);
    }

    private static String text(Map<String, Object> all, String key) {
        Object value = all.get(key);
        if (value == null) {
            throw new IllegalArgumentException("it has no " + key);
        }
        return String.valueOf(value);
    }

    private static Set<String> names(@org.jspecify.annotations.Nullable Object list) {
        Set<String> names = new LinkedHashSet<>();
        if (list instanceof List<?> all) {
            for (Object name : all) {
                names.add(String.valueOf(name));
            }
        }
        return names;
    }

    private static Map<String, String> images(@org.jspecify.annotations.Nullable Object map) {
        Map<String, String> images = new LinkedHashMap<>();
        if (map instanceof Map<?, ?> all) {
            for (Map.Entry<?, ?> image : all.entrySet()) {
                images.put(String.valueOf(image.getKey()), String.valueOf(image.getValue()));
            }
        }
        return images;
    }

    private static Path putAside(Path file) {
        Path aside = file.resolveSibling(BROKEN_FILE);
        try {
            return Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw WholeFile.unwritable(aside, e);
        }
    }

    public void save(Environment environment) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("profile", environment.profile());
        all.put("pins", environment.pins());
        all.put("ownCluster", environment.ownCluster());
        environment.context().ifPresent(context -> all.put("context", context));
        all.put("requests", environment.requests().key());
        all.put("requestsLowered", ComputeResource.keys(environment.requestsLowered()));
        all.put("with", environment.with().stream().sorted().toList());
        all.put("without", environment.without().stream().sorted().toList());
        all.put("images", new java.util.TreeMap<>(environment.images()));
        WholeFile.write(
                folder(environment.name()).resolve(FILE),
                "# Written by kfmr: what this environment is. Change it with kfmr up.\n" + YamlDocuments.write(all));
    }

    /** The password that kfmr set for the first user; empty while it is the shipped one. */
    public Optional<String> password(String name) {
        Path file = folder(name).resolve(PASSWORD_FILE);
        return Files.exists(file) ? Optional.of(WholeFile.read(file).strip()) : Optional.empty();
    }

    /** Keeps it for the proofs to come, readable by this user only, as the kubeconfig beside it, which opens more. */
    public void savePassword(String name, String password) {
        WholeFile.writePrivate(folder(name).resolve(PASSWORD_FILE), password + "\n");
    }

    /** Forgets an environment: everything under its folder. Nothing to forget is fine. */
    public void delete(String name) {
        Path folder = folder(name);
        try {
            Folder.delete(folder);
        } catch (IOException e) {
            throw WholeFile.unwritable(folder, e);
        }
    }
}
