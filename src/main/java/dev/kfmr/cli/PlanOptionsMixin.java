package dev.kfmr.cli;

import dev.kfmr.plan.RequestPolicy;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What is to be installed. */
final class PlanOptionsMixin {
    static final class What {
        @Option(
                names = "--mode",
                paramLabel = "NAME",
                description = "A shipped profile: standalone (Pipelines, Model Registry and its UI).")
        @Nullable
        String mode;

        @Option(
                names = "--profile",
                paramLabel = "FILE",
                description = "Your own profile; it may extend a shipped one.")
        @Nullable
        String profile;
    }

    @ArgGroup
    @Nullable
    What what;

    @Option(
            names = "--pins",
            paramLabel = "NAME|FILE",
            description = "The release set, or a file that extends one (kfmr pins list).")
    @Nullable
    String pins;

    @Option(
            names = "--with",
            paramLabel = "COMPONENT",
            split = ",",
            description = "Add components that the profile leaves out.")
    Set<String> with = new LinkedHashSet<>();

    @Option(names = "--without", paramLabel = "COMPONENT", split = ",", description = "Leave optional components out.")
    Set<String> without = new LinkedHashSet<>();

    @Option(
            names = "--requests",
            paramLabel = "auto|upstream|lowered",
            description =
                    "CPU requests: lowered when the machine cannot hold them, kept as upstream has them, or always"
                            + " lowered (default: auto).")
    @Nullable
    RequestPolicy requests;

    /** The profile that was asked for on the command line, by a variable or in the configuration file. */
    Optional<String> profile() {
        What chosen = what;
        if (chosen == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(chosen.profile)
                .map(file -> Path.of(file).toAbsolutePath().toString())
                .or(() -> Optional.ofNullable(chosen.mode));
    }

    /** A file by its whole path: the environment remembers it, and is used from other folders too. */
    Optional<String> pins() {
        return Optional.ofNullable(pins)
                .map(name -> name.contains("/") || name.endsWith(".yaml") || name.endsWith(".yml")
                        ? Path.of(name).toAbsolutePath().toString()
                        : name);
    }

    Optional<RequestPolicy> requests() {
        return Optional.ofNullable(requests);
    }
}
