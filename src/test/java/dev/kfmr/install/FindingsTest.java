package dev.kfmr.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.check.Finding;
import dev.kfmr.check.Severity;
import dev.kfmr.core.SilentProgress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingsTest {
    private final List<String> warnings = new ArrayList<>();

    @Test
    void tellsAShortRemedyAtOnce() {
        tell(warning("Free port 8080."));

        assertThat(warnings).containsExactly("Something is odd. Free port 8080.");
    }

    @Test
    void leavesARemedyOfSeveralLinesToDoctor() {
        tell(warning("sudo sysctl a=1\nTo keep it, write it into a file."));

        assertThat(warnings).containsExactly("Something is odd. What to do: kfmr doctor host.odd");
    }

    private static Finding warning(String remedy) {
        return new Finding("host.odd", Severity.WARNING, "Something is odd.", "", "", remedy, "");
    }

    private void tell(Finding finding) {
        Findings.refuseOrWarn(List.of(finding), "", new SilentProgress() {
            @Override
            public void warning(String text) {
                warnings.add(text);
            }
        });
    }
}
