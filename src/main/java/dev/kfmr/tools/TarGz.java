package dev.kfmr.tools;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Reads one file out of a {@code .tar.gz}: as much of the format as releases of single programs use. */
final class TarGz {
    private static final int BLOCK = 512;
    private static final int NAME_LENGTH = 100;
    private static final int SIZE_OFFSET = 124;
    private static final int SIZE_LENGTH = 12;
    private static final int TYPE_OFFSET = 156;

    private TarGz() {}

    /** Copies the first regular file of this name, in whatever folder. @return false when there is none */
    static boolean extract(Path archive, String fileName, Path target) throws IOException {
        try (InputStream in = new BufferedInputStream(new GZIPInputStream(Files.newInputStream(archive)))) {
            for (byte[] header = in.readNBytes(BLOCK);
                    header.length == BLOCK && header[0] != 0;
                    header = in.readNBytes(BLOCK)) {
                String name = text(header, 0, NAME_LENGTH);
                long size =
                        Long.parseLong(text(header, SIZE_OFFSET, SIZE_LENGTH).strip(), 8);
                boolean regular = header[TYPE_OFFSET] == '0' || header[TYPE_OFFSET] == 0;
                if (regular && name.substring(name.lastIndexOf('/') + 1).equals(fileName)) {
                    copy(in, size, target);
                    return true;
                }
                in.skipNBytes((size + BLOCK - 1) / BLOCK * BLOCK);
            }
        }
        return false;
    }

    private static String text(byte[] header, int offset, int length) {
        int end = offset;
        while (end < offset + length && header[end] != 0) {
            end++;
        }
        return new String(header, offset, end - offset, StandardCharsets.UTF_8);
    }

    private static void copy(InputStream in, long size, Path target) throws IOException {
        try (var out = Files.newOutputStream(target)) {
            byte[] buffer = new byte[1 << 16];
            for (long left = size; left > 0; ) {
                int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (n < 0) {
                    throw new IOException("the archive ends within " + target.getFileName());
                }
                out.write(buffer, 0, n);
                left -= n;
            }
        }
    }
}
