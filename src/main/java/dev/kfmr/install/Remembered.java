package dev.kfmr.install;

import dev.kfmr.apply.Inventory;
import dev.kfmr.apply.InventoryStore;
import dev.kfmr.cluster.ApiReader;
import dev.kfmr.cluster.ClusterConnection;
import dev.kfmr.cluster.ClusterState;
import dev.kfmr.cluster.KindClusters;
import dev.kfmr.core.KfmrException;
import dev.kfmr.plan.ComputeResource;
import dev.kfmr.plan.RequestPolicy;
import dev.kfmr.state.Environment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An environment as the inventory in its cluster remembers it: what is written there with each {@code up}, and read back
 * when the environment's own file is lost.
 */
final class Remembered {
    private static final String PROFILE = "profile";
    private static final String PINS = "pins";
    private static final String REQUESTS = "requests";
    private static final String LOWERED = "requests-lowered";
    private static final String WITH = "with";
    private static final String WITHOUT = "without";
    private static final String IMAGE = "image ";

    private Remembered() {}

    static Map<String, String> options(Environment environment) {
        Map<String, String> options = new TreeMap<>();
        options.put(PROFILE, environment.profile());
        options.put(PINS, environment.pins());
        options.put(REQUESTS, environment.requests().key());
        options.put(LOWERED, String.join(",", ComputeResource.keys(environment.requestsLowered())));
        options.put(WITH, String.join(",", environment.with().stream().sorted().toList()));
        options.put(
                WITHOUT,
                String.join(",", environment.without().stream().sorted().toList()));
        environment.images().forEach((from, to) -> options.put(IMAGE + from, to));
        return options;
    }

    /** Empty where the cluster does not run, is not kfmr's, or remembers nothing. */
    static Optional<Environment> read(String name, KindClusters clusters) {
        if (clusters.state(name) != ClusterState.RUNNING) {
            return Optional.empty();
        }
        try (ClusterConnection connection = ClusterConnection.toKubeconfig(clusters.restoreKubeconfig(name))) {
            return read(name, connection.reader());
        } catch (KfmrException | KubernetesClientException e) {
            if (e instanceof KfmrException known && known.isInterrupt()) {
                throw known;
            }
            return Optional.empty();
        }
    }

    /** Empty where the cluster remembers nothing. */
    static Optional<Environment> read(String name, ApiReader cluster) {
        return InventoryStore.read(cluster)
                .filter(inventory -> inventory.options().containsKey(PINS))
                .map(inventory -> environment(name, inventory));
    }

    private static Environment environment(String name, Inventory inventory) {
        Map<String, String> options = inventory.options();
        Map<String, String> images = new LinkedHashMap<>();
        options.forEach((key, value) -> {
            if (key.startsWith(IMAGE)) {
                images.put(key.substring(IMAGE.length()), value);
            }
        });
        return new Environment(
                name,
                options.getOrDefault(PROFILE, inventory.profile()),
                options.getOrDefault(PINS, inventory.release()),
                true,
                Optional.empty(),
                RequestPolicy.valueOf(options.getOrDefault(REQUESTS, "auto").toUpperCase(Locale.ROOT)),
                ComputeResource.ofKeys(names(options.getOrDefault(LOWERED, ""))),
                names(options.getOrDefault(WITH, "")),
                names(options.getOrDefault(WITHOUT, "")),
                images);
    }

    private static Set<String> names(String list) {
        return Arrays.stream(list.split(",", -1))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
