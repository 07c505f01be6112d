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
import dev.kfmr.ready.NodeRoom;
import dev.kfmr.render.Manifest;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        refuseOrWarn(rights());
        NodeRoom room = NodeRoom.forAnyPod(
                client.nodes().list().getItems(),
                client.pods().inAnyNamespace().list().getItems());
        FitDecision decision = FitDecision.decide(
                prepared.choice().requests(), prepared.needs(), room.freeCpuMilli(), room.freeMemoryMib());
        surroundings.progress().step(Stage.CHECK, summary(room));
        List<Finding> findings = new ArrayList<>();
        version(prepared, findings);
        storageClass(prepared, findings);
        for (ComputeResource missing : decision.missing()) {
            findings.add(CHECKS.get("cluster." + missing.key())
                    .found(Map.of(
                            "need", String.valueOf(prepared.needs().of(missing, decision.lowered())),
                            "kept", decision.lowered().contains(missing) ? "lowered" : "upstream's",
                            "free", String.valueOf(free(missing, room)),
                            "nodes", String.valueOf(room.nodes().size()))));
        }
        foreign(prepared, findings);
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

    private void version(Prepared prepared, List<Finding> findings) {
        Matcher tried = NODE_VERSION.matcher(prepared.plan().pins().nodeImage());
        String have = client.getKubernetesVersion().getGitVersion();
        Matcher runs = NODE_VERSION.matcher(have);
        if (tried.find()
                && runs.find()
                && Math.abs(Integer.parseInt(tried.group(1)) - Integer.parseInt(runs.group(1))) > MINORS_APART) {
            findings.add(CHECKS.get("cluster.version").found(Map.of("have", have, "tried", tried.group())));
        }
    }

    private List<Finding> rights() {
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
        return Boolean.TRUE.equals(review.getStatus().getAllowed())
                ? List.of()
                : List.of(CHECKS.get("cluster.rights").found(Map.of("denied", "every verb on every resource")));
    }

    private void storageClass(Prepared prepared, List<Finding> findings) {
        long claims = prepared.rendered()
                .objects()
                .filter(manifest -> manifest.kind().equals("PersistentVolumeClaim"))
                .filter(claim -> !Untyped.map(claim.content().get("spec")).containsKey("storageClassName"))
                .count();
        List<StorageClass> classes =
                client.storage().v1().storageClasses().list().getItems();
        if (claims > 0 && !StorageClasses.hasDefault(classes)) {
            findings.add(CHECKS.get("cluster.default-class")
                    .found(Map.of("claims", String.valueOf(claims), "classes", StorageClasses.names(classes))));
        }
    }

    private void foreign(Prepared prepared, List<Finding> findings) {
        ApiObjects objects = new ApiObjects(client);
        List<Manifest> all = prepared.rendered().objects().toList();
        all.stream().filter(KindCatalog::isCustomResourceDefinition).forEach(objects::learn);
        List<String> foreign = all.parallelStream()
                .flatMap(manifest -> objects.resolve(manifest).stream())
                .filter(ref -> objects.get(ref)
                        .filter(live -> !ApplySet.isMember(live))
                        .isPresent())
                .map(ref -> ref.id())
                .sorted()
                .toList();
        if (!foreign.isEmpty()) {
            String named = String.join(", ", foreign.stream().limit(MOST_NAMED).toList())
                    + (foreign.size() > MOST_NAMED ? " and " + (foreign.size() - MOST_NAMED) + " more" : "");
            findings.add(CHECKS.get("cluster.foreign-objects")
                    .found(Map.of("count", String.valueOf(foreign.size()), "objects", named)));
        }
    }
}
