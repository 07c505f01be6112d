package dev.kfmr.cli;

import dev.kfmr.core.Progress;
import dev.kfmr.install.Surroundings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where things come from, for who is behind a proxy, a mirror, or on a plane. */
final class SourceOptions {
    @Option(
            names = "--git-mirror",
            paramLabel = "URL",
            converter = Addresses.class,
            description =
                    "Fetch sources from a mirror instead of their own hosts: from URL/kubeflow/pipelines.git and so on.")
    @Nullable
    URI gitMirror;

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description = "Certificates (PEM) to trust as well: in downloads, git, and the cluster's nodes.")
    @Nullable
    Path caFile;

    Surroundings surroundings(CommonOptions common, Progress progress) {
        return new Surroundings(
                common.directories(),
                System.getenv(),
                Optional.ofNullable(gitMirror),
                Optional.ofNullable(caFile),
                progress);
    }
}
