package dev.kfmr.doctor;

import dev.kfmr.core.WholeFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a support bundle: a ZIP archive, redacted, of bounded size, with a list of what is in it and a page to begin with. */
public final class SupportBundle {
    static final String SUMMARY = "summary.html";
    static final String MANIFEST = "manifest.txt";

    private static final int LARGEST_FILE = 512 << 10;
    private static final int LARGEST_BUNDLE = 16 << 20;

    /** In UTF-8, of each byte of a sign but its first. */
    private static final int CONTINUATION = 0b1000_0000;

    private static final int LEADING_BITS = 0b1100_0000;

    private final int largestFile;
    private final int largestBundle;

    public SupportBundle() {
        this(LARGEST_FILE, LARGEST_BUNDLE);
    }

    /** @param largestFile in bytes, as the other, which is for all files together, before compression */
    SupportBundle(int largestFile, int largestBundle) {
        this.largestFile = largestFile;
        this.largestBundle = largestBundle;
    }

    /**
     * What was written.
     *
     * @param leftOut paths of files for which there was no room
     */
    public record Written(int files, long bytes, List<String> leftOut) {
        public Written {
            leftOut = List.copyOf(leftOut);
        }
    }

    /** @param file is written anew, at mode 0600 */
    public Written write(Path file, BundleContent content, Diagnosis diagnosis, Instant now) {
        Redaction redaction = Redaction.of(content.secrets());
        List<BundleFile> kept = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        int room = largestBundle;
        for (BundleFile each : content.files()) {
            BundleFile redacted = bounded(new BundleFile(each.path(), redaction.apply(each.text()), each.keepsEnd()));
            int size = redacted.bytes().length;
            if (size <= room) {
                kept.add(redacted);
                room -= size;
            } else {
                leftOut.add(each.path());
            }
        }
        List<BundleFile> all = new ArrayList<>();
        String summary = new BundleSummary(diagnosis, kept, content.missing(), leftOut, now).html();
        all.add(BundleFile.of(SUMMARY, redaction.apply(summary)));
        all.add(BundleFile.of(MANIFEST, redaction.apply(manifest(kept, content.missing(), leftOut))));
        all.addAll(kept);
        byte[] archive = archive(all, now);
        WholeFile.writePrivate(file, archive);
        return new Written(all.size(), archive.length, leftOut);
    }

    private BundleFile bounded(BundleFile file) {
        byte[] bytes = file.bytes();
        if (bytes.length <= largestFile) {
            return file;
        }
        int from = file.keepsEnd() ? signAt(bytes, bytes.length - largestFile, 1) : 0;
        int to = file.keepsEnd() ? bytes.length : signAt(bytes, largestFile, -1);
        String kept = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        String cut = "[cut: " + (bytes.length - (to - from)) + " bytes]";
        return new BundleFile(file.path(), file.keepsEnd() ? cut + "\n" + kept : kept + "\n" + cut, file.keepsEnd());
    }

    /** The beginning of a sign of several bytes that is next to it in that direction. */
    private static int signAt(byte[] bytes, int place, int direction) {
        int at = place;
        while (at > 0 && at < bytes.length && (bytes[at] & LEADING_BITS) == CONTINUATION) {
            at += direction;
        }
        return at;
    }

    private static String manifest(List<BundleFile> files, List<Unread> missing, List<String> leftOut) {
        StringBuilder manifest = new StringBuilder(
                "What is in this bundle. Values of Secrets were not collected; what looks like a secret was taken out.\n\n");
        files.forEach(file -> manifest.append(file.path())
                .append("  ")
                .append(file.bytes().length)
                .append(" bytes\n"));
        missing.forEach(unread -> manifest.append("missing: ")
                .append(unread.what())
                .append(": ")
                .append(unread.why())
                .append('\n'));
        leftOut.forEach(
                path -> manifest.append("left out, no room: ").append(path).append('\n'));
        return manifest.toString();
    }

    private static byte[] archive(List<BundleFile> files, Instant now) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (BundleFile file : files) {
                ZipEntry entry = new ZipEntry(file.path());
                entry.setTime(now.toEpochMilli());
                zip.putNextEntry(entry);
                zip.write(file.bytes());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
