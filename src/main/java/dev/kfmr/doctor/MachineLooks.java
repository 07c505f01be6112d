package dev.kfmr.doctor;

import dev.kfmr.check.CheckCatalogue;
import dev.kfmr.check.Finding;
import dev.kfmr.check.HostFacts;
import dev.kfmr.check.HostReader;
import dev.kfmr.check.InotifyLimits;
import dev.kfmr.check.Preflight;
import dev.kfmr.check.PreflightInput;
import dev.kfmr.core.KfmrException;
import dev.kfmr.engine.Engine;
import dev.kfmr.engine.Engines;
import dev.kfmr.engine.SystemFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** This machine and its engine. Each is looked at without the other where one does not tell. */
final class MachineLooks {
    /** The engine's own patience is 10 s. */
    private static final Duration ENGINE_LIMIT = Duration.ofSeconds(12);

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Looks looks;
    private final Map<String, String> environment;
    private final Looks.Pending<HostFacts> reading;
    private final Looks.Pending<Answer> asked;

    /** Begins to look. @param environment of this process */
    MachineLooks(Looks looks, Map<String, String> environment) {
        this(looks, environment, () -> new HostReader().read(environment, Set.of()));
    }

    MachineLooks(Looks looks, Map<String, String> environment, Supplier<HostFacts> reader) {
        this.looks = looks;
        this.environment = Map.copyOf(environment);
        this.reading = looks.start("this machine", LIMIT, reader::get);
        this.asked = looks.start("the container engine", ENGINE_LIMIT, this::ask);
    }

    /** @param engine empty when none answers: the faults say why */
    record Machine(Optional<Engine> engine, List<Fault> faults) {}

    /**
     * What the engine answered.
     *
     * @param refusal why it did not, which is a finding; empty when it did
     */
    private record Answer(Optional<Engine> engine, List<String> kindSubnets, Optional<Fault> refusal) {
        static Answer none() {
            return new Answer(Optional.empty(), List.of(), Optional.empty());
        }
    }

    /** @param room that there must be on the engine's machine */
    Machine read(Room room) {
        Answer answer = asked.result().orElse(Answer.none());
        HostFacts host = reading.result().orElse(HostFacts.unknown());
        List<Finding> findings = answer.engine()
                .map(engine -> Preflight.run(input(engine, answer.kindSubnets(), host, room)))
                .orElseGet(() -> withoutEngine(host));
        SystemFacts system = SystemFacts.ofThisMachine(environment);
        List<Fault> faults = new ArrayList<>(answer.refusal().stream().toList());
        findings.forEach(finding -> faults.add(HostFixes.of(finding, InotifyLimits.of(host), system)));
        return new Machine(answer.engine(), faults);
    }

    private Answer ask() {
        try {
            Engine engine = Engines.find(environment);
            return new Answer(Optional.of(engine), engine.kindSubnets(), Optional.empty());
        } catch (KfmrException e) {
            if (!CheckCatalogue.shipped().has(e.code())) {
                throw e;
            }
            return new Answer(Optional.empty(), List.of(), Optional.of(Fault.of(e)));
        }
    }

    /** Of ports doctor says more than preflight. */
    private static PreflightInput input(Engine engine, List<String> kindSubnets, HostFacts host, Room room) {
        return new PreflightInput(engine.facts(), host, room.sums(), room.policy(), Map.of(), kindSubnets);
    }

    /** What the engine's own machine decides is this machine's only where the engine would run here. */
    private List<Finding> withoutEngine(HostFacts host) {
        boolean isHere = looks.start("where the engine runs", LIMIT, () -> Engines.wouldBeHere(environment))
                .result()
                .orElse(false);
        if (isHere) {
            looks.couldNotLook("the engine's settings", "it does not answer");
        } else {
            looks.couldNotLook(
                    "the settings of the engine and its machine",
                    "it does not answer, and may run on another machine than this");
        }
        return Preflight.withoutEngine(host, isHere);
    }
}
