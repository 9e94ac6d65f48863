package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Assembler.Call;
import dev.confine.launch.Condition;
import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;

/**
 * Copies what is in a directory to a file system that is not attached yet: the mount option tmpcopyup. Types, modes, owners, link texts, times and extended attributes are
 * kept, hard links become files of their own. Each directory is copied by a process of its own, so the kernel keeps the stack; every name comes
 * from getdents64(2) and is resolved beneath the directory that it was read from, without following a link.
 */
final class CopyUp {
    private static final int LISTING_SIZE = 8192;
    private static final int ENTRY_LENGTH = 16;
    private static final int ENTRY_NAME = 19;
    private static final int LONGEST_LINK = 4096;
    private static final long BENEATH = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_SYMLINKS;
    private static final long AS_MUCH_AS_GOES = 0x7ffff000;

    private final Code code;
    private final EntryAttributes attributes;
    private final Data listing;
    private final Data link;
    private final Register source;
    private final Register target;
    private final Register zeros;
    private final Register child;
    private final Register count;
    private final Register at;
    private final Register name;
    private final Register fd;

    CopyUp(Code code) {
        this.code = code;
        this.attributes = new EntryAttributes(code);
        this.listing = code.asm.zeros(LISTING_SIZE);
        this.link = code.asm.zeros(LONGEST_LINK + 8);
        this.source = code.asm.register();
        this.target = code.asm.register();
        this.zeros = code.asm.register();
        this.child = code.asm.register();
        this.count = code.asm.register();
        this.at = code.asm.register();
        this.name = code.asm.register();
        this.fd = code.asm.register();
    }

    /** Belongs to the step that says which directory it is. The directory {@code to} itself keeps its owner and mode. */
    void copy(Register from, Register to) {
        Label walk = new Label();
        Label done = new Label();
        cures();
        code.asm.move(child, num(0));
        openZeros();
        open(from, code.text(".")).into(source);
        open(to, code.text(".")).into(target);
        walk(walk, done);
        code.asm.place(done);
        code.close(source);
        code.close(target);
        code.close(zeros);
        code.asm.release(child, count, at, name, fd);
    }

    private void cures() {
        code.cure(Errno.ENOSPC, "the files beneath do not fit into it: give it a larger size= or nr_inodes=");
        code.cure(Errno.EACCES, "root of the container may not read one of the files beneath");
        code.cure(Errno.EPERM, "a device is among the files beneath, and the kernel lets nobody make one here");
        code.cure(Errno.ECHILD, "one of the directories beneath could not be copied");
        code.cure(Errno.ERANGE, "an extended attribute of a file beneath is too long");
    }

    /** What a link's text is followed by: readlinkat(2) does not end it. */
    private void openZeros() {
        Label right = new Label();
        Label wrong = new Label();
        code.call(Syscall.OPENAT, num(AT_FDCWD), code.text("/dev/zero"), num(O_CLOEXEC), num(0))
                .into(zeros);
        code.stat(zeros);
        code.jumpUnlessDevice(1, 5, wrong);
        code.asm.jump(right);
        code.asm.place(wrong);
        code.asm.fail(num(Errno.ENODEV.number()));
        code.asm.place(right);
    }

    private Call open(Register directory, Operand path) {
        Data how = code.struct(O_NONBLOCK | O_CLOEXEC, 0, BENEATH);
        return code.call(Syscall.OPENAT2, directory, path, how, num(24));
    }

    private void walk(Label walk, Label done) {
        Label more = new Label();
        Label entry = new Label();
        Label next = new Label();
        Label end = new Label();
        code.asm.place(walk);
        code.asm.place(more);
        code.call(Syscall.GETDENTS64, source, listing, num(LISTING_SIZE)).into(count);
        code.asm.jumpIf(count, Condition.EQUAL, num(0), end);
        code.asm.move(at, num(0));
        code.asm.place(entry);
        code.asm.add(name, listing.plus(ENTRY_NAME), at);
        skipDots(next);
        entry(walk, next);
        code.asm.place(next);
        Register length = code.asm.register();
        code.asm.load(length, 2, listing.plus(ENTRY_LENGTH), at);
        code.asm.add(at, at, length);
        code.asm.release(length);
        code.asm.jumpIf(at, Condition.LESS, count, entry);
        code.asm.jump(more);
        code.asm.place(end);
        code.asm.jumpIf(child, Condition.EQUAL, num(0), done);
        code.stat(source);
        attributes.give(source, target);
        code.asm.exit(num(0));
    }

    private void skipDots(Label next) {
        Label name = new Label();
        Register letter = code.asm.register();
        for (int i = 0; i < 2; i++) {
            code.asm.load(letter, 1, listing.plus(ENTRY_NAME + i), at);
            if (i > 0) {
                code.asm.jumpIf(letter, Condition.EQUAL, num(0), next);
            }
            code.asm.jumpIf(letter, Condition.NOT_EQUAL, num('.'), name);
        }
        code.asm.load(letter, 1, listing.plus(ENTRY_NAME + 2), at);
        code.asm.jumpIf(letter, Condition.EQUAL, num(0), next);
        code.asm.place(name);
        code.asm.release(letter);
    }

    private void entry(Label walk, Label next) {
        Label directory = new Label();
        Label file = new Label();
        Label symbolic = new Label();
        code.statEntry(source, name);
        code.jumpIfType(S_IFDIR, directory);
        code.jumpIfType(S_IFREG, file);
        code.jumpIfType(S_IFLNK, symbolic);
        attributes.makeNode(target, name);
        code.asm.jump(next);

        code.asm.place(symbolic);
        code.call(Syscall.READ, zeros, link, num(LONGEST_LINK + 1));
        code.call(Syscall.READLINKAT, source, name, link, num(LONGEST_LINK));
        code.call(Syscall.SYMLINKAT, link, target, name);
        attributes.own(target, name);
        code.asm.jump(next);

        code.asm.place(file);
        file();
        code.asm.jump(next);

        code.asm.place(directory);
        directory(walk);
    }

    private void file() {
        Register copy = code.asm.register();
        Register moved = code.asm.register();
        Label again = new Label();
        Data how = code.struct(O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600, BENEATH);
        open(source, name).into(fd);
        code.call(Syscall.OPENAT2, target, name, how, num(24)).into(copy);
        code.asm.place(again);
        code.call(Syscall.SENDFILE, copy, fd, num(0), num(AS_MUCH_AS_GOES)).into(moved);
        code.asm.jumpIf(moved, Condition.NOT_EQUAL, num(0), again);
        attributes.give(fd, copy);
        code.call(Syscall.CLOSE, copy);
        code.call(Syscall.CLOSE, fd);
        code.asm.release(copy, moved);
    }

    /** The child has its own registers and listing, and goes on in the directory as its maker did above. */
    private void directory(Label walk) {
        Register process = code.asm.register();
        Register result = code.asm.register();
        Label inside = new Label();
        Label copied = new Label();
        Data arguments = code.asm.zeros(CLONE_ARGS_SIZE);
        Data status = code.asm.zeros(8);
        code.asm.set(arguments.plus(32), 8, SIGCHLD);
        code.call(Syscall.MKDIRAT, target, name, num(0700));
        code.call(Syscall.CLONE3, arguments, num(CLONE_ARGS_SIZE)).into(process);
        code.asm.jumpIf(process, Condition.EQUAL, num(0), inside);
        code.call(Syscall.WAIT4, process, status, num(0), num(0)).repeating();
        code.asm.load(result, 4, status, num(0));
        code.asm.jumpIf(result, Condition.EQUAL, num(0), copied);
        code.asm.fail(num(Errno.ECHILD.number()));
        code.asm.place(inside);
        code.asm.move(child, num(1));
        open(source, name).into(source);
        open(target, name).into(target);
        code.asm.jump(walk);
        code.asm.place(copied);
        code.asm.release(process, result);
    }
}
