package dev.kfmr.cli;

import dev.kfmr.install.WarmUp;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** What the launcher runs while it writes the archive of loaded classes. */
@Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        WarmUp.run();
        return 0;
    }
}
