package dev.kfmr.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.StandardSocketOptions;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

class ApiTransportTest {
    @Test
    void keepsNothingBackAndNoticesADeadMachine() throws Exception {
        OkHttpClient.Builder builder = new OkHttpClient.Builder();

        new ApiTransport().additionalConfig(builder);

        try (Socket socket = builder.build().socketFactory().createSocket()) {
            assertThat(socket.getTcpNoDelay()).isTrue();
            assertThat(socket.getOption(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
        }
    }
}
