package dev.kfmr.pipelines;

import dev.kfmr.core.Untyped;
import dev.kfmr.profile.YamlDocuments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the kfp compiler wrote.
 *
 * @param text the YAML, as it is uploaded
 * @param name the pipeline's
 * @param tasks the names that its author gave to tasks, those of inner pipelines too
 */
public record CompiledPipeline(String text, String name, List<String> tasks) {
    public CompiledPipeline {
        tasks = List.copyOf(tasks);
    }

    /** @param yaml the pipeline's specification, and after it, maybe, the platform's */
    public static CompiledPipeline read(String yaml) {
        Map<String, Object> specification =
                YamlDocuments.parse(yaml, "the compiled pipeline").get(0);
        List<String> tasks = new ArrayList<>(tasksOf(specification.get("root")));
        Untyped.map(specification.get("components")).values().forEach(component -> tasks.addAll(tasksOf(component)));
        Object name = Untyped.map(specification.get("pipelineInfo")).getOrDefault("name", "");
        return new CompiledPipeline(
                yaml, String.valueOf(name), tasks.stream().distinct().toList());
    }

    private static List<String> tasksOf(@Nullable Object component) {
        List<String> names = new ArrayList<>();
        Untyped.map(Untyped.map(Untyped.map(component).get("dag")).get("tasks"))
                .forEach((key, task) -> names.add(String.valueOf(
                        Untyped.map(Untyped.map(task).get("taskInfo")).getOrDefault("name", key))));
        return names;
    }
}
