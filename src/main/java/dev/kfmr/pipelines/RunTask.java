package dev.kfmr.pipelines;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * One entry of a run's task details: what the author called a task, or one of KFP's own beside it.
 *
 * @param name empty for one that has none yet
 * @param childNodes ids of Argo's nodes below it. They look like names of pods and are none: a pod's name has more in
 *     the middle, and ends with the same number
 */
public record RunTask(String name, RunState state, List<String> childNodes) {
    public RunTask {
        childNodes = List.copyOf(childNodes);
    }

    static RunTask of(JsonNode json) {
        List<String> nodes = new ArrayList<>();
        json.path("child_tasks")
                .forEach(child -> nodes.add(child.path("pod_name").asText("")));
        nodes.removeIf(String::isEmpty);
        return new RunTask(
                json.path("display_name").asText(""),
                RunState.of(json.path("state").asText("")),
                nodes);
    }
}
