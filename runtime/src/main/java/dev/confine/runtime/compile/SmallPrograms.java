package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Condition;
import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.runtime.cgroup.Write;
import dev.confine.spec.Hook;
import dev.confine.spec.Hooks;
import dev.confine.spec.Spec;
import dev.confine.state.ContainerState;
import dev.confine.state.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Programs for a container that exists: its start, a signal to it, the wait for its end. */
public final class SmallPrograms {
    private static final long LOCK_EX = 2;

    // what is read of a file at once, and of it at all, bytes
    private static final int BLOCK = 16 << 10;
    private static final int LARGEST = 256 << 10;

    // offsets in struct statx
    private static final int STATX_UID = 20;
    private static final int STATX_MODE = 28;
    private static final int STATX_FILE_SIZE = 40;

    private SmallPrograms() {}

    /**
     * Locks the state directory, waits for GO, starts the container and says {@link Tags#STARTED} or {@link Tags#EXEC_FAILED}. Where there are hooks poststart it
     * then waits for GO again and runs them.
     */
    public static Compiled start(String stateDirectory, ContainerState state, Hooks hooks) {
        return start(stateDirectory, state, hooks, null);
    }

    /**
     * As {@link #start(String, ContainerState, Hooks)}.
     *
     * @param listened what the container is made from, where its filter has a listener
     */
    public static Compiled start(String stateDirectory, ContainerState state, Hooks hooks, @Nullable Spec listened) {
        Code code = new Code();
        Listener listener = listened == null
                ? null
                : Listener.of(code, listened, state.id().value(), state.bundle(), Status.CREATED);
        code.step("lock " + stateDirectory, "");
        Register directory = code.asm.register();
        Register socket = code.asm.register();
        Register count = code.asm.register();
        Label failed = new Label();
        int longest = hooks.startContainer().isEmpty() ? 8 : HookReport.HEADER + HookReport.LONGEST_OUTPUT;
        Data word = code.asm.zeros(longest);
        code.call(Syscall.OPENAT, num(AT_FDCWD), code.text(stateDirectory), num(O_CLOEXEC), num(0))
                .into(directory);
        code.call(Syscall.FLOCK, directory, num(LOCK_EX)).repeating();
        code.asm.send(Tags.LOCKED, num(0));
        code.asm.receive(count, word, 8, num(-1));
        if (listener != null) {
            listener.connect();
        }
        code.step("start the container", "");
        code.cure(Errno.ECONNREFUSED, "it has been started already");
        Data address = Front.socketAddress(code, stateDirectory);
        code.call(Syscall.SOCKET, num(AF_UNIX), num(SOCK_STREAM | SOCK_CLOEXEC), num(0))
                .into(socket);
        code.call(Syscall.CONNECT, socket, address, num(SocketAddress.SIZE));
        code.call(Syscall.SENDTO, socket, code.text("g"), num(1), num(MSG_NOSIGNAL), num(0), num(0));
        Label without = new Label();
        if (listener != null) {
            listener.pass(socket, word, num(state.pid()), without);
        }
        code.call(Syscall.RECVFROM, socket, word, num(longest), num(MSG_WAITALL), num(0), num(0))
                .into(count)
                .repeating();
        code.asm.jumpIf(count, Condition.NOT_EQUAL, num(0), failed);
        code.call(Syscall.UNLINKAT, num(AT_FDCWD), code.text(stateDirectory + "/" + Blueprint.START_SOCKET), num(0))
                .ignoringErrors();
        code.asm.send(Tags.STARTED, num(0));
        if (!hooks.poststart().isEmpty()) {
            code.asm.receive(count, word, 8, num(-1));
            new NeededHooks(code, state.bundle(), num(-1))
                    .run(hooks.poststart(), "/hooks/poststart", HookState.of(code, state, Status.RUNNING));
        }
        code.asm.end();
        if (listener != null) {
            // what came in place of the filter's descriptor is the first byte of why there is none
            code.asm.place(without);
            code.call(Syscall.RECVFROM, socket, word.plus(1), num(longest - 1), num(MSG_WAITALL), num(0), num(0))
                    .into(count)
                    .repeating();
            code.asm.add(count, count, num(1));
        }
        code.asm.place(failed);
        code.asm.sendBytes(Tags.EXEC_FAILED, word, count);
        code.asm.end();
        return code.finish();
    }

    /** Runs the hooks poststop of a container that is gone. Each failure is a {@link Tags#HOOK_FAILED}. */
    public static Compiled poststop(ContainerState state, List<Hook> hooks) {
        Code code = new Code();
        code.step("run hooks", "/hooks/poststop");
        PoststopHooks.run(code, state, hooks, new HookWarning.ToJava(code));
        code.asm.end();
        return code.finish();
    }

    /**
     * Reads a file of {@code uid}'s, in a directory of {@code uid}'s. Says the {@link Tags#MODE} of both, the {@link Tags#FILE_CONTENT}, {@link Tags#FILE_END}; and no
     * {@link Tags#FILE_END} where there is no such file.
     */
    public static Compiled read(String directory, String name, long uid) {
        Code code = new Code();
        Register parent = code.asm.register();
        Register file = code.asm.register();
        Register count = code.asm.register();
        Label more = new Label();
        Label whole = new Label();
        Label done = new Label();
        Data content = code.asm.zeros(BLOCK);
        code.step("read " + directory + "/" + name, "");
        code.call(Syscall.OPENAT, num(AT_FDCWD), code.text(directory), num(O_PATH | O_CLOEXEC), num(0))
                .into(parent)
                .onAnyError(done);
        ownedBy(code, parent, uid, done);
        code.openInRoot(parent, name, O_NONBLOCK, RESOLVE_NO_SYMLINKS, file).onAnyError(done);
        ownedBy(code, file, uid, done);
        code.asm.place(more);
        code.call(Syscall.READ, file, content, num(BLOCK)).into(count).onAnyError(done);
        code.asm.jumpIf(count, Condition.EQUAL, num(0), whole);
        code.asm.sendBytes(Tags.FILE_CONTENT, content, count);
        code.asm.jump(more);
        code.asm.place(whole);
        code.asm.send(Tags.FILE_END, num(0));
        code.asm.place(done);
        code.asm.end();
        return code.finish();
    }

    private static void ownedBy(Code code, Register fd, long uid, Label otherwise) {
        Register word = code.asm.register();
        code.stat(fd);
        code.asm.load(word, 4, code.statx(), num(STATX_UID));
        code.asm.jumpIf(word, Condition.NOT_EQUAL, num(uid), otherwise);
        code.asm.load(word, 8, code.statx(), num(STATX_FILE_SIZE));
        code.asm.jumpIf(word, Condition.AT_LEAST, num(LARGEST), otherwise);
        code.asm.load(word, 2, code.statx(), num(STATX_MODE));
        code.asm.send(Tags.MODE, word);
        code.asm.release(word);
    }

    /** Holds a process by a pidfd, waits for GO, and sends it a signal. Says {@link Tags#HELD}, or {@link Tags#GONE} where there is none to hold. */
    public static Compiled signal(long pid, int signal) {
        Code code = new Code();
        Label gone = new Label();
        Register process = hold(code, pid, gone);
        code.step("send signal " + signal + " to process " + pid, "");
        code.call(Syscall.PIDFD_SEND_SIGNAL, process, num(signal), num(0), num(0))
                .onError(Errno.ESRCH, gone);
        code.asm.send(Tags.STARTED, num(0));
        code.asm.end();
        gone(code, gone);
        return code.finish();
    }

    /**
     * Holds a process as {@link #signal} does, kills it and waits at most {@code seconds} for its end. Says {@link Tags#GONE} when it has ended.
     *
     * @param thawing what lets it go on where its cgroup is frozen
     */
    public static Compiled end(long pid, int seconds, List<Write> thawing) {
        Code code = new Code();
        Label gone = new Label();
        Label late = new Label();
        Register process = hold(code, pid, gone);
        Register ready = code.asm.register();
        code.step("end process " + pid, "");
        code.call(Syscall.PIDFD_SEND_SIGNAL, process, num(SIGKILL), num(0), num(0))
                .onError(Errno.ESRCH, gone);
        for (Write write : thawing) {
            new CgroupFile(code).attempt(write.path(), write.value());
        }
        Data poll = code.asm.zeros(8);
        Data timeout = code.asm.words(num(seconds), num(0));
        code.asm.store(4, poll, num(0), process);
        code.asm.set(poll.plus(4), 2, POLLIN);
        code.call(Syscall.PPOLL, poll, num(1), timeout, num(0), num(8))
                .into(ready)
                .repeating();
        code.asm.jumpIf(ready, Condition.EQUAL, num(0), late);
        gone(code, gone);
        code.asm.place(late);
        code.asm.fail(num(Errno.ETIMEDOUT.number()));
        return code.finish();
    }

    /** A pidfd of a process that Java has looked at meanwhile. */
    static Register hold(Code code, long pid, Label gone) {
        code.step("hold process " + pid, "");
        Register process = code.asm.register();
        Register count = code.asm.register();
        Data word = code.asm.zeros(8);
        code.call(Syscall.PIDFD_OPEN, num(pid), num(0)).into(process).onError(Errno.ESRCH, gone);
        code.asm.send(Tags.HELD, num(pid));
        code.asm.receive(count, word, 8, num(-1));
        code.asm.release(count);
        return process;
    }

    private static void gone(Code code, Label gone) {
        code.asm.place(gone);
        code.asm.send(Tags.GONE, num(0));
        code.asm.end();
    }
}
