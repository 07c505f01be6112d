package dev.kfmr.profile;

import dev.kfmr.core.KfmrException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;

/** The release sets that kfmr ships, and files of users. */
public final class PinsLibrary {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    private final DataFile files = new DataFile("pins", "manifests-pins");

    public List<String> names() {
        return files.names();
    }

    /** The release set that is taken when none is named: the first of the list. */
    public String defaultName() {
        return names().get(0);
    }

    /**
     * @param nameOrFile a shipped release set, or a path
     * @throws KfmrException exit 2: {@code pins.unknown} with the nearest name, {@code pins.missing},
     *     {@code pins.invalid} with every error of the file
     */
    public Pins load(String nameOrFile) {
        return read(nameOrFile, files.load(nameOrFile), new Problems("pins"));
    }

    static Pins read(String name, Node node, Problems problems) {
        Section file = new Section("release set", node, problems);
        file.text("extends");
        file.text("drop");
        Map<String, Source> sources = new LinkedHashMap<>();
        file.named("sources", "source").forEach((key, section) -> sources.put(key, source(key, section)));
        Map<String, PinnedPath> paths = new LinkedHashMap<>();
        file.named("paths", "path").forEach((key, section) -> paths.put(key, path(section, sources.keySet())));
        Map<String, ToolPin> tools = new LinkedHashMap<>();
        file.named("tools", "tool").forEach((key, section) -> tools.put(key, tool(key, section)));
        List<FallbackImages> fallbacks = new ArrayList<>();
        file.named("fallbacks", "fallback").forEach((key, section) -> fallbacks.add(fallback(key, section)));
        Pins pins = new Pins(
                file.required("release"),
                file.required("title"),
                sources,
                paths,
                file.sections("remoteBases", "remote base").stream()
                        .map(section -> remoteBase(section, sources.keySet()))
                        .toList(),
                file.required("nodeImage"),
                tools,
                PatchReader.read(file, Set.of()),
                fallbacks,
                file.textMap("services"),
                file.textMap("absent"),
                file.texts("notes"));
        file.end();
        problems.throwIfAny(name);
        return pins;
    }

    private static Source source(String name, Section section) {
        List<URI> urls = new ArrayList<>();
        urls.add(URI.create(section.required("url")));
        section.texts("formerly").forEach(url -> urls.add(URI.create(url)));
        Source source = new Source(
                name,
                urls,
                section.required("tag"),
                section.required("commit"),
                section.texts("folders"),
                section.textMap("trees"),
                Problems.place(section.value("commit")));
        if (!source.commit().isEmpty() && !COMMIT.matcher(source.commit()).matches()) {
            section.problem("commit", "commit must be a full id of 40 hex digits, not '" + source.commit() + "'");
        }
        if (source.folders().isEmpty()) {
            section.problem("folders", "the source " + name + " names no folders to fetch");
        }
        section.end();
        return source;
    }

    private static PinnedPath path(Section section, Set<String> sources) {
        PinnedPath path = new PinnedPath(section.required("source"), section.required("path"), section.place());
        checkSource(section, path.source(), sources);
        section.end();
        return path;
    }

    private static RemoteBase remoteBase(Section section, Set<String> sources) {
        RemoteBase base =
                new RemoteBase(section.required("prefix"), section.required("ref"), section.required("source"));
        checkSource(section, base.source(), sources);
        section.end();
        return base;
    }

    private static void checkSource(Section section, String name, Set<String> sources) {
        if (!name.isEmpty() && !sources.contains(name)) {
            section.problem(
                    "source", "there is no source " + name + "." + dev.kfmr.core.NearestName.hint(name, sources));
        }
    }

    private static ToolPin tool(String name, Section section) {
        Map<String, ToolPin.Download> downloads = new LinkedHashMap<>();
        section.named("downloads", "download").forEach((platform, download) -> {
            downloads.put(
                    platform,
                    new ToolPin.Download(
                            download.required("url"), download.text("sha256"), download.text("checksums")));
            if (download.text("sha256").isEmpty() && download.text("checksums").isEmpty()) {
                download.problem(
                        "sha256", "a download needs sha256, or checksums: the URL of the release's checksum file");
            }
            download.end();
        });
        ToolPin tool = new ToolPin(name, section.required("version"), section.required("oldest"), downloads);
        section.end();
        return tool;
    }

    private static FallbackImages fallback(String name, Section section) {
        FallbackImages fallback = new FallbackImages(
                name,
                section.required("reason"),
                section.texts("images"),
                section.number("exitCode", 1),
                section.texts("notWhenLogged"));
        section.end();
        return fallback;
    }
}
