package dev.kfmr.install;

import dev.kfmr.check.CheckCase;
import dev.kfmr.check.CheckCase.Kind;
import dev.kfmr.check.CheckCase.Seen;
import dev.kfmr.check.Finding;
import dev.kfmr.core.Directories;
import dev.kfmr.core.Progress;
import dev.kfmr.plan.RequestPolicy;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a cluster that kfmr did not make may lack. A cluster that does not answer ends {@code up} before any finding. */
public final class ExistingClusterCases implements CheckCase.Source {
    private static final String TRIED = "kindest/node:v1.34.3";

    @Override
    public Stream<CheckCase> cases() {
        return Stream.of(
                        one(
                                "cluster.version",
                                ClusterCheck.version(TRIED, "v1.20.0"),
                                ClusterCheck.version(TRIED, "v1.34.1")),
                        one("cluster.rights", ClusterCheck.rights(false), ClusterCheck.rights(true)),
                        one("cluster.default-class", storageClass("false"), storageClass("true")),
                        of("cluster.cpu", room("1", "8000Mi"), room("4", "8000Mi")),
                        of("cluster.memory", room("4", "1000Mi"), room("4", "8000Mi")),
                        one(
                                "cluster.foreign-objects",
                                ClusterCheck.foreign(List.of("apps/Deployment x")),
                                ClusterCheck.foreign(List.of())),
                        Stream.of(new CheckCase(
                                Set.of(
                                        "cluster.version",
                                        "cluster.rights",
                                        "cluster.default-class",
                                        "cluster.cpu",
                                        "cluster.memory",
                                        "cluster.foreign-objects"),
                                Kind.COULD_NOT_LOOK,
                                "a cluster that does not answer before up",
                                ExistingClusterCases::unanswered)))
                .flatMap(cases -> cases);
    }

    private static Stream<CheckCase> one(String id, Optional<Finding> found, Optional<Finding> well) {
        return of(id, found.stream().toList(), well.stream().toList());
    }

    private static Stream<CheckCase> of(String id, List<Finding> found, List<Finding> well) {
        return Stream.of(
                CheckCase.of(id, Kind.FOUND, () -> Seen.of(found.stream())),
                CheckCase.of(id, Kind.NOT_FOUND, () -> Seen.of(well.stream())));
    }

    private static Optional<Finding> storageClass(String isDefault) {
        return ClusterCheck.storageClass(2, ClusterCheckTest.storageClass(isDefault));
    }

    private static List<Finding> room(String cpu, String memory) {
        return ClusterCheckTest.room(RequestPolicy.UPSTREAM, cpu, memory);
    }

    @SuppressWarnings("NullAway") // What is to be installed is asked for only after the cluster has answered.
    private static Seen unanswered() {
        try (KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withAutoConfigure(false)
                        .withMasterUrl("http://127.0.0.1:1")
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build()) {
            Directories none = Directories.of(Map.of(), Path.of("/nowhere"));
            new ClusterCheck(
                            new Surroundings(none, Map.of(), Optional.empty(), Optional.empty(), Progress.silent()),
                            client)
                    .fits(null);
            throw new AssertionError("it answered");
        } catch (KubernetesClientException e) {
            return new Seen(List.of(), List.of("the cluster"));
        }
    }
}
