package dev.confine.spec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One hook.
 *
 * @param path absolute
 * @param args from argv[0] on, empty for just the path
 * @param env entries {@code NAME=value}; it has no others, but see {@link Hooks#inheriting}
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

    private Hook inheriting(List<String> environment) {
        return env.isEmpty() ? new Hook(path, args, environment, timeout) : this;
    }

    static List<Hook> inheriting(List<Hook> hooks, List<String> environment) {
        List<Hook> all = new ArrayList<>(hooks.size());
        for (Hook hook : hooks) {
            all.add(hook.inheriting(environment));
        }
        return all;
    }
}
