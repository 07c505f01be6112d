package dev.kfmr.cluster;

import dev.kfmr.core.Command;
import dev.kfmr.core.Deadline;
import dev.kfmr.core.Directories;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Progress;
import dev.kfmr.core.WholeFile;
import dev.kfmr.engine.Engine;
import dev.kfmr.engine.Engines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * kind's clusters on one engine. Only what kfmr made is ever changed: each of its nodes bears kfmr's label in the file
 * that kind writes into it, which is there before Kubernetes is, and outlives a lost state directory.
 */
public final class KindClusters {
    private static final Duration KUBECONFIG_LIMIT = Duration.ofSeconds(30);
    private static final Duration DELETE_LIMIT = Duration.ofMinutes(2);

    private final Path kind;
    private final Engine engine;
    private final NodeContainers containers;
    private final Directories directories;

    /** @param kind the program */
    public KindClusters(Path kind, Engine engine, Directories directories) {
        this.kind = kind;
        this.engine = engine;
        this.containers = new NodeContainers(engine);
        this.directories = directories;
    }

    /** Without starting or changing anything. */
    public ClusterState state(String name) {
        List<NodeContainer> nodes = containers.of(name);
        if (nodes.isEmpty()) {
            return ClusterState.ABSENT;
        }
        if (nodes.stream().anyMatch(node -> !isOurs(name, node))) {
            return ClusterState.FOREIGN;
        }
        if (!nodes.stream().allMatch(this::isFinished)) {
            return ClusterState.UNFINISHED;
        }
        return nodes.stream().allMatch(NodeContainer::isRunning) ? ClusterState.RUNNING : ClusterState.STOPPED;
    }

    public boolean exists(String name) {
        return !containers.of(name).isEmpty();
    }

    public List<String> nodes(String name) {
        return containers.of(name).stream().map(NodeContainer::name).toList();
    }

    /** By name; empty when there is no such cluster. */
    public List<NodeContainer> containers(String name) {
        return containers.of(name);
    }

    /** When the node that was started last was; empty when that is not known. */
    public Optional<Instant> startedAt(String name) {
        return containers.of(name).stream()
                .flatMap(node -> containers.startedAt(node).stream())
                .max(Comparator.naturalOrder());
    }

    /** Runs a shell script in a running node, as doctor does to look. @return what it printed */
    public String run(NodeContainer node, String script) {
        return containers.run(node, script, "");
    }

    /**
     * Makes it so that the cluster runs: creates it, makes anew what was begun and not finished, starts what is stopped;
     * a cluster that runs is brought up to date with the mirror and certificates of {@code spec}, and else left alone.
     * Whether its API server answers is for {@link ClusterConnection#awaitReady}.
     *
     * @return what was there before
     * @throws KfmrException exit 3: {@code cluster.foreign}, {@code cluster.create-failed}; exit 3 or 4,
     *     {@code cluster.node-image}; exit 2, {@code kind-config.invalid}, {@code ca-file.unreadable}
     */
    public ClusterState ensure(ClusterSpec spec, Progress progress, Deadline deadline) {
        ClusterState before = state(spec.name());
        switch (before) {
            case ABSENT -> create(spec, progress, deadline);
            case UNFINISHED -> {
                progress.step(Progress.Stage.CLUSTER, "deleting an unfinished cluster " + spec.name());
                deleteAll(spec.name());
                create(spec, progress, deadline);
            }
            case FOREIGN -> throw foreign(spec.name());
            case STOPPED -> {
                start(spec.name(), progress);
                refresh(spec, progress);
            }
            case RUNNING -> refresh(spec, progress);
        }
        return before;
    }

    private void create(ClusterSpec spec, Progress progress, Deadline deadline) {
        requireReadable(spec);
        String config = KindConfig.of(spec);
        new NodeImage(engine, spec.nodeImage()).ensure(progress, deadline);
        Path configFile = directories.environment(spec.name()).resolve("kind.yaml");
        WholeFile.write(configFile, config);
        OrphanedCreation.end(kubeconfig(spec.name()));
        remove(kubeconfigLock(spec.name()));
        WholeFile.write(begunFile(spec.name()), "");
        try {
            runKind(spec, configFile, progress, deadline);
            setUp(spec, progress);
            containers.of(spec.name()).forEach(new NodeSetup(engine, progress)::markFinished);
        } catch (RuntimeException e) {
            throw afterRollback(spec, e, progress);
        }
        remove(begunFile(spec.name()));
    }

    private RuntimeException afterRollback(ClusterSpec spec, RuntimeException failure, Progress progress) {
        if (!spec.retain()) {
            progress.step(Progress.Stage.CLUSTER, "deleting what was made of the cluster " + spec.name());
        }
        boolean isClean = spec.retain() || Rollback.run(() -> deleteAll(spec.name()));
        // A Ctrl-C reaches kind as well, which may end, and so fail, before this thread hears of it.
        if (Thread.currentThread().isInterrupted()) {
            return KfmrException.interrupted("creating the cluster");
        }
        return isClean ? failure : CreationFailures.unfinished(spec.name(), failure, Engines.whyAway(engine));
    }

    private void runKind(ClusterSpec spec, Path configFile, Progress progress, Deadline deadline) {
        // kind's own rollback would come late, when a killed kfmr's successor works on a cluster of the same name.
        Command.Result result = kind(
                        "create",
                        "cluster",
                        "--retain",
                        "--name",
                        spec.name(),
                        "--image",
                        spec.nodeImage(),
                        "--config",
                        configFile.toString(),
                        "--kubeconfig",
                        kubeconfig(spec.name()).toString())
                .withEnvironment(spec.nodeEnvironment())
                .withLimit(deadline.left())
                .onErrorLine(new KindSteps(progress))
                .run();
        if (!result.succeeded()) {
            throw new CreationFailures().ofCreation(spec, result, spec.retain());
        }
    }

    /** The credentials come from the cluster: a file that a crash cut short may still look like a kubeconfig. */
    private void refresh(ClusterSpec spec, Progress progress) {
        setUp(spec, progress);
        restoreKubeconfig(spec.name());
    }

    private void setUp(ClusterSpec spec, Progress progress) {
        requireReadable(spec);
        NodeSetup setup = new NodeSetup(engine, progress);
        containers.of(spec.name()).forEach(node -> setup.apply(node, spec));
    }

    /** Starts every node container that does not run. */
    public void start(String name, Progress progress) {
        containers.of(name).stream().filter(node -> !node.isRunning()).forEach(node -> {
            progress.step(Progress.Stage.CLUSTER, "starting " + node.name());
            containers.start(node);
        });
    }

    /**
     * Deletes it with all its data; nothing where there is none.
     *
     * @throws KfmrException exit 3, {@code cluster.foreign}
     */
    public void delete(String name, Progress progress) {
        if (state(name) == ClusterState.FOREIGN) {
            throw foreign(name);
        }
        progress.step(Progress.Stage.DELETE, "deleting the cluster " + name);
        deleteAll(name);
    }

    /** A paused container cannot be ended: it is let go on first. What kind leaves behind is removed without it. */
    private void deleteAll(String name) {
        OrphanedCreation.end(kubeconfig(name));
        containers.of(name).stream().filter(NodeContainer::isPaused).forEach(containers::start);
        kind(
                        "delete",
                        "cluster",
                        "--name",
                        name,
                        "--kubeconfig",
                        kubeconfig(name).toString())
                .withLimit(DELETE_LIMIT)
                .run();
        containers.removeAll(name);
        remove(kubeconfig(name));
        remove(kubeconfigLock(name));
        remove(begunFile(name));
    }

    /** Where the cluster's kubeconfig lies, at mode 0600; {@link #ensure} sees to it that it is there and whole. */
    public Path kubeconfig(String name) {
        return directories.environment(name).resolve("kubeconfig");
    }

    /** Writes the kubeconfig anew, as after a lost state directory. */
    public Path restoreKubeconfig(String name) {
        Command.Result result = kind("get", "kubeconfig", "--name", name)
                .withLimit(KUBECONFIG_LIMIT)
                .run();
        if (!result.succeeded()) {
            throw new KfmrException(
                    ExitCode.ENVIRONMENT,
                    "cluster.no-kubeconfig",
                    "Cannot get the credentials of the cluster " + name + ".",
                    "kind: " + result.lastWords(),
                    "If its node does not run, start it: kfmr up.");
        }
        WholeFile.writePrivate(kubeconfig(name), result.output());
        return kubeconfig(name);
    }

    /** A node in its first seconds has no such file yet: then what kfmr noted before it began decides. */
    private boolean isOurs(String name, NodeContainer node) {
        return containers
                .read(node, NodeContainers.KUBEADM_CONFIG)
                .map(text -> text.contains(KindConfig.OWNER_LABEL + "=" + KindConfig.OWNER))
                .orElseGet(() -> Files.exists(begunFile(name)));
    }

    private boolean isFinished(NodeContainer node) {
        return containers
                .read(node, NodeSetup.FINISHED_FILE)
                .filter(text -> text.contains(NodeSetup.FINISHED))
                .isPresent();
    }

    private Command kind(String... arguments) {
        return Command.of(kind.toString())
                .with(arguments)
                .withEnvironment(engine.environment())
                .withEnvironment(engine.kindEnvironment());
    }

    /** Whether the creation of a cluster was begun and has not come to its end. */
    public static boolean isBegun(String name, Directories directories) {
        return Files.exists(begunFile(name, directories));
    }

    private Path begunFile(String name) {
        return begunFile(name, directories);
    }

    /** There from before the first container until the cluster is whole: it is ours, and not finished. */
    private static Path begunFile(String name, Directories directories) {
        return directories.environment(name).resolve("cluster-begun");
    }

    /** A killed kind leaves its lock behind, and every later one gives up on it. */
    private Path kubeconfigLock(String name) {
        return kubeconfig(name).resolveSibling("kubeconfig.lock");
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw WholeFile.unwritable(file, e);
        }
    }

    private static void requireReadable(ClusterSpec spec) {
        spec.caFile().ifPresent(file -> {
            try {
                WholeFile.read(file);
            } catch (UncheckedIOException e) {
                throw new KfmrException(
                        ExitCode.USAGE,
                        "ca-file.unreadable",
                        "Cannot read the certificates of --ca-file.",
                        String.valueOf(e.getCause()),
                        "Name a file that holds certificates as PEM.",
                        e);
            }
        });
    }

    private static KfmrException foreign(String name) {
        return new KfmrException(
                ExitCode.ENVIRONMENT,
                "cluster.foreign",
                "There is a kind cluster " + name + " that kfmr did not make.",
                "kfmr changes and deletes only clusters that it made itself.",
                "Choose another name with --name. Or install into that cluster: --context kind-" + name + ".");
    }
}
