package dev.kfmr.doctor;

import java.nio.charset.StandardCharsets;

/**
 * A file of a support bundle, not redacted yet.
 *
 * @param path within the bundle: {@code logs/kubeflow/mysql-1/mysql.log}
 * @param keepsEnd whether its end tells more than its beginning, should it be too long
 */
public record BundleFile(String path, String text, boolean keepsEnd) {
    public static BundleFile of(String path, String text) {
        return new BundleFile(path, text, false);
    }

    /** As they are written. */
    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static BundleFile log(String path, String text) {
        return new BundleFile(path, text, true);
    }
}
