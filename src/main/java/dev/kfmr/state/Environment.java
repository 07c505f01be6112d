package dev.kfmr.state;

import dev.kfmr.core.InOrder;
import dev.kfmr.plan.ComputeResource;
import dev.kfmr.plan.RequestPolicy;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What kfmr knows of one installation between runs.
 *
 * @param name what {@code --name} says; the cluster's name too
 * @param profile shipped mode, or the absolute path of a profile file
 * @param pins release set, or the absolute path of a pins file
 * @param ownCluster whether kfmr made the cluster, and may delete it
 * @param context for an installation in an existing cluster, its kubeconfig context
 * @param requestsLowered what requests were lowered of, to fit this machine or because it was asked for
 * @param images replacements that healing chose, from image to image
 */
public record Environment(
        String name,
        String profile,
        String pins,
        boolean ownCluster,
        Optional<String> context,
        RequestPolicy requests,
        Set<ComputeResource> requestsLowered,
        Set<String> with,
        Set<String> without,
        Map<String, String> images) {
    public Environment {
        requestsLowered = Set.copyOf(requestsLowered);
        with = Set.copyOf(with);
        without = Set.copyOf(without);
        images = InOrder.copyOf(images);
    }

    /** In a cluster that kfmr made, with nothing chosen beyond profile and pins. */
    public static Environment plain(String name, String profile, String pins) {
        return new Environment(
                name,
                profile,
                pins,
                true,
                Optional.empty(),
                RequestPolicy.AUTO,
                Set.of(),
                Set.of(),
                Set.of(),
                Map.of());
    }

    /** The same with more replacements. */
    public Environment withImages(Map<String, String> chosen) {
        Map<String, String> all = new HashMap<>(images);
        all.putAll(chosen);
        return new Environment(name, profile, pins, ownCluster, context, requests, requestsLowered, with, without, all);
    }

    /** The same in a cluster that kfmr did not make. */
    public Environment inContext(String existing) {
        return new Environment(
                name, profile, pins, false, Optional.of(existing), requests, requestsLowered, with, without, images);
    }

    /** What requests stay lowered of, or are to be, under a policy: one that decides by itself keeps to what it did. */
    public Set<ComputeResource> lowers(RequestPolicy policy) {
        return switch (policy) {
            case LOWERED -> ComputeResource.ALL;
            case AUTO -> requestsLowered;
            case UPSTREAM -> Set.of();
        };
    }
}
