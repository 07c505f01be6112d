package dev.kfmr.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.core.Resource;
import dev.kfmr.plan.ComputeResource;
import dev.kfmr.plan.MachineNeeds;
import dev.kfmr.plan.PlanOptions;
import dev.kfmr.plan.Planner;
import dev.kfmr.profile.PinsLibrary;
import dev.kfmr.profile.ProfileLibrary;
import dev.kfmr.profile.YamlDocuments;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On what release set 26.03 renders to. */
class SidecarInjectionTest {
    private static final List<Manifest> UPSTREAM =
            manifests(Resource.text(SidecarInjectionTest.class, "multi-user.yaml"));

    private static List<Manifest> manifests(String yaml) {
        return YamlDocuments.parse(yaml, "test").stream().map(Manifest::of).toList();
    }

    private static Rendered rendered(Stream<Manifest> manifests) {
        var plan = Planner.plan(
                new ProfileLibrary().load("multi-user"), new PinsLibrary().load("26.03"), PlanOptions.none());
        return new Rendered(List.of(new Rendered.Component(plan.components().get(0), manifests.toList())));
    }

    private static boolean getsSidecar(Manifest workload) {
        return SidecarInjection.of(rendered(UPSTREAM.stream()))
                .sidecarOf(workload, Containers.of(workload))
                .isPresent();
    }

    /** A pod with these labels, annotations and host network in a namespace with injection. */
    private static Manifest pod(String labels, String annotations, boolean hostNetwork) {
        return manifests(
                        """
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: a, namespace: kubeflow, labels: {%s}, annotations: {%s}}
                        spec: {hostNetwork: %s, containers: [{name: a}]}
                        """
                                .formatted(labels, annotations, hostNetwork))
                .get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "ml-pipeline, true",
        "metadata-grpc-deployment, true",
        // By its label.
        "metadata-envoy-deployment, false",
        // In a namespace that only its Profile names.
        "model-registry-deployment, true",
        "model-registry-ui, true",
        "model-registry-db, false",
        // In namespaces without injection.
        "istiod, false",
        "istio-ingressgateway, false",
        "oauth2-proxy, false",
    })
    void decidesAsTheInjectorsSelectorsDo(String name, boolean expected) {
        Manifest workload = UPSTREAM.stream()
                .filter(manifest -> manifest.name().equals(name))
                .findFirst()
                .orElseThrow();

        assertThat(getsSidecar(workload)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "'',                                 '',                                 false, true",
        "'',                                 'sidecar.istio.io/inject: \"false\"', false, false",
        "'sidecar.istio.io/inject: \"true\"',  'sidecar.istio.io/inject: \"false\"', false, true",
        "'',                                 '',                                 true,  false",
    })
    void decidesAsIstiodDoesOfWhatItIsSent(String labels, String annotations, boolean host, boolean expected) {
        assertThat(getsSidecar(pod(labels, annotations, host))).isEqualTo(expected);
    }

    @Test
    void addsNoneWhereThereIsNoInjector() {
        List<Manifest> without = UPSTREAM.stream()
                .filter(manifest -> !manifest.name().equals("istio-sidecar-injector"))
                .toList();
        Manifest pod = pod("", "", false);

        assertThat(SidecarInjection.of(rendered(without.stream())).sidecarOf(pod, Containers.of(pod)))
                .isEmpty();
    }

    @Test
    void readsWhatASidecarAsksForOutOfTheInjectorsValues() {
        Manifest pod = pod("", "", false);

        assertThat(SidecarInjection.of(rendered(UPSTREAM.stream())).sidecarOf(pod, Containers.of(pod)))
                .hasValueSatisfying(sidecar -> {
                    assertThat(sidecar.asked(ComputeResource.CPU)).isEqualTo(10);
                    assertThat(sidecar.asked(ComputeResource.MEMORY)).isEqualTo(40);
                });
    }

    @Test
    void isInTheSumOfRequestsForEachReplica() {
        List<Manifest> pipelines = UPSTREAM.stream()
                .filter(manifest -> manifest.kind().equals("Deployment"))
                .filter(manifest -> manifest.namespace().orElse("").equals("kubeflow"))
                .toList();
        Stream<Manifest> rest =
                UPSTREAM.stream().filter(manifest -> !manifest.kind().equals("Deployment"));
        Manifest twice = manifests(
                        """
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata: {name: twice, namespace: kubeflow}
                        spec: {replicas: 2, template: {spec: {containers: [{name: a}]}}}
                        """)
                .get(0);

        // ml-pipeline's own 250m and 500Mi; sidecars of 10m and 40Mi for it, metadata-grpc-deployment and the two of
        // "twice".
        assertThat(ResourceRequests.of(rendered(Stream.of(rest, pipelines.stream(), Stream.of(twice))
                                .flatMap(all -> all)))
                        .upstream())
                .isEqualTo(new MachineNeeds(290, 660, 5));
    }
}
