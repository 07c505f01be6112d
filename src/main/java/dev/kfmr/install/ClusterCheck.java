package dev.kfmr.install;

import dev.kfmr.apply.ApiObjects;
import dev.kfmr.apply.ApplySet;
import dev.kfmr.apply.KindCatalog;
import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.check.Finding;
import dev.kfmr.check.FitDecision;
import dev.kfmr.cluster.StorageClasses;
import dev.kfmr.core.Progress.Stage;
import dev.kfmr.core.Untyped;
import dev.kfmr.install.Preparation.Prepared;
import dev.kfmr.plan.ComputeResource;
import dev.kfmr.plan.RequestPolicy;
import dev.kfmr.plan.RequestSums;
import dev.kfmr.ready.NodeRoom;
import dev.kfmr.render.Manifest;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a cluster that kfmr did not make can hold an installation: asked of the cluster, before anything is created. */
final class ClusterCheck {
    private static final CheckCatalogue CHECKS = CheckCatalogue.shipped();
    private static final Pattern NODE_VERSION = Pattern.compile("v1\\.(\\d+)");
    /** Kubernetes keeps served versions of its kinds for about a year of releases. */
    private static final int MINORS_APART = 3;

    private static final int MOST_NAMED = 8;

    private final Surroundings surroundings;
    private final KubernetesClient client;

    ClusterCheck(Surroundings surroundings, KubernetesClient client) {
        this.surroundings = surroundings;
        this.client = client;
    }

    /** For a cluster that holds nothing of the environment yet. @return what requests must be lowered of */
    Set<ComputeResource> fits(Prepared prepared) {
        // Who may not look finds nothing out, so that it is asked first, and alone.
        refuseOrWarn(rights(mayDoAnything()).stream().toList());
        NodeRoom room = NodeRoom.forAnyPod(
                client.nodes().list().getItems(),
                client.pods().inAnyNamespace().list().getItems());
        FitDecision decision = FitDecision.decide(
                prepared.choice().requests(), prepared.needs(), room.freeCpuMilli(), room.freeMemoryMib());
        surroundings.progress().step(Stage.CHECK, summary(room));
        List<Finding> findings = new ArrayList<>();
        version(
                        prepared.plan().pins().nodeImage(),
                        client.getKubernetesVersion().getGitVersion())
                .ifPresent(findings::add);
        storageClass(
                        claimsOfTheDefaultClass(prepared),
                        client.storage().v1().storageClasses().list().getItems())
                .ifPresent(findings::add);
        findings.addAll(room(decision, prepared.needs(), room));
        foreign(othersObjects(prepared)).ifPresent(findings::add);
        refuseOrWarn(findings);
        if (prepared.choice().requests() == RequestPolicy.AUTO) {
            decision.lowered().stream().sorted().forEach(lowered -> tell(lowered, prepared, room));
        }
        return decision.lowered();
    }

    private void refuseOrWarn(List<Finding> findings) {
        Findings.refuseOrWarn(
                findings, "This cluster cannot hold the installation. Nothing was created.", surroundings.progress());
    }

    private String summary(NodeRoom room) {
        int nodes = room.nodes().size();
        return "cluster at " + client.getMasterUrl().getHost() + ": " + nodes + (nodes == 1 ? " node, " : " nodes, ")
                + room.freeCpuMilli() + "m CPU and " + room.freeMemoryMib() + " MiB free";
    }

    private static int free(ComputeResource resource, NodeRoom room) {
        return switch (resource) {
            case CPU -> room.freeCpuMilli();
            case MEMORY -> room.freeMemoryMib();
        };
    }

    private void tell(ComputeResource lowered, Prepared prepared, NodeRoom room) {
        surroundings
                .progress()
                .warning("Requests for " + lowered.title() + " are lowered: "
                        + lowered.quantity(prepared.needs().upstream().of(lowered)) + " do not fit into the "
                        + lowered.quantity(free(lowered, room)) + " that the nodes have to give.");
    }

    /** Pure. @param nodeImage that the release set is tried with */
    static Optional<Finding> version(String nodeImage, String have) {
        Matcher tried = NODE_VERSION.matcher(nodeImage);
        Matcher runs = NODE_VERSION.matcher(have);
        boolean isFarApart = tried.find()
                && runs.find()
                && Math.abs(Integer.parseInt(tried.group(1)) - Integer.parseInt(runs.group(1))) > MINORS_APART;
        return isFarApart
                ? Optional.of(CHECKS.get("cluster.version").found(Map.of("have", have, "tried", tried.group())))
                : Optional.empty();
    }

    private boolean mayDoAnything() {
        SelfSubjectAccessReview review = client.authorization()
                .v1()
                .selfSubjectAccessReview()
                .create(new SelfSubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withNewResourceAttributes()
                        .withVerb("*")
                        .withGroup("*")
                        .withResource("*")
                        .endResourceAttributes()
                        .endSpec()
                        .build());
        return Boolean.TRUE.equals(review.getStatus().getAllowed());
    }

    /** Pure. */
    static Optional<Finding> rights(boolean mayDoAnything) {
        return mayDoAnything
                ? Optional.empty()
                : Optional.of(CHECKS.get("cluster.rights").found(Map.of("denied", "every verb on every resource")));
    }

    private static long claimsOfTheDefaultClass(Prepared prepared) {
        return prepared.rendered()
                .objects()
                .filter(manifest -> manifest.kind().equals("PersistentVolumeClaim"))
                .filter(claim -> !Untyped.map(claim.content().get("spec")).containsKey("storageClassName"))
                .count();
    }

    /** Pure. @param claims that name no class */
    static Optional<Finding> storageClass(long claims, List<StorageClass> classes) {
        return claims > 0 && !StorageClasses.hasDefault(classes)
                ? Optional.of(CHECKS.get("cluster.default-class")
                        .found(Map.of("claims", String.valueOf(claims), "classes", StorageClasses.names(classes))))
                : Optional.empty();
    }

    /** Pure. */
    static List<Finding> room(FitDecision decision, RequestSums needs, NodeRoom room) {
        return decision.missing().stream()
                .sorted()
                .map(missing -> CHECKS.get("cluster." + missing.key())
                        .found(Map.of(
                                "need", String.valueOf(needs.of(missing, decision.lowered())),
                                "kept", decision.lowered().contains(missing) ? "lowered" : "upstream's",
                                "free", String.valueOf(free(missing, room)),
                                "nodes", String.valueOf(room.nodes().size()))))
                .toList();
    }

    private List<String> othersObjects(Prepared prepared) {
        ApiObjects objects = new ApiObjects(client);
        List<Manifest> all = prepared.rendered().objects().toList();
        all.stream().filter(KindCatalog::isCustomResourceDefinition).forEach(objects::learn);
        return all.parallelStream()
                .flatMap(manifest -> objects.resolve(manifest).stream())
                .filter(ref -> objects.get(ref)
                        .filter(live -> !ApplySet.isMember(live))
                        .isPresent())
                .map(ref -> ref.id())
                .sorted()
                .toList();
    }

    /** Pure. @param objects of the installation that others brought */
    static Optional<Finding> foreign(List<String> objects) {
        String named = String.join(", ", objects.stream().limit(MOST_NAMED).toList())
                + (objects.size() > MOST_NAMED ? " and " + (objects.size() - MOST_NAMED) + " more" : "");
        return objects.isEmpty()
                ? Optional.empty()
                : Optional.of(CHECKS.get("cluster.foreign-objects")
                        .found(Map.of("count", String.valueOf(objects.size()), "objects", named)));
    }
}
