package dev.kfmr.install;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kfmr.core.Command;
import dev.kfmr.core.Folder;
import dev.kfmr.core.Resource;
import dev.kfmr.core.WholeFile;
import dev.kfmr.plan.ComputeResource;
import dev.kfmr.plan.RequestPolicy;
import dev.kfmr.profile.PinsLibrary;
import dev.kfmr.profile.YamlDocuments;
import dev.kfmr.state.Environment;
import dev.kfmr.state.EnvironmentStore;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.util.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.xnio.Options;
import org.xnio.SslClientAuthMode;

/**
 * A cluster that is none: an API server of this process where first every workload is ready, and then one is not. The
 * launcher lets kfmr look at it while it writes the archive of loaded classes, so that the archive has what a real look needs:
 * TLS, HTTP/2, Kubernetes' objects.
 */
public final class WarmUp {
    private static final String ANSWERS = "warm-up.yaml";
    private static final String NAME = "kfmr-warm-up";
    private static final char[] PASSWORD = "warm-up".toCharArray();
    private static final String AUTHORITY = "authority";
    private static final String HOST = "127.0.0.1";
    private static final Map<String, Object> NO_OBJECTS =
            Map.of("kind", "List", "apiVersion", "v1", "items", List.of());

    private final EnvironmentStore store;
    private final Path folder;

    public WarmUp(EnvironmentStore store) throws IOException {
        this.store = store;
        this.folder = Files.createTempDirectory("kfmr-warm-up");
    }

    /** @param look is done for each state of the cluster, and gets the name of the environment, which is gone afterwards */
    public void run(Consumer<String> look) throws IOException, GeneralSecurityException {
        KeyStore keys = keys();
        Map<String, Object> answers = new ConcurrentHashMap<>();
        Undertow server = Undertow.builder()
                .setIoThreads(1)
                .setWorkerThreads(1)
                .setWorkerOption(Options.THREAD_DAEMON, true)
                .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
                .setSocketOption(Options.SSL_CLIENT_AUTH_MODE, SslClientAuthMode.REQUESTED)
                .addHttpsListener(0, HOST, context(keys), answering(answers))
                .build();
        server.start();
        try {
            int port = ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
            store.save(environment());
            WholeFile.writePrivate(store.kubeconfig(NAME), kubeconfig(port, keys));
            for (Map<String, Object> state : YamlDocuments.parse(Resource.text(WarmUp.class, ANSWERS), ANSWERS)) {
                answers.putAll(state);
                look.accept(NAME);
            }
        } finally {
            server.stop();
            store.delete(NAME);
            Folder.delete(folder);
        }
    }

    /** Keys of one day, with what kubeadm's have, made by the JDK's own tool: its classes cannot make a certificate. */
    private KeyStore keys() throws IOException, GeneralSecurityException {
        Path file = folder.resolve("keys.p12");
        makeKey(file, AUTHORITY, "-ext", "bc:critical", "-ext", "ku:critical=keyCertSign", "-ext", "san=dns:" + NAME);
        makeKey(
                file,
                NAME,
                "-signer",
                AUTHORITY,
                "-ext",
                "ku:critical=digitalSignature",
                "-ext",
                "san=dns:" + NAME + ",ip:" + HOST,
                "-ext",
                "eku=serverAuth,clientAuth");
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        // A server must not choose the authority's own key.
        store.deleteEntry(AUTHORITY);
        return store;
    }

    private static void makeKey(Path file, String alias, String... more) throws IOException {
        Stream<String> command = Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-validity",
                "1",
                "-dname",
                "CN=" + alias,
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                String.valueOf(PASSWORD));
        Command.Result made =
                Command.of(Stream.concat(command, Stream.of(more)).toList()).run();
        if (!made.succeeded()) {
            throw new IOException("keytool: " + made.lastWords());
        }
    }

    /** Whose clients prove who they are, as those of a cluster. */
    private static SSLContext context(KeyStore keys) throws IOException, GeneralSecurityException {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry(AUTHORITY, keys.getCertificateChain(NAME)[1]);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static HttpHandler answering(Map<String, Object> answers) {
        ObjectMapper json = new ObjectMapper();
        return exchange -> {
            Object answer = answers.getOrDefault(exchange.getRequestPath(), NO_OBJECTS);
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
            exchange.getResponseSender().send(json.writeValueAsString(answer));
        };
    }

    /** As on a machine of two processors. */
    private static Environment environment() {
        return new Environment(
                NAME,
                "standalone",
                new PinsLibrary().defaultName(),
                true,
                Optional.empty(),
                RequestPolicy.AUTO,
                ComputeResource.ALL,
                Set.of(),
                Set.of(),
                Map.of());
    }

    /** As kind writes it: with a client's certificate. */
    private static String kubeconfig(int port, KeyStore keys) throws GeneralSecurityException {
        String authority = pem("CERTIFICATE", keys.getCertificateChain(NAME)[1].getEncoded());
        String certificate = pem("CERTIFICATE", keys.getCertificate(NAME).getEncoded());
        String privateKey =
                pem("RSA PRIVATE KEY", withoutKind(keys.getKey(NAME, PASSWORD).getEncoded()));
        return YamlDocuments.write(Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Config",
                "current-context",
                NAME,
                "clusters",
                List.of(Map.of(
                        "name",
                        NAME,
                        "cluster",
                        Map.of("server", "https://" + HOST + ":" + port, "certificate-authority-data", authority))),
                "contexts",
                List.of(Map.of("name", NAME, "context", Map.of("cluster", NAME, "user", NAME))),
                "users",
                List.of(Map.of(
                        "name",
                        NAME,
                        "user",
                        Map.of("client-certificate-data", certificate, "client-key-data", privateKey)))));
    }

    /** Of a key of 2048 bits in PKCS #8 its inner part, PKCS #1, as kubeadm writes it: without the header that says RSA. */
    private static byte[] withoutKind(byte[] key) {
        return Arrays.copyOfRange(key, 26, key.length);
    }

    private static String pem(String kind, byte[] content) {
        String lines = Base64.getMimeEncoder().encodeToString(content);
        String text = "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n";
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }
}
