package dev.kfmr.profile;

import dev.kfmr.core.InOrder;
import java.util.Map;

/**
 * A program that kfmr runs.
 *
 * @param name {@code kind}, {@code kustomize}
 * @param version the pinned release, such as {@code 0.32.0}
 * @param oldest oldest version on PATH that is taken instead; versions are compared part by part
 * @param downloads platform ({@code linux-amd64}, {@code darwin-arm64} …) to download
 */
public record ToolPin(String name, String version, String oldest, Map<String, Download> downloads) {
    public ToolPin {
        downloads = InOrder.copyOf(downloads);
    }

    /**
     * An executable file, or a {@code .tar.gz} that holds one of the tool's name.
     *
     * @param sha256 64 hex digits, of the file as it is downloaded
     */
    public record Download(String url, String sha256) {}
}
