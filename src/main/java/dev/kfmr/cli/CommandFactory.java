package dev.kfmr.cli;

import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes the commands, and hands them what they ask for in their constructor: the screen, the defaults. */
final class CommandFactory implements IFactory {
    private final List<Object> parts;

    /** @param parts each of another type */
    CommandFactory(Object... parts) {
        this.parts = List.of(parts);
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            List<Object> wanted = among(constructor.getParameterTypes());
            if (!wanted.isEmpty() && wanted.size() == constructor.getParameterCount()) {
                return type.cast(constructor.newInstance(wanted.toArray()));
            }
        }
        return CommandLine.defaultFactory().create(type);
    }

    private List<Object> among(Class<?>[] types) {
        List<Object> found = new ArrayList<>();
        for (Class<?> type : types) {
            for (Object part : parts) {
                if (type.isInstance(part)) {
                    found.add(part);
                }
            }
        }
        return found;
    }
}
