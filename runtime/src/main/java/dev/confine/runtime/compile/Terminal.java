package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Condition;
import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.spec.Box;
import org.jspecify.annotations.Nullable;

/**
 * The pseudo terminal of a process, {@code config.md#process}: of the devpts in the container, reached by file descriptors alone, so nothing that an image or a
 * process inside puts on /dev/pts/N is ever opened. The process gets the slave as its stdio and its controlling terminal; the master goes to the front over the
 * line between the two, and from there to the console socket or into the relay.
 */
final class Terminal {
    private static final String NO_DEVPTS =
            "there is no devpts: add {\"destination\": \"/dev/pts\", \"type\": \"devpts\", \"source\":"
                    + " \"devpts\", \"options\": [\"newinstance\", \"ptmxmode=0666\", \"mode=0620\"]} to /mounts";
    private static final int STATFS_SIZE = 120;

    private final Code code;
    private final Blueprint blueprint;
    private final Register master;
    private final Register socket;
    private final @Nullable TerminalRelay relay;

    private Terminal(Code code, Blueprint blueprint) {
        this.code = code;
        this.blueprint = blueprint;
        this.master = code.asm.register();
        this.socket = code.asm.register();
        this.relay = Foreground.relays(blueprint) ? new TerminalRelay(code, blueprint, master) : null;
    }

    /** Null where the process has none. */
    static @Nullable Terminal of(Code code, Blueprint blueprint) {
        return blueprint.process().terminal() ? new Terminal(code, blueprint) : null;
    }

    // ---- in the front

    /** Connects to the console socket, as who called, before there is any container. */
    void connect() {
        String path = blueprint.request().consoleSocket();
        if (path == null) {
            return;
        }
        code.step("connect to the console socket " + path, "");
        code.cure(Errno.ECONNREFUSED, "nobody listens there, on a stream socket");
        code.cure(Errno.EPROTOTYPE, "it is no stream socket");
        Data address = SocketAddress.of(code, path);
        code.call(Syscall.SOCKET, num(AF_UNIX), num(SOCK_STREAM | SOCK_CLOEXEC), num(0))
                .into(socket);
        code.call(Syscall.CONNECT, socket, address, num(SocketAddress.SIZE));
    }

    /** Takes what {@link #give} says; goes to {@code failed} where that is something else. */
    void receive(Register line, Data word, Label failed) {
        new FdMessage(code, word, 8).receive(line, master, failed);
    }

    /** The master, as another program has handed it over. */
    void take(Register fd) {
        code.asm.move(master, fd);
    }

    /** What copies between it and the caller's stdio, or null where nobody stays to do that. */
    @Nullable
    TerminalRelay relay() {
        return relay;
    }

    /** Sends the master to the console socket; who listens there expects a name with it, and gets the one that runc gives. */
    void handOut() {
        if (relay != null) {
            code.step("give the terminal the size of the caller's", "/process/terminal");
            relay.resize();
        }
        String path = blueprint.request().consoleSocket();
        if (path == null) {
            return;
        }
        String name = "/dev/ptmx";
        code.step("hand the terminal out at " + path, "");
        code.cure(Errno.EPIPE, "who listened there is gone");
        new FdMessage(code, code.text(name), name.length()).send(socket, master);
        code.call(Syscall.CLOSE, socket);
        code.call(Syscall.CLOSE, master);
    }

    // ---- in the container's process, as root inside

    /** That of a new container, which is its /dev/console too. */
    void make(Register root) {
        Register slave = code.asm.register();
        open(root, slave);
        console(root, slave);
        become(slave);
        code.asm.release(slave);
    }

    /** That of a process that is added: /dev/console stays the first one's. */
    void add(Register root) {
        Register slave = code.asm.register();
        open(root, slave);
        become(slave);
        code.asm.release(slave);
    }

    private void open(Register root, Register slave) {
        Register pts = code.asm.register();
        Label devpts = new Label();
        code.step("make the terminal", "/process/terminal");
        code.cure(Errno.ENOENT, NO_DEVPTS);
        code.cure(Errno.ENODEV, NO_DEVPTS);
        code.cure(Errno.ELOOP, "/dev/pts is a symbolic link in the root file system");
        code.cure(Errno.ENOSPC, "there are as many terminals as kernel.pty.max or the mount's option max allows");
        code.openInRoot(root, "/dev/pts", O_PATH, RESOLVE_NO_SYMLINKS, pts);
        Data status = code.scratch(STATFS_SIZE);
        code.call(Syscall.FSTATFS, pts, status);
        code.asm.load(slave, 8, status, num(0));
        code.asm.jumpIf(slave, Condition.EQUAL, num(DEVPTS_SUPER_MAGIC), devpts);
        code.asm.fail(num(Errno.ENODEV.number()));
        code.asm.place(devpts);
        // what the kernel has made there, and nothing that is mounted on it
        code.openInRoot(pts, "ptmx", O_RDWR | O_NOCTTY, RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV, master);
        code.close(pts);
        code.call(Syscall.IOCTL, master, num(TIOCSPTLCK), code.struct(0));
        code.call(Syscall.IOCTL, master, num(TIOCGPTPEER), num(O_RDWR | O_NOCTTY | O_CLOEXEC))
                .into(slave);
    }

    /** Where config.json binds a directory on /dev, nothing is made in it. */
    private void console(Register root, Register slave) {
        boolean bound = Devices.bound(blueprint);
        Register dev = code.asm.register();
        Register place = code.asm.register();
        Register mount = code.asm.register();
        Label done = new Label();
        code.step("make /dev/console the terminal", "/process/terminal");
        code.cure(Errno.ELOOP, "it is a symbolic link in the root file system; remove it from the image");
        code.cure(Errno.EINVAL, "it is a directory in the root file system; remove it from the image");
        code.cure(Errno.EROFS, "/dev is on a read-only file system; mount a tmpfs on it");
        new Targets(code, root).directory("/dev", RESOLVE_NO_SYMLINKS, dev);
        if (bound) {
            code.openInRoot(dev, "console", O_PATH, RESOLVE_NO_SYMLINKS, place).onError(Errno.ENOENT, done);
        } else {
            code.call(Syscall.MKNODAT, dev, code.text("console"), num(S_IFREG | 0600), num(0))
                    .ignoring(Errno.EEXIST);
            code.openInRoot(dev, "console", O_PATH, RESOLVE_NO_SYMLINKS, place);
        }
        code.openTree(slave, mount);
        code.mountSetattr(mount, false, 0, 0, MS_PRIVATE);
        code.moveMount(mount, place);
        code.call(Syscall.CLOSE, mount);
        code.call(Syscall.CLOSE, place);
        code.asm.place(done);
        code.call(Syscall.CLOSE, dev);
        code.asm.release(dev, place, mount);
    }

    /** The process leads a session of its own already, so this terminal becomes that one's, and the caller's is out of its reach. */
    private void become(Register slave) {
        long uid = blueprint.process().userOrRoot().uid();
        code.step("give the terminal to user " + uid, "/process/user/uid");
        code.call(Syscall.FCHOWN, slave, num(uid), num(-1));
        Box size = blueprint.process().consoleSize();
        if (size != null) {
            code.step("set the size of the terminal", "/process/consoleSize");
            code.call(Syscall.IOCTL, slave, num(TIOCSWINSZ), code.struct(size.height() | size.width() << 16));
        }
        code.step("make the terminal that of the process", "/process/terminal");
        code.call(Syscall.IOCTL, slave, num(TIOCSCTTY), num(0));
        for (int fd = 0; fd <= 2; fd++) {
            code.call(Syscall.DUP3, slave, num(fd), num(0));
        }
        code.call(Syscall.CLOSE, slave);
    }

    /** Gives the master away, with the letter that says that the container is built. */
    void give(Register line, int letter) {
        code.step("give the terminal to the front", "/process/terminal");
        new FdMessage(code, code.text(Character.toString((char) letter)), 1).send(line, master);
        code.call(Syscall.CLOSE, master);
    }
}
