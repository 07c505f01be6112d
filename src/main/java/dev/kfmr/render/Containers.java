package dev.kfmr.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The containers of a workload as rendered, with the JSON pointer to each. */
record Containers(List<Container> all) {

    /**
     * @param pointer JSON pointer within the object, {@code /spec/template/spec/containers/0}
     * @param init whether it ends before the others start
     */
    record Container(String pointer, boolean init, Map<?, ?> content) {
        String image() {
            return String.valueOf(content.get("image"));
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

    private static void add(
            @org.jspecify.annotations.Nullable Object list, String pointer, boolean init, List<Container> to) {
        if (list instanceof List<?> containers) {
            for (int i = 0; i < containers.size(); i++) {
                if (containers.get(i) instanceof Map<?, ?> content) {
                    to.add(new Container(pointer + i, init, content));
                }
            }
        }
    }

    private static @org.jspecify.annotations.Nullable Object at(Object content, String pointer) {
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
