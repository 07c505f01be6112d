package dev.kfmr.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code kfmr version -o json}; without options {@code Main} answers. */
@Command(name = "version", description = "Show the version.")
final class VersionCommand implements Callable<Integer>, HasCommonOptions {
    @picocli.CommandLine.Mixin
    private final CommonOptions common = new CommonOptions();

    private final Screen screen;

    VersionCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public Integer call() {
        screen.output()
                .println(common.json() ? JsonText.of(java.util.Map.of("version", Version.number())) : Version.line());
        return 0;
    }
}
