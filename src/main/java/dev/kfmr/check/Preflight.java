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
        return Stream.concat(new EngineChecks(CATALOGUE, input).findings(), new HostChecks(CATALOGUE, input).findings())
                .sorted(Comparator.comparing(Finding::severity))
                .toList();
    }
}
