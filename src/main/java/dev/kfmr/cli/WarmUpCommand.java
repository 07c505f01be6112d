package dev.kfmr.cli;

import dev.kfmr.core.Directories;
import dev.kfmr.install.WarmUp;
import dev.kfmr.state.EnvironmentStore;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** What the launcher runs while it writes the archive of loaded classes: the commands that people wait for. */
@Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Callable<Integer> {
    /** So that the archive also has what finds one. */
    private static final Map<String, String> SOME_VARIABLE = Map.of("KFMR_VERBOSE", "false");

    @Override
    public Integer call() throws IOException, GeneralSecurityException {
        new WarmUp(new EnvironmentStore(Directories.ofUser())).run(name -> {
            run("status", "--name", name);
            run("status", "--name", name, "-o", "json");
        });
        return 0;
    }

    private static void run(String... arguments) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        List<String> words = List.of(arguments);
        DefaultsFromSurroundings defaults = CommandLineMain.defaults(SOME_VARIABLE);
        CommandLineMain.commandLine(
                        new Screen(nowhere, nowhere, Map.of()),
                        defaults,
                        words,
                        CommandLineMain.earlyLook(words, defaults))
                .execute(arguments);
    }
}
