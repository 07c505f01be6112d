package dev.kfmr.core;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** Says nothing; who listens to one or two events only begins here. */
public class SilentProgress implements Progress {
    @Override
    public void started(Stage stage) {}

    @Override
    public void finished(Stage stage, Duration took) {}

    @Override
    public void step(Stage stage, String text) {}

    @Override
    public void downloading(String what, long doneBytes, OptionalLong totalBytes) {}

    @Override
    public void components(List<ComponentState> components) {}

    @Override
    public void warning(String text) {}

    @Override
    public void healed(String text) {}
}
