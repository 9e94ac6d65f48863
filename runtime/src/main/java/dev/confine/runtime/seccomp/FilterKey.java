package dev.confine.runtime.seccomp;

import dev.confine.spec.Seccomp;
import dev.confine.spec.Seccomp.Arch;
import dev.confine.spec.Syscall;
import dev.confine.spec.SyscallArg;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a filter depends on, in canonical form: two sections with the same bytes have the same filter, made by the same library on the same machine. Flags and
 * listener are no part of a filter.
 */
final class FilterKey {
    private final byte[] bytes;

    private FilterKey(byte[] bytes) {
        this.bytes = bytes;
    }

    static FilterKey of(Seccomp seccomp) {
        StringBuilder key = new StringBuilder(8192);
        key.append(System.getProperty("os.arch")).append('\n');
        action(key, seccomp.defaultAction(), seccomp.defaultErrnoRet());
        for (Arch arch : seccomp.architectures()) {
            key.append(' ').append(arch.number());
        }
        for (Syscall entry : seccomp.syscalls()) {
            key.append('\n');
            action(key, entry.action(), entry.errnoRet());
            for (SyscallArg arg : entry.args()) {
                key.append(' ').append(arg.index());
                key.append(' ').append(arg.op().number());
                key.append(' ').append(arg.value());
                key.append(' ').append(arg.valueTwo());
            }
            for (String name : entry.names()) {
                // a name may hold anything, so its length goes before it
                key.append(' ').append(name.length()).append(':').append(name);
            }
        }
        return new FilterKey(key.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void action(StringBuilder key, Seccomp.Action action, @Nullable Long errno) {
        key.append(action.number(errno));
    }

    byte[] bytes() {
        return bytes;
    }

    /** A name that keys may share, if very few do. */
    String fileName() {
        return Integer.toHexString(Arrays.hashCode(bytes)) + ".filter";
    }
}
