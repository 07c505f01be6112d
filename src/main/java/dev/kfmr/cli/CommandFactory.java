package dev.kfmr.cli;

import java.lang.reflect.Constructor;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes the commands, and hands them the screen when they ask for it in their constructor. */
final class CommandFactory implements IFactory {
    private final Screen screen;
    private final DefaultsFromSurroundings defaults;

    CommandFactory(Screen screen, DefaultsFromSurroundings defaults) {
        this.screen = screen;
        this.defaults = defaults;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            Class<?>[] wanted = constructor.getParameterTypes();
            if (wanted.length == 1 && wanted[0] == Screen.class) {
                return type.cast(constructor.newInstance(screen));
            }
            if (wanted.length == 2 && wanted[0] == Screen.class && wanted[1] == DefaultsFromSurroundings.class) {
                return type.cast(constructor.newInstance(screen, defaults));
            }
        }
        return CommandLine.defaultFactory().create(type);
    }
}
