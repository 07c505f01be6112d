package dev.kfmr.cli;

import dev.kfmr.access.Passwords;
import dev.kfmr.core.Deadline;
import dev.kfmr.core.ExitCode;
import dev.kfmr.core.KfmrException;
import dev.kfmr.core.Progress;
import dev.kfmr.install.Access;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "access",
        commandListHeading = "%nCommands:%n",
        description = "Passwords and tokens of an installation that has a login.",
        subcommands = {AccessCommand.Password.class, AccessCommand.Token.class})
final class AccessCommand extends CommandGroup {
    @Command(
            name = "password",
            description = {
                "Set the first user's password, and sign in with it to prove that it works.",
                "Asks for it in a terminal. kfmr up keeps it. Who is signed in already stays so for up to a day."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  kfmr access password",
                "  kfmr access password --generate",
                "  pass show kubeflow | kfmr access password --stdin"
            })
    static final class Password extends Subcommand {
        @Option(names = "--generate", description = "Let kfmr choose one, and print it.")
        private boolean generate;

        @Option(names = "--stdin", description = "Read it from the first line of standard input.")
        private boolean stdin;

        @Option(
                names = "--timeout",
                paramLabel = "DURATION",
                defaultValue = "5m",
                description = "When to give up (default: ${DEFAULT-VALUE}).")
        private Duration timeout = Duration.ofMinutes(5);

        Password(Screen screen) {
            super(screen);
        }

        @Override
        public Integer call() {
            String password = generate ? Passwords.generated() : stdin ? firstLine() : asked();
            Progress progress = Printers.progress(screen, common);
            String user;
            try {
                user = new Access(surroundings(progress)).setPassword(common.name, password, Deadline.in(timeout));
            } finally {
                Printers.close(progress);
            }
            if (common.json()) {
                Map<String, Object> result = new LinkedHashMap<>();
                result.put("event", "password");
                result.put("user", user);
                if (generate) {
                    result.put("password", password);
                }
                screen.output().println(JsonText.of(result));
            } else if (generate) {
                screen.output().println("Sign in as " + user + " with " + password);
            } else {
                screen.output().println("The new password of " + user + " works.");
            }
            return 0;
        }

        private static String firstLine() {
            try {
                String line = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
                return line == null ? "" : line;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private String asked() {
            Console console = System.console();
            if (!screen.isTerminal() || console == null) {
                throw new KfmrException(
                        ExitCode.USAGE,
                        "access.no-terminal",
                        "There is no terminal to ask for the password in.",
                        "A password on the command line could be read by every user of this machine.",
                        "Give it on standard input (--stdin), or let kfmr choose it (--generate).");
            }
            char[] first = console.readPassword("New password: ");
            char[] second = console.readPassword("Again: ");
            if (first == null || !Arrays.equals(first, second)) {
                throw new KfmrException(
                        ExitCode.USAGE,
                        "access.password",
                        "The two are not the same.",
                        "Nothing was changed.",
                        "Run the same command again.");
            }
            return new String(first);
        }
    }

    @Command(
            name = "token",
            description = {
                "Sign in, and print a bearer token that the gateway accepts from programs for a day.",
                "What to do with it in Python: kfmr connect --print"
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  kfmr access token",
                "  curl -H \"Authorization: Bearer $(kfmr access token)\" http://localhost:8080/pipeline/apis/v2beta1/pipelines"
            })
    static final class Token extends Subcommand {
        Token(Screen screen) {
            super(screen);
        }

        @Override
        public Integer call() {
            Progress progress = common.json() ? Progress.silent() : new ProgressLines(screen);
            Access.Token token = new Access(surroundings(progress)).token(common.name);
            if (common.json()) {
                screen.output().println(JsonText.pretty(token));
                return 0;
            }
            screen.output().println(token.token());
            if (screen.isTerminal()) {
                screen.error().println(common.commands().in("A Python program that uses it: kfmr connect --print"));
            }
            return 0;
        }
    }
}
