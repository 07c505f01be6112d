package dev.kfmr.cli;

import dev.kfmr.core.Directories;
import dev.kfmr.doctor.BundleContent;
import dev.kfmr.doctor.BundleFile;
import dev.kfmr.doctor.BundleReader;
import dev.kfmr.doctor.Diagnosis;
import dev.kfmr.doctor.DoctorInput;
import dev.kfmr.doctor.SupportBundle;
import dev.kfmr.plan.Plan;
import dev.kfmr.profile.Credential;
import dev.kfmr.state.EnvironmentStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts together a support bundle from what was collected, and from what only the command line can print. */
final class BundleOutput {
    /** The environment's own files that tell something; its kubeconfig is never among them. */
    private static final List<String> STATE_FILES = List.of("environment.yaml", "events.log", "kind.yaml");

    private final Screen screen;
    private final DoctorInput input;
    private final String name;

    BundleOutput(Screen screen, DoctorInput input, String name) {
        this.screen = screen;
        this.input = input;
        this.name = name;
    }

    /** @param plan empty where the environment's profile or pins cannot be read */
    void write(Path file, Diagnosis diagnosis, Optional<Plan> plan, boolean json) {
        List<BundleFile> own = new ArrayList<>();
        own.add(BundleFile.of("versions.txt", versions()));
        own.add(BundleFile.of(
                "doctor.json", JsonText.pretty(new DiagnosisPrinter(screen, NamedCommands.of(name)).asMap(diagnosis))));
        plan.ifPresent(known -> own.add(BundleFile.of("plan.json", JsonText.pretty(PlanPrinter.asMap(known)))));
        own.addAll(state(input.directories()));
        List<String> passwords = Stream.concat(
                        plan.stream()
                                .flatMap(known -> known.profile().credentials().stream())
                                .map(Credential::password),
                        new EnvironmentStore(input.directories()).password(name).stream())
                .toList();
        BundleContent content = new BundleReader(input).read(name).with(own, passwords);
        SupportBundle.Written written = new SupportBundle().write(file, content, diagnosis, Instant.now());
        tell(file, content, written, json);
    }

    private static String versions() {
        return String.join(
                "\n",
                Version.line(),
                "Java " + System.getProperty("java.version") + ", " + System.getProperty("java.vm.name"),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
    }

    private List<BundleFile> state(Directories directories) {
        List<BundleFile> files = new ArrayList<>();
        for (String file : STATE_FILES) {
            try {
                String text = Files.readString(directories.environment(name).resolve(file));
                files.add(new BundleFile("state/" + file, text, true));
            } catch (IOException e) {
                // Not every environment has each of them.
            }
        }
        return files;
    }

    private void tell(Path file, BundleContent content, SupportBundle.Written written, boolean json) {
        if (json) {
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("event", "bundle");
            event.put("file", file.toAbsolutePath().toString());
            event.put("bytes", written.bytes());
            event.put("files", written.files());
            event.put("missing", content.missing());
            event.put("leftOut", written.leftOut());
            screen.output().println(JsonText.of(event));
            return;
        }
        content.missing().forEach(unread -> screen.error().println("missing: " + unread.what() + ": " + unread.why()));
        screen.output()
                .println("Wrote " + file + " (" + written.files() + " files, " + written.bytes() / 1024
                        + " KiB). Secrets were taken out; look through it all the same before you pass it on.");
    }
}
