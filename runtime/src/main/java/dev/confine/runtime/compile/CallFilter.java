package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Errno;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Syscall;
import dev.confine.spec.Seccomp;

/**
 * The filter of system calls, {@code config-linux.md#seccomp}, seccomp(2): set last, so that it meets nothing of ours but execve(2). Without no_new_privs the
 * kernel wants CAP_SYS_ADMIN for it. {@link Identity} keeps that to the end where there will be a filter, and execve takes it away: what a program has is
 * computed from its inheritable, ambient and bounding set, never from what was permitted before, capabilities(7).
 */
final class CallFilter {
    private static final int INSTRUCTION = 8;

    private final Code code;
    private final Seccomp seccomp;
    private final byte[] filter;

    CallFilter(Code code, Seccomp seccomp, byte[] filter) {
        if (filter.length == 0) {
            throw new IllegalArgumentException("a program without the filter that is asked for");
        }
        this.code = code;
        this.seccomp = seccomp;
        this.filter = filter;
    }

    /** After it nothing but execve, and words about its failure, which the filter may swallow. */
    void set() {
        code.step("filter system calls", "/linux/seccomp");
        code.cure(
                Errno.EACCES,
                "without noNewPrivileges it takes CAP_SYS_ADMIN in the user namespace: set /process/noNewPrivileges, or run with that capability");
        code.cure(Errno.EINVAL, "the running kernel does not know one of its flags or actions");
        code.call(Syscall.SECCOMP, num(SECCOMP_SET_MODE_FILTER), num(flags()), program());
    }

    private long flags() {
        long flags = 0;
        for (Seccomp.Flag flag : seccomp.flags()) {
            flags |= flag.bit();
        }
        return flags;
    }

    /** A sock_fprog. */
    private Data program() {
        Data program = code.asm.zeros(16);
        code.asm.set(program, 2, filter.length / INSTRUCTION);
        code.asm.pointer(program.plus(8), code.asm.bytes(filter));
        return program;
    }
}
