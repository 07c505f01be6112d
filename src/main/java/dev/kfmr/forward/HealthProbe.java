package dev.kfmr.forward;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.Optional;

/** Asks a forward's health path through the forward itself, as its user would. */
public final class HealthProbe {
    private static final int SERVER_ERROR = 500;

    private final URI uri;
    private final Duration limit;

    HealthProbe(String host, int port, String path, Duration limit) {
        String literal = host.contains(":") ? "[" + host + "]" : host;
        this.uri = URI.create("http://" + literal + ":" + port + path);
        this.limit = limit;
    }

    /** Of an address of this machine. */
    public static HealthProbe of(URI uri, Duration limit) {
        return new HealthProbe(uri.getHost(), uri.getPort(), uri.getPath(), limit);
    }

    /** Empty when it answers below 500; else what is wrong. */
    public Optional<String> problem() {
        try {
            int code = ask(uri.toURL());
            return code < SERVER_ERROR ? Optional.empty() : Optional.of(uri.getPath() + " answers " + code);
        } catch (IOException e) {
            return Optional.of(uri.getPath() + " does not answer");
        }
    }

    private int ask(URL url) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
        try {
            connection.setConnectTimeout((int) limit.toMillis());
            connection.setReadTimeout((int) limit.toMillis());
            connection.setInstanceFollowRedirects(false);
            connection.setRequestProperty("Connection", "close");
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }
}
