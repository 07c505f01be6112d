package dev.kfmr.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.junit.jupiter.api.Test;

class TunnelConnectionsTest {
    @Test
    void askForTheTokenWhereTheClientDoes() {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("https://theirs.invalid")
                .withOauthTokenProvider(() -> "t0ken")
                .build();
        try (KubernetesClient client =
                        new KubernetesClientBuilder().withConfig(config).build();
                KubernetesClient tunnels = TunnelConnections.of(client, chain -> chain.proceed(chain.request()))) {
            assertThat(tunnels.getConfiguration().getOauthTokenProvider().getToken())
                    .isEqualTo("t0ken");
        }
    }
}
