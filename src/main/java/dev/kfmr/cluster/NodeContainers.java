package dev.kfmr.cluster;

import dev.kfmr.core.Command;
import dev.kfmr.core.Deadline;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.engine.Engine;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The containers that a kind cluster's nodes are, as the engine knows them. */
final class NodeContainers {
    /** What kind writes into each node within a second or two, before Kubernetes starts there. */
    static final String KUBEADM_CONFIG = "/kind/kubeadm.conf";

    private static final String CLUSTER_LABEL = "io.x-k8s.kind.cluster";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration TO_BE_GONE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final String THAW =
            "find /cgroup/freezer -path \"*$1*\" -name freezer.state -exec sh -c 'echo THAWED > \"$1\"' sh {} ';'";

    private final Engine engine;

    NodeContainers(Engine engine) {
        this.engine = engine;
    }

    /** By name; empty when there is no such cluster. */
    List<NodeContainer> of(String cluster) {
        Command.Result result = engine.command(
                        "ps",
                        "--all",
                        "--filter",
                        "label=" + CLUSTER_LABEL + "=" + cluster,
                        "--format",
                        "{{.Names}} {{.State}}")
                .withLimit(LIMIT)
                .run();
        return checked(result, "Cannot list the node containers of " + cluster + ".")
                .output()
                .lines()
                .map(line -> line.strip().split(" ", 2))
                .filter(fields -> fields.length == 2)
                .map(fields -> new NodeContainer(fields[0], state(fields[1])))
                .sorted(Comparator.comparing(NodeContainer::name))
                .toList();
    }

    /** Docker has a word for it; Podman says "Up 3 minutes ago" and "Exited (137) 2 seconds ago". */
    private static String state(String said) {
        String word = said.toLowerCase(Locale.ROOT).split(" ", 2)[0];
        return word.equals("up") ? "running" : word;
    }

    void start(NodeContainer node) {
        checked(
                engine.command(node.isPaused() ? "unpause" : "start", node.name())
                        .withLimit(LIMIT)
                        .run(),
                "Cannot start the node container " + node.name() + ".");
    }

    /** When it was last started; empty when the engine does not say. As JSON, since Podman writes it for people else. */
    Optional<Instant> startedAt(NodeContainer node) {
        Command.Result result = engine.command("inspect", "--format", "{{json .State.StartedAt}}", node.name())
                .withLimit(LIMIT)
                .run();
        try {
            return result.succeeded()
                    ? Optional.of(Instant.parse(result.output().strip().replace("\"", "")))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /**
     * A text file of a node, running or not, within other bytes: it comes as a stream in the tar format, in which the
     * text stands as it is. Empty when there is no such file.
     */
    Optional<String> read(NodeContainer node, String file) {
        Command.Result result = engine.command("cp", node.name() + ":" + file, "-")
                .withLimit(LIMIT)
                .run();
        return result.succeeded() ? Optional.of(result.output()) : Optional.empty();
    }

    /** Runs a shell script in a running node. @return what it printed */
    String run(NodeContainer node, String script, String input) {
        Command.Result result = engine.command("exec", "--interactive", node.name(), "sh", "-euc", script)
                .withInput(input)
                .withLimit(LIMIT)
                .run();
        return checked(result, "Cannot work in the node " + node.name() + ".").output();
    }

    /**
     * Removes what kind could not. Docker gives a killed container ten seconds to be gone, and then says "did not receive
     * an exit event": a busy machine takes longer, and the next try finds it gone; or see {@link #thaw}.
     */
    void removeAll(String cluster) {
        Deadline deadline = Deadline.in(TO_BE_GONE);
        for (List<NodeContainer> left = of(cluster); !left.isEmpty(); left = of(cluster)) {
            String[] names = left.stream().map(NodeContainer::name).toArray(String[]::new);
            Command.Result result = engine.command("rm", "--force", "--volumes")
                    .with(names)
                    .withLimit(LIMIT)
                    .run();
            if (result.succeeded()) {
                return;
            }
            if (deadline.passed()) {
                checked(result, "Cannot remove the node containers " + String.join(", ", names) + ".");
            }
            left.forEach(this::thaw);
            deadline.sleep(PAUSE, "removing node containers");
        }
    }

    /**
     * With cgroup v1, runc in a node freezes a pod's cgroup for the moment in which it changes it. Processes of a node that
     * is killed in that moment stay frozen, where no signal ends them, and nobody can enter the node any more. So they are
     * let go on from a container beside it, in this node's own cgroups only. What comes of it the next try tells.
     */
    private void thaw(NodeContainer node) {
        if (engine.facts().cgroupVersion() != 1) {
            return;
        }
        Command.Result found = engine.command("inspect", "--format", "{{.Id}} {{.Image}}", node.name())
                .withLimit(LIMIT)
                .run();
        String[] fields = found.output().strip().split(" ");
        if (found.succeeded() && fields.length == 2) {
            engine.command("run", "--rm", "--privileged", "--network", "none")
                    .with("--volume", "/sys/fs/cgroup:/cgroup", "--entrypoint", "sh", fields[1])
                    .with("-c", THAW, "sh", fields[0])
                    .withLimit(LIMIT)
                    .run();
        }
    }

    private Command.Result checked(Command.Result result, String what) {
        if (result.succeeded()) {
            return result;
        }
        throw new KfmrException(
                ExitCode.ENVIRONMENT,
                "engine.failed",
                what,
                result.timedOut() ? engine.kind().title() + " did not end it in time." : result.lastWords(),
                "See that " + engine.kind().title() + " works (" + engine.kind().program()
                        + " ps), then run the same command again.");
    }
}
