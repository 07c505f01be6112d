package dev.kfmr.engine;

/** The engines that kind knows and kfmr supports. */
public enum EngineKind {
    DOCKER("docker", "Docker"),
    PODMAN("podman", "Podman");

    private final String program;
    private final String title;

    EngineKind(String program, String title) {
        this.program = program;
        this.title = title;
    }

    /** Its command, which is also kind's name for the provider. */
    public String program() {
        return program;
    }

    public String title() {
        return title;
    }
}
