package dev.kfmr.tools;

import java.util.Locale;

/** An operating system and a processor, by the names that releases use: {@code linux-amd64}, {@code darwin-arm64}. */
record Platform(String name) {

    static Platform ofThisMachine() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    static Platform of(String osName, String osArch) {
        return new Platform(system(osName.toLowerCase(Locale.ROOT)) + "-" + processor(osArch.toLowerCase(Locale.ROOT)));
    }

    private static String system(String osName) {
        if (osName.startsWith("mac") || osName.startsWith("darwin")) {
            return "darwin";
        }
        return osName.startsWith("windows") ? "windows" : osName;
    }

    private static String processor(String osArch) {
        return switch (osArch) {
            case "x86_64", "x86-64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> osArch;
        };
    }

    @Override
    public String toString() {
        return name;
    }
}
