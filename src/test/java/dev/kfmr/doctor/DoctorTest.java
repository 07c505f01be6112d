package dev.kfmr.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kfmr.core.KfmrException;
import dev.kfmr.doctor.DoctorInput.Installation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a machine that has nothing yet, no engine either. */
class DoctorTest {
    @TempDir
    private Path home;

    private Doctor doctor(Installation installation) {
        return new Doctor(LayerCases.input(home, Map.of("PATH", home.toString()), () -> installation, Optional::empty));
    }

    @Test
    void mendsThisMachineWhileNoEngineAnswers() {
        List<String> done = new ArrayList<>();

        doctor(Installation.unknown()).apply(new Fix("sysctl", reach -> done.add(reach.name())), "kfmr");

        assertThat(done).containsExactly("kfmr");
    }

    @Test
    void mendsNoClusterThatItCannotAskWhoseItIs() {
        assertThatThrownBy(() -> doctor(Installation.unknown()).apply(new Fix("start", Reach::clusters), "kfmr"))
                .isInstanceOfSatisfying(
                        KfmrException.class, e -> assertThat(e.code()).isEqualTo("engine.missing"));
    }
}
