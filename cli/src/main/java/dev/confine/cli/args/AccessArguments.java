package dev.confine.cli.args;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The words of {@code access}.
 *
 * @param subject a container, a pid, or a bundle
 * @param paths as the container has them
 * @param as UID[:GID] inside, or null
 * @param groups in place of those of the process; empty for those
 * @param capabilities in place of those of the process; empty for those, {@code none} for none
 * @param want letters out of rwx
 */
public record AccessArguments(
        String subject,
        List<String> paths,
        @Nullable String as,
        List<String> groups,
        List<String> capabilities,
        String want,
        boolean verify,
        boolean json) {
    public AccessArguments {
        paths = List.copyOf(paths);
        groups = List.copyOf(groups);
        capabilities = List.copyOf(capabilities);
    }
}
