package dev.kfmr.cluster;

import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.WholeFile;
import dev.kfmr.profile.YamlDocuments;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The configuration that kind is given: the user's own, and what kfmr needs added to it. */
final class KindConfig {
    /** A label of every node that kfmr makes. kind writes it into {@link NodeContainers#KUBEADM_CONFIG}. */
    static final String OWNER_LABEL = "kfmr.dev/owner";

    static final String OWNER = "kfmr";

    private static final String KIND = "Cluster";
    private static final String API_VERSION = "kind.x-k8s.io/v1alpha4";

    /**
     * Redirects may then be written into {@link RegistryMirror#FOLDER} at any time. containerd 1 reads the first, 2
     * the second (and migrates the first, in a file of version 2); each leaves the other's alone.
     */
    private static final List<String> CONTAINERD_PATCHES =
            List.of(containerdPatch("io.containerd.grpc.v1.cri"), containerdPatch("io.containerd.cri.v1.images"));

    private KindConfig() {}

    private static String containerdPatch(String plugin) {
        return """
               [plugins."%s".registry]
                 config_path = "%s"
               """
                .formatted(plugin, RegistryMirror.FOLDER);
    }

    /** @throws KfmrException exit 2, {@code kind-config.invalid}, for a user's file that is none of kind's */
    static String of(ClusterSpec spec) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("kind", KIND);
        config.put("apiVersion", API_VERSION);
        spec.kindConfig().map(KindConfig::ofUser).ifPresent(config::putAll);
        config.remove("name");
        config.put("nodes", nodes(config.get("nodes"), spec.nodes()));
        config.put("containerdConfigPatches", joined(CONTAINERD_PATCHES, config.get("containerdConfigPatches")));
        List<String> kubeadm = KubeadmPatch.of(spec.apiServer(), spec.nodeImage());
        if (!kubeadm.isEmpty()) {
            config.put("kubeadmConfigPatches", joined(kubeadm, config.get("kubeadmConfigPatches")));
        }
        return YamlDocuments.write(config);
    }

    /** kfmr's before the user's, so that the user's win. */
    private static List<Object> joined(List<String> ours, @Nullable Object theirs) {
        List<Object> all = new ArrayList<>(ours);
        if (theirs instanceof List<?> list) {
            all.addAll(list);
        }
        return all;
    }

    private static List<Object> nodes(@Nullable Object ofUser, int count) {
        List<Object> nodes = new ArrayList<>();
        if (ofUser instanceof List<?> list && !list.isEmpty()) {
            list.forEach(node -> nodes.add(labelled(node instanceof Map<?, ?> map ? map : Map.of())));
            return nodes;
        }
        for (int i = 0; i < count; i++) {
            nodes.add(labelled(Map.of("role", i == 0 ? "control-plane" : "worker")));
        }
        return nodes;
    }

    private static Map<String, Object> labelled(Map<?, ?> node) {
        Map<String, Object> copy = copy(node);
        Map<String, Object> labels = copy.get("labels") instanceof Map<?, ?> own ? copy(own) : new LinkedHashMap<>();
        labels.put(OWNER_LABEL, OWNER);
        copy.put("labels", labels);
        return copy;
    }

    private static Map<String, Object> copy(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return copy;
    }

    private static Map<String, Object> ofUser(Path file) {
        List<Map<String, Object>> documents;
        try {
            documents = YamlDocuments.parse(WholeFile.read(file), file.toString());
        } catch (UncheckedIOException e) {
            throw invalid(file, String.valueOf(e.getCause()));
        }
        if (documents.size() != 1) {
            throw invalid(file, "It holds " + documents.size() + " documents.");
        }
        Map<String, Object> config = documents.get(0);
        if (!KIND.equals(config.get("kind")) || !API_VERSION.equals(config.get("apiVersion"))) {
            throw invalid(
                    file, "Its kind is " + config.get("kind") + ", its apiVersion " + config.get("apiVersion") + ".");
        }
        return config;
    }

    private static KfmrException invalid(Path file, String why) {
        return new KfmrException(
                ExitCode.USAGE,
                "kind-config.invalid",
                file + " is no configuration of a kind cluster.",
                why,
                "It is one document with `kind: " + KIND + "` and `apiVersion: " + API_VERSION + "`.");
    }
}
