package dev.kfmr.cli;

import dev.kfmr.cluster.UserKubeconfig;
import dev.kfmr.doctor.Diagnosis;
import dev.kfmr.doctor.Doctor;
import dev.kfmr.doctor.DoctorInput;
import dev.kfmr.doctor.DoctorInput.Installation;
import dev.kfmr.doctor.Room;
import dev.kfmr.doctor.Selection;
import dev.kfmr.doctor.WorkloadFinding;
import dev.kfmr.install.Choice;
import dev.kfmr.install.Choices;
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
    private final Choice.Asked asked;

    /** Of the environment as it is. @param surroundings that tell nobody of progress */
    DoctorInputs(CommonOptions common, Surroundings surroundings) {
        this(common, surroundings, Choice.Asked.nothing());
    }

    /** Of the environment as it would be. @param asked what for */
    DoctorInputs(CommonOptions common, Surroundings surroundings, Choice.Asked asked) {
        this.common = common;
        this.surroundings = surroundings;
        this.asked = asked;
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

    /** @throws dev.kfmr.core.KfmrException exit 2 or 3 when it is not known what the environment was last asked to be */
    Plan plan() {
        return plan(choice());
    }

    private Plan plan(Choice choice) {
        return new Preparation(surroundings).plan(choice);
    }

    /** What the environment was last asked to be, or is asked for now. @throws dev.kfmr.core.KfmrException likewise */
    Choice choice() {
        return Choices.of(surroundings, common.name, asked);
    }

    private Optional<Environment> environment() {
        return common.store().load(common.name, text -> {});
    }

    private Installation installation() {
        Choice choice = choice();
        Plan plan = plan(choice);
        return new Installation(
                plan.components().stream().map(PlannedComponent::spec).toList(),
                plan.forwards(),
                plan.pins().fallbacks(),
                new Room(plan.requests(), choice.requests()));
    }
}
