package dev.kfmr.doctor;

import dev.kfmr.engine.ImageName;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The machines that images come from. */
final class RegistryHosts {
    private static final Duration TO_FIND = Duration.ofSeconds(2);

    /** A name in some domain, without a port: registries with one are somebody's own, beside this cluster. */
    private static final Pattern PUBLIC_NAME = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)*\\.[a-z]{2,}");

    private RegistryHosts() {}

    static SortedSet<String> of(Collection<String> images) {
        SortedSet<String> hosts = new TreeSet<>();
        for (String image : images) {
            ImageName name = ImageName.parse(image);
            if (PUBLIC_NAME.matcher(name.registry()).matches()) {
                hosts.add(name.host());
            }
        }
        return hosts;
    }

    /** Those that this machine finds by their names, in time. */
    static List<String> found(Collection<String> hosts) {
        List<CompletableFuture<Boolean>> looks = hosts.stream()
                .map(host -> CompletableFuture.supplyAsync(() -> isFound(host))
                        .completeOnTimeout(false, TO_FIND.toMillis(), TimeUnit.MILLISECONDS))
                .toList();
        List<String> names = List.copyOf(hosts);
        return names.stream()
                .filter(host -> looks.get(names.indexOf(host)).join())
                .toList();
    }

    private static boolean isFound(String host) {
        try {
            return InetAddress.getAllByName(host).length > 0;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
