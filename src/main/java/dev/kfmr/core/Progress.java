package dev.kfmr.core;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the engine tells of its work while it runs. Only {@code cli} implements it for people; a method for each event,
 * so that a new event breaks every printer when it is compiled. Called from many threads.
 */
public interface Progress {
    /** The stages of {@code up}, in the order of the way of the data; some run side by side. */
    enum Stage {
        CHECK("check this machine"),
        FETCH("fetch sources"),
        RENDER("render"),
        CLUSTER("ensure the cluster"),
        APPLY("apply"),
        READY("wait until ready"),
        CALM("see that it stays so"),
        PROVE("prove that it works"),
        RUN("run the pipeline"),
        DELETE("delete");

        private final String title;

        Stage(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    /** How far one component is: {@code ready} of {@code total} workloads; one line for each that is not, with why. */
    record ComponentState(String name, int ready, int total, List<String> waitingFor) {
        public ComponentState {
            waitingFor = List.copyOf(waitingFor);
        }

        public boolean isReady() {
            return ready == total;
        }
    }

    void started(Stage stage);

    void finished(Stage stage, Duration took);

    /** Something was done that is worth a line: {@code fetched pipelines 2.16.1 (0.3 MB)}. */
    void step(Stage stage, String text);

    /** Bytes of a download so far; called often. */
    void downloading(String what, long doneBytes, OptionalLong totalBytes);

    /** All components of the plan; called whenever one changed. */
    void components(List<ComponentState> components);

    /** Something that the user should know, and that stops nothing. */
    void warning(String text);

    /** Something known was broken and is mended: what, and how. */
    void healed(String text);

    /** For who wants no progress: tests, and commands that are quick. */
    static Progress silent() {
        return new SilentProgress();
    }
}
