package dev.confine.cli.args;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code mounts add} and {@code mounts remove}.
 *
 * @param id as written, unchecked
 * @param file with mounts as config.json has them, as written, or null
 * @param words what the command line itself names: {@code type=T,source=S,destination=D,…} to add, a destination to remove
 */
public record MountsArguments(String id, @Nullable String file, List<String> words) {
    public MountsArguments {
        words = List.copyOf(words);
    }
}
