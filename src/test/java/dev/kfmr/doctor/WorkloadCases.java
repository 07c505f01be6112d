package dev.kfmr.doctor;

import dev.kfmr.apply.ObjectRef;
import dev.kfmr.check.CheckCase;
import dev.kfmr.check.CheckCase.Kind;
import dev.kfmr.check.CheckCase.Seen;
import dev.kfmr.core.Untyped;
import dev.kfmr.profile.YamlDocuments;
import dev.kfmr.ready.ClusterView;
import dev.kfmr.ready.PodLogs;
import dev.kfmr.ready.WorkloadReport;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Why a workload is not ready, from the table of pods. That nothing is found is shown by all other cases of the table, which
 * are the ones to be mistaken for it, and by a workload that is ready. That it could not look: the log is not to be read
 * where it decides, or the pods are not; the look at the API server is one for all of these, and {@link LookCases} has it.
 */
final class WorkloadCases implements CheckCase.Source {
    private static final KubernetesSerialization JSON = new KubernetesSerialization();
    private static final Path TABLE = Path.of("src/test/resources/dev/kfmr/ready/pods.yaml");
    private static final ObjectRef OWNER = DoctorObjects.deployment("store");

    @Override
    public Stream<CheckCase> cases() throws IOException {
        Map<String, Staged> byId = new LinkedHashMap<>();
        for (Map<String, Object> each : YamlDocuments.parse(Files.readString(TABLE), "pods.yaml")) {
            byId.putIfAbsent(String.valueOf(each.get("reason")), pod(each));
        }
        byId.put("workload.image-dummy", pod("a:dummy", Map.of("status", NOT_FOUND)));
        byId.put("workload.registry-configuration", registry());
        byId.put("workload.not-created", new Staged(DoctorObjects.view(List.of()), PodLogs.none()));
        byId.put("workload.refused", refused());
        byId.put(
                "workload.scaled-down",
                new Staged(DoctorObjects.view(List.of(DoctorObjects.ready("store", 0))), PodLogs.none()));
        return byId.entrySet().stream().flatMap(each -> cases(each.getKey(), each.getValue(), byId));
    }

    private static final Map<String, Object> NOT_FOUND = Map.of(
            "phase",
            "Pending",
            "containerStatuses",
            List.of(Map.of(
                    "name",
                    "main",
                    "image",
                    "a:dummy",
                    "state",
                    Map.of("waiting", Map.of("reason", "ErrImagePull", "message", "a:dummy: not found")))));

    private record Staged(ObjectRef ref, ClusterView view, PodLogs logs) {
        Staged(ClusterView view, PodLogs logs) {
            this(OWNER, view, logs);
        }
    }

    private static Stream<CheckCase> cases(String id, Staged staged, Map<String, Staged> all) {
        return Stream.of(
                CheckCase.of(id, Kind.FOUND, () -> seen(staged)),
                CheckCase.of(
                        id,
                        Kind.NOT_FOUND,
                        () -> new Seen(
                                Stream.concat(
                                                all.entrySet().stream()
                                                        .filter(other ->
                                                                !other.getKey().equals(id))
                                                        .map(Map.Entry::getValue),
                                                Stream.of(ready()))
                                        .flatMap(other -> seen(other).found().stream())
                                        .toList(),
                                List.of())));
    }

    private static Seen seen(Staged staged) {
        WorkloadReport report = DoctorObjects.report(staged.ref(), staged.view(), staged.logs());
        return Seen.of(new WorkloadFaults(
                        staged.view(),
                        List.of(),
                        new WorkloadFinding(Map.of()),
                        Map.of(),
                        List.of(),
                        DoctorObjects.LONG_STARTED)
                .of(List.of(report)).stream().map(Fault::finding));
    }

    private static Staged ready() {
        return new Staged(DoctorObjects.view(List.of(DoctorObjects.ready("store", 1))), PodLogs.none());
    }

    private static HasMetadata owner() {
        return DoctorObjects.unready("store", DoctorObjects.LONG_AGO, "state: {waiting: {}}")
                .get(0);
    }

    private static Staged pod(Map<String, Object> each) {
        return pod(String.valueOf(each.getOrDefault("image", "a:1")), each);
    }

    private static Staged pod(String image, Map<String, Object> each) {
        Map<String, Object> metadata = new HashMap<>(Map.of(
                "name",
                "p",
                "namespace",
                "kubeflow",
                "uid",
                "u",
                "ownerReferences",
                List.of(Map.of("apiVersion", "apps/v1", "kind", "Deployment", "name", "store", "uid", "d-store"))));
        metadata.putAll(Untyped.map(each.get("metadata")));
        HasMetadata pod = JSON.unmarshal(YamlDocuments.write(Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Pod",
                "metadata",
                metadata,
                "spec",
                Map.of("containers", List.of(Map.of("name", "main", "image", image))),
                "status",
                Untyped.map(each.get("status")))));
        List<Event> events = Untyped.maps(each.get("events")).stream()
                .map(fields -> event("u", fields))
                .toList();
        PodLogs logs = each.containsKey("log")
                ? (of, container) -> Optional.of(String.valueOf(each.get("log")))
                : PodLogs.none();
        return new Staged(new ClusterView(List.of(owner(), pod), events), logs);
    }

    private static Event event(String uid, Map<String, Object> fields) {
        Map<String, Object> all = new HashMap<>(fields);
        all.put("apiVersion", "v1");
        all.put("kind", "Event");
        all.put("metadata", Map.of("name", "e", "namespace", "kubeflow"));
        all.put("involvedObject", Map.of("uid", uid));
        return JSON.unmarshal(YamlDocuments.write(all), Event.class);
    }

    /** Of base in place of overlays/db. */
    private static Staged registry() {
        String name = "model-registry-deployment";
        String missing = DoctorObjects.waiting(
                "CreateContainerConfigError",
                "couldn't find key embedmdDb in ConfigMap kubeflow/pipeline-install-config");
        return new Staged(
                DoctorObjects.deployment(name),
                DoctorObjects.view(DoctorObjects.unready(name, DoctorObjects.LONG_AGO, missing)),
                PodLogs.none());
    }

    private static Staged refused() {
        Event event = event("d-store", Map.of("reason", "FailedCreate", "message", "exceeded quota"));
        return new Staged(new ClusterView(List.of(owner()), List.of(event)), PodLogs.none());
    }
}
