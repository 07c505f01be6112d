package dev.kfmr.engine;

import java.util.OptionalLong;

/** Reads facts out of what {@code docker info} and {@code podman info} print as JSON. */
final class EngineInfo {
    private static final long MIB = 1024L * 1024;

    private final LocalEngineFiles files;

    EngineInfo(LocalEngineFiles files) {
        this.files = files;
    }

    /** Podman's own shape, which it keeps where it answers to the name of docker. */
    static boolean isPodman(InfoTree info) {
        return info.has("host") && info.has("store");
    }

    EngineFacts docker(InfoTree info) {
        String root = info.text("DockerRootDir");
        String kernel = info.text("KernelVersion");
        boolean here = files.isThisKernel(kernel);
        boolean rootless =
                info.texts("SecurityOptions").stream().anyMatch(option -> option.startsWith("name=rootless"));
        return new EngineFacts(
                EngineKind.DOCKER,
                info.text("ServerVersion"),
                (int) info.number("NCPU"),
                (int) (info.number("MemTotal") / MIB),
                info.text("Driver"),
                root,
                here ? files.filesystem(root) : "",
                here ? files.freeMib(root) : OptionalLong.empty(),
                cgroupVersion(info.text("CgroupVersion")),
                rootless,
                here && files.daemonAddsInit(),
                root.startsWith("/var/snap/"),
                info.text("OperatingSystem"),
                kernel,
                info.text("Architecture"),
                here);
    }

    EngineFacts podman(InfoTree info) {
        String kernel = info.text("host", "kernel");
        String system = (info.text("host", "distribution", "distribution") + " "
                        + info.text("host", "distribution", "version"))
                .strip();
        return new EngineFacts(
                EngineKind.PODMAN,
                info.text("version", "Version"),
                (int) info.number("host", "cpus"),
                (int) (info.number("host", "memTotal") / MIB),
                info.text("store", "graphDriverName"),
                info.text("store", "graphRoot"),
                files.isThisKernel(kernel) ? files.filesystem(info.text("store", "graphRoot")) : "",
                podmanDisk(info),
                cgroupVersion(info.text("host", "cgroupVersion")),
                info.isTrue("host", "security", "rootless"),
                false,
                false,
                system,
                kernel,
                info.text("host", "arch"),
                files.isThisKernel(kernel));
    }

    private static OptionalLong podmanDisk(InfoTree info) {
        long allocated = info.number("store", "graphRootAllocated");
        long used = info.number("store", "graphRootUsed");
        return allocated == 0 ? OptionalLong.empty() : OptionalLong.of((allocated - used) / MIB);
    }

    /** {@code 2}, {@code v2}. */
    private static int cgroupVersion(String text) {
        String number = text.startsWith("v") ? text.substring(1) : text;
        return switch (number) {
            case "1" -> 1;
            case "2" -> 2;
            default -> 0;
        };
    }
}
