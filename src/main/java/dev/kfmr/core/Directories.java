package dev.kfmr.core;

import java.nio.file.Path;
import java.util.Map;

/** Where kfmr keeps its files, after the XDG base directory specification. */
public record Directories(Path state, Path cache, Path config) {

    public static Directories of(Map<String, String> environment, Path home) {
        return new Directories(
                base(environment, "XDG_STATE_HOME", home.resolve(".local/state")),
                base(environment, "XDG_CACHE_HOME", home.resolve(".cache")),
                base(environment, "XDG_CONFIG_HOME", home.resolve(".config")));
    }

    /** The user's own, from this process's environment. */
    public static Directories ofUser() {
        return of(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    private static Path base(Map<String, String> environment, String variable, Path fallback) {
        // The specification asks to ignore relative paths.
        Path base = Path.of(environment.getOrDefault(variable, ""));
        return (base.isAbsolute() ? base : fallback).resolve("kfmr");
    }

    /**
     * All that belongs to one environment: its file, kubeconfig, event log, lock, overlays.
     *
     * @throws IllegalArgumentException for a name that would lead to another folder
     */
    public Path environment(String name) {
        if (!EnvironmentName.isAllowed(name)) {
            throw new IllegalArgumentException("'" + name + "' is no name of an environment");
        }
        return state.resolve(name);
    }

    public Path configFile() {
        return config.resolve("config.yaml");
    }
}
