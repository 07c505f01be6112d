package dev.kfmr.forward;

import dev.kfmr.profile.ForwardSpec;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** From a service's port to the port of one of its pods: by number, or by the name that the pod's containers give it. */
final class TargetPort {
    private TargetPort() {}

    /** Empty when the service has no such port, or the pod none of that name. */
    static Optional<Integer> of(ForwardSpec spec, Service service, Pod pod) {
        if (spec.podPort() > 0) {
            return Optional.of(spec.podPort());
        }
        return servicePort(spec, service).flatMap(port -> resolve(port, pod));
    }

    /** What is wrong with the service's port, for people, when it can never lead to a pod. */
    static Optional<String> problem(ForwardSpec spec, Service service, List<Pod> pods) {
        if (spec.podPort() > 0) {
            return Optional.empty();
        }
        Optional<ServicePort> port = servicePort(spec, service);
        if (port.isEmpty()) {
            String ports = ports(service).map(p -> String.valueOf(p.getPort())).collect(Collectors.joining(", "));
            return Optional.of("service " + spec.service() + " has no port " + spec.port() + ", only " + ports);
        }
        boolean anyPodHasIt =
                pods.stream().anyMatch(pod -> resolve(port.get(), pod).isPresent());
        return pods.isEmpty() || anyPodHasIt
                ? Optional.empty()
                : Optional.of("no container of its pods names a port "
                        + port.get().getTargetPort().getStrVal());
    }

    private static Optional<ServicePort> servicePort(ForwardSpec spec, Service service) {
        return ports(service).filter(port -> port.getPort() == spec.port()).findFirst();
    }

    private static Stream<ServicePort> ports(Service service) {
        return service.getSpec().getPorts().stream();
    }

    private static Optional<Integer> resolve(ServicePort port, Pod pod) {
        IntOrString target = port.getTargetPort();
        if (target == null) {
            return Optional.of(port.getPort());
        }
        if (target.getStrVal() == null) {
            int number = target.getIntVal();
            return Optional.of(number == 0 ? port.getPort() : number);
        }
        return pod.getSpec().getContainers().stream()
                .map(Container::getPorts)
                .flatMap(List::stream)
                .filter(candidate -> target.getStrVal().equals(candidate.getName()))
                .map(ContainerPort::getContainerPort)
                .findFirst();
    }
}
