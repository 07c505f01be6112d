package dev.kfmr.cli;

import dev.kfmr.profile.PinsLibrary;
import dev.kfmr.profile.ProfileLibrary;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Loads the classes that commands need, while the launcher writes the archive of loaded classes. */
@Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        PinsLibrary pins = new PinsLibrary();
        pins.load(pins.defaultName());
        new ProfileLibrary().load("standalone");
        return 0;
    }
}
