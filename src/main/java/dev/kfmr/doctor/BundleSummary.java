package dev.kfmr.doctor;

import dev.kfmr.check.Finding;
import dev.kfmr.core.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The page of a bundle that a person opens first. Everything that is filled in is escaped. */
record BundleSummary(
        Diagnosis diagnosis, List<BundleFile> files, List<Unread> missing, List<String> leftOut, Instant now) {
    private static final String TEMPLATE = "summary.html";

    String html() {
        return Resource.text(BundleSummary.class, TEMPLATE)
                .replace("{{time}}", escape(now.toString()))
                .replace("{{findings}}", findings())
                .replace("{{missing}}", missingList())
                .replace("{{files}}", fileList());
    }

    private String findings() {
        return diagnosis.faults().isEmpty()
                ? "<p>Nothing is known to be wrong.</p>"
                : diagnosis.faults().stream().map(BundleSummary::finding).collect(Collectors.joining("\n"));
    }

    private static String finding(Fault fault) {
        Finding finding = fault.finding();
        String severity = finding.severity().name().toLowerCase(Locale.ROOT);
        String cause = fault.followsFrom().isEmpty() ? "" : "<p>Follows from " + escape(fault.followsFrom()) + ".</p>";
        return "<article class=\"" + severity + "\"><h3>" + escape(finding.what()) + " <code>" + escape(finding.id())
                + "</code></h3><pre>" + escape(finding.evidence()) + "</pre><p>" + escape(finding.why()) + "</p>"
                + cause
                + "</article>";
    }

    private String missingList() {
        String rows = missing.stream()
                        .map(unread -> "<li>" + escape(unread.what() + ": " + unread.why()) + "</li>")
                        .collect(Collectors.joining("\n"))
                + leftOut.stream()
                        .map(path -> "<li>" + escape(path + ": there was no room for it") + "</li>")
                        .collect(Collectors.joining("\n"));
        return rows.isEmpty() ? "<p>Everything could be collected.</p>" : "<ul>" + rows + "</ul>";
    }

    private String fileList() {
        return files.stream()
                .map(file -> "<li><a href=\"" + escape(file.path()) + "\">" + escape(file.path()) + "</a></li>")
                .collect(Collectors.joining("\n"));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
