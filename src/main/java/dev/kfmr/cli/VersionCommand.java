package dev.kfmr.cli;

import picocli.CommandLine.Command;

/** {@code kfmr version -o json}; without options {@code Main} answers. */
@Command(name = "version", description = "Show the version.")
final class VersionCommand extends Subcommand {
    VersionCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        screen.output()
                .println(common.json() ? JsonText.of(java.util.Map.of("version", Version.number())) : Version.line());
        return 0;
    }
}
