package dev.kfmr.install;

import dev.kfmr.core.Resource;
import dev.kfmr.plan.Plan;
import dev.kfmr.profile.Connect;
import dev.kfmr.profile.Endpoint;
import dev.kfmr.profile.ForwardSpec;
import java.util.Optional;

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
    private static final String LOCAL = "http://localhost:";

    /** Of a plan whose profile has the section connect. */
    public static PythonSnippet of(Plan plan) {
        Connect connect = Installed.connect(plan);
        String registry = onThisMachine(plan, plan.registry());
        String pipelines = onThisMachine(plan, plan.pipelines());
        String inCluster = plan.registry().map(Endpoint::inCluster).orElse("");
        String pipelinesInCluster = plan.pipelines().map(Endpoint::inCluster).orElse("");
        String python = Resource.text(PythonSnippet.class, "snippet.py")
                .replace("{inCluster}", inCluster)
                .replace("{pipelinesInCluster}", pipelinesInCluster)
                .replace("{registry}", registry)
                .replace("{registryPort}", registry.replaceAll(".*:", ""))
                .replace("{pipelines}", pipelines)
                .replace("{namespace}", connect.namespace())
                .replace("{secret}", connect.secret());
        return new PythonSnippet(connect.namespace(), inCluster, registry, pipelinesInCluster, pipelines, python);
    }

    private static String onThisMachine(Plan plan, Optional<Endpoint> of) {
        return of.flatMap(plan::forward)
                .map(ForwardSpec::localPort)
                .map(port -> LOCAL + port)
                .orElse("");
    }
}
