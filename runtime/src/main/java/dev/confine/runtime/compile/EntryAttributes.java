package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Condition;
import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;

/** Gives a copy what the last {@link Code#stat} and the extended attributes of its original say, inode(7), xattr(7). */
final class EntryAttributes {
    private static final int MODE = 28;
    private static final int UID = 20;
    private static final int GID = 24;
    private static final int CHANGED = 112;
    private static final int DEVICE_MAJOR = 128;
    private static final int DEVICE_MINOR = 132;
    private static final long UTIME_OMIT = 0x3ffffffe;
    private static final int NAMES_SIZE = 4096;
    private static final int VALUE_SIZE = 65536;

    private final Code code;
    private final Data names;
    private final Data value;

    EntryAttributes(Code code) {
        this.code = code;
        this.names = code.asm.zeros(NAMES_SIZE);
        this.value = code.asm.zeros(VALUE_SIZE);
    }

    /** To a file or directory that is open: owner first, because that takes set-user-ID bits and capabilities away. */
    void give(Register original, Register copy) {
        Register first = code.asm.register();
        Register second = code.asm.register();
        code.asm.load(first, 4, code.statx(), num(UID));
        code.asm.load(second, 4, code.statx(), num(GID));
        // EINVAL: an owner that has no id inside stays outside
        code.call(Syscall.FCHOWN, copy, first, second).ignoring(Errno.EINVAL);
        extended(original, copy);
        code.asm.load(first, 2, code.statx(), num(MODE));
        code.call(Syscall.FCHMOD, copy, first);
        Data times = code.asm.zeros(32);
        code.asm.set(times.plus(8), 8, UTIME_OMIT);
        code.asm.load(first, 8, code.statx(), num(CHANGED));
        code.asm.load(second, 4, code.statx(), num(CHANGED + 8));
        code.asm.store(8, times, num(16), first);
        code.asm.store(8, times, num(24), second);
        code.call(Syscall.UTIMENSAT, copy, num(0), times, num(0));
        code.asm.release(first, second);
    }

    /** To an entry that cannot be opened. */
    void own(Register directory, Register name) {
        Register uid = code.asm.register();
        Register gid = code.asm.register();
        code.asm.load(uid, 4, code.statx(), num(UID));
        code.asm.load(gid, 4, code.statx(), num(GID));
        code.call(Syscall.FCHOWNAT, directory, name, uid, gid, num(AT_SYMLINK_NOFOLLOW))
                .ignoring(Errno.EINVAL);
        code.asm.release(uid, gid);
    }

    /** A pipe, a socket or a device. */
    void makeNode(Register directory, Register name) {
        Register device = code.asm.register();
        Register part = code.asm.register();
        // the number as mknod(2) takes it: eight bits of the minor, the major, the rest of the minor
        code.asm.load(device, 1, code.statx(), num(DEVICE_MINOR));
        code.asm.load(part, 4, code.statx(), num(DEVICE_MAJOR));
        addShifted(device, part, 8);
        code.asm.load(part, 2, code.statx(), num(DEVICE_MINOR + 1));
        addShifted(device, part, 20);
        code.asm.load(part, 2, code.statx(), num(MODE));
        code.call(Syscall.MKNODAT, directory, name, part, device);
        code.asm.release(device, part);
        own(directory, name);
    }

    private void addShifted(Register sum, Register part, int bits) {
        for (int i = 0; i < bits; i++) {
            code.asm.add(part, part, part);
        }
        code.asm.add(sum, sum, part);
    }

    /** What the new file system does not take is left out. */
    private void extended(Register original, Register copy) {
        Register count = code.asm.register();
        Register at = code.asm.register();
        Register name = code.asm.register();
        Register length = code.asm.register();
        Label each = new Label();
        Label next = new Label();
        Label done = new Label();
        code.call(Syscall.FLISTXATTR, original, names, num(NAMES_SIZE))
                .into(count)
                .onError(Errno.ENOTSUP, done);
        code.asm.move(at, num(0));
        code.asm.place(each);
        code.asm.jumpIf(at, Condition.AT_LEAST, count, done);
        code.asm.add(name, names, at);
        code.call(Syscall.FGETXATTR, original, name, value, num(VALUE_SIZE))
                .into(length)
                .onError(Errno.ENODATA, next);
        code.call(Syscall.FSETXATTR, copy, name, value, length, num(0)).ignoringErrors();
        code.asm.place(next);
        code.asm.load(length, 1, names, at);
        code.asm.add(at, at, num(1));
        code.asm.jumpIf(length, Condition.NOT_EQUAL, num(0), next);
        code.asm.jump(each);
        code.asm.place(done);
        code.asm.release(count, at, name, length);
    }
}
