package dev.kfmr.cli;

import dev.kfmr.core.Progress;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Progress for programs: one JSON object a line. {@code docs/output.md} documents every event. */
final class ProgressJson implements Progress {
    private final PrintStream output;
    private final Clock clock;

    ProgressJson(PrintStream output, Clock clock) {
        this.output = output;
        this.clock = clock;
    }

    private synchronized void event(String name, Map<String, Object> fields) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("time", clock.instant().toString());
        all.put("event", name);
        all.putAll(fields);
        output.println(JsonText.of(all));
    }

    private static String id(Stage stage) {
        return stage.name().toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public void started(Stage stage) {
        event("stage-started", Map.of("stage", id(stage)));
    }

    @Override
    public void finished(Stage stage, Duration took) {
        event("stage-finished", JsonText.fields("stage", id(stage), "millis", took.toMillis()));
    }

    @Override
    public void step(Stage stage, String text) {
        event("step", JsonText.fields("stage", id(stage), "text", text));
    }

    @Override
    public void downloading(String what, long doneBytes, OptionalLong totalBytes) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("what", what);
        fields.put("bytes", doneBytes);
        totalBytes.ifPresent(total -> fields.put("totalBytes", total));
        event("downloading", fields);
    }

    @Override
    public void components(List<ComponentState> components) {
        event(
                "components",
                Map.of(
                        "components",
                        components.stream().map(ProgressJson::component).toList()));
    }

    static Map<String, Object> component(ComponentState state) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", state.name());
        map.put("ready", state.ready());
        map.put("total", state.total());
        map.put("waitingFor", state.waitingFor());
        return map;
    }

    @Override
    public void warning(String text) {
        event("warning", Map.of("text", text));
    }

    @Override
    public void healed(String text) {
        event("healed", Map.of("text", text));
    }
}
