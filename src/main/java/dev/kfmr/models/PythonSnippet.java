package dev.kfmr.models;

import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Resource;
import dev.kfmr.install.Installed;
import dev.kfmr.plan.Plan;
import dev.kfmr.profile.Connect;
import dev.kfmr.profile.Endpoint;
import dev.kfmr.profile.ForwardSpec;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How a program reaches Pipelines and the Model Registry.
 *
 * @param namespace that runs run in
 * @param inCluster address of the registry for a pod
 * @param registry its address on this machine while {@code kfmr forward} runs; empty without such a forward
 * @param pipelinesInCluster address of Pipelines for a pod
 * @param pipelines its address on this machine; empty without such a forward
 * @param python a program that runs as it stands; the addresses are in its comments too
 */
public record PythonSnippet(
        String namespace,
        String inCluster,
        String registry,
        String pipelinesInCluster,
        String pipelines,
        String python) {
    /**
     * @param name the environment's
     * @param openPorts name of a forward that is open to its local port; one that is not gets the port that it would have
     * @throws KfmrException exit 2, {@code connect.unknown}, {@code component.absent}
     */
    public static PythonSnippet of(String name, Plan plan, Map<String, Integer> openPorts) {
        Connect connect = Installed.connect(plan);
        Endpoint registryEndpoint = Installed.registry(plan);
        Endpoint pipelinesEndpoint = Installed.pipelines(plan);
        String registry = onThisMachine(plan, registryEndpoint, openPorts);
        String pipelines = onThisMachine(plan, pipelinesEndpoint, openPorts);
        String inCluster = registryEndpoint.inCluster();
        String pipelinesInCluster = pipelinesEndpoint.inCluster();
        String python = Resource.text(
                        PythonSnippet.class, plan.profile().login().isPresent() ? "snippet-login.py" : "snippet.py")
                .replace("{name}", name)
                .replace("{clients}", clients(plan))
                .replace("{inCluster}", inCluster)
                .replace("{pipelinesInCluster}", pipelinesInCluster)
                .replace("{registry}", registry)
                .replace("{registryPort}", registry.replaceAll(".*:", ""))
                .replace("{pipelines}", pipelines)
                .replace("{namespace}", connect.namespace())
                .replace("{secret}", connect.secret());
        return new PythonSnippet(connect.namespace(), inCluster, registry, pipelinesInCluster, pipelines, python);
    }

    /** As pip is told of them. */
    private static String clients(Plan plan) {
        return new TreeMap<>(plan.pins().clients())
                .entrySet().stream()
                        .map(client -> client.getKey() + "==" + client.getValue())
                        .collect(Collectors.joining(" "));
    }

    private static String onThisMachine(Plan plan, Endpoint endpoint, Map<String, Integer> openPorts) {
        return plan.forward(endpoint)
                .map(forward -> forward.withLocalPort(openPorts.getOrDefault(forward.name(), forward.localPort())))
                .map(ForwardSpec::address)
                .orElse("");
    }
}
