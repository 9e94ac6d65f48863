package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Assembler;
import dev.confine.launch.Assembler.Call;
import dev.confine.launch.Condition;
import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Program;
import dev.confine.launch.Syscall;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The program while it is written: the assembler with the words of this trade. It knows structs and idioms of the kernel's interface, and no part of a
 * container.
 */
final class Code {
    private static final int SCRATCH_SIZE = 256;
    private static final int STATX_SIZE = 256;
    /** Offsets into what {@link #stat} reads. */
    static final int STATX_MODE = 28;

    static final int STATX_RDEV_MAJOR = 128;
    static final int STATX_RDEV_MINOR = 132;

    private static final int STATX_SIZE_FIELD = 40;

    final Assembler asm = new Assembler();
    private final List<Cure> cures = new ArrayList<>();
    private final List<Struct> structs = new ArrayList<>();
    private final Data statx = asm.zeros(STATX_SIZE);
    private final Data nothing = asm.text("");
    private final Data scratch = asm.zeros(SCRATCH_SIZE);

    /** All that follows belongs to this step. */
    Code step(String what, String pointer) {
        asm.step(what, pointer);
        return this;
    }

    /** What to tell a person when the current step fails with {@code errno}. */
    Code cure(Errno errno, String text) {
        return cureNaming("", errno, text);
    }

    /** As {@link #cure}; the file system that {@code path} is on is named too. */
    Code cureNaming(String path, Errno errno, String text) {
        cures.add(new Cure(asm.currentStep(), errno.number(), text, path));
        return this;
    }

    Compiled finish() {
        Program program = asm.assemble();
        return new Compiled(program, cures);
    }

    // ---- operands

    static Operand num(long value) {
        return Operand.of(value);
    }

    Data text(String text) {
        return asm.text(text);
    }

    /** Puts {@code bytes} into the initial data. */
    void text(Data at, byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            asm.set(at.plus(i), 1, bytes[i]);
        }
    }

    /** A struct of 64-bit words that the program does not write to; equal ones are stored once. */
    Data struct(long... words) {
        for (Struct known : structs) {
            if (known.has(words)) {
                return known.place;
            }
        }
        Operand[] operands = new Operand[words.length];
        for (int i = 0; i < words.length; i++) {
            operands[i] = num(words[i]);
        }
        Struct made = new Struct(words, asm.words(operands));
        structs.add(made);
        return made.place;
    }

    private static final class Struct {
        private final long[] words;
        private final Data place;

        Struct(long[] words, Data place) {
            this.words = words;
            this.place = place;
        }

        boolean has(long[] others) {
            if (words.length != others.length) {
                return false;
            }
            for (int i = 0; i < words.length; i++) {
                if (words[i] != others[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    /** A NULL-terminated array of pointers to texts. */
    Data strings(List<Data> texts) {
        Operand[] words = new Operand[texts.size() + 1];
        for (int i = 0; i < texts.size(); i++) {
            words[i] = texts.get(i);
        }
        words[texts.size()] = num(0);
        return asm.words(words);
    }

    Call call(Syscall syscall, Operand... args) {
        return asm.call(syscall, args);
    }

    /** Memory whose content lives no longer than a few instructions. */
    Data scratch(int size) {
        if (size > SCRATCH_SIZE) {
            throw new IllegalArgumentException("no " + size + " bytes to spare");
        }
        return scratch;
    }

    /** Where {@link #stat} reads a status to. */
    Data statx() {
        return statx;
    }

    void close(Register fd) {
        call(Syscall.CLOSE, fd);
        asm.release(fd);
    }

    // ---- idioms

    /** One write(2) of a text to the file at {@code path}, as those of /proc want it. */
    void write(Data path, String text) {
        Register fd = asm.register();
        call(Syscall.OPENAT, num(AT_FDCWD), path, num(O_WRONLY | O_CLOEXEC), num(0))
                .into(fd);
        call(Syscall.WRITE, fd, text(text), num(text.getBytes(StandardCharsets.UTF_8).length));
        close(fd);
    }

    /** openat2 of {@code path} as the container would resolve it, and never outside of {@code root}. */
    Call openInRoot(Register root, String path, long flags, long resolve, Register fd) {
        return openInRoot(root, text(path), flags, resolve, fd);
    }

    /** As {@link #openInRoot(Register, String, long, long, Register)}, of the path whose address {@code path} is. */
    Call openInRoot(Register root, Operand path, long flags, long resolve, Register fd) {
        Data how = struct(flags | O_CLOEXEC, 0, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS | resolve);
        return call(Syscall.OPENAT2, root, path, how, num(24)).into(fd);
    }

    /** A detached copy of the mount at {@code path}, as this process sees it. */
    Call openTree(String path, boolean recursive, Register fd) {
        long flags = OPEN_TREE_CLONE | O_CLOEXEC | (recursive ? AT_RECURSIVE : 0);
        return call(Syscall.OPEN_TREE, num(AT_FDCWD), text(path), num(flags)).into(fd);
    }

    /** A detached copy of the mount that {@code of} is open in, from that place on. */
    Call openTree(Register of, Register fd) {
        long flags = OPEN_TREE_CLONE | O_CLOEXEC | AT_RECURSIVE | AT_EMPTY_PATH;
        return call(Syscall.OPEN_TREE, of, nothing, num(flags)).into(fd);
    }

    /** A detached copy of the mount that {@code of} is open in, from that place on, without what is mounted beneath. */
    Call openTreeAlone(Register of, Register fd) {
        long flags = OPEN_TREE_CLONE | O_CLOEXEC | AT_EMPTY_PATH;
        return call(Syscall.OPEN_TREE, of, nothing, num(flags)).into(fd);
    }

    /** Attaches a detached mount where {@code target} is open. */
    Call moveMount(Register mount, Register target) {
        long flags = MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH;
        return call(Syscall.MOVE_MOUNT, mount, nothing, target, nothing, num(flags));
    }

    /** Changes attributes or propagation of the mount that is open as {@code fd}. */
    Call mountSetattr(Register fd, boolean recursive, long set, long clear, long propagation) {
        long flags = AT_EMPTY_PATH | (recursive ? AT_RECURSIVE : 0);
        // how access times are kept is a number and not a set of bits: it is cleared whole, or not at all
        long cleared = ((set | clear) & MOUNT_ATTR_ATIME) == 0 ? clear : clear | MOUNT_ATTR_ATIME;
        return call(Syscall.MOUNT_SETATTR, fd, nothing, num(flags), struct(set, cleared, propagation, 0), num(32));
    }

    /** Fails unless {@code fd} is open in a proc(5): what an image or a user calls so is never trusted to be one. */
    void requireProc(Register fd) {
        Register magic = asm.register();
        Label right = new Label();
        Data statfs = scratch(120);
        call(Syscall.FSTATFS, fd, statfs);
        asm.load(magic, 4, statfs, num(0));
        asm.jumpIf(magic, Condition.EQUAL, num(PROC_SUPER_MAGIC), right);
        asm.fail(num(Errno.ENOTTY.number()));
        asm.place(right);
        asm.release(magic);
    }

    /** Reads the status of an open file; {@link #jumpIfType} and {@link #jumpUnlessDevice} look at it. */
    void stat(Register fd) {
        call(Syscall.STATX, fd, nothing, num(AT_EMPTY_PATH), num(STATX_BASIC_STATS), statx);
    }

    /** As {@link #stat} of a file that is not opened, and not followed where it is a link. */
    void statEntry(Register directory, Operand name) {
        call(Syscall.STATX, directory, name, num(AT_SYMLINK_NOFOLLOW), num(STATX_BASIC_STATS), statx);
    }

    /** Goes to {@code target} if the last {@link #stat} was of a file of this type (an {@code S_IF…} constant). */
    void jumpIfType(int type, Label target) {
        Register mode = asm.register();
        Label no = new Label();
        asm.load(mode, 2, statx, num(STATX_MODE));
        asm.jumpIf(mode, Condition.LESS, num(type), no);
        asm.jumpIf(mode, Condition.LESS, num(type + 0x1000), target);
        asm.place(no);
        asm.release(mode);
    }

    /** Goes to {@code target} unless the last {@link #stat} was of this character device. */
    void jumpUnlessDevice(int major, int minor, Label target) {
        Label type = new Label();
        jumpIfType(S_IFCHR, type);
        asm.jump(target);
        asm.place(type);
        Register number = asm.register();
        asm.load(number, 4, statx, num(STATX_RDEV_MAJOR));
        asm.jumpIf(number, Condition.NOT_EQUAL, num(major), target);
        asm.load(number, 4, statx, num(STATX_RDEV_MINOR));
        asm.jumpIf(number, Condition.NOT_EQUAL, num(minor), target);
        asm.release(number);
    }

    /** Goes to {@code target} unless the last {@link #stat} was of a file without content. */
    void jumpUnlessEmpty(Label target) {
        Register size = asm.register();
        asm.load(size, 8, statx, num(STATX_SIZE_FIELD));
        asm.jumpIf(size, Condition.NOT_EQUAL, num(0), target);
        asm.release(size);
    }

    /** {@code prefix}, the digits of {@code value}, {@code suffix}: a path into /proc. */
    Data procPath(String prefix, Register value, String suffix) {
        // the digits are followed by slashes, which a path may repeat
        Data path = asm.bytes((prefix + "//////////" + suffix + "\0").getBytes(StandardCharsets.UTF_8));
        Register digits = asm.register();
        asm.format(digits, value, path.plus(prefix.length()), 10);
        asm.release(digits);
        return path;
    }
}
