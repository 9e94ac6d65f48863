package dev.confine.cli;

import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * Takes what the JDK logs about itself and drops it. The JDK asks for a logger before it starts a child process, as newuidmap is one, and Quarkus's answer
 * (log manager, formatters, name of the host) took longer than a container does. What confine has to say goes through its own log.
 */
public final class NoLoggers extends System.LoggerFinder {
    @Override
    public System.Logger getLogger(String name, Module module) {
        return new NoLogger(name);
    }

    private record NoLogger(String name) implements System.Logger {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean isLoggable(Level level) {
            return false;
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String message, @Nullable Throwable thrown) {}

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String format, @Nullable Object... params) {}
    }
}
