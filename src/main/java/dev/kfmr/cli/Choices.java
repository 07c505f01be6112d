package dev.kfmr.cli;

import dev.kfmr.core.NearestName;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** One of a few words, as help shows them: in small letters. Typed, their case does not matter. */
final class Choices<E extends Enum<E>> implements ITypeConverter<E> {
    private final List<E> values;

    Choices(Class<E> type) {
        this.values = List.of(type.getEnumConstants());
    }

    @Override
    public E convert(String text) {
        for (E value : values) {
            if (value.name().equalsIgnoreCase(text)) {
                return value;
            }
        }
        List<String> words = values.stream()
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
        throw new TypeConversionException(
                "'" + text + "' is none of " + String.join(", ", words) + "." + NearestName.hint(text, words));
    }
}
