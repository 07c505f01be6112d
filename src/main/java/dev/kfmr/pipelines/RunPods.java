package dev.kfmr.pipelines;

import java.util.List;
import java.util.Optional;

/** What the API does not tell of a run: why a task is stuck, and what a component that failed said. */
public interface RunPods {
    /**
     * A pod of a run that does not run as it should.
     *
     * @param node name of the node of Argo's that it carries out: see {@link AuthorTask#has}
     * @param why one line for people
     * @param log the end of its log where it failed; empty for one that has not run
     */
    record Trouble(String pod, String node, String why, String log) {
        /** The exception that a Python component ended with. */
        public Optional<PythonFailure> exception() {
            return PythonFailure.find(log);
        }
    }

    /** @param workflow the run's, of {@link Run#workflow()} */
    List<Trouble> troubles(String workflow);
}
