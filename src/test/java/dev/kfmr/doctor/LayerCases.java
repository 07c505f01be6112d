package dev.kfmr.doctor;

import dev.kfmr.check.Check;
import dev.kfmr.check.CheckCase;
import dev.kfmr.check.CheckCase.Kind;
import dev.kfmr.check.CheckCase.Seen;
import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.check.CheckGroup;
import dev.kfmr.check.Finding;
import dev.kfmr.check.HostFacts;
import dev.kfmr.check.MachineCases;
import dev.kfmr.cluster.UserKubeconfig;
import dev.kfmr.core.Directories;
import dev.kfmr.core.Resource;
import dev.kfmr.core.Untyped;
import dev.kfmr.doctor.DoctorInput.Installation;
import dev.kfmr.doctor.MachineLooks.Machine;
import dev.kfmr.engine.EngineCases;
import dev.kfmr.profile.ComponentSpec;
import dev.kfmr.profile.YamlDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whole runs of doctor, with a program of its own as docker and an API server of its own: what is found from the engine
 * up to the API server, and which look says that it could not when a layer is away.
 */
final class LayerCases implements CheckCase.Source {
    private static final String NAME = "kfmr-staged";
    private static final String NODE = NAME + "-control-plane";
    private static final String OURS = "node-labels: kfmr.dev/owner=kfmr";
    private static final String FINISHED = "made by kfmr";
    /** Those whose findings are of this machine as it is. */
    private static final Set<CheckGroup> REAL = EnumSet.of(CheckGroup.HOST, CheckGroup.ENGINE);

    private final Path folder;
    private int runs;

    /** @param folder for files of its own */
    LayerCases(Path folder) {
        this.folder = folder;
    }

    /**
     * What is staged.
     *
     * @param nodes as the engine lists them; empty text for none
     * @param kubeadm what the node's file says that tells who made it
     * @param refused path of the API server
     */
    private record Staged(
            String nodes,
            String kubeadm,
            String finished,
            boolean hasKubeconfig,
            String userKubeconfig,
            String refused) {
        static Staged well() {
            return new Staged(NODE + " running", OURS, FINISHED, true, userKubeconfig("kind-" + NAME), "");
        }

        static String userKubeconfig(String context) {
            return ("apiVersion: v1\nkind: Config\nclusters: [{name: %1$s, cluster: {server: 'http://x'}}]\n"
                            + "users: [{name: %1$s, user: {}}]\n"
                            + "contexts: [{name: %1$s, context: {cluster: %1$s, user: %1$s}}]\n")
                    .formatted(context);
        }

        Staged nodes(String other) {
            return new Staged(other, kubeadm, finished, hasKubeconfig, userKubeconfig, refused);
        }

        Staged kubeadm(String other) {
            return new Staged(nodes, other, finished, hasKubeconfig, userKubeconfig, refused);
        }

        Staged unfinished() {
            return new Staged(nodes, kubeadm, "", hasKubeconfig, userKubeconfig, refused);
        }

        Staged withoutKubeconfig() {
            return new Staged(nodes, kubeadm, finished, false, userKubeconfig, refused);
        }

        Staged userKubeconfigOf(String text) {
            return new Staged(nodes, kubeadm, finished, hasKubeconfig, text, refused);
        }

        Staged refused(String path) {
            return new Staged(nodes, kubeadm, finished, hasKubeconfig, userKubeconfig, path);
        }
    }

    @Override
    public Stream<CheckCase> cases() {
        Staged well = Staged.well();
        Staged silent = well.nodes("refused");
        Map<String, Staged> found = Map.of(
                "cluster.absent", well.nodes(""),
                "cluster.foreign", well.kubeadm("node-labels: none"),
                "cluster.unfinished", well.unfinished(),
                "cluster.no-kubeconfig", well.withoutKubeconfig(),
                "cluster.context", well.userKubeconfigOf(Staged.userKubeconfig("another")),
                "cluster.api-server", well.refused("/readyz"),
                "node.paused", well.nodes(NODE + " paused"),
                "node.stopped", well.nodes(NODE + " exited"));
        return Stream.of(
                        found.entrySet().stream()
                                .map(each -> CheckCase.of(each.getKey(), Kind.FOUND, () -> whole(each.getValue()))),
                        Stream.of(new CheckCase(
                                found.keySet(), Kind.NOT_FOUND, "a whole run where all is well", () -> whole(well)
                                        .nothing())),
                        Stream.of(
                                blind(
                                        Set.of(
                                                "cluster.absent",
                                                "cluster.foreign",
                                                "cluster.unfinished",
                                                "node.paused",
                                                "node.stopped"),
                                        "the cluster's containers",
                                        () -> whole(silent)),
                                blind(
                                        Set.of("cluster.no-kubeconfig", "cluster.api-server"),
                                        "what runs in the cluster",
                                        () -> whole(well.nodes(NODE + " exited"))),
                                blind(
                                        Set.of("cluster.context"),
                                        "your kubeconfig",
                                        () -> whole(well.userKubeconfigOf("no: [yaml"))),
                                blind(
                                        Set.of("node.registry-name", "node.registry-certificate"),
                                        "the way from the nodes to registries",
                                        () -> whole(well.refused("/apis/apps/v1/deployments"))),
                                blind(
                                        logins(),
                                        "the login",
                                        () -> whole(well, well(), () -> {
                                            throw new IllegalStateException("no way in");
                                        })),
                                blind(
                                        Set.of("host.ports"),
                                        "the environment's plan",
                                        () -> whole(
                                                well,
                                                () -> {
                                                    throw new IllegalStateException("no plan");
                                                },
                                                Optional::empty)),
                                blind(
                                        MachineCases.idsOfTheEngine(),
                                        "the settings of the engine and its machine",
                                        () -> beforeInstall(Map.of(
                                                "PATH",
                                                folder.resolve("empty").toString(),
                                                "DOCKER_HOST",
                                                "ssh://elsewhere"))),
                                blind(
                                        Set.of("host.proxy", "host.docker-config"),
                                        "this machine",
                                        () -> machine(() -> {
                                            throw new IllegalStateException("no such file");
                                        })),
                                blind(
                                        EngineCases.ids(),
                                        "the container engine",
                                        // No variable can have this character.
                                        () -> beforeInstall(Map.of(
                                                "PATH", docker(folder, well).toString(), "UNUSABLE", "\0")))),
                        registries())
                .flatMap(cases -> cases);
    }

    /** That look, and not only any other, says that it could not. */
    private static CheckCase blind(Set<String> ids, String look, Callable<Seen> run) {
        return new CheckCase(ids, Kind.COULD_NOT_LOOK, look, () -> run.call().without(look));
    }

    private static Set<String> logins() {
        return CheckCatalogue.shipped().all().stream()
                .filter(check -> check.group() == CheckGroup.LOGIN)
                .map(Check::id)
                .collect(Collectors.toSet());
    }

    /** What a node prints of registries; which it is asked for depends on the names that this machine finds. */
    private static Stream<CheckCase> registries() {
        return Map.of(
                        "node.registry-name", "name quay.io no",
                        "node.registry-certificate", "certificate gcr.io unable to get local issuer certificate")
                .entrySet()
                .stream()
                .flatMap(each -> Stream.of(
                        CheckCase.of(each.getKey(), Kind.FOUND, () -> printed(each.getValue())),
                        CheckCase.of(each.getKey(), Kind.NOT_FOUND, () -> printed(""))));
    }

    private static Seen printed(String lines) {
        return seen(new NodeNetworkFaults("docker", NODE, NodeFacts.of("")).registries(lines).stream());
    }

    private static Seen seen(Stream<Fault> faults) {
        return Seen.of(faults.map(Fault::finding));
    }

    private Seen machine(Supplier<HostFacts> host) {
        try (Looks looks = new Looks()) {
            Machine machine = new MachineLooks(
                            looks, Map.of("PATH", folder.resolve("empty").toString()), host)
                    .read(Room.nothingMore());
            return seen(Diagnosis.of(machine.faults(), looks.unread()), Set.of());
        }
    }

    private Seen beforeInstall(Map<String, String> environment) throws Exception {
        Diagnosis diagnosis = new Doctor(input(
                        Files.createDirectories(folder.resolve("run" + runs++)), environment, well(), Optional::empty))
                .beforeInstall(Selection.of(List.of(), List.of()));
        return seen(diagnosis, Set.of());
    }

    private Seen whole(Staged staged) throws Exception {
        return whole(staged, well(), Optional::empty);
    }

    private static Supplier<Installation> well() {
        ComponentSpec istio = new ComponentSpec(
                "istio", "Istio", "istio", Optional.empty(), "", List.of(), false, true, List.of(), Map.of());
        return () -> new Installation(List.of(istio), List.of(), List.of(), Room.nothingMore());
    }

    private Seen whole(Staged staged, Supplier<Installation> installation, Supplier<Optional<Finding>> login)
            throws Exception {
        Path run = Files.createDirectories(folder.resolve("run" + runs++));
        try (StubApiServer server = new StubApiServer(objects(), staged.refused(), 500)) {
            Map<String, String> environment = Map.of("PATH", docker(run, staged).toString());
            Files.createDirectories(run.resolve(".kube"));
            Files.writeString(run.resolve(".kube/config"), staged.userKubeconfig());
            DoctorInput input = input(run, environment, installation, login);
            if (staged.hasKubeconfig()) {
                Path kubeconfig = input.directories().environment(NAME).resolve("kubeconfig");
                Files.createDirectories(kubeconfig.getParent());
                Files.writeString(
                        kubeconfig,
                        "clusters: [{name: c, cluster: {server: '%s'}}]\nusers: [{name: u, user: {}}]\n"
                                .formatted(server.url()));
            }
            return seen(new Doctor(input).whole(NAME, Selection.of(List.of(), List.of())), REAL);
        }
    }

    private static Seen seen(Diagnosis diagnosis, Set<CheckGroup> left) {
        return new Seen(
                diagnosis.findings().stream()
                        .map(Finding::id)
                        .filter(id ->
                                !left.contains(CheckCatalogue.shipped().get(id).group()))
                        .toList(),
                diagnosis.unread().stream().map(Unread::what).toList());
    }

    static DoctorInput input(
            Path home,
            Map<String, String> environment,
            Supplier<Installation> installation,
            Supplier<Optional<Finding>> login) {
        return new DoctorInput(
                Directories.of(Map.of(), home),
                environment,
                new UserKubeconfig(Map.of(), home),
                new WorkloadFinding(Map.of()),
                installation,
                Optional.empty(),
                login);
    }

    private static List<Map<String, Object>> objects() {
        return Untyped.maps(YamlDocuments.parse(Resource.text(LayerCases.class, "looks.yaml"), "looks.yaml")
                .get(0)
                .get("always"));
    }

    /** Says what docker would. */
    private static Path docker(Path run, Staged staged) throws IOException {
        Path bin = Files.createDirectories(run.resolve("bin"));
        Path docker = Files.writeString(
                bin.resolve("docker"),
                """
                #!/bin/sh
                PATH=/usr/bin:/bin
                case "$1 $2" in
                    "info "*) cat <<'END'
                %s
                END
                    ;;
                    "network "*) exit 1 ;;
                    "ps "*) test '%s' != refused || exit 1; echo '%2$s' ;;
                    *:/kind/kubeadm.conf) echo '%s' ;;
                    *:/kind/kfmr-finished) echo '%s' ;;
                    "inspect "*) echo '"2026-11-28T08:00:00Z"' ;;
                esac
                """
                        .formatted(
                                Resource.text(EngineCases.class, "docker-debian.json"),
                                staged.nodes(),
                                staged.kubeadm(),
                                staged.finished()));
        if (!docker.toFile().setExecutable(true)) {
            throw new IOException("cannot make it a program: " + docker);
        }
        return bin;
    }
}
