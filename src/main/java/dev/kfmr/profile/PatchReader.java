package dev.kfmr.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Patches stand in profiles and in pins alike. */
final class PatchReader {
    private PatchReader() {}

    /** @param components those that may be named; empty when they are not known here */
    static List<Patch> read(Section file, Set<String> components) {
        List<Patch> patches = new ArrayList<>();
        for (Map.Entry<String, Section> patch : file.named("patches", "patch").entrySet()) {
            patches.add(patch(patch.getKey(), patch.getValue(), components));
        }
        return patches;
    }

    private static Patch patch(String id, Section section, Set<String> components) {
        Patch patch = new Patch(
                id,
                section.texts("components"),
                section.required("reason"),
                section.text("thread"),
                section.textMap("images"),
                section.textMap("target"),
                section.text("content"));
        if (patch.components().isEmpty()) {
            section.problem("components", "the patch " + id + " names no components");
        }
        if (!components.isEmpty()) {
            for (String name : patch.components()) {
                ProfileLibrary.checkKnown(section, "components", name, components);
            }
        }
        if (patch.images().isEmpty() && patch.content().isEmpty()) {
            section.problem("content", "the patch " + id + " changes nothing: it has neither images nor content");
        }
        section.end();
        return patch;
    }
}
