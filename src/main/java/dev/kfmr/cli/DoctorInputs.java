package dev.kfmr.cli;

import dev.kfmr.cluster.UserKubeconfig;
import dev.kfmr.doctor.Diagnosis;
import dev.kfmr.doctor.Doctor;
import dev.kfmr.doctor.DoctorInput;
import dev.kfmr.doctor.DoctorInput.Installation;
import dev.kfmr.doctor.Selection;
import dev.kfmr.doctor.WorkloadFinding;
import dev.kfmr.install.Preparation;
import dev.kfmr.install.StatusReader;
import dev.kfmr.install.Surroundings;
import dev.kfmr.plan.Plan;
import dev.kfmr.plan.PlannedComponent;
import dev.kfmr.state.Environment;
import java.util.List;
import java.util.Optional;

/** What doctor is given to look at one environment. */
final class DoctorInputs {
    private final CommonOptions common;
    private final Surroundings surroundings;

    /** @param surroundings that tell nobody of progress */
    DoctorInputs(CommonOptions common, Surroundings surroundings) {
        this.common = common;
        this.surroundings = surroundings;
    }

    /** All of it. */
    Diagnosis look() {
        return new Doctor(input()).whole(common.name, Selection.of(List.of(), List.of()));
    }

    DoctorInput input() {
        return new DoctorInput(
                common.directories(),
                surroundings.environment(),
                UserKubeconfig.ofUser(),
                WorkloadFinding.ofShippedReleases(),
                this::installation,
                environment().flatMap(Environment::context),
                () -> new StatusReader(surroundings).login(common.name));
    }

    /** What the environment was last asked to be. @throws dev.kfmr.core.KfmrException exit 2 or 3 when that is not known */
    Plan plan() {
        return new Preparation(surroundings).plan(common.name);
    }

    private Optional<Environment> environment() {
        return common.store().load(common.name, text -> {});
    }

    private Installation installation() {
        Plan plan = plan();
        return new Installation(
                plan.components().stream().map(PlannedComponent::spec).toList(),
                plan.forwards(),
                plan.pins().fallbacks());
    }
}
