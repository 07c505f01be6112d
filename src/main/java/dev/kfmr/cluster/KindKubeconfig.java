package dev.kfmr.cluster;

import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Untyped;
import dev.kfmr.core.WholeFile;
import dev.kfmr.profile.YamlTexts;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The kubeconfig that kind writes: one cluster, one user, everything in the file itself. Read here because the client's own
 * reader, made for every form of the file, is a large part of what {@code kfmr status} takes.
 */
final class KindKubeconfig {
    private static final String NO_AUTHORITIES = "no-authorities.p12";

    private KindKubeconfig() {}

    /** The cluster is trusted by its own authority only. No proxy variable is read. @throws IOException when it cannot be read */
    static Config read(Path file) throws IOException {
        Config config = read(Files.readString(file));
        Optional<Path> store = noAuthorities(file.resolveSibling(NO_AUTHORITIES));
        if (store.isPresent()) {
            config.setTrustStoreFile(store.get().toString());
        }
        return config;
    }

    /**
     * A trust store without authorities. The client would add the cluster's to all that the JVM trusts, hundreds of
     * certificates that it reads each time, and that have no say about a cluster on this machine. Empty where the folder cannot be
     * written: to look at a cluster needs no such right.
     */
    private static Optional<Path> noAuthorities(Path file) throws IOException {
        try {
            if (!Files.exists(file)) {
                WholeFile.writePrivate(file, emptyStore());
            }
            return Optional.of(file);
        } catch (KfmrException e) {
            return Optional.empty();
        }
    }

    private static byte[] emptyStore() throws IOException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            store.store(bytes, null);
            return bytes.toByteArray();
        } catch (GeneralSecurityException e) {
            throw new IOException("an empty trust store", e);
        }
    }

    /** @throws RuntimeException when it has another form */
    static Config read(String text) {
        Map<String, Object> file = YamlTexts.parse(text, "kubeconfig");
        Map<String, Object> cluster = only(file, "clusters", "cluster");
        Map<String, Object> user = only(file, "users", "user");
        String server = text(cluster, "server");
        if (server == null) {
            throw new IllegalArgumentException("its cluster has no server");
        }
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(server)
                .withCaCertData(text(cluster, "certificate-authority-data"))
                .withClientCertData(text(user, "client-certificate-data"))
                .withClientKeyData(text(user, "client-key-data"))
                .build();
    }

    private static Map<String, Object> only(Map<String, Object> file, String list, String field) {
        List<Map<String, Object>> entries = Untyped.maps(file.get(list));
        if (entries.size() != 1) {
            throw new IllegalArgumentException("it has " + entries.size() + " " + list + ", not one");
        }
        return Untyped.map(entries.get(0).get(field));
    }

    private static @Nullable String text(Map<String, Object> fields, String key) {
        Object value = fields.get(key);
        return value == null ? null : String.valueOf(value);
    }
}
