package dev.kfmr.install;

import dev.kfmr.check.Finding;
import dev.kfmr.check.FitDecision;
import dev.kfmr.check.HostReader;
import dev.kfmr.check.Preflight;
import dev.kfmr.check.PreflightInput;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Progress.Stage;
import dev.kfmr.engine.Engine;
import dev.kfmr.engine.EngineInstaller;
import dev.kfmr.engine.Engines;
import dev.kfmr.engine.InstallStep;
import dev.kfmr.engine.SystemFacts;
import dev.kfmr.install.Preparation.Prepared;
import dev.kfmr.plan.ComputeResource;
import dev.kfmr.plan.RequestPolicy;
import dev.kfmr.profile.ForwardSpec;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Whether this machine can hold an installation: said before anything is created. */
final class MachineCheck {
    private final Surroundings surroundings;

    MachineCheck(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** An engine that answers; installed first where there is none and the user consents. */
    Engine engine(Consent consent) {
        try {
            return Engines.find(surroundings.environment());
        } catch (KfmrException e) {
            if (!e.code().equals("engine.missing")) {
                throw e;
            }
            return install(e, consent);
        }
    }

    private Engine install(KfmrException missing, Consent consent) {
        EngineInstaller installer = new EngineInstaller(surroundings.environment());
        List<InstallStep> steps = installer.steps(SystemFacts.ofThisMachine(surroundings.environment()));
        List<String> commands = steps.stream().map(InstallStep::text).toList();
        if (steps.isEmpty() || !consent.to(missing.what(), commands)) {
            throw missing;
        }
        return installer.run(steps, surroundings.progress());
    }

    /**
     * Tells every warning and note.
     *
     * @param fresh whether nothing runs yet: an installation that is there already holds its own ports and memory
     * @return what requests must be lowered of
     * @throws KfmrException exit 3 for what would make the installation fail
     */
    Set<ComputeResource> fits(Engine engine, Prepared prepared, boolean fresh) {
        FitDecision decision = FitDecision.decide(prepared.choice().requests(), prepared.needs(), engine.facts());
        surroundings.progress().step(Stage.CHECK, engine.facts().summary());
        boolean keepsWhatDoesNotFit = prepared.choice().requests() == RequestPolicy.UPSTREAM
                && !decision.missing().isEmpty();
        if (fresh || keepsWhatDoesNotFit) {
            List<Finding> findings = findings(engine, prepared);
            findings.stream()
                    .filter(finding -> finding.id().equals("engine.cpu-requests-lowered"))
                    .forEach(finding -> surroundings.progress().warning(finding.what()));
            Findings.refuseOrWarn(
                    findings,
                    "This machine cannot hold the installation. Nothing was created.",
                    surroundings.progress());
        }
        return decision.lowered();
    }

    private List<Finding> findings(Engine engine, Prepared prepared) {
        Map<Integer, String> ports = new TreeMap<>();
        for (ForwardSpec forward : prepared.plan().profile().forwards()) {
            ports.put(forward.localPort(), forward.title());
        }
        return Preflight.run(new PreflightInput(
                engine.facts(),
                new HostReader().read(surroundings.environment(), ports.keySet()),
                prepared.needs(),
                prepared.choice().requests(),
                ports,
                engine.kindSubnets()));
    }

    /** The proxy variables for the nodes, by their upper-case names; empty without a proxy. */
    Map<String, String> proxies() {
        Map<String, String> proxies = new TreeMap<>();
        for (String name : List.of("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY")) {
            String value = surroundings
                    .environment()
                    .getOrDefault(name, surroundings.environment().getOrDefault(name.toLowerCase(Locale.ROOT), ""));
            if (!value.isEmpty()) {
                proxies.put(name, value);
            }
        }
        return proxies.containsKey("HTTP_PROXY") || proxies.containsKey("HTTPS_PROXY") ? proxies : Map.of();
    }
}
