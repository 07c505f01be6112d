package dev.kfmr.engine;

import java.util.OptionalLong;

/**
 * What an engine says of itself and of the machine that it runs containers on, which may be a virtual one.
 *
 * @param cpus of the engine's machine, not of the host
 * @param memoryMib of the engine's machine
 * @param rootDirectory where it keeps images and containers, on its own machine
 * @param filesystem of that folder, as {@code ext4} or {@code btrfs}; empty where it is not known
 * @param freeDiskMib what is free there, where that can be known without running anything
 * @param cgroupVersion 1 or 2; 0 when it does not say
 * @param initByDefault whether the daemon puts its own init process into each container, which kind's nodes cannot bear
 * @param snap whether it was installed as a snap, and is confined
 * @param onThisMachine whether its containers share this machine's kernel: not so for Docker Desktop on a Mac, or a
 *     remote engine
 */
public record EngineFacts(
        EngineKind kind,
        String version,
        int cpus,
        int memoryMib,
        String storageDriver,
        String rootDirectory,
        String filesystem,
        OptionalLong freeDiskMib,
        int cgroupVersion,
        boolean rootless,
        boolean initByDefault,
        boolean snap,
        String operatingSystem,
        String kernel,
        String architecture,
        boolean onThisMachine) {

    /** The name of containerd's overlay in Docker: its own, which it has without containerd's image store, is overlay2. */
    private static final String CONTAINERD_DRIVER = "overlayfs";

    /** Whether Docker keeps images as containerd does, with all their platforms. */
    public boolean hasContainerdImageStore() {
        return kind == EngineKind.DOCKER && storageDriver.equals(CONTAINERD_DRIVER);
    }

    /** {@code Docker 28.2.2 on Debian GNU/Linux 12 (bookworm), 2 CPUs, 24105 MiB}: for people. */
    public String summary() {
        return "%s %s on %s, %d CPUs, %d MiB".formatted(kind.title(), version, operatingSystem, cpus, memoryMib);
    }
}
