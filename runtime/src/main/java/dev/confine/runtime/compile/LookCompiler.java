package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Condition;
import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import java.nio.charset.StandardCharsets;

/**
 * Finds files that only root of a user namespace may reach: a process there opens what Java names, as a mere place (O_PATH), and passes each to the front, where
 * Java takes it from. So an ordinary user sees what belongs to its subordinate ids. Nothing is read, run or changed.
 */
public final class LookCompiler {
    /** The longest path with its closing NUL, PATH_MAX. */
    public static final int PATH_BYTES = 4096;

    private static final int GO = 'g';
    private static final int DONE = 'd';

    private final Code code = new Code();
    private final Blueprint blueprint;
    private final Line line = new Line(code);
    private final Register base = code.asm.register();
    private final Register process = code.asm.register();
    private final Register pid = code.asm.register();
    private final Label container = new Label();
    private final Label undo = new Label();

    private LookCompiler(Blueprint blueprint) {
        this.blueprint = blueprint;
    }

    /**
     * In the namespaces of a process that the blueprint has, beneath its root directory.
     *
     * @param first its pid
     */
    public static Compiled inside(Blueprint blueprint, long first) {
        LookCompiler look = new LookCompiler(blueprint);
        look.prepare();
        Membership membership = new Membership(look.code, blueprint, new Cgroups(look.code, blueprint), first, null);
        look.makeProcess(membership);
        look.handOn();
        look.become();
        look.code.asm.move(look.base, ExecCompiler.enterRoot(look.code, membership));
        return look.open();
    }

    /**
     * In a new user namespace, beneath a directory that the caller opens before.
     *
     * @param directory absolute
     */
    public static Compiled beneath(Blueprint blueprint, String directory) {
        LookCompiler look = new LookCompiler(blueprint);
        look.prepare();
        look.code.step("open " + directory, "");
        look.code
                .call(Syscall.OPENAT, num(AT_FDCWD), look.code.text(directory), num(O_PATH | O_CLOEXEC), num(0))
                .into(look.base);
        look.makeProcess(new Namespaces(look.code, blueprint, new Cgroups(look.code, blueprint)));
        look.handOn();
        look.become();
        return look.open();
    }

    /** What Java sends for a file. */
    public static byte[] question(String path) {
        return (path + "\0").getBytes(StandardCharsets.UTF_8);
    }

    // ---- the front

    private void prepare() {
        code.step("prepare the front", "");
        code.asm.move(process, num(-1));
        code.asm.onFailure(undo);
        line.open();
    }

    private void makeProcess(Birth birth) {
        birth.makeProcess(pid, container);
        code.call(Syscall.PIDFD_OPEN, pid, num(0)).into(process);
        code.call(Syscall.CLOSE, line.container);
        code.step("wait until the process is seen to be in the right place", "");
        code.asm.send(Tags.PID, pid);
        Register go = code.asm.register();
        code.asm.receive(go, line.word, 8, num(-1));
        code.asm.release(go);
        line.say(line.front, GO);
    }

    /** Each descriptor stays open until the next comes, and none after the last. */
    private void handOn() {
        Register last = code.asm.register();
        Register next = code.asm.register();
        Label more = new Label();
        Label none = new Label();
        Label done = new Label();
        code.step("hand on what is found", "");
        code.asm.move(last, num(-1));
        FdMessage message = new FdMessage(code, line.word, 8);
        code.asm.place(more);
        code.asm.store(8, line.word, num(0), num(0));
        message.receive(line.front, next, none);
        code.call(Syscall.CLOSE, last).ignoringErrors();
        code.asm.move(last, next);
        code.asm.send(Tags.PLACE, next);
        code.asm.jump(more);
        code.asm.place(none);
        code.call(Syscall.CLOSE, last).ignoringErrors();
        code.asm.load(next, 1, line.word, num(0));
        code.asm.jumpIf(next, Condition.EQUAL, num(DONE), done);
        code.asm.fail(num(Errno.ECHILD.number()));
        code.asm.place(done);
        code.asm.release(last, next);
        code.asm.send(Tags.GONE, pid);
        code.step("undo", "");
        code.asm.place(undo);
        code.call(Syscall.PIDFD_SEND_SIGNAL, process, num(SIGKILL), num(0), num(0))
                .ignoringErrors();
        code.call(Syscall.WAITID, num(P_PIDFD), process, num(0), num(WEXITED), num(0))
                .ignoringErrors();
        code.asm.end();
    }

    // ---- the process inside

    private void become() {
        code.asm.place(container);
        code.step("wait for the front", "");
        code.call(Syscall.CLOSE, line.front);
        line.expectGo();
        Identity identity = new Identity(code, blueprint);
        identity.enter();
        identity.becomeRoot();
    }

    private Compiled open() {
        Data path = code.asm.zeros(PATH_BYTES);
        Register count = code.asm.register();
        Register file = code.asm.register();
        Label more = new Label();
        Label closed = new Label();
        Label done = new Label();
        code.step("open what is asked for", "");
        FdMessage message = new FdMessage(code, code.text("p"), 1);
        code.asm.place(more);
        code.asm.receive(count, path, PATH_BYTES, num(-1));
        code.asm.jumpIf(count, Condition.EQUAL, num(0), done);
        code.openInRoot(base, path, O_PATH | O_NOFOLLOW, RESOLVE_NO_SYMLINKS, file)
                .onAnyError(closed);
        message.send(line.container, file);
        code.call(Syscall.CLOSE, file);
        code.asm.jump(more);
        code.asm.place(closed);
        code.asm.send(Tags.CLOSED, file);
        code.asm.jump(more);
        code.asm.place(done);
        line.say(line.container, DONE);
        code.asm.exit(num(0));
        return code.finish();
    }
}
