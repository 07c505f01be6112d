package dev.kfmr.fetch;

import dev.kfmr.core.Deadline;
import dev.kfmr.tools.Proxies;
import dev.kfmr.tools.Trust;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * From where, and through what, sources are fetched.
 *
 * @param mirror base URL that stands in for scheme and host of every address
 * @param environment for the proxy variables
 * @param caFile certificates in PEM form that are trusted beside the JVM's own
 */
public record Origins(Optional<URI> mirror, Map<String, String> environment, Optional<Path> caFile) {
    public Origins {
        environment = Map.copyOf(environment);
    }

    /** Where a repository is really asked for: {@code <mirror>/owner/name.git}, or its own address. */
    URI address(URI repository) {
        return mirror.map(base -> mirrored(base, repository)).orElse(repository);
    }

    /** One address of a source, through what this machine needs to reach it. */
    GitRemote remote(URI repository, Trust trust, Deadline deadline) {
        return new GitRemote(address(repository), new Proxies(environment), trust, deadline);
    }

    Trust trust() {
        return caFile.map(Trust::withExtra).orElseGet(Trust::ofSystem);
    }

    private static URI mirrored(URI base, URI repository) {
        String path = withoutSlash(repository.getPath());
        String suffix = path.endsWith(".git") ? "" : ".git";
        return URI.create(withoutSlash(base.toString()) + path + suffix);
    }

    private static String withoutSlash(String text) {
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
