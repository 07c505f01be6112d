package dev.kfmr.cluster;

import dev.kfmr.profile.Profile.ApiServerArgument;
import dev.kfmr.profile.YamlDocuments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Arguments of the API server in the form of kubeadm that fits a node image. kind gives kubeadm v1beta4 to nodes from
 * Kubernetes 1.36 on, v1beta3 to those before, and drops without a word a patch that names another version. A patch
 * without a version, with a map, fits v1beta3, and is converted by a kind that knows v1beta4.
 */
final class KubeadmPatch {
    private static final Pattern VERSION = Pattern.compile(":v?(\\d+)\\.(\\d+)");
    private static final int FIRST_MINOR_WITH_LIST = 36;

    private KubeadmPatch() {}

    /** Patches for {@code kubeadmConfigPatches}: none without arguments. */
    static List<String> of(List<ApiServerArgument> arguments, String nodeImage) {
        if (arguments.isEmpty()) {
            return List.of();
        }
        return List.of(YamlDocuments.write(takesList(nodeImage) ? withList(arguments) : withMap(arguments)));
    }

    private static boolean takesList(String nodeImage) {
        Matcher version = VERSION.matcher(nodeImage);
        return version.find()
                && (Integer.parseInt(version.group(1)) > 1
                        || Integer.parseInt(version.group(2)) >= FIRST_MINOR_WITH_LIST);
    }

    private static Map<String, Object> withMap(List<ApiServerArgument> arguments) {
        Map<String, Object> extraArgs = arguments.stream()
                .collect(Collectors.toMap(
                        ApiServerArgument::name,
                        ApiServerArgument::value,
                        (first, second) -> second,
                        LinkedHashMap::new));
        return patch(new LinkedHashMap<>(), extraArgs);
    }

    private static Map<String, Object> withList(List<ApiServerArgument> arguments) {
        Map<String, Object> patch = new LinkedHashMap<>();
        patch.put("apiVersion", "kubeadm.k8s.io/v1beta4");
        return patch(patch, arguments.stream().map(KubeadmPatch::nameAndValue).toList());
    }

    private static Map<String, Object> nameAndValue(ApiServerArgument argument) {
        Map<String, Object> pair = new LinkedHashMap<>();
        pair.put("name", argument.name());
        pair.put("value", argument.value());
        return pair;
    }

    private static Map<String, Object> patch(Map<String, Object> start, Object extraArgs) {
        start.put("kind", "ClusterConfiguration");
        start.put("apiServer", Map.of("extraArgs", extraArgs));
        return start;
    }
}
