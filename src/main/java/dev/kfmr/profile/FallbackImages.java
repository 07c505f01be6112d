package dev.kfmr.profile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /** What to take when that one crashes; empty when it is the last, or none of these. */
    public Optional<String> after(String image) {
        int next = images.indexOf(image) + 1;
        return next > 0 && next < images.size() ? Optional.of(images.get(next)) : Optional.empty();
    }

    /** Choices, from image to image, with one more: what led to the image leads to its replacement then. */
    public static Map<String, String> chosen(Map<String, String> before, String image, String by) {
        Map<String, String> choices = new LinkedHashMap<>(before);
        choices.replaceAll((from, to) -> to.equals(image) ? by : to);
        choices.put(image, by);
        return choices;
    }
}
