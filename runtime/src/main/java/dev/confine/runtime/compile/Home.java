package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Label;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.spec.Process;
import java.nio.charset.StandardCharsets;

/**
 * HOME, where config.json does not set it: that of the user in the image's /etc/passwd, as peers do. The file is read beneath the root file system;
 * Java looks in it.
 */
public final class Home {
    private static final int LARGEST_PASSWD = 32 << 10;
    private static final int LONGEST_ENTRY = 4096;

    private final Code code;
    private final Blueprint blueprint;
    private final Data entry;

    Home(Code code, Blueprint blueprint) {
        this.code = code;
        this.blueprint = blueprint;
        this.entry = isMissing(blueprint.process()) ? code.asm.zeros(LONGEST_ENTRY) : new Data(0);
    }

    /** Whether the container's environment has no HOME. */
    public static boolean isMissing(Process process) {
        for (String variable : process.env()) {
            if (variable.startsWith("HOME=")) {
                return false;
            }
        }
        return true;
    }

    /** The entry of the environment that {@link #ask} fills. */
    Data entry() {
        return entry;
    }

    /** In the front: sends the image's passwd, empty where it has none, and takes {@code HOME=…} for it. */
    void ask() {
        if (!isMissing(blueprint.process())) {
            return;
        }
        step();
        Data content = code.asm.zeros(LARGEST_PASSWD);
        Register root = code.asm.register();
        Register count = code.asm.register();
        Label send = new Label();
        String rootfs = blueprint.onHost(blueprint.root().path());
        code.asm.move(count, num(0));
        code.call(Syscall.OPENAT, num(AT_FDCWD), code.text(rootfs), num(O_PATH | O_CLOEXEC), num(0))
                .into(root)
                .onAnyError(send);
        read(root, content, count);
        code.call(Syscall.CLOSE, root);
        code.asm.place(send);
        exchange(content, count);
        code.asm.release(root, count);
    }

    /** The same in a process whose root directory is open as {@code root}. */
    void askInside(Register root) {
        if (!isMissing(blueprint.process())) {
            return;
        }
        step();
        Data content = code.asm.zeros(LARGEST_PASSWD);
        Register count = code.asm.register();
        code.asm.move(count, num(0));
        read(root, content, count);
        exchange(content, count);
        code.asm.release(count);
    }

    private void step() {
        code.step("look for the user's home", "/process/user");
    }

    private void read(Register root, Data content, Register count) {
        Register file = code.asm.register();
        Label unreadable = new Label();
        Label close = new Label();
        Label none = new Label();
        code.openInRoot(root, "/etc/passwd", O_NONBLOCK, 0, file).onAnyError(none);
        code.call(Syscall.READ, file, content, num(LARGEST_PASSWD)).into(count).onAnyError(unreadable);
        code.asm.jump(close);
        code.asm.place(unreadable);
        code.asm.move(count, num(0));
        code.asm.place(close);
        code.call(Syscall.CLOSE, file);
        code.asm.place(none);
        code.asm.release(file);
    }

    private void exchange(Data content, Register count) {
        code.asm.sendBytes(Tags.PASSWD, content, count);
        code.asm.receive(count, entry, LONGEST_ENTRY, num(-1));
    }

    /** The answer to a {@link Tags#PASSWD}: {@code HOME=…} with a closing NUL. */
    public static byte[] answer(byte[] passwd, long uid) {
        String home = "/";
        for (String line : new String(passwd, StandardCharsets.UTF_8).split("\n", -1)) {
            String[] fields = line.split(":", -1);
            if (fields.length >= 6 && fields[2].equals(Long.toString(uid)) && fields[5].startsWith("/")) {
                home = fields[5];
                break;
            }
        }
        byte[] answer = ("HOME=" + home + "\0").getBytes(StandardCharsets.UTF_8);
        return answer.length <= LONGEST_ENTRY ? answer : "HOME=/\0".getBytes(StandardCharsets.UTF_8);
    }
}
