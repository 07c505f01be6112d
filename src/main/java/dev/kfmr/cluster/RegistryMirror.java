package dev.kfmr.cluster;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * A registry that containerd asks first for every image, whatever registry the image's name says. What it does not have
 * is not found.
 */
public record RegistryMirror(URI address) {
    /** Where containerd looks for redirects, on each pull anew. */
    static final String FOLDER = "/etc/containerd/certs.d";

    /** The redirect for every registry without one of its own. */
    static final String FILE = FOLDER + "/_default/hosts.toml";

    boolean isOnThisMachine() {
        String host = host();
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    String host() {
        return Optional.ofNullable(address.getHost()).orElse("").toLowerCase(Locale.ROOT);
    }

    int port() {
        if (address.getPort() > 0) {
            return address.getPort();
        }
        return "https".equals(address.getScheme()) ? 443 : 80;
    }

    /** The same registry under another name of its host. */
    RegistryMirror at(String otherHost) {
        String port = address.getPort() > 0 ? ":" + address.getPort() : "";
        return new RegistryMirror(URI.create(address.getScheme() + "://" + otherHost + port + address.getRawPath()));
    }

    /** Beneath which repositories stand: behind /v2, where the address does not say so itself. No slash at its end. */
    public URI api() {
        String path = path();
        String versioned = path.equals("/v2") || path.startsWith("/v2/") ? path : "/v2" + path;
        return URI.create(address.getScheme() + "://" + address.getRawAuthority() + versioned);
    }

    private String path() {
        return address.getRawPath().replaceFirst("/+$", "");
    }

    /**
     * In containerd's format. The mirror is the server too: else containerd asks the image's own registry where the mirror
     * does not have it, which behind a firewall ends in an error about names instead of "not found". A path, as some
     * registries have for each registry that they mirror, comes behind /v2.
     */
    String hostsToml() {
        boolean plain = path().isEmpty();
        String base = plain ? address.getScheme() + "://" + address.getRawAuthority() : api().toString();
        String override = plain ? "" : "override_path = true\n";
        return "server = \"" + base + "\"\n" + override + "\n[host.\"" + base + "\"]\n"
                + "  capabilities = [\"pull\", \"resolve\"]\n"
                + (plain ? "" : "  " + override);
    }
}
