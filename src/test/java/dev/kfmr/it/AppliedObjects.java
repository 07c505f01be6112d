package dev.kfmr.it;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often objects of one resource were applied to a cluster, as its API server counts it.
 *
 * @param resource such as {@code deployments.apps}
 * @param requests to apply, or to patch otherwise, refused ones included
 * @param objects that kfmr applied
 */
record AppliedObjects(String resource, int requests, int objects) {
    private static final Pattern COUNTER = Pattern.compile("^apiserver_request_total\\{(.*)} (\\S+)$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    /** Of each resource that kfmr applied objects of. */
    static List<AppliedObjects> in(Kfmr kfmr) {
        Map<String, Integer> requests = new TreeMap<>();
        kfmr.kubectl("get", "--raw", "/metrics").lines().forEach(line -> count(line, requests));
        return requests.entrySet().stream()
                .map(resource ->
                        new AppliedObjects(resource.getKey(), resource.getValue(), objects(kfmr, resource.getKey())))
                .filter(resource -> resource.objects() > 0)
                .toList();
    }

    private static void count(String line, Map<String, Integer> requests) {
        Matcher counter = COUNTER.matcher(line);
        if (!counter.find()) {
            return;
        }
        Map<String, String> labels = new TreeMap<>();
        LABEL.matcher(counter.group(1)).results().forEach(label -> labels.put(label.group(1), label.group(2)));
        // The server counts an apply whose media type names a character set, as kfmr's does, as a patch.
        if (labels.get("verb").equals("PATCH")
                && labels.get("subresource").isEmpty()
                && labels.get("dry_run").isEmpty()) {
            String group = labels.get("group");
            requests.merge(
                    labels.get("resource") + (group.isEmpty() ? "" : "." + group),
                    (int) Double.parseDouble(counter.group(2)),
                    Integer::sum);
        }
    }

    /** Whoever applies an object is one of its managers. */
    private static int objects(Kfmr kfmr, String resource) {
        return (int) kfmr.kubectl(
                        "get",
                        resource,
                        "--all-namespaces",
                        "-o",
                        "jsonpath={range .items[*]}{.metadata.managedFields[?(@.operation==\"Apply\")].manager}"
                                + "{\"\\n\"}{end}")
                .lines()
                .filter(managers -> List.of(managers.split(" ")).contains("kfmr"))
                .count();
    }
}
