package dev.kfmr.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kfmr.check.CheckCatalogue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupportBundleTest {
    @TempDir
    private Path folder;

    private static Diagnosis diagnosis() {
        return Diagnosis.of(
                List.of(Fault.of(CheckCatalogue.shipped()
                        .get("cluster.api-server")
                        .found(Map.of("name", "<kfmr>", "answer", "sesame-open")))),
                List.of());
    }

    private Map<String, String> write(SupportBundle bundle, BundleContent content) throws IOException {
        Path file = folder.resolve("bundle.zip");
        bundle.write(file, content, diagnosis(), DoctorObjects.NOW);
        Map<String, String> texts = new TreeMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (var entry : zip.stream().toList()) {
                try (InputStream stream = zip.getInputStream(entry)) {
                    texts.put(entry.getName(), new String(stream.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        return texts;
    }

    private static BundleContent content(BundleFile... files) {
        return new BundleContent(
                List.of(files), Set.of("sesame-open"), List.of(new Unread("the events", "no answer within 5 s")));
    }

    @Test
    void hasNoKnownSecretInAnyOfItsFiles() throws IOException {
        Map<String, String> texts =
                write(new SupportBundle(), content(BundleFile.of("pods/a.log", "said sesame-open, aloud")));

        assertThat(texts.values()).allSatisfy(text -> assertThat(text).doesNotContain("sesame"));
        assertThat(texts).containsEntry("pods/a.log", "said [redacted], aloud");
    }

    @Test
    void listsWhatIsInItAndWhatIsMissing() throws IOException {
        Map<String, String> texts = write(new SupportBundle(), content(BundleFile.of("a.txt", "ü")));

        assertThat(texts.get("manifest.txt")).contains("a.txt  2 bytes", "missing: the events: no answer within 5 s");
        assertThat(texts.get("summary.html"))
                .contains("The API server of &lt;kfmr&gt; does not answer.", "the events", "href=\"a.txt\"")
                .doesNotContain("{{", "<kfmr>");
    }

    @Test
    void keepsTheEndOfALongLogAndTheBeginningOfAnythingElse() throws IOException {
        Map<String, String> texts = write(
                new SupportBundle(5, 1000),
                content(BundleFile.log("a.log", "0123456789"), BundleFile.of("a.txt", "0123456789")));

        assertThat(texts)
                .containsEntry("a.log", "[cut: 5 bytes]\n56789")
                .containsEntry("a.txt", "01234\n[cut: 5 bytes]");
    }

    @Test
    void countsBytesAndCutsNoSignInTwo() throws IOException {
        Map<String, String> texts = write(
                new SupportBundle(6, 1000), content(BundleFile.log("a.log", "1€2€3"), BundleFile.of("a.txt", "1€2€3")));

        assertThat(texts).containsEntry("a.log", "[cut: 4 bytes]\n2€3").containsEntry("a.txt", "1€2\n[cut: 4 bytes]");
    }

    @Test
    void hasNoRoomForMoreBytesThanItMayHave() throws IOException {
        Map<String, String> texts = write(new SupportBundle(100, 10), content(BundleFile.of("first", "€€€€")));

        assertThat(texts).doesNotContainKey("first");
    }

    @Test
    void leavesOutFromTheEndWhatThereIsNoRoomFor() throws IOException {
        Map<String, String> texts = write(
                new SupportBundle(100, 10),
                content(BundleFile.of("first", "12345678"), BundleFile.of("second", "1234")));

        assertThat(texts).containsKey("first").doesNotContainKey("second");
        assertThat(texts.get("manifest.txt")).contains("left out, no room: second");
    }

    @Test
    void isReadableForItsOwnerOnly() throws IOException {
        write(new SupportBundle(), content());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("bundle.zip"))))
                .isEqualTo("rw-------");
    }
}
