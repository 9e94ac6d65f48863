package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Condition;
import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;

/** Programs for a container that exists: its start, a signal to it, the wait for its end. */
public final class SmallPrograms {
    private static final long LOCK_EX = 2;

    private SmallPrograms() {}

    /** Locks the state directory, waits for GO, starts the container and says {@link Tags#STARTED} or {@link Tags#EXEC_FAILED}. */
    public static Compiled start(String stateDirectory) {
        Code code = new Code();
        code.step("lock " + stateDirectory, "");
        Register directory = code.asm.register();
        Register socket = code.asm.register();
        Register count = code.asm.register();
        Label failed = new Label();
        Data word = code.asm.zeros(8);
        code.call(Syscall.OPENAT, num(AT_FDCWD), code.text(stateDirectory), num(O_CLOEXEC), num(0))
                .into(directory);
        code.call(Syscall.FLOCK, directory, num(LOCK_EX)).repeating();
        code.asm.send(Tags.LOCKED, num(0));
        code.asm.receive(count, word, 8, num(-1));
        code.step("start the container", "");
        code.cure(Errno.ECONNREFUSED, "it has been started already");
        Data address = Front.socketAddress(code, stateDirectory);
        code.call(Syscall.SOCKET, num(AF_UNIX), num(SOCK_STREAM | SOCK_CLOEXEC), num(0))
                .into(socket);
        code.call(Syscall.CONNECT, socket, address, num(SocketAddress.SIZE));
        code.call(Syscall.SENDTO, socket, code.text("g"), num(1), num(MSG_NOSIGNAL), num(0), num(0));
        code.call(Syscall.READ, socket, word, num(8)).into(count).repeating();
        code.asm.jumpIf(count, Condition.NOT_EQUAL, num(0), failed);
        code.call(Syscall.UNLINKAT, num(AT_FDCWD), code.text(stateDirectory + "/" + Blueprint.START_SOCKET), num(0))
                .ignoringErrors();
        code.asm.send(Tags.STARTED, num(0));
        code.asm.end();
        code.asm.place(failed);
        code.asm.sendBytes(Tags.EXEC_FAILED, word, count);
        code.asm.end();
        return code.finish();
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

    /** Holds a process as {@link #signal} does, kills it and waits at most {@code seconds} for its end. Says {@link Tags#GONE} when it has ended. */
    public static Compiled end(long pid, int seconds) {
        Code code = new Code();
        Label gone = new Label();
        Label late = new Label();
        Register process = hold(code, pid, gone);
        Register ready = code.asm.register();
        code.step("end process " + pid, "");
        code.call(Syscall.PIDFD_SEND_SIGNAL, process, num(SIGKILL), num(0), num(0))
                .onError(Errno.ESRCH, gone);
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

    private static Register hold(Code code, long pid, Label gone) {
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
