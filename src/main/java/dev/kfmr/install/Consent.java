package dev.kfmr.install;

import java.util.List;

/** Asks the user before something outside kfmr's own cluster is changed. */
@FunctionalInterface
public interface Consent {
    /**
     * @param what why, in a sentence
     * @param commands exactly what would be run
     */
    boolean to(String what, List<String> commands);
}
