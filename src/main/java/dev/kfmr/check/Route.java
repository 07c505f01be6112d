package dev.kfmr.check;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An IPv4 network, and the interface that leads to it.
 *
 * @param address its first address as a number
 * @param prefix how many leading bits of it count, 0 to 32
 */
public record Route(String networkInterface, int address, int prefix) {

    /** Of {@code 172.18.0.0/16}; empty for IPv6 and for what is no network. */
    public static Optional<Route> of(String networkInterface, String cidr) {
        int slash = cidr.indexOf('/');
        if (slash < 0 || !cidr.matches("[0-9.]+/[0-9]{1,2}")) {
            return Optional.empty();
        }
        try {
            byte[] bytes = InetAddress.getByName(cidr.substring(0, slash)).getAddress();
            int prefix = Integer.parseInt(cidr.substring(slash + 1));
            return prefix > 32
                    ? Optional.empty()
                    : Optional.of(
                            new Route(networkInterface, ByteBuffer.wrap(bytes).getInt(), prefix));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    boolean overlaps(Route other) {
        int shared = Math.min(prefix, other.prefix);
        int mask = shared == 0 ? 0 : -1 << (32 - shared);
        return (address & mask) == (other.address & mask);
    }

    /** Whether all of the other's addresses are of this one. */
    public boolean contains(Route other) {
        return prefix <= other.prefix && overlaps(other);
    }

    /** {@code 172.18.0.0/16}. */
    String cidr() {
        return "%d.%d.%d.%d/%d"
                .formatted(address >>> 24, address >>> 16 & 0xff, address >>> 8 & 0xff, address & 0xff, prefix);
    }
}
