package dev.kfmr.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.check.Check;
import dev.kfmr.check.CheckCase;
import dev.kfmr.check.CheckCase.Kind;
import dev.kfmr.check.CheckCase.Seen;
import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.check.CheckGroup;
import dev.kfmr.cluster.UserKubeconfig;
import dev.kfmr.core.Directories;
import dev.kfmr.core.Resource;
import dev.kfmr.core.Untyped;
import dev.kfmr.doctor.DoctorInput.Installation;
import dev.kfmr.profile.ComponentSpec;
import dev.kfmr.profile.YamlDocuments;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What doctor asks the API server: each of its looks for real, at a server that says what the table has. */
final class LookCases implements CheckCase.Source {
    private static final Pattern PEM = Pattern.compile("PEM\\(([a-z-]+)\\)");

    private final Path folder;

    /** @param folder for files of its own */
    LookCases(Path folder) {
        this.folder = folder;
    }

    @Override
    public Stream<CheckCase> cases() {
        List<Map<String, Object>> documents = YamlDocuments.parse(text(), "looks.yaml");
        List<Map<String, Object>> always = Untyped.maps(documents.get(0).get("always"));
        return Stream.of(
                        documents.stream().skip(1).flatMap(each -> ofOne(each, always)),
                        ofAnswers(always),
                        Stream.of(ofUnreadPods(always)))
                .flatMap(cases -> cases);
    }

    /** Why any workload is not ready is told by its pods: one look for all of these checks. */
    private CheckCase ofUnreadPods(List<Map<String, Object>> always) {
        Set<String> ids = CheckCatalogue.shipped().all().stream()
                .map(Check::id)
                .filter(id -> id.startsWith(CheckGroup.WORKLOAD.id() + ".") && !id.equals("workload.no-sidecar"))
                .collect(Collectors.toSet());
        List<Map<String, Object>> away = with(
                always,
                List.of(Map.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "ConfigMap",
                        "metadata",
                        Map.of("name", "kfmr-inventory", "namespace", "kfmr-system"),
                        "data",
                        Map.of("objects.store", "apps/v1/Deployment/kubeflow/store"))),
                List.of());
        return new CheckCase(ids, Kind.COULD_NOT_LOOK, "the workloads", () -> {
            List<String> found = seen(away, "").found();
            assertThat(found).as("where pods can be read").containsExactly("workload.not-created");
            return seen(away, "/api/v1/pods").without("the workloads");
        });
    }

    private static String text() {
        return PEM.matcher(Resource.text(LookCases.class, "looks.yaml")).replaceAll(match -> Base64.getEncoder()
                .encodeToString(
                        Resource.text(LookCases.class, match.group(1) + ".pem").getBytes(UTF_8)));
    }

    private Stream<CheckCase> ofOne(Map<String, Object> each, List<Map<String, Object>> always) {
        String id = String.valueOf(each.get("check"));
        String look = String.valueOf(each.get("look"));
        String refused = String.valueOf(each.get("refused"));
        List<Map<String, Object>> bad =
                with(always, Untyped.maps(each.get("found")), each.getOrDefault("gone", List.of()));
        List<Map<String, Object>> good = with(always, Untyped.maps(each.get("well")), List.of());
        return Stream.of(
                CheckCase.of(id, Kind.FOUND, () -> seen(bad, "")),
                CheckCase.of(id, Kind.NOT_FOUND, () -> seen(good, "").nothing()),
                CheckCase.of(id, Kind.COULD_NOT_LOOK, () -> seen(bad, refused).without(look)));
    }

    private static List<Map<String, Object>> with(
            List<Map<String, Object>> always, List<Map<String, Object>> own, Object gone) {
        List<Map<String, Object>> all = new ArrayList<>(own);
        always.stream()
                .filter(each -> !(gone instanceof List<?> names && names.contains(name(each))))
                .filter(each -> own.stream()
                        .noneMatch(other ->
                                name(other).equals(name(each)) && Objects.equals(other.get("kind"), each.get("kind"))))
                .forEach(all::add);
        return all;
    }

    private static Object name(Map<String, Object> object) {
        return StubApiServer.metadata(object).getOrDefault("name", "");
    }

    private Seen seen(List<Map<String, Object>> objects, String refused) throws Exception {
        return seen(objects, refused, 500, false);
    }

    private Seen seen(List<Map<String, Object>> objects, String refused, int status, boolean isOfAnswers)
            throws Exception {
        try (StubApiServer server = new StubApiServer(objects, refused, status);
                Looks looks = new Looks()) {
            return new Seen(
                    faults(server, looks, isOfAnswers, Optional.empty()).stream()
                            .map(fault -> fault.finding().id())
                            .toList(),
                    looks.unread().stream().map(Unread::what).toList());
        }
    }

    /** What a cluster that stands on a node under pressure is told, where its nodes are looked into. */
    List<Fault> ofPressure(NodeLooks nodes) throws Exception {
        List<Map<String, Object>> documents = YamlDocuments.parse(text(), "looks.yaml");
        Map<String, Object> pressure = documents.stream()
                .filter(each -> "node.pressure".equals(each.get("check")))
                .findFirst()
                .orElseThrow();
        List<Map<String, Object>> objects =
                with(Untyped.maps(documents.get(0).get("always")), Untyped.maps(pressure.get("found")), List.of());
        try (StubApiServer server = new StubApiServer(objects, "", 200);
                Looks looks = new Looks()) {
            return faults(server, looks, false, Optional.of(nodes));
        }
    }

    private List<Fault> faults(StubApiServer server, Looks looks, boolean isOfAnswers, Optional<NodeLooks> nodes)
            throws Exception {
        try (KubernetesClient client = client(server)) {
            Installation installation = new Installation(
                    isOfAnswers ? List.of() : List.of(istio()),
                    List.of(DoctorObjects.forward()),
                    List.of(),
                    Room.nothingMore());
            Scope scope = new Scope("kfmr", installation, Selection.of(List.of(), List.of()), Optional.empty(), looks);
            ClusterLooks cluster =
                    new ClusterLooks(client, scope, input(installation), DoctorObjects.LONG_STARTED, nodes);
            List<Fault> faults = new ArrayList<>(cluster.faults());
            faults.addAll(cluster.answers(faults));
            return faults;
        }
    }

    /** With a client of Pipelines, and a kubectl, on PATH. */
    private DoctorInput input(Installation installation) throws Exception {
        program("python3", "echo 2.17.0");
        program("kubectl", "echo '{\"clientVersion\": {\"gitVersion\": \"v1.34.1\"}}'");
        Map<String, String> environment = Map.of("PATH", folder.toString());
        return new DoctorInput(
                Directories.of(environment, folder),
                environment,
                new UserKubeconfig(environment, folder),
                new WorkloadFinding(Map.of()),
                () -> installation,
                Optional.empty(),
                Optional::empty);
    }

    private void program(String name, String script) throws IOException {
        Path program = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }

    private static KubernetesClient client(StubApiServer server) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withAutoConfigure(false)
                        .withMasterUrl(server.url())
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }

    private static ComponentSpec istio() {
        return new ComponentSpec(
                "istio", "Istio", "istio", Optional.empty(), "", List.of(), false, true, List.of(), Map.of());
    }

    /** Whether services answer: who may not ask them is told so by the status, and judges nothing. */
    private Stream<CheckCase> ofAnswers(List<Map<String, Object>> always) {
        String id = "function.no-answer";
        String service = "/api/v1/namespaces/kubeflow/services/ml-pipeline-ui";
        return Stream.of(
                CheckCase.of(id, Kind.FOUND, () -> seen(always, service, 503, true)),
                CheckCase.of(
                        id, Kind.NOT_FOUND, () -> seen(always, "", 200, true).nothing()),
                CheckCase.of(id, Kind.COULD_NOT_LOOK, () -> seen(always, service, 403, true)
                        .nothing()));
    }
}
