package dev.kfmr.cli;

import dev.kfmr.cli.Screen.Tone;
import dev.kfmr.models.Lineage;
import dev.kfmr.models.ModelReader;
import dev.kfmr.models.ModelReport;
import dev.kfmr.registry.ModelArtifact;
import dev.kfmr.registry.ModelSource;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Registered models, for people and for programs. */
final class ModelPrinter {
    private final Screen screen;
    private final NamedCommands commands;

    ModelPrinter(Screen screen, NamedCommands commands) {
        this.screen = screen;
        this.commands = commands;
    }

    void print(List<ModelReader.Summary> models) {
        if (models.isEmpty()) {
            screen.output().println(commands.in("Nothing is registered yet. Register a model: kfmr demo"));
            return;
        }
        models.forEach(summary -> screen.output()
                .printf(
                        "%-32s %s%s%n",
                        summary.model().name(),
                        versions(summary.versions()),
                        summary.model().isArchived() ? "  (archived)" : ""));
    }

    private static String versions(List<String> names) {
        return switch (names.size()) {
            case 0 -> "no version";
            case 1 -> "1 version: " + names.get(0);
            default -> names.size() + " versions, the newest " + names.get(0);
        };
    }

    void print(ModelReport report) {
        PrintStream out = screen.output();
        out.println(screen.paint(Tone.STRONG, report.model().name())
                + (report.model().isArchived() ? "  (archived)" : ""));
        if (!report.model().description().isEmpty()) {
            out.println("  " + report.model().description());
        }
        report.versions().forEach(version -> {
            String by = version.version().author();
            out.println("  version " + version.version().name()
                    + version.version().created().map(time -> "  " + time).orElse("")
                    + (by.isEmpty() ? "" : "  by " + by));
            version.artifacts().forEach(artifact -> print(artifact, out));
        });
    }

    private static void print(ModelReport.Artifact artifact, PrintStream out) {
        ModelArtifact file = artifact.artifact();
        String format = Stream.of(file.format(), file.formatVersion())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
        out.println("    " + (file.uri().isEmpty() ? file.name() : file.uri())
                + (format.isEmpty() ? "" : "  (" + format + ")"));
        Lineage lineage = artifact.lineage();
        ModelSource source = lineage.source();
        if (source.isPipelineRun()) {
            out.println("      made by run " + source.name() + " (" + source.id() + ") in " + source.group()
                    + (lineage.pipeline().isEmpty() ? "" : ", pipeline " + lineage.pipeline()));
            Stream.of(lineage.runPage(), lineage.note())
                    .filter(line -> !line.isEmpty())
                    .forEach(line -> out.println("      " + line));
        }
    }

    static Map<String, Object> asMap(ModelReader.Summary summary) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", summary.model().id());
        map.put("name", summary.model().name());
        map.put("state", summary.model().state());
        map.put("versions", summary.versions());
        return map;
    }

    static Map<String, Object> asMap(ModelReport report) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", report.model().id());
        map.put("name", report.model().name());
        map.put("description", report.model().description());
        map.put("state", report.model().state());
        map.put("versions", report.versions().stream().map(ModelPrinter::asMap).toList());
        return map;
    }

    private static Map<String, Object> asMap(ModelReport.Version version) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", version.version().id());
        map.put("name", version.version().name());
        map.put("author", version.version().author());
        version.version().created().ifPresent(time -> map.put("created", time));
        map.put(
                "artifacts",
                version.artifacts().stream().map(ModelPrinter::asMap).toList());
        return map;
    }

    private static Map<String, Object> asMap(ModelReport.Artifact artifact) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", artifact.artifact().id());
        map.put("name", artifact.artifact().name());
        map.put("type", artifact.artifact().type());
        map.put("uri", artifact.artifact().uri());
        map.put("format", artifact.artifact().format());
        map.put("formatVersion", artifact.artifact().formatVersion());
        map.put("source", asMap(artifact.lineage().source()));
        map.put("runPage", artifact.lineage().runPage());
        map.put("pipeline", artifact.lineage().pipeline());
        map.put("note", artifact.lineage().note());
        return map;
    }

    private static Map<String, Object> asMap(ModelSource source) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("kind", source.kind());
        map.put("type", source.type());
        map.put("group", source.group());
        map.put("id", source.id());
        map.put("name", source.name());
        return map;
    }
}
