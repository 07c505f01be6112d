package dev.kfmr.engine;

/**
 * An image's name, taken apart as Docker does it: without a registry it is Docker Hub's, without an owner there one of its
 * own, without tag and digest {@code latest}.
 *
 * @param text as written
 * @param registry host, with its port if it has one, such as {@code ghcr.io}
 * @param repository such as {@code kubeflow/kfp-launcher}
 * @param reference tag or digest
 */
public record ImageName(String text, String registry, String repository, String reference) {
    private static final String HUB = "docker.io";
    /** Where Docker Hub's registry really is. */
    private static final String HUB_HOST = "registry-1.docker.io";

    public static ImageName parse(String text) {
        int digest = text.indexOf('@');
        String named = digest < 0 ? text : text.substring(0, digest);
        int tag = named.indexOf(':', named.lastIndexOf('/') + 1);
        String path = tag < 0 ? named : named.substring(0, tag);
        String reference = digest >= 0 ? text.substring(digest + 1) : tag < 0 ? "latest" : named.substring(tag + 1);
        int slash = path.indexOf('/');
        String first = slash < 0 ? "" : path.substring(0, slash);
        if (!isHost(first)) {
            return new ImageName(text, HUB, slash < 0 ? "library/" + path : path, reference);
        }
        String repository = path.substring(slash + 1);
        boolean isHubsOwn = first.equals(HUB) && !repository.contains("/");
        return new ImageName(text, first, isHubsOwn ? "library/" + repository : repository, reference);
    }

    /** The machine that answers for the registry: only Docker Hub's has another name, {@code registry-1.docker.io}. */
    public String host() {
        return registry.equals(HUB) ? HUB_HOST : registry;
    }

    /** With its registry, and with the digest alone where there is one: Podman takes neither less nor both. */
    public String whole() {
        return registry + "/" + repository + (text.contains("@") ? "@" : ":") + reference;
    }

    private static boolean isHost(String part) {
        return part.contains(".") || part.contains(":") || part.equals("localhost");
    }
}
