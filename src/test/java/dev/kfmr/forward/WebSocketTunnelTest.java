package dev.kfmr.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** All that a forward must hold, where nothing but web sockets comes through. */
class WebSocketTunnelTest extends PortForwardTest {
    private static final int BAD_REQUEST = 400;

    WebSocketTunnelTest() throws IOException {
        api.refuseStreams(BAD_REQUEST);
    }

    @Test
    void asksForStreamsOnlyOnce() throws Exception {
        try (TcpServer pod = TcpServer.echoing()) {
            forwardTo(pod);
            for (int i = 0; i < 5; i++) {
                assertThat(echo(i, 1)).isEqualTo(1);
            }
            assertThat(api.refusals()).isEqualTo(1);
        }
    }
}
