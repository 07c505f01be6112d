package dev.kfmr.cluster;

import dev.kfmr.core.Progress;
import dev.kfmr.core.WholeFile;
import dev.kfmr.engine.Engine;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** What a node needs beyond what kind does: the mirror, further certificates. Doing it again changes nothing. */
final class NodeSetup {
    private static final String CERTIFICATES = "/usr/local/share/ca-certificates/kfmr.crt";

    /** Written last: a node without it was never finished. */
    static final String FINISHED_FILE = "/kind/kfmr-finished";

    static final String FINISHED = "made by kfmr";

    /** Puts the input into a file, when it is something else, and then runs what follows. */
    private static final String PUT =
            """
            file=%s
            mkdir -p "${file%%/*}"
            cat > "$file.new"
            if cmp -s "$file.new" "$file"; then
              rm "$file.new"
            else
              mv "$file.new" "$file"
              %s
            fi
            """;

    /** The first of the engines' names for the machine that they run on, else the machine that the node is on. */
    private static final String HOST_ADDRESS =
            """
            for name in host.docker.internal host.containers.internal; do
              if getent hosts "$name" >/dev/null; then echo "$name"; exit; fi
            done
            ip -4 route show default | sed -n 's/.* via \\([0-9.]*\\).*/\\1/p' | head -n 1
            """;

    private final NodeContainers containers;
    private final Progress progress;

    NodeSetup(Engine engine, Progress progress) {
        this.containers = new NodeContainers(engine);
        this.progress = progress;
    }

    void apply(NodeContainer node, ClusterSpec spec) {
        spec.caFile().ifPresent(file -> trust(node, file));
        mirror(node, spec.registryMirror());
    }

    void markFinished(NodeContainer node) {
        put(node, FINISHED_FILE, FINISHED + "\n", ":");
    }

    private void trust(NodeContainer node, Path certificates) {
        put(
                node,
                CERTIFICATES,
                WholeFile.read(certificates),
                "update-ca-certificates >/dev/null 2>&1; systemctl restart containerd");
    }

    private void mirror(NodeContainer node, Optional<URI> wanted) {
        if (wanted.isEmpty()) {
            containers.run(node, "rm -f " + RegistryMirror.FILE, "");
            return;
        }
        RegistryMirror mirror = reachable(node, new RegistryMirror(wanted.get()));
        put(node, RegistryMirror.FILE, mirror.hostsToml(), ":");
        if (!answers(node, mirror)) {
            progress.warning("The node " + node.name() + " does not reach the registry mirror " + mirror.address()
                    + ": no image can be pulled until it does.");
        }
    }

    /** In the node, localhost is the node. */
    private RegistryMirror reachable(NodeContainer node, RegistryMirror mirror) {
        if (!mirror.isOnThisMachine()) {
            return mirror;
        }
        String host = containers.run(node, HOST_ADDRESS, "").strip();
        return host.isEmpty() ? mirror : mirror.at(host);
    }

    private boolean answers(NodeContainer node, RegistryMirror mirror) {
        String script = "timeout 5 bash -c 'exec 3<>/dev/tcp/%s/%d' 2>/dev/null && echo yes || echo no"
                .formatted(mirror.host(), mirror.port());
        return containers.run(node, script, "").strip().equals("yes");
    }

    private void put(NodeContainer node, String file, String content, String onChange) {
        containers.run(node, PUT.formatted(file, onChange), content);
    }
}
