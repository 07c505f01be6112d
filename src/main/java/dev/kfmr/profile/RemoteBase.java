package dev.kfmr.profile;

/**
 * A repository that upstream's kustomizations pull by URL while they are built, and the source that stands in for it.
 *
 * @param prefix what the references start with, such as {@code https://github.com/argoproj/argo-workflows}
 * @param ref the tag that they ask for; another one is an error
 * @param source name of the source
 */
public record RemoteBase(String prefix, String ref, String source) {}
