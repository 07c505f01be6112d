package dev.kfmr.render;

import dev.kfmr.core.Untyped;
import dev.kfmr.plan.ComputeResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The containers of a workload as rendered, with the JSON pointer to each.
 *
 * @param pod what its pods are made of: metadata and spec; empty for what makes no pods
 */
record Containers(Map<String, Object> pod, List<Container> all) {
    /** A host, a path and a tag, alone or as the value of an option. */
    private static final Pattern LAUNCHED = Pattern.compile(
            "(--[\\w-]+=)?(?<image>[a-z0-9-]+(\\.[a-z0-9-]+)+(:\\d+)?/[a-z0-9._/-]+:\\w[\\w.-]*(@sha256:[0-9a-f]{64})?)");

    /**
     * @param pointer JSON pointer within the object, {@code /spec/template/spec/containers/0}
     * @param init whether it ends before the others start
     */
    record Container(String pointer, boolean init, Map<String, Object> content) {
        String image() {
            return String.valueOf(content.get("image"));
        }

        /** Images that it starts others from, named in its environment or arguments: a driver, a launcher, an executor. */
        Stream<String> launchedImages() {
            Stream<String> values =
                    Untyped.maps(content.get("env")).stream().map(variable -> String.valueOf(variable.get("value")));
            return Stream.of(values, words("command"), words("args"))
                    .flatMap(Function.identity())
                    .map(LAUNCHED::matcher)
                    .filter(Matcher::matches)
                    .map(matcher -> matcher.group("image"));
        }

        private Stream<String> words(String field) {
            return content.get(field) instanceof List<?> list ? list.stream().map(String::valueOf) : Stream.empty();
        }

        /** In the resource's unit; empty where none is made. */
        Optional<Integer> request(ComputeResource resource) {
            return of("requests", resource);
        }

        /** In the resource's unit; a limit without a request is the request. 0 where there is neither. */
        int asked(ComputeResource resource) {
            return request(resource).or(() -> of("limits", resource)).orElse(0);
        }

        private Optional<Integer> of(String part, ComputeResource resource) {
            Map<String, Object> resources = Untyped.map(content.get("resources"));
            return Optional.ofNullable(Untyped.map(resources.get(part)).get(resource.key()))
                    .map(String::valueOf)
                    .map(quantity -> switch (resource) {
                        case CPU -> Quantities.milli(quantity);
                        case MEMORY -> Quantities.mebi(quantity);
                    });
        }
    }

    static Containers of(Manifest manifest) {
        List<Container> found = new ArrayList<>();
        String pointer =
                switch (manifest.kind()) {
                    case "Pod" -> "";
                    case "CronJob" -> "/spec/jobTemplate/spec/template";
                    case "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job" -> "/spec/template";
                    default -> null;
                };
        if (pointer == null) {
            return new Containers(Map.of(), List.of());
        }
        Map<String, Object> pod = at(manifest.content(), pointer);
        Map<String, Object> spec = Untyped.map(pod.get("spec"));
        add(spec.get("initContainers"), pointer + "/spec/initContainers/", true, found);
        add(spec.get("containers"), pointer + "/spec/containers/", false, found);
        return new Containers(pod, found);
    }

    private static void add(@Nullable Object list, String pointer, boolean init, List<Container> to) {
        List<Map<String, Object>> containers = Untyped.maps(list);
        for (int i = 0; i < containers.size(); i++) {
            to.add(new Container(pointer + i, init, containers.get(i)));
        }
    }

    private static Map<String, Object> at(Map<String, Object> content, String pointer) {
        Map<String, Object> here = content;
        for (String part : pointer.split("/", -1)) {
            here = part.isEmpty() ? here : Untyped.map(here.get(part));
        }
        return here;
    }
}
