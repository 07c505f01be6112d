package dev.kfmr.doctor;

import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.check.Severity;
import dev.kfmr.forward.PortOwner;
import dev.kfmr.profile.ForwardSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Local ports that the installation's UIs would have, and somebody else has. */
final class ForwardFaults {
    private ForwardFaults() {}

    /** @param taken those of the wanted ports that something listens on */
    static List<Fault> of(List<ForwardSpec> forwards, Set<Integer> taken) {
        return forwards.stream()
                .filter(forward -> taken.contains(forward.localPort()))
                .flatMap(forward -> of(forward, PortOwner.find(forward.localPort())).stream())
                .toList();
    }

    /** A forward of kfmr's own is where it should be. @param owner empty when nobody is known */
    private static Optional<Fault> of(ForwardSpec forward, Optional<PortOwner> owner) {
        return owner.filter(PortOwner::ours).isPresent()
                ? Optional.empty()
                : Optional.of(Fault.of(CheckCatalogue.shipped()
                        .get("host.ports")
                        .found(
                                Severity.WARNING,
                                Map.of(
                                        "port", String.valueOf(forward.localPort()),
                                        "forward", forward.title(),
                                        "owner", owner.map(PortOwner::text).orElse("something")))));
    }
}
