package dev.kfmr.fetch;

import java.time.Instant;
import java.time.ZoneId;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/** A machine without git: JGit reads no configuration of the user, and starts no git to find the system's. */
final class PlainSystem extends SystemReader {
    private static final int MILLIS_PER_MINUTE = 60_000;

    private PlainSystem() {}

    static void install() {
        if (!(SystemReader.getInstance() instanceof PlainSystem)) {
            SystemReader.setInstance(new PlainSystem());
        }
    }

    @Override
    public String getHostname() {
        return "localhost";
    }

    @Override
    public @Nullable String getenv(String variable) {
        return null;
    }

    @Override
    public @Nullable String getProperty(String key) {
        return System.getProperty(key);
    }

    @Override
    public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
        return new EmptyConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
        return new EmptyConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
        return new EmptyConfig(parent, fs);
    }

    @Override
    @SuppressWarnings("deprecation") // abstract in JGit, though deprecated there
    public long getCurrentTime() {
        return System.currentTimeMillis();
    }

    @Override
    @SuppressWarnings("deprecation") // abstract in JGit, though deprecated there
    public int getTimezone(long when) {
        return ZoneId.systemDefault()
                        .getRules()
                        .getOffset(Instant.ofEpochMilli(when))
                        .getTotalSeconds()
                * 1000
                / MILLIS_PER_MINUTE;
    }

    private static final class EmptyConfig extends FileBasedConfig {
        EmptyConfig(@Nullable Config parent, FS fs) {
            super(parent, null, fs);
        }

        @Override
        public void load() {
            // Nothing to read, by intent.
        }

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
