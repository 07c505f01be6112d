package dev.kfmr.forward;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcNetTcpTest {
    @Test
    void readsAListeningSocket() {
        String line =
                "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 24753 1 0 100 0 0 10 0";
        assertThat(ProcNetTcp.parse(line)).contains(new ProcNetTcp.Row(8080, 0, 10, 24753));
        assertThat(ProcNetTcp.parse(line))
                .hasValueSatisfying(row -> assertThat(row.listens()).isTrue());
    }

    @Test
    void knowsASocketThatItsProgramClosed() {
        String line =
                "  12: 0000000000000000FFFF00000100007F:CF3A 0000000000000000FFFF00000100007F:1F90 05 00000000:00000000 03:00001769 00000000     0        0 0 3 0000000000000000";
        assertThat(ProcNetTcp.parse(line))
                .hasValueSatisfying(row -> assertThat(row.isOrphan()).isTrue());
    }

    @Test
    void passesOverTheHeading() {
        assertThat(
                        ProcNetTcp.parse(
                                "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode"))
                .isEmpty();
    }
}
