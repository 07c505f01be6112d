package dev.kfmr.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PythonFailureTest {
    private static final String LOG =
            """
            Successfully installed kfp-2.16.1
            [KFP Executor 2026-11-24 11:40:30,100 INFO]: Looking for component `show`
            Traceback (most recent call last):
              File "/usr/local/lib/python3.11/runpy.py", line 198, in _run_module_as_main
                return _run_code(code, main_globals, None,
              File "/tmp/tmp.abc/ephemeral_component.py", line 9, in show
                raise ValueError("no such column: price")
            ValueError: no such column: price
            I1124 11:40:31.002000      58 launcher_v2.go:210] publish failed
            F1124 11:40:31.003000      58 main.go:58] failed to execute component: exit status 1
            """;

    @Test
    void findsTheExceptionBeforeTheLaunchersOwnLines() {
        PythonFailure failure = PythonFailure.find(LOG).orElseThrow();

        assertThat(failure.exception()).isEqualTo("ValueError: no such column: price");
        assertThat(failure.traceback()).last().isEqualTo("ValueError: no such column: price");
        assertThat(failure.traceback()).first().isEqualTo("Traceback (most recent call last):");
    }

    @Test
    void takesTheLastOfExceptionsThatLedToEachOther() {
        String log = LOG.substring(0, LOG.indexOf("I1124"))
                + """

                During handling of the above exception, another exception occurred:

                Traceback (most recent call last):
                  File "x.py", line 2, in <module>
                RuntimeError: gave up
                """;

        assertThat(PythonFailure.find(log).map(PythonFailure::exception)).contains("RuntimeError: gave up");
    }

    @Test
    void isEmptyForALogWithoutATraceback() {
        assertThat(List.of("", "Killed\n", "F1124 11:40:31.003000 58 main.go:58] failed"))
                .allSatisfy(log -> assertThat(PythonFailure.find(log)).isEmpty());
    }
}
