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
import dev.kfmr.plan.MachineNeeds;
import dev.kfmr.ready.NodeRoom;
import dev.kfmr.render.Manifest;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    /** For a cluster that holds nothing of the environment yet. */
    FitDecision fits(Prepared prepared) {
        NodeRoom room = NodeRoom.forAnyPod(
                client.nodes().list().getItems(),
                client.pods().inAnyNamespace().list().getItems());
        MachineNeeds needs = prepared.needs();
        FitDecision decision = FitDecision.decide(prepared.choice().requests(), needs.cpuMilli(), room.freeCpuMilli());
        surroundings.progress().step(Stage.CHECK, summary(room));
        List<Finding> findings = new ArrayList<>();
        version(prepared, findings);
        rights(findings);
        storageClass(prepared, findings);
        if (decision == FitDecision.REFUSE) {
            findings.add(room(
                    "cluster.cpu",
                    needs.cpuMilli(),
                    room.freeCpuMilli(),
                    room.nodes().size()));
        }
        if (needs.memoryMib() > room.freeMemoryMib()) {
            findings.add(room(
                    "cluster.memory",
                    needs.memoryMib(),
                    room.freeMemoryMib(),
                    room.nodes().size()));
        }
        foreign(prepared, findings);
        if (decision == FitDecision.LOWER) {
            surroundings
                    .progress()
                    .warning("CPU requests are lowered: " + needs.cpuMilli() + "m do not fit into the "
                            + room.freeCpuMilli() + "m that the nodes have to give.");
        }
        Findings.refuseOrWarn(
                findings, "This cluster cannot hold the installation. Nothing was created.", surroundings.progress());
        return decision;
    }

    private String summary(NodeRoom room) {
        int nodes = room.nodes().size();
        return "cluster at " + client.getMasterUrl().getHost() + ": " + nodes + (nodes == 1 ? " node, " : " nodes, ")
                + room.freeCpuMilli() + "m CPU and " + room.freeMemoryMib() + " MiB free";
    }

    private static Finding room(String id, int need, int free, int nodes) {
        return CHECKS.get(id)
                .found(Map.of(
                        "need", String.valueOf(need), "free", String.valueOf(free), "nodes", String.valueOf(nodes)));
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

    private void rights(List<Finding> findings) {
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
        if (!Boolean.TRUE.equals(review.getStatus().getAllowed())) {
            findings.add(CHECKS.get("cluster.rights").found(Map.of("denied", "every verb on every resource")));
        }
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
