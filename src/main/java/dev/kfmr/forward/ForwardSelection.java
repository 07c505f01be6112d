package dev.kfmr.forward;

import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.NearestName;
import dev.kfmr.profile.ForwardSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a person typed after {@code kfmr forward}: nothing (all forwards), names of forwards, or any service of the
 * cluster with its ports, as in {@code svc/NAME.NAMESPACE 9090:80}.
 */
public final class ForwardSelection {
    private static final Pattern SERVICE =
            Pattern.compile("(?:svc|service|services)/(?<name>[a-z0-9-]+)(?:\\.(?<namespace>[a-z0-9-]+))?");
    private static final Pattern PORTS = Pattern.compile("(?:(?<local>\\d{0,5}):)?(?<remote>\\d{1,5})");
    private static final int HIGHEST_PORT = 65_535;

    private final List<ForwardSpec> known;
    private final String defaultNamespace;

    /** @param known the forwards of the profile whose components are installed */
    public ForwardSelection(List<ForwardSpec> known, String defaultNamespace) {
        this.known = List.copyOf(known);
        this.defaultNamespace = defaultNamespace;
    }

    /** @throws KfmrException exit 2 for a name or a port that cannot be */
    public List<ForwardSpec> of(List<String> words) {
        if (words.isEmpty()) {
            return known;
        }
        List<ForwardSpec> chosen = new ArrayList<>();
        Optional<Matcher> service = Optional.empty();
        boolean hasPorts = true;
        for (String word : words) {
            Matcher asService = SERVICE.matcher(word);
            if (asService.matches()) {
                requirePorts(hasPorts, service);
                service = Optional.of(asService);
                hasPorts = false;
            } else if (service.isPresent() && PORTS.matcher(word).matches()) {
                chosen.add(adHoc(service.get(), word));
                hasPorts = true;
            } else {
                requirePorts(hasPorts, service);
                service = Optional.empty();
                chosen.add(named(word));
            }
        }
        requirePorts(hasPorts, service);
        return chosen;
    }

    private ForwardSpec named(String word) {
        return known.stream()
                .filter(spec -> spec.name().equals(word))
                .findFirst()
                .orElseThrow(() -> unknown(word));
    }

    private ForwardSpec adHoc(Matcher service, String ports) {
        String namespace = Optional.ofNullable(service.group("namespace")).orElse(defaultNamespace);
        Matcher matcher = PORTS.matcher(ports);
        if (!matcher.matches()) {
            throw badPorts(ports);
        }
        int remote = port(matcher.group("remote"), ports);
        String local = matcher.group("local");
        int localPort = local == null ? remote : local.isEmpty() ? 0 : port(local, ports);
        String name = "svc/" + service.group("name") + "." + namespace + ":" + remote;
        return new ForwardSpec(
                name, name, "", service.group("name"), namespace, remote, 0, localPort, "/", List.of(), Map.of());
    }

    private static int port(String digits, String typed) {
        int number = Integer.parseInt(digits);
        if (number < 1 || number > HIGHEST_PORT) {
            throw badPorts(typed);
        }
        return number;
    }

    private static void requirePorts(boolean hasPorts, Optional<Matcher> service) {
        if (!hasPorts && service.isPresent()) {
            throw badPorts(service.get().group());
        }
    }

    private static KfmrException badPorts(String typed) {
        return new KfmrException(
                ExitCode.USAGE,
                "forward.bad-ports",
                "Cannot read ports out of \"" + typed + "\".",
                "A service is followed by LOCAL:REMOTE, REMOTE, or :REMOTE for any local port, each 1 to 65535.",
                "For example: kfmr forward svc/ml-pipeline.kubeflow 8888:8888");
    }

    private KfmrException unknown(String word) {
        List<String> names = known.stream().map(ForwardSpec::name).toList();
        return new KfmrException(
                ExitCode.USAGE,
                "forward.unknown",
                "There is no forward " + word + "." + NearestName.hint(word, names),
                "This installation has: " + names.stream().sorted().collect(Collectors.joining(", ")) + ".",
                "Choose one of them, or any service: kfmr forward svc/NAME.NAMESPACE LOCAL:REMOTE");
    }
}
