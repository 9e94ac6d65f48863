package dev.confine.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A filter of system calls, {@code config-linux.md#seccomp}, seccomp(2).
 *
 * @param defaultAction for calls that no entry of {@code syscalls} matches
 * @param defaultErrnoRet its errno, or null for EPERM
 * @param architectures of which calls are filtered
 * @param flags of seccomp(2)
 * @param listenerPath absolute, of the socket that gets the fd of SCMP_ACT_NOTIFY; or empty
 * @param listenerMetadata opaque text for the listener, or empty
 * @param syscalls the rules
 */
public record Seccomp(
        Action defaultAction,
        @Nullable Long defaultErrnoRet,
        List<Arch> architectures,
        List<Flag> flags,
        String listenerPath,
        String listenerMetadata,
        List<Syscall> syscalls) {
    public Seccomp {
        architectures = List.copyOf(architectures);
        flags = List.copyOf(flags);
        syscalls = List.copyOf(syscalls);
    }

    /** What happens to a call. */
    public enum Action {
        SCMP_ACT_KILL,
        SCMP_ACT_KILL_PROCESS,
        SCMP_ACT_KILL_THREAD,
        SCMP_ACT_TRAP,
        SCMP_ACT_ERRNO,
        SCMP_ACT_TRACE,
        SCMP_ACT_ALLOW,
        SCMP_ACT_LOG,
        SCMP_ACT_NOTIFY;

        /** Whether an errno (ERRNO) or a message for the tracer (TRACE) goes with it. */
        public boolean takesErrno() {
            return this == SCMP_ACT_ERRNO || this == SCMP_ACT_TRACE;
        }
    }

    /** Architectures, named as by libseccomp. */
    public enum Arch {
        SCMP_ARCH_X86,
        SCMP_ARCH_X86_64,
        SCMP_ARCH_X32,
        SCMP_ARCH_ARM,
        SCMP_ARCH_AARCH64,
        SCMP_ARCH_LOONGARCH64,
        SCMP_ARCH_M68K,
        SCMP_ARCH_MIPS,
        SCMP_ARCH_MIPS64,
        SCMP_ARCH_MIPS64N32,
        SCMP_ARCH_MIPSEL,
        SCMP_ARCH_MIPSEL64,
        SCMP_ARCH_MIPSEL64N32,
        SCMP_ARCH_PPC,
        SCMP_ARCH_PPC64,
        SCMP_ARCH_PPC64LE,
        SCMP_ARCH_S390,
        SCMP_ARCH_S390X,
        SCMP_ARCH_SH,
        SCMP_ARCH_SHEB,
        SCMP_ARCH_PARISC,
        SCMP_ARCH_PARISC64,
        SCMP_ARCH_RISCV64
    }

    /** Flags of seccomp(2). */
    public enum Flag {
        SECCOMP_FILTER_FLAG_TSYNC,
        SECCOMP_FILTER_FLAG_LOG,
        SECCOMP_FILTER_FLAG_SPEC_ALLOW,
        SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV
    }
}
