package dev.kfmr.install;

import dev.kfmr.core.Directories;
import dev.kfmr.core.Progress;
import dev.kfmr.fetch.Origins;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where this run of kfmr stands: its directories, variables, and the ways out to the world.
 *
 * @param environment variables of this process: PATH, proxies, engine addresses
 * @param gitMirror base that replaces the host of each source's URL
 * @param caFile PEM certificates to trust as well
 */
public record Surroundings(
        Directories directories,
        Map<String, String> environment,
        Optional<URI> gitMirror,
        Optional<Path> caFile,
        Progress progress) {
    public Surroundings {
        environment = Map.copyOf(environment);
    }

    Origins origins() {
        return new Origins(gitMirror, environment, caFile);
    }
}
