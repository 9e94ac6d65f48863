package dev.confine.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One hook.
 *
 * @param path absolute
 * @param args from argv[0] on, empty for just the path
 * @param env entries {@code NAME=value}; it has no others
 * @param timeout in seconds, above zero, or null for no limit
 */
public record Hook(
        String path,
        List<String> args,
        List<String> env,
        @Nullable Integer timeout) {
    public Hook {
        args = List.copyOf(args);
        env = List.copyOf(env);
    }
}
