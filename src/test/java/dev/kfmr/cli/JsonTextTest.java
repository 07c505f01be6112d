package dev.kfmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTextTest {
    record Moment(String name, Instant since, List<String> words) {}

    @Test
    void writesRecordsOnOneLineAndMomentsAsText() {
        assertThat(JsonText.of(Map.of("moment", new Moment("a", Instant.EPOCH, List.of("x\ny")))))
                .isEqualTo("{\"moment\":{\"name\":\"a\",\"since\":\"1970-01-01T00:00:00Z\",\"words\":[\"x\\ny\"]}}");
    }
}
