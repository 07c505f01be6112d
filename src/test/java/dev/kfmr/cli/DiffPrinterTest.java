package dev.kfmr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.apply.Change;
import dev.kfmr.apply.Change.Kind;
import dev.kfmr.apply.ObjectRef;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiffPrinterTest {
    private static final List<Change> CHANGES = List.of(
            change("new", Kind.CREATE, Map.of(), Map.of("port", 1)),
            change("old", Kind.DELETE, Map.of(), Map.of()),
            change("web", Kind.CHANGE, Map.of("port", 80), Map.of("port", 81)));

    private static Change change(String name, Kind kind, Map<String, Object> before, Map<String, Object> after) {
        return new Change("ui", ObjectRef.parse("/v1/Service/kubeflow/" + name), kind, before, after);
    }

    private static String printed(List<Change> changes, Map<String, String> environment, boolean hasConsole) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(output, true, StandardCharsets.UTF_8);
        new DiffPrinter(new Screen(stream, stream, environment, hasConsole)).print(changes);
        return output.toString(StandardCharsets.UTF_8).replace("\u001b", "ESC");
    }

    @Test
    void coloursInATerminal() {
        assertThat(printed(CHANGES, Map.of("TERM", "xterm"), true))
                .isEqualToNormalizingNewlines(
                        """
                        ESC[32mcreate ui: Service kubeflow/newESC[0m
                        ESC[31mdelete ui: Service kubeflow/oldESC[0m
                        ESC[1mchange ui: Service kubeflow/webESC[0m
                        ESC[31m--- in the clusterESC[0m
                        ESC[32m+++ as it would beESC[0m
                        ESC[2m@@ -1,1 +1,1 @@ESC[0m
                        ESC[31m-port: 80ESC[0m
                        ESC[32m+port: 81ESC[0m
                        """);
    }

    @Test
    void doesNotColourWhatGoesIntoAFileOrAPipe() {
        assertThat(printed(CHANGES, Map.of("TERM", "xterm"), false))
                .isEqualToNormalizingNewlines(
                        """
                        create ui: Service kubeflow/new
                        delete ui: Service kubeflow/old
                        change ui: Service kubeflow/web
                        --- in the cluster
                        +++ as it would be
                        @@ -1,1 +1,1 @@
                        -port: 80
                        +port: 81
                        """);
    }

    @Test
    void doesNotColourWhereNobodyWantsIt() {
        assertThat(printed(CHANGES, Map.of("TERM", "xterm", "NO_COLOR", "1"), true))
                .doesNotContain("ESC");
        assertThat(printed(CHANGES, Map.of("TERM", "dumb"), true)).doesNotContain("ESC");
    }

    @Test
    void saysWhenNothingWouldBeChanged() {
        assertThat(printed(List.of(), Map.of(), true)).isEqualToNormalizingNewlines("Nothing would be changed.\n");
    }
}
