package dev.kfmr.check;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What must hold before anything is created. Pure: everything that it looks at was read before. */
public final class Preflight {
    private static final CheckCatalogue CATALOGUE = CheckCatalogue.shipped();

    private Preflight() {}

    /** Failures first, then warnings, then notes; empty when all is well. */
    public static List<Finding> run(PreflightInput input) {
        return worstFirst(Stream.concat(
                new EngineChecks(CATALOGUE, input).findings(),
                new HostChecks(CATALOGUE, input.host()).withEngine(input)));
    }

    /**
     * What can be told of this machine while no engine answers, in the same order.
     *
     * @param isEngineHere whether it would share this machine's kernel
     */
    public static List<Finding> withoutEngine(HostFacts host, boolean isEngineHere) {
        return worstFirst(new HostChecks(CATALOGUE, host).withoutEngine(isEngineHere));
    }

    private static List<Finding> worstFirst(Stream<Finding> findings) {
        return findings.sorted(Comparator.comparing(Finding::severity)).toList();
    }
}
