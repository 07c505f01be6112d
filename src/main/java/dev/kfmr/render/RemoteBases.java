package dev.kfmr.render;

import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.WholeFile;
import dev.kfmr.profile.RemoteBase;
import dev.kfmr.profile.YamlDocuments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Walks the kustomizations that a build reads and makes every reference to another repository a path into kfmr's own copy
 * of it. kustomize itself would run git for each, by a mutable tag, with a time limit of 27 seconds.
 */
final class RemoteBases {
    private static final List<String> FILES = List.of("kustomization.yaml", "kustomization.yml", "Kustomization");
    private static final List<String> KEYS = List.of("resources", "bases", "components");
    private static final Pattern REMOTE =
            Pattern.compile("^(?:[a-z+]+://|git@|git::|(?:www\\.)?(?:github|gitlab)\\.com[/:]).*");

    private final Workspace workspace;
    private final List<RemoteBase> known;
    private final Set<Path> visited = new HashSet<>();

    RemoteBases(Workspace workspace, List<RemoteBase> known) {
        this.workspace = workspace;
        this.known = known;
    }

    /** @throws KfmrException exit 4, {@code render.remote-base}, for one that no pin stands in for */
    void localize(Path folder) {
        Path place = folder.toAbsolutePath().normalize();
        Optional<Path> file = kustomization(place);
        if (file.isEmpty() || !visited.add(place)) {
            return;
        }
        String text = WholeFile.read(file.get());
        for (String reference : references(text, file.get())) {
            if (!REMOTE.matcher(reference).matches()) {
                localize(place.resolve(reference));
            } else {
                Path local = local(reference, file.get(), text);
                text = text.replace(reference, place.relativize(local).toString());
                WholeFile.write(file.get(), text);
                localize(local);
            }
        }
    }

    static Optional<Path> kustomization(Path folder) {
        return FILES.stream().map(folder::resolve).filter(Files::isRegularFile).findFirst();
    }

    private static List<String> references(String text, Path file) {
        List<Map<String, Object>> documents = YamlDocuments.parse(text, file.toString());
        return documents.stream()
                .flatMap(document -> KEYS.stream().map(document::get))
                .flatMap(list -> list instanceof List<?> items ? items.stream() : Stream.empty())
                .map(String::valueOf)
                .distinct()
                .toList();
    }

    private Path local(String reference, Path file, String text) {
        for (RemoteBase base : known) {
            String wanted = base.prefix() + "/";
            int query = reference.indexOf('?');
            if (reference.startsWith(wanted) && query > 0 && ref(reference).equals(base.ref())) {
                return workspace
                        .source(base.source())
                        .toAbsolutePath()
                        .normalize()
                        .resolve(reference.substring(wanted.length(), query));
            }
        }
        long line = text.substring(0, text.indexOf(reference)).lines().count();
        throw new KfmrException(
                ExitCode.UPSTREAM,
                "render.remote-base",
                "A kustomization pulls another repository that no pin stands in for.",
                file + ":" + Math.max(1, line) + ": " + reference,
                "Add the repository to the pins file, under sources and remoteBases, with exactly this ref.");
    }

    /** {@code v3.7.3} of {@code …?ref=v3.7.3&timeout=60s}. */
    private static String ref(String reference) {
        return Stream.of(reference.substring(reference.indexOf('?') + 1).split("&"))
                .filter(part -> part.startsWith("ref="))
                .map(part -> part.substring("ref=".length()))
                .findFirst()
                .orElse("");
    }
}
