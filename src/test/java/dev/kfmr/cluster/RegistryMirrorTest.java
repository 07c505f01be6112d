package dev.kfmr.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryMirrorTest {
    @Test
    void redirectsEveryRegistry() {
        assertThat(mirror("http://172.17.0.1:5001").hostsToml())
                .isEqualTo(
                        """
                        server = "http://172.17.0.1:5001"

                        [host."http://172.17.0.1:5001"]
                          capabilities = ["pull", "resolve"]
                        """);
    }

    @ParameterizedTest
    @CsvSource({
        "https://harbor.example.com/proxy/, https://harbor.example.com/v2/proxy",
        "https://harbor.example.com/v2/proxy, https://harbor.example.com/v2/proxy",
        "https://harbor.example.com/v2, https://harbor.example.com/v2",
    })
    void keepsThePathOfAMirrorForOneProject(String given, String written) {
        assertThat(mirror(given).hostsToml())
                .isEqualTo(
                        """
                        server = "%1$s"
                        override_path = true

                        [host."%1$s"]
                          capabilities = ["pull", "resolve"]
                          override_path = true
                        """
                                .formatted(written));
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:5000, true",
        "http://127.0.0.1:5000, true",
        "http://[::1]:5000, true",
        "http://172.17.0.1:5001, false",
        "https://mirror.example.com, false",
    })
    void knowsThisMachine(String address, boolean here) {
        assertThat(mirror(address).isOnThisMachine()).isEqualTo(here);
    }

    @Test
    void takesTheNodesNameForThisMachine() {
        assertThat(mirror("http://localhost:5000/a").at("172.18.0.1").address())
                .hasToString("http://172.18.0.1:5000/a");
    }

    @ParameterizedTest
    @CsvSource({"http://a:5000, 5000", "http://a, 80", "https://a, 443"})
    void knowsThePort(String address, int port) {
        assertThat(mirror(address).port()).isEqualTo(port);
    }

    private static RegistryMirror mirror(String address) {
        return new RegistryMirror(URI.create(address));
    }
}
