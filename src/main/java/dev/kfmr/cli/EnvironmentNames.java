package dev.kfmr.cli;

import dev.kfmr.core.EnvironmentName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Refuses what no environment may be called, before anything is looked for, made or deleted by that name. */
final class EnvironmentNames implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
        if (!EnvironmentName.isAllowed(text)) {
            throw new TypeConversionException(
                    "'" + text + "' cannot be the name of an environment: use " + EnvironmentName.RULE);
        }
        return text;
    }
}
