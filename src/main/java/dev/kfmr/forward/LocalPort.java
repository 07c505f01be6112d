package dev.kfmr.forward;

import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.forward.PortBinder.BoundPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A port of this machine that is ours: on loopback for IPv4, and for IPv6 too where that is free. When the wanted one is
 * taken, the next free one.
 */
final class LocalPort implements AutoCloseable {
    private static final InetAddress LOOPBACK_4 = address("127.0.0.1");
    private static final InetAddress LOOPBACK_6 = address("::1");
    private static final int ATTEMPTS = 100;
    private static final int HIGHEST = 65_535;
    private static final int CONNECT_MILLIS = 200;

    private final InetAddress address;
    private final List<BoundPort> bound;
    private final Optional<PortOwner> takenBy;

    private LocalPort(InetAddress address, List<BoundPort> bound, Optional<PortOwner> takenBy) {
        this.address = address;
        this.bound = List.copyOf(bound);
        this.takenBy = takenBy;
    }

    /**
     * @param host {@code localhost}, or one address
     * @param wanted 0 for any
     * @param reserved ports that others want: passed over in the search
     * @throws KfmrException exit 3, {@code forward.port-taken} when strict, {@code forward.no-port} when none is free
     */
    static LocalPort open(String host, int wanted, boolean strict, Set<Integer> reserved, PortBinder binder) {
        InetAddress address = host.equals(ForwardOptions.LOOPBACK) ? LOOPBACK_4 : resolve(host);
        if (!isOurs(address)) {
            throw none(host, "It is not an address of this machine.");
        }
        boolean both = host.equals(ForwardOptions.LOOPBACK);
        Optional<LocalPort> first = tryPort(address, wanted, both, Optional.empty(), binder);
        if (first.isPresent()) {
            return first.get();
        }
        Optional<PortOwner> owner = PortOwner.find(wanted);
        if (strict) {
            throw taken(wanted, owner);
        }
        return IntStream.concat(
                        IntStream.rangeClosed(wanted + 1, Math.min(wanted + ATTEMPTS, HIGHEST)), IntStream.of(0))
                .filter(port -> !reserved.contains(port))
                .mapToObj(port -> tryPort(address, port, both, owner, binder))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> none(host, "Neither " + wanted + " nor any other could be bound."));
    }

    int port() {
        return bound.get(0).port();
    }

    InetAddress address() {
        return address;
    }

    /** Who had the wanted port, where this is not it. */
    Optional<PortOwner> takenBy() {
        return takenBy;
    }

    /** The name that leads here and nowhere else: a browser tries IPv6 first for localhost. */
    String host() {
        if (bound.size() > 1) {
            return ForwardOptions.LOOPBACK;
        }
        return address.isAnyLocalAddress() ? LOOPBACK_4.getHostAddress() : address.getHostAddress();
    }

    @Override
    public void close() {
        bound.forEach(BoundPort::close);
    }

    private static Optional<LocalPort> tryPort(
            InetAddress address, int port, boolean both, Optional<PortOwner> owner, PortBinder binder) {
        if (port > 0 && answers(address, port)) {
            return Optional.empty();
        }
        List<BoundPort> bound = new ArrayList<>();
        try {
            bound.add(binder.bind(new InetSocketAddress(address, port)));
        } catch (IOException e) {
            return Optional.empty();
        }
        if (both) {
            try {
                bound.add(binder.bind(
                        new InetSocketAddress(LOOPBACK_6, bound.get(0).port())));
            } catch (IOException e) {
                // No IPv6 here, or the port is taken there: then links name 127.0.0.1.
            }
        }
        return Optional.of(new LocalPort(address, bound, owner));
    }

    /** Told at once: to try a hundred ports of another machine takes as many timeouts. */
    private static boolean isOurs(InetAddress address) {
        try {
            return address.isAnyLocalAddress()
                    || address.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            // What the system does not tell, binding shows.
            return true;
        }
    }

    /** BSD lets us bind an address that another program has by its wildcard: then we would steal its connections. */
    private static boolean answers(InetAddress address, int port) {
        try (Socket probe = new Socket()) {
            probe.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static KfmrException taken(int wanted, Optional<PortOwner> owner) {
        return new KfmrException(
                ExitCode.ENVIRONMENT,
                "forward.port-taken",
                "Port " + wanted + " is taken.",
                owner.map(found -> "It belongs to " + found.text() + ".")
                        .orElse("This user may not open it: another user's program has it, or it is below 1024."),
                "End that program, or leave out --strict-ports: then kfmr takes the next free port.");
    }

    private static KfmrException none(String host, String why) {
        return new KfmrException(
                ExitCode.ENVIRONMENT,
                "forward.no-port",
                "No port can be opened on " + host + ".",
                why,
                "Choose an --address that this machine has; localhost always works.");
    }

    private static InetAddress resolve(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new KfmrException(
                    ExitCode.USAGE,
                    "forward.bad-address",
                    "There is no address " + host + ".",
                    "--address takes an address of this machine.",
                    "Leave it out to listen on localhost only.",
                    e);
        }
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("not an address: " + literal, e);
        }
    }
}
