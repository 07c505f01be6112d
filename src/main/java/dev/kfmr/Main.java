package dev.kfmr;

import dev.kfmr.cli.CommandLineMain;
import dev.kfmr.cli.Version;
import java.util.List;

/** The program's entry. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        List<String> words = List.of(arguments);
        if (words.equals(List.of("version")) || words.equals(List.of("--version"))) {
            // Without the command line's machinery: scripts ask this often, and it answers in a tenth of a second.
            System.out.println(Version.line());
            return;
        }
        System.exit(CommandLineMain.run(words));
    }
}
