package dev.confine.launch.verify;

import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;

/** Where a file descriptor comes from, as far as rules want to know: it is followed from register to call, and lost in memory. */
enum Origin {
    /** The root directory of the mount namespace that the program began in. */
    RUNTIME_ROOT,
    /** A file beneath it, at a path that is fixed, which can only be executed. */
    PROGRAM,
    OTHER;

    private static final long BOUNDED = Kernel.RESOLVE_IN_ROOT | Kernel.RESOLVE_NO_MAGICLINKS;

    /** Of what {@code syscall} gives when it is reached with {@code before}. */
    static Origin of(Syscall syscall, Site site, State before) {
        if (syscall == Syscall.OPENAT) {
            boolean root = site.is(0, Kernel.AT_FDCWD) && site.isText(1, "/") && site.has(2, Kernel.O_PATH);
            return root && !before.ever(State.INSIDE | State.FOREIGN_MOUNTS) ? RUNTIME_ROOT : OTHER;
        }
        if (syscall == Syscall.OPENAT2 && site.arg(0) instanceof Register directory) {
            boolean bounded = site.isFixed(1)
                    && site.isFixed(2, 0, 24)
                    && (site.word(2, 0, 8) & Kernel.O_PATH) != 0
                    && (site.word(2, 16, 8) & BOUNDED) == BOUNDED;
            return bounded && before.isRuntimeRoot(directory.index()) ? PROGRAM : OTHER;
        }
        return OTHER;
    }

    /** Whether an argument of a call is such a program, in a process that is not yet in a container. */
    static boolean isProgram(Site site, int number, State before) {
        return site.arg(number) instanceof Register fd && before.isProgram(fd.index()) && !before.ever(State.INSIDE);
    }

    void write(int register, State state) {
        switch (this) {
            case RUNTIME_ROOT -> state.writeRuntimeRoot(register);
            case PROGRAM -> state.writeProgram(register);
            case OTHER -> state.write(register);
        }
    }
}
