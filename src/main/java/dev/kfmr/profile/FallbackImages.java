package dev.kfmr.profile;

import java.util.List;

/**
 * Images of which one is known to crash on some machines.
 *
 * @param name key under which the choice is kept in the environment file
 * @param images in the order to try; the first is what the release set asks for
 * @param exitCode the exit code that means: take the next
 * @param notWhenLogged words in the log that mean another cause for the same exit code: then nothing is replaced
 */
public record FallbackImages(
        String name, String reason, List<String> images, int exitCode, List<String> notWhenLogged) {
    public FallbackImages {
        images = List.copyOf(images);
        notWhenLogged = List.copyOf(notWhenLogged);
    }
}
