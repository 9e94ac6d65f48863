package dev.confine.launch.verify;

import dev.confine.launch.Assembler;
import dev.confine.launch.Condition;
import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Program;
import dev.confine.launch.Syscall;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A good program that makes a container, the smallest that every rule has something to say of. Each part has a name, under which a test puts
 * another in its place, or something before it.
 */
final class SmallContainer {
    static final Operand HERE = Operand.of(-100);
    static final long O_CLOEXEC = 0x80000;
    static final long O_PATH = 0x200000;
    static final long IN_ROOT = 0x10;
    static final long NO_MAGICLINKS = 2;
    static final long NEW_USER = 0x10000000;
    static final long NEW_NS = 0x20000;

    final Assembler asm = new Assembler();
    final Register root = asm.register();
    final Register fd = asm.register();
    final Register pid = asm.register();
    final Register spare = asm.register();
    final Data buffer = asm.zeros(256);
    final Label failed = new Label();
    final Label container = new Label();
    private final Map<String, Consumer<SmallContainer>> instead = new HashMap<>();
    private final Map<String, Consumer<SmallContainer>> before = new HashMap<>();

    SmallContainer instead(String part, Consumer<SmallContainer> other) {
        instead.put(part, other);
        return this;
    }

    SmallContainer without(String part) {
        return instead(part, container -> {});
    }

    SmallContainer before(String part, Consumer<SmallContainer> more) {
        before.put(part, more);
        return this;
    }

    Program assemble() {
        part("start", c -> c.asm.onFailure(c.failed));
        part("root", c -> c.call(Syscall.OPEN_TREE, HERE, c.asm.text("/bundle/rootfs"), num(O_CLOEXEC | 1))
                .into(c.root));
        part("clone", c -> c.clone(NEW_USER | NEW_NS));
        part("branch", c -> c.asm.jumpIf(c.pid, Condition.EQUAL, num(0), c.container));
        part("front", c -> c.asm.end());
        asm.place(container);
        part("handler", c -> c.asm.onFailure(c.failed));
        part("wait", c -> c.call(Syscall.READ, num(0), c.buffer, num(8)));
        part("become root", c -> c.call(Syscall.SETRESUID, num(0), num(0), num(0)));
        part("attach", c -> c.call(Syscall.MOVE_MOUNT, c.root, c.asm.text(""), HERE, c.asm.text("/"), num(4)));
        part("mount", SmallContainer::mount);
        part("enter", c -> c.call(Syscall.FCHDIR, c.root));
        part("pivot", c -> c.call(Syscall.PIVOT_ROOT, c.asm.text("."), c.asm.text(".")));
        part("unmount", c -> c.call(Syscall.UMOUNT2, c.asm.text("."), num(2)));
        part("cwd", c -> c.call(Syscall.CHDIR, c.asm.text("/")));
        part("groups", c -> c.call(Syscall.SETGROUPS, num(0), num(0)).ignoring(Errno.EPERM));
        part("group", c -> c.call(Syscall.SETRESGID, num(5), num(5), num(5)));
        part("user", c -> c.call(Syscall.SETRESUID, num(5), num(5), num(5)));
        part("capabilities", c -> c.call(Syscall.CAPSET, c.asm.zeros(8), c.asm.zeros(24)));
        part("close", c -> c.call(Syscall.CLOSE_RANGE, num(3), num(0xffffffffL), num(4)));
        part("no new privileges", c -> c.call(Syscall.PRCTL, num(38), num(1), num(0), num(0), num(0)));
        part("seccomp", c -> c.call(Syscall.SECCOMP, num(1), num(0), c.filter(c.asm.zeros(8))));
        part("exec", c -> c.call(Syscall.EXECVE, c.asm.text("/bin/true"), num(0), num(0)));
        asm.place(failed);
        part("failed", c -> c.asm.exit(num(1)));
        return asm.assemble();
    }

    private static void mount(SmallContainer c) {
        c.openIn(c.root, "/proc", IN_ROOT | NO_MAGICLINKS);
        c.call(Syscall.MKDIRAT, c.fd, c.asm.text("self"), num(0755)).ignoring(Errno.EEXIST);
        c.call(Syscall.FSOPEN, c.asm.text("proc"), num(1)).into(c.spare);
        c.call(Syscall.FSMOUNT, c.spare, num(1), num(0)).into(c.spare);
        c.call(Syscall.MOVE_MOUNT, c.spare, c.asm.text(""), c.fd, c.asm.text(""), num(0x44));
    }

    // ---- what parts are made of

    void openIn(Register directory, String path, long resolve) {
        Data how = asm.words(num(O_PATH | O_CLOEXEC), num(0), num(resolve));
        call(Syscall.OPENAT2, directory, asm.text(path), how, num(24)).into(fd);
    }

    void clone(long flags) {
        Data args = asm.zeros(88);
        asm.set(args, 8, flags);
        asm.set(args.plus(32), 8, 17);
        call(Syscall.CLONE3, args, num(88)).into(pid);
    }

    /** A sock_fprog of one instruction, which is at {@code code}. */
    Data filter(Data code) {
        return asm.words(num(1), code);
    }

    Assembler.Call call(Syscall syscall, Operand... args) {
        return asm.call(syscall, args);
    }

    static Operand num(long value) {
        return Operand.of(value);
    }

    private void part(String name, Consumer<SmallContainer> usual) {
        asm.step(name, "");
        before.getOrDefault(name, c -> {}).accept(this);
        instead.getOrDefault(name, usual).accept(this);
    }
}
