package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Condition;
import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.spec.Seccomp;
import org.jspecify.annotations.Nullable;

/**
 * The filter of system calls, {@code config-linux.md#seccomp}, seccomp(2): set last, so that it meets nothing of ours but execve(2). Without no_new_privs the
 * kernel wants CAP_SYS_ADMIN for it. {@link Identity} keeps that to the end where there will be a filter, and execve takes it away: what a program has is
 * computed from its inheritable, ambient and bounding set, never from what was permitted before, capabilities(7).
 *
 * <p>A filter with a listener, which SCMP_ACT_NOTIFY needs, has a file descriptor that somebody must send to its listener, by calls that the filter may already stop until the
 * listener answers. So the process has a messenger, which is not filtered and shares its file descriptors: it waits for the one with the next number, sends
 * it over the line, and ends. The process waits for that end, wait4(2), because nothing unfiltered may be there when the program is.
 */
final class CallFilter {
    private static final int INSTRUCTION = 8;
    /** The messenger looks every 0.1 ms, and gives up after some 10 s. */
    private static final int NANOSECONDS = 100_000;

    private static final int LOOKS = 100_000;

    private final Code code;
    private final Seccomp seccomp;
    private final byte[] filter;
    private final @Nullable Register line;
    private final Register messenger;

    /** @param line where what the listener gets goes; null: nowhere, and nobody listens */
    CallFilter(Code code, Seccomp seccomp, byte[] filter, @Nullable Register line) {
        if (filter.length == 0) {
            throw new IllegalArgumentException("a program without the filter that is asked for");
        }
        this.code = code;
        this.seccomp = seccomp;
        this.filter = filter;
        this.line = seccomp.hasListener() ? line : null;
        this.messenger = code.asm.register();
    }

    /** Before no_new_privs. */
    void prepare() {
        if (line == null) {
            return;
        }
        Label parent = new Label();
        Register place = code.asm.register();
        code.step("make the messenger of the seccomp listener", "/linux/seccomp/listenerPath");
        // the lowest number that is free is that of the next file descriptor
        code.call(Syscall.FCNTL, line, num(F_DUPFD_CLOEXEC), num(0)).into(place);
        code.call(Syscall.CLOSE, place);
        code.call(Syscall.CLONE3, code.struct(CLONE_FILES, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), num(88))
                .into(messenger);
        code.asm.jumpIf(messenger, Condition.NOT_EQUAL, num(0), parent);
        carry(place, line);
        code.asm.place(parent);
        code.asm.release(place);
    }

    private void carry(Register place, Register line) {
        Label look = new Label();
        Label pause = new Label();
        Register left = code.asm.register();
        code.call(Syscall.PRCTL, num(PR_SET_PDEATHSIG), num(SIGKILL), num(0), num(0), num(0));
        code.asm.move(left, num(LOOKS));
        code.asm.place(look);
        code.call(Syscall.FCNTL, place, num(F_GETFD), num(0)).onError(Errno.EBADF, pause);
        new FdMessage(code, code.text("n"), 1).send(line, place);
        code.asm.exit(num(0));
        code.asm.place(pause);
        code.call(Syscall.NANOSLEEP, code.struct(0, NANOSECONDS), num(0)).ignoringErrors();
        code.asm.add(left, left, num(-1));
        code.asm.jumpIf(left, Condition.NOT_EQUAL, num(0), look);
        code.asm.exit(num(1));
        code.asm.release(left);
    }

    /** After it nothing but execve, and words about its failure, which the filter may swallow. */
    void set() {
        code.step("filter system calls", "/linux/seccomp");
        code.cure(
                Errno.EACCES,
                "without noNewPrivileges it takes CAP_SYS_ADMIN in the user namespace: set /process/noNewPrivileges, or run with that capability");
        code.cure(Errno.EINVAL, "the running kernel does not know one of its flags or actions");
        code.cure(Errno.EBUSY, "the process has a filter with a listener already, as every process in this container");
        code.call(Syscall.SECCOMP, num(SECCOMP_SET_MODE_FILTER), num(flags()), program());
        if (line != null) {
            awaitMessenger();
        }
    }

    private void awaitMessenger() {
        Label sent = new Label();
        Register word = code.asm.register();
        Data status = code.asm.zeros(8);
        code.step("wait for the messenger of the seccomp listener", "/linux/seccomp");
        code.cure(Errno.EPERM, "a filter with a listener has to allow wait4");
        code.cure(Errno.ENOSYS, "a filter with a listener has to allow wait4");
        code.call(Syscall.WAIT4, messenger, status, num(WALL), num(0)).repeating();
        code.asm.load(word, 4, status, num(0));
        code.asm.jumpIf(word, Condition.EQUAL, num(0), sent);
        code.asm.fail(num(Errno.ECHILD.number()));
        code.asm.place(sent);
        code.asm.release(word);
    }

    private long flags() {
        long flags = 0;
        for (Seccomp.Flag flag : seccomp.flags()) {
            if (line != null || flag != Seccomp.Flag.SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV) {
                flags |= flag.bit();
            }
        }
        if (line != null) {
            flags |= SECCOMP_FILTER_FLAG_NEW_LISTENER;
            // a listener cannot be told by the result which thread could not be filtered
            if (seccomp.flags().contains(Seccomp.Flag.SECCOMP_FILTER_FLAG_TSYNC)) {
                flags |= SECCOMP_FILTER_FLAG_TSYNC_ESRCH;
            }
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
