package dev.kfmr.cli;

import dev.kfmr.install.Choice;
import dev.kfmr.plan.RequestPolicy;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What is to be installed. */
final class PlanOptionsMixin {
    static final class What {
        @Option(
                names = "--mode",
                paramLabel = "NAME",
                description = {
                    "A shipped profile: standalone is Pipelines, the Model Registry, its UI and its catalog;",
                    "multi-user is the whole platform behind a login."
                })
        @Nullable
        String mode;

        @Option(
                names = "--profile",
                paramLabel = "FILE",
                description = "A profile of your own, which may extend a shipped one.")
        @Nullable
        String profile;
    }

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @ArgGroup
    @Nullable
    What what;

    @Option(
            names = "--pins",
            paramLabel = "NAME|FILE",
            description = "A release set (kfmr pins list shows them), or a file of your own.")
    @Nullable
    String pins;

    @Option(
            names = "--with",
            paramLabel = "COMPONENT,...",
            hideParamSyntax = true,
            split = ",",
            description = "Add components that the profile has, but does not install unasked.")
    Set<String> with = new LinkedHashSet<>();

    @Option(
            names = "--without",
            paramLabel = "COMPONENT,...",
            hideParamSyntax = true,
            split = ",",
            description = "Leave optional components out.")
    Set<String> without = new LinkedHashSet<>();

    @Option(
            names = "--requests",
            paramLabel = "auto|upstream|lowered",
            description =
                    "Requests of the workloads for CPU and memory: upstream keeps them, lowered lowers them, auto lowers"
                            + " those for CPU or memory only when the machine cannot hold them (default: auto).")
    @Nullable
    RequestPolicy requests;

    Choice.Asked asked() {
        return new Choice.Asked(profile(), pins(), requests(), with, without);
    }

    /** The profile that was asked for on the command line, by a variable or in the configuration file. */
    Optional<String> profile() {
        What chosen = what;
        return chosen == null
                ? profileOfSurroundings()
                : Optional.ofNullable(chosen.profile)
                        .map(PlanOptionsMixin::whole)
                        .or(() -> Optional.ofNullable(chosen.mode));
    }

    /** picocli gives no defaults to a group of which nothing stands on the command line. */
    private Optional<String> profileOfSurroundings() {
        return command.defaultValueProvider() instanceof DefaultsFromSurroundings defaults
                ? defaults.found(List.of(command.findOption("--profile"), command.findOption("--mode")))
                        .map(DefaultsFromSurroundings.Found::value)
                        .map(PlanOptionsMixin::whole)
                : Optional.empty();
    }

    /** A file by its whole path: the environment remembers it, and is used from other folders too. */
    private static String whole(String nameOrFile) {
        boolean isFile = nameOrFile.contains("/") || nameOrFile.endsWith(".yaml") || nameOrFile.endsWith(".yml");
        return isFile ? Path.of(nameOrFile).toAbsolutePath().toString() : nameOrFile;
    }

    Optional<String> pins() {
        return Optional.ofNullable(pins).map(PlanOptionsMixin::whole);
    }

    Optional<RequestPolicy> requests() {
        return Optional.ofNullable(requests);
    }
}
