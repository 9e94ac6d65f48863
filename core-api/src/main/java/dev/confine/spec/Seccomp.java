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

    /** Whether it asks a listener about some calls. */
    public boolean notifies() {
        for (Syscall rule : syscalls) {
            if (rule.action() == Action.SCMP_ACT_NOTIFY) {
                return true;
            }
        }
        return false;
    }

    /** Whether somebody is told of the filter: who has to be where a call is asked about, and may be where none is. */
    public boolean hasListener() {
        return !listenerPath.isEmpty();
    }

    /** What happens to a call. The numbers are those of the kernel, {@code SECCOMP_RET_…}, and of libseccomp. */
    public enum Action {
        SCMP_ACT_KILL(0),
        SCMP_ACT_KILL_PROCESS(0x80000000),
        SCMP_ACT_KILL_THREAD(0),
        SCMP_ACT_TRAP(0x00030000),
        SCMP_ACT_ERRNO(0x00050000),
        SCMP_ACT_TRACE(0x7ff00000),
        SCMP_ACT_ALLOW(0x7fff0000),
        SCMP_ACT_LOG(0x7ffc0000),
        SCMP_ACT_NOTIFY(0x7fc00000);

        private static final int EPERM = 1;
        private static final int MOST = 0xffff;

        private final int number;

        Action(int number) {
            this.number = number;
        }

        /** Whether an errno (ERRNO) or a message for the tracer (TRACE) goes with it. */
        public boolean takesErrno() {
            return this == SCMP_ACT_ERRNO || this == SCMP_ACT_TRACE;
        }

        /** Its number with the errno in it, which is EPERM where null, as peers have it. */
        public int number(@Nullable Long errno) {
            return takesErrno() ? number | (errno == null ? EPERM : (int) (errno & MOST)) : number;
        }

        /** Whether a call that it is for may be made, now or after a look at it. */
        public boolean permits() {
            return this == SCMP_ACT_ALLOW || this == SCMP_ACT_LOG || this == SCMP_ACT_TRACE;
        }
    }

    /** Architectures, named as by libseccomp. The numbers are its own too; all but that of X32 are those of the kernel, {@code AUDIT_ARCH_…}. */
    public enum Arch {
        SCMP_ARCH_X86(0x40000003),
        SCMP_ARCH_X86_64(0xc000003e),
        SCMP_ARCH_X32(0x4000003e),
        SCMP_ARCH_ARM(0x40000028),
        SCMP_ARCH_AARCH64(0xc00000b7),
        SCMP_ARCH_LOONGARCH64(0xc0000102),
        SCMP_ARCH_M68K(4),
        SCMP_ARCH_MIPS(8),
        SCMP_ARCH_MIPS64(0x80000008),
        SCMP_ARCH_MIPS64N32(0xa0000008),
        SCMP_ARCH_MIPSEL(0x40000008),
        SCMP_ARCH_MIPSEL64(0xc0000008),
        SCMP_ARCH_MIPSEL64N32(0xe0000008),
        SCMP_ARCH_PPC(0x14),
        SCMP_ARCH_PPC64(0x80000015),
        SCMP_ARCH_PPC64LE(0xc0000015),
        SCMP_ARCH_S390(0x16),
        SCMP_ARCH_S390X(0x80000016),
        SCMP_ARCH_SH(0x4000002a),
        SCMP_ARCH_SHEB(0x2a),
        SCMP_ARCH_PARISC(0x0f),
        SCMP_ARCH_PARISC64(0x8000000f),
        SCMP_ARCH_RISCV64(0xc00000f3);

        private final int number;

        Arch(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }

        /** As the kernel says it of a call: x32 is a way of calling x86_64. */
        public int audited() {
            return this == SCMP_ARCH_X32 ? SCMP_ARCH_X86_64.number : number;
        }
    }

    /** Flags of seccomp(2), with their bits. */
    public enum Flag {
        SECCOMP_FILTER_FLAG_TSYNC(1),
        SECCOMP_FILTER_FLAG_LOG(2),
        SECCOMP_FILTER_FLAG_SPEC_ALLOW(4),
        /** With a listener only; Linux ≥ 5.19. */
        SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV(0x20);

        private final int bit;

        Flag(int bit) {
            this.bit = bit;
        }

        public int bit() {
            return bit;
        }
    }
}
