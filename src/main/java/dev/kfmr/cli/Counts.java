package dev.kfmr.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How many of something there are to be, which is at least one. */
final class Counts implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
        try {
            int count = Integer.parseInt(text);
            if (count > 0) {
                return count;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new TypeConversionException("'" + text + "' is no whole number from 1 upwards");
    }
}
