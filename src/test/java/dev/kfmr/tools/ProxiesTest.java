package dev.kfmr.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProxiesTest {
    private static final Proxies PROXIES =
            new Proxies(Map.of("HTTPS_PROXY", "http://proxy.example:3128", "no_proxy", ".internal.example,10.0.0.1"));

    @Test
    void takesTheVariableOfTheScheme() {
        assertThat(PROXIES.proxyFor(URI.create("https://forge.example/a")).address())
                .isEqualTo(InetSocketAddress.createUnresolved("proxy.example", 3128));
        assertThat(PROXIES.proxyFor(URI.create("http://forge.example/a"))).isEqualTo(Proxy.NO_PROXY);
    }

    @Test
    void leavesOutWhatNoProxyNames() {
        assertThat(PROXIES.proxyFor(URI.create("https://git.internal.example/a")))
                .isEqualTo(Proxy.NO_PROXY);
        assertThat(PROXIES.proxyFor(URI.create("https://10.0.0.1/a"))).isEqualTo(Proxy.NO_PROXY);
    }

    @Test
    void leavesOutThisMachine() {
        assertThat(PROXIES.proxyFor(URI.create("https://localhost/a"))).isEqualTo(Proxy.NO_PROXY);
    }
}
