package dev.kfmr.fetch;

import dev.kfmr.tools.Proxies;
import dev.kfmr.tools.Trust;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.TrustManager;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnection;

/** JGit's HTTP connections, through the proxy of the variables, with our trust, and with the bytes received counted. */
final class CountedConnections implements HttpConnectionFactory {
    private final Proxies proxies;
    private final Trust trust;
    private final AtomicLong received = new AtomicLong();

    CountedConnections(Proxies proxies, Trust trust) {
        this.proxies = proxies;
        this.trust = trust;
    }

    long received() {
        return received.get();
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        return new Counted(url, proxies.proxyFor(URI.create(url.toString())));
    }

    /** The proxy that JGit found is that of the JVM's properties: the variables count, as for other programs. */
    @Override
    public HttpConnection create(URL url, Proxy ignored) throws IOException {
        return create(url);
    }

    private final class Counted extends JDKHttpConnection {
        Counted(URL url, Proxy proxy) throws IOException {
            super(url, proxy);
            if (url.getProtocol().equals("https")) {
                try {
                    configure(null, new TrustManager[] {trust.manager()}, null);
                } catch (GeneralSecurityException e) {
                    throw new IOException("no TLS", e);
                }
            }
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    int value = super.read();
                    received.addAndGet(value < 0 ? 0 : 1);
                    return value;
                }

                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    int n = super.read(buffer, offset, length);
                    received.addAndGet(Math.max(n, 0));
                    return n;
                }
            };
        }
    }
}
