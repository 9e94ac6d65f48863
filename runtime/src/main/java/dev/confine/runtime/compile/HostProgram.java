package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Condition;
import dev.confine.launch.Label;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import java.util.ArrayList;
import java.util.List;

/** A program of the host that is to stay: in place of the front, or apart from it. It is in no container, and may hold nothing but its stdio and what it was given. */
public final class HostProgram {
    private static final int PRIVATE_UMASK = 077;
    private static final int FIRST = 3;

    private final String directory;
    private final List<String> args;
    private final List<String> env;

    /**
     * @param directory where it starts, absolute
     * @param args with its absolute path first
     */
    public HostProgram(String directory, List<String> args, List<String> env) {
        this.directory = directory;
        this.args = List.copyOf(args);
        this.env = List.copyOf(env);
    }

    /**
     * Becomes the program once the JVM has ended, with an empty standard input and the front's own output.
     *
     * @param kept how many file descriptors from 3 on it keeps
     */
    public Compiled inPlace(int kept) {
        Code code = new Code();
        code.step("start " + args.get(0), "");
        Register place = prepare(code, 1);
        code.asm.releaseConversation();
        code.call(Syscall.WAITID, num(P_ALL), num(0), num(0), num(WEXITED), num(0))
                .ignoringErrors();
        execute(code, place, kept);
        return code.finish();
    }

    /** Starts the program in a session of its own, without input and output, and says its {@link Tags#PID}. */
    public Compiled apart() {
        Code code = new Code();
        Label parent = new Label();
        code.step("start " + args.get(0), "");
        Register child = code.asm.register();
        code.call(Syscall.CLONE3, code.struct(0, 0, 0, 0, SIGCHLD, 0, 0, 0, 0, 0, 0), num(88))
                .into(child);
        code.asm.jumpIf(child, Condition.NOT_EQUAL, num(0), parent);
        code.call(Syscall.SETSID);
        execute(code, prepare(code, 3), 0);
        code.asm.place(parent);
        code.asm.send(Tags.PID, child);
        code.asm.end();
        return code.finish();
    }

    /** Gives its first descriptors to nothing, and opens its directory. */
    private Register prepare(Code code, int withoutUse) {
        Register nothing = code.asm.register();
        code.call(Syscall.OPENAT, num(AT_FDCWD), code.text("/dev/null"), num(O_RDWR | O_CLOEXEC), num(0))
                .into(nothing);
        for (int fd = 0; fd < withoutUse; fd++) {
            code.call(Syscall.DUP3, nothing, num(fd), num(0));
        }
        code.call(Syscall.OPENAT, num(AT_FDCWD), code.text(directory), num(O_PATH | O_CLOEXEC), num(0))
                .into(nothing);
        return nothing;
    }

    private void execute(Code code, Register place, int kept) {
        code.call(Syscall.FCHDIR, place);
        code.call(Syscall.UMASK, num(PRIVATE_UMASK));
        code.call(Syscall.CLOSE_RANGE, num(FIRST + kept), num(0xffffffffL), num(CLOSE_RANGE_CLOEXEC));
        code.call(Syscall.EXECVE, code.text(args.get(0)), texts(code, args), texts(code, env));
        code.asm.exit(num(1));
        code.asm.release(place);
    }

    private static Data texts(Code code, List<String> strings) {
        List<Data> texts = new ArrayList<>(strings.size());
        for (String string : strings) {
            texts.add(code.text(string));
        }
        return code.strings(texts);
    }
}
