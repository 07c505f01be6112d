package dev.kfmr.engine;

import dev.kfmr.check.CheckCase;
import dev.kfmr.check.CheckCase.Kind;
import dev.kfmr.check.CheckCase.Seen;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A program called docker that says what the real one does, or none. */
public final class EngineCases implements CheckCase.Source {
    private static final String NONE = "";
    private static final Map<String, String> STAGED = Map.of(
            "engine.missing", NONE,
            "engine.stopped", "echo 'Cannot connect to the Docker daemon' >&2; exit 1",
            "engine.permission", "echo 'permission denied' >&2; exit 1",
            "engine.hanging", "sleep 60",
            "engine.unreadable", "echo '{\"NCPU\": ['");

    private final Path folder;

    /** @param folder for files of its own */
    public EngineCases(Path folder) {
        this.folder = folder;
    }

    /** Of the checks that are made here. */
    public static Set<String> ids() {
        Set<String> ids = new TreeSet<>(STAGED.keySet());
        ids.add("engine.unsupported");
        return ids;
    }

    @Override
    public Stream<CheckCase> cases() {
        Stream<CheckCase> found = STAGED.entrySet().stream()
                .map(each ->
                        CheckCase.of(each.getKey(), Kind.FOUND, () -> seen(each.getKey(), each.getValue(), Map.of())));
        CheckCase unsupported = CheckCase.of(
                "engine.unsupported",
                Kind.FOUND,
                () -> seen("unsupported", answering(), Map.of("KIND_EXPERIMENTAL_PROVIDER", "nerdctl")));
        Stream<CheckCase> well = ids().stream()
                .map(id -> CheckCase.of(id, Kind.NOT_FOUND, () -> seen("well-" + id, answering(), Map.of())));
        return Stream.of(found, Stream.of(unsupported), well).flatMap(stream -> stream);
    }

    private static String answering() {
        return "/bin/cat <<'END'\n" + Resource.text(EngineCases.class, "docker-debian.json") + "\nEND\n";
    }

    private Seen seen(String name, String script, Map<String, String> variables) throws IOException {
        Path bin = Files.createDirectories(folder.resolve(name));
        if (!script.equals(NONE)) {
            Path docker = Files.writeString(bin.resolve("docker"), "#!/bin/sh\nPATH=/usr/bin:/bin\n" + script + "\n");
            Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("PATH", bin.toString());
        try {
            new Engines(
                            environment,
                            Systems.ubuntu("ada"),
                            new LocalEngineFiles("none", List.of()),
                            // One that answers takes milliseconds.
                            Duration.ofSeconds(script.startsWith("sleep") ? 1 : 10))
                    .find();
            return new Seen(List.of(), List.of());
        } catch (KfmrException e) {
            return new Seen(List.of(e.code()), List.of());
        }
    }
}
