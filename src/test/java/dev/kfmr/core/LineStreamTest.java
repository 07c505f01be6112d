package dev.kfmr.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineStreamTest {
    @Test
    void givesEachLineHoweverItComes() throws IOException {
        List<String> lines = new ArrayList<>();
        try (LineStream stream = new LineStream(lines::add)) {
            stream.write("one\ntw".getBytes(StandardCharsets.UTF_8));
            stream.write("o ü\n\nlast".getBytes(StandardCharsets.UTF_8));
            assertThat(lines).containsExactly("one", "two ü", "");
        }
        assertThat(lines).containsExactly("one", "two ü", "", "last");
    }
}
