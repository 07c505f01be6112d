package dev.kfmr.install;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kfmr.core.Command;
import dev.kfmr.core.Folder;
import dev.kfmr.core.Resource;
import dev.kfmr.core.WholeFile;
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
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.xnio.Options;
import org.xnio.SslClientAuthMode;

/**
 * A cluster that is none: an API server of this process with one workload that is ready and one that is not. The launcher
 * lets kfmr look at it while it writes the archive of loaded classes, so that the archive has what a real look needs: TLS,
 * HTTP/2, Kubernetes' objects.
 */
public final class WarmUp {
    private static final String ANSWERS = "warm-up.yaml";
    private static final String NAME = "kfmr-warm-up";
    private static final char[] PASSWORD = "warm-up".toCharArray();
    private static final String HOST = "127.0.0.1";
    private static final Map<String, Object> NO_OBJECTS =
            Map.of("kind", "List", "apiVersion", "v1", "items", List.of());

    private final EnvironmentStore store;
    private final Path folder;

    public WarmUp(EnvironmentStore store) throws IOException {
        this.store = store;
        this.folder = Files.createTempDirectory("kfmr-warm-up");
    }

    /** @param look gets the name of the environment, which is gone afterwards */
    public void run(Consumer<String> look) throws IOException, GeneralSecurityException {
        KeyStore key = key();
        Undertow server = Undertow.builder()
                .setIoThreads(1)
                .setWorkerThreads(1)
                .setWorkerOption(Options.THREAD_DAEMON, true)
                .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
                .setSocketOption(Options.SSL_CLIENT_AUTH_MODE, SslClientAuthMode.REQUESTED)
                .addHttpsListener(0, HOST, context(key), answers())
                .build();
        server.start();
        try {
            int port = ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
            store.save(environment());
            WholeFile.writePrivate(store.kubeconfig(NAME), kubeconfig(port, key));
            look.accept(NAME);
        } finally {
            server.stop();
            store.delete(NAME);
            Folder.delete(folder);
        }
    }

    /** A key of one day, made by the JDK's own tool: its classes cannot make a certificate. */
    private KeyStore key() throws IOException, GeneralSecurityException {
        Path file = folder.resolve("key.p12");
        Command.Result made = Command.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        NAME,
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-validity",
                        "1",
                        "-dname",
                        "CN=" + NAME,
                        "-ext",
                        "san=ip:" + HOST,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        String.valueOf(PASSWORD))
                .run();
        if (!made.succeeded()) {
            throw new IOException("keytool: " + made.lastWords());
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private static SSLContext context(KeyStore key) throws GeneralSecurityException {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(key, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static HttpHandler answers() {
        Map<String, Object> answers = YamlDocuments.parse(Resource.text(WarmUp.class, ANSWERS), ANSWERS)
                .get(0);
        ObjectMapper json = new ObjectMapper();
        return exchange -> {
            Object answer = answers.getOrDefault(exchange.getRequestPath(), NO_OBJECTS);
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
            exchange.getResponseSender().send(json.writeValueAsString(answer));
        };
    }

    private static Environment environment() {
        return new Environment(
                NAME,
                "standalone",
                new PinsLibrary().defaultName(),
                true,
                Optional.empty(),
                RequestPolicy.AUTO,
                Set.of(),
                Set.of(),
                Set.of(),
                Map.of());
    }

    /** As kind writes it: with a client's certificate. */
    private static String kubeconfig(int port, KeyStore key) throws GeneralSecurityException {
        String certificate = pem("CERTIFICATE", key.getCertificate(NAME).getEncoded());
        String privateKey = pem("PRIVATE KEY", key.getKey(NAME, PASSWORD).getEncoded());
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
                        Map.of("server", "https://" + HOST + ":" + port, "certificate-authority-data", certificate))),
                "contexts",
                List.of(Map.of("name", NAME, "context", Map.of("cluster", NAME, "user", NAME))),
                "users",
                List.of(Map.of(
                        "name",
                        NAME,
                        "user",
                        Map.of("client-certificate-data", certificate, "client-key-data", privateKey)))));
    }

    private static String pem(String kind, byte[] content) {
        String lines = Base64.getMimeEncoder().encodeToString(content);
        String text = "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n";
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }
}
