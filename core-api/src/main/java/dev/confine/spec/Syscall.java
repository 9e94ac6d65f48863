package dev.confine.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule of a seccomp filter.
 *
 * @param names of system calls
 * @param action for them
 * @param errnoRet its errno, or null for EPERM
 * @param args conditions, all of which must hold
 */
public record Syscall(
        List<String> names, Seccomp.Action action, @Nullable Long errnoRet, List<SyscallArg> args) {
    public Syscall {
        names = List.copyOf(names);
        args = List.copyOf(args);
    }
}
