package dev.kfmr.profile;

import dev.kfmr.core.KfmrException;
import dev.kfmr.core.NearestName;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;

/** The release sets that kfmr ships, and files of users. */
public final class PinsLibrary {
    private static final Pattern GIT_ID = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern TOOL_VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+");

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
        Problems problems = new Problems("pins");
        return read(nameOrFile, files.load(nameOrFile, problems), problems);
    }

    static Pins read(String name, Node node, Problems problems) {
        Section file = new Section("release set", node, problems);
        file.text("extends");
        file.expect("drop");
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
                file.textMap("clients"),
                file.textMap("absent"),
                file.texts("notes"));
        file.end();
        problems.throwIfAny(name);
        return pins;
    }

    private static Source source(String name, Section section) {
        List<URI> urls = new ArrayList<>();
        url(section, "url", section.required("url")).ifPresent(urls::add);
        section.texts("formerly")
                .forEach(former -> url(section, "formerly", former).ifPresent(urls::add));
        Source source = new Source(
                name,
                urls,
                section.required("tag"),
                section.required("commit"),
                section.texts("folders"),
                section.textMap("trees"),
                Problems.place(section.value("commit")));
        checkForm(section, "commit", source.commit(), GIT_ID, "commit must be a full id of 40 hex digits");
        source.trees()
                .forEach((folder, tree) -> checkForm(
                        section,
                        "trees",
                        tree,
                        GIT_ID,
                        "the tree of " + folder + " must be a full id of 40 hex digits"));
        if (source.folders().isEmpty()) {
            section.problem("folders", "the source " + name + " names no folders to fetch");
        }
        section.end();
        return source;
    }

    private static Optional<URI> url(Section section, String key, String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            section.problem(key, "'" + text + "' is no URL: " + e.getReason());
            return Optional.empty();
        }
    }

    /** What is missing is told by whoever requires it. */
    private static void checkForm(Section section, String key, String text, Pattern form, String rule) {
        if (!text.isEmpty() && !form.matcher(text).matches()) {
            section.problem(key, rule + ", not '" + text + "'");
        }
    }

    private static PinnedPath path(Section section, Set<String> sources) {
        PinnedPath path = new PinnedPath(
                section.required("source"),
                section.required("path"),
                section.place(),
                section.optionalSection("requests", "requests")
                        .map(PinsLibrary::requests)
                        .orElse(PathRequests.NONE));
        checkSource(section, path.source(), sources);
        section.end();
        return path;
    }

    private static PathRequests requests(Section section) {
        PathRequests requests = new PathRequests(
                section.number("pods", 0),
                section.number("cpuMilli", 0),
                section.number("memoryMib", 0),
                section.number("loweredCpuMilli", 0),
                section.number("loweredMemoryMib", 0));
        section.end();
        return requests;
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
            section.problem("source", "there is no source " + name + "." + NearestName.hint(name, sources));
        }
    }

    private static ToolPin tool(String name, Section section) {
        Map<String, ToolPin.Download> downloads = new LinkedHashMap<>();
        section.named("downloads", "download").forEach((platform, download) -> {
            downloads.put(platform, new ToolPin.Download(download.required("url"), download.required("sha256")));
            checkForm(download, "sha256", download.text("sha256"), SHA_256, "sha256 must be 64 hex digits");
            download.end();
        });
        ToolPin tool = new ToolPin(name, section.required("version"), section.required("oldest"), downloads);
        checkForm(section, "version", tool.version(), TOOL_VERSION, "version must be three numbers, such as 0.32.0");
        checkForm(section, "oldest", tool.oldest(), TOOL_VERSION, "oldest must be three numbers, such as 0.27.0");
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
        if (fallback.images().isEmpty()) {
            section.problem("images", "the fallback " + name + " names no images");
        }
        section.end();
        return fallback;
    }
}
