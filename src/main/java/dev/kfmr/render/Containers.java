package dev.kfmr.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The containers of a workload as rendered, with the JSON pointer to each. */
record Containers(List<Container> all) {
    /** A host, a path and a tag, alone or as the value of an option. */
    private static final Pattern LAUNCHED = Pattern.compile(
            "(--[\\w-]+=)?(?<image>[a-z0-9-]+(\\.[a-z0-9-]+)+(:\\d+)?/[a-z0-9._/-]+:\\w[\\w.-]*(@sha256:[0-9a-f]{64})?)");

    /**
     * @param pointer JSON pointer within the object, {@code /spec/template/spec/containers/0}
     * @param init whether it ends before the others start
     */
    record Container(String pointer, boolean init, Map<?, ?> content) {
        String image() {
            return String.valueOf(content.get("image"));
        }

        /** Images that it starts others from, named in its environment or arguments: a driver, a launcher, an executor. */
        Stream<String> launchedImages() {
            Stream<String> values = list(content.get("env")).stream()
                    .filter(Map.class::isInstance)
                    .map(variable -> String.valueOf(((Map<?, ?>) variable).get("value")));
            Stream<String> words = Stream.concat(
                            list(content.get("command")).stream(), list(content.get("args")).stream())
                    .map(String::valueOf);
            return Stream.concat(values, words)
                    .map(LAUNCHED::matcher)
                    .filter(Matcher::matches)
                    .map(matcher -> matcher.group("image"));
        }

        Optional<String> request(String resource) {
            return content.get("resources") instanceof Map<?, ?> resources
                            && resources.get("requests") instanceof Map<?, ?> requests
                    ? Optional.ofNullable(requests.get(resource)).map(String::valueOf)
                    : Optional.empty();
        }
    }

    static Containers of(Manifest manifest) {
        List<Container> found = new ArrayList<>();
        String pointer =
                switch (manifest.kind()) {
                    case "Pod" -> "/spec";
                    case "CronJob" -> "/spec/jobTemplate/spec/template/spec";
                    case "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job" -> "/spec/template/spec";
                    default -> "";
                };
        if (!pointer.isEmpty() && at(manifest.content(), pointer) instanceof Map<?, ?> pod) {
            add(pod.get("initContainers"), pointer + "/initContainers/", true, found);
            add(pod.get("containers"), pointer + "/containers/", false, found);
        }
        return new Containers(found);
    }

    private static void add(@Nullable Object containers, String pointer, boolean init, List<Container> to) {
        List<?> each = list(containers);
        for (int i = 0; i < each.size(); i++) {
            if (each.get(i) instanceof Map<?, ?> content) {
                to.add(new Container(pointer + i, init, content));
            }
        }
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    private static @Nullable Object at(Object content, String pointer) {
        Object here = content;
        for (String part : pointer.substring(1).split("/")) {
            if (!(here instanceof Map<?, ?> map)) {
                return null;
            }
            here = map.get(part);
        }
        return here;
    }
}
