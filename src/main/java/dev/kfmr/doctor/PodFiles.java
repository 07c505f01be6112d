package dev.kfmr.doctor;

import dev.kfmr.apply.DryRun;
import dev.kfmr.cluster.ClientParts;
import dev.kfmr.ready.LogSource;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EphemeralContainer;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Pods and their logs for a bundle. Each log is a look of its own, under one limit for all: what was read by then is
 * kept, and what was not is named, in a line a namespace. Reading begins when it is made, and ends when it is closed.
 */
final class PodFiles implements AutoCloseable {
    /** More would only wait for each other: the client sends no more than five requests to one server at a time. */
    private static final int SIDE_BY_SIDE = 5;

    private static final int NAMED = 3;
    private static final int REASONS = 2;

    private final Looks looks = Looks.sideBySide(SIDE_BY_SIDE);
    private final List<Part> parts;

    private record Part(Pod pod, List<Log> logs) {}

    private record Log(LogSource source, Looks.Pending<Optional<String>> text) {}

    /** @param read empty where there is no log; throws where there is one that nobody gives */
    PodFiles(List<Pod> pods, Function<LogSource, Optional<String>> read, Duration limit) {
        this.parts = pods.stream()
                .map(pod -> new Part(
                        pod,
                        LogSource.of(pod).stream()
                                .map(source ->
                                        new Log(source, looks.start(source.id(), limit, () -> read.apply(source))))
                                .toList()))
                .toList();
    }

    /** Waits for the logs. @param missing is told which could not be read */
    List<BundleFile> files(Looks missing) {
        List<BundleFile> files = new ArrayList<>();
        Map<String, List<Unread>> unread = new LinkedHashMap<>();
        for (Part part : parts) {
            String namespace = part.pod().getMetadata().getNamespace();
            String folder = "pods/" + namespace + "/" + part.pod().getMetadata().getName() + "/";
            int before = looks.unread().size();
            files.add(BundleFile.of(folder + "pod.yaml", ClientParts.json().asYaml(withoutValues(part.pod()))));
            part.logs().forEach(log -> log.text()
                    .result()
                    .flatMap(text -> text)
                    .ifPresent(text -> files.add(BundleFile.log(folder + file(log.source()), text))));
            unread.computeIfAbsent(namespace, first -> new ArrayList<>())
                    .addAll(looks.unread().subList(before, looks.unread().size()));
        }
        unread.forEach((namespace, logs) -> tell(namespace, logs, missing));
        return files;
    }

    private static String file(LogSource source) {
        return source.container() + (source.isPrevious() ? ".previous.log" : ".log");
    }

    private static void tell(String namespace, List<Unread> logs, Looks missing) {
        if (logs.isEmpty()) {
            return;
        }
        String names = logs.stream().limit(NAMED).map(Unread::what).collect(Collectors.joining(", "));
        String rest = logs.size() > NAMED ? " and " + (logs.size() - NAMED) + " more" : "";
        String why = logs.stream().map(Unread::why).distinct().limit(REASONS).collect(Collectors.joining("; "));
        missing.couldNotLook("logs of the namespace " + namespace + ", " + names + rest, why);
    }

    /** A variable's value may be a password: only that it has one is told. */
    static Pod withoutValues(Pod pod) {
        pod.getMetadata().setManagedFields(List.of());
        Optional.ofNullable(pod.getMetadata().getAnnotations())
                .ifPresent(annotations -> annotations.remove(DryRun.LAST_APPLIED));
        Stream.of(
                        pod.getSpec().getInitContainers().stream().map(Container::getEnv),
                        pod.getSpec().getContainers().stream().map(Container::getEnv),
                        pod.getSpec().getEphemeralContainers().stream().map(EphemeralContainer::getEnv))
                .flatMap(containers -> containers)
                .flatMap(List::stream)
                .filter(variable -> variable.getValue() != null)
                .forEach((EnvVar variable) -> variable.setValue("[not collected]"));
        return pod;
    }

    @Override
    public void close() {
        looks.close();
    }
}
