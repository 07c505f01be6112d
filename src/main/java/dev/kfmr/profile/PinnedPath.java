package dev.kfmr.profile;

/**
 * Where a release keeps a component.
 *
 * @param source name of the source
 * @param path folder with a kustomization in that source
 * @param pinnedAt file and line, for errors
 */
public record PinnedPath(String source, String path, String pinnedAt, PathRequests requests) {
    /** One of which it is not known what it asks for. */
    public PinnedPath(String source, String path, String pinnedAt) {
        this(source, path, pinnedAt, PathRequests.NONE);
    }
}
