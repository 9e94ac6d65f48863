package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Condition;
import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.spec.Mount;

/**
 * Removes cgroups that the container has made below its own, without a JVM. A directory whose removal fails with EBUSY is entered, so each way down ends at one that has
 * none below; then it begins at the top again. What has processes stays: it fails at nothing.
 */
final class CgroupsBelow {
    private static final int LISTING_SIZE = 2048;
    private static final int ENTRY_LENGTH = 16;
    private static final int ENTRY_NAME = 19;
    /** DT_DIR, readdir(3). */
    private static final int DIRECTORY = 4;

    private static final int MOST_WAYS = 10_000;

    private final Code code;
    private final Data listing;
    private final Register ways;

    CgroupsBelow(Code code) {
        this.code = code;
        this.listing = code.asm.zeros(LISTING_SIZE);
        this.ways = code.asm.register();
        code.asm.move(ways, num(MOST_WAYS));
    }

    /** Whether the container can make any: in a mount of cgroups that is not read-only, or one that it makes itself. */
    static boolean canBe(Blueprint blueprint) {
        for (Mount mount : blueprint.mounts()) {
            boolean cgroups = CgroupMounts.isOne(mount) || mount.source().startsWith("/sys/fs/cgroup");
            if (cgroups && !mount.options().contains("ro")) {
                return true;
            }
        }
        return blueprint.process().capabilities().bounding().contains("CAP_SYS_ADMIN");
    }

    void remove(String directory) {
        Register at = code.asm.register();
        Register removed = code.asm.register();
        Register count = code.asm.register();
        Register entry = code.asm.register();
        Label top = new Label();
        Label list = new Label();
        Label bottom = new Label();
        Label end = new Label();
        code.asm.place(top);
        code.asm.add(ways, ways, num(-1));
        code.asm.jumpIf(ways, Condition.EQUAL, num(0), end);
        code.asm.move(removed, num(0));
        code.call(Syscall.OPENAT, num(AT_FDCWD), code.text(directory), num(O_DIRECTORY | O_CLOEXEC), num(0))
                .into(at)
                .onAnyError(end);
        code.asm.place(list);
        code.call(Syscall.GETDENTS64, at, listing, num(LISTING_SIZE))
                .into(count)
                .onAnyError(bottom);
        code.asm.jumpIf(count, Condition.EQUAL, num(0), bottom);
        code.asm.move(entry, num(0));
        entries(at, removed, count, entry, list);
        code.asm.place(bottom);
        code.call(Syscall.CLOSE, at);
        code.asm.jumpIf(removed, Condition.NOT_EQUAL, num(0), top);
        code.asm.place(end);
        code.asm.release(at, removed, count, entry);
    }

    private void entries(Register at, Register removed, Register count, Register entry, Label list) {
        Register name = code.asm.register();
        Register word = code.asm.register();
        Label each = new Label();
        Label gone = new Label();
        Label next = new Label();
        code.asm.place(each);
        code.asm.load(word, 1, listing.plus(ENTRY_NAME - 1), entry);
        code.asm.jumpIf(word, Condition.NOT_EQUAL, num(DIRECTORY), next);
        skipDots(word, entry, next);
        code.asm.add(name, listing.plus(ENTRY_NAME), entry);
        code.call(Syscall.UNLINKAT, at, name, num(AT_REMOVEDIR)).into(word).ignoringErrors();
        code.asm.jumpIf(word, Condition.EQUAL, num(0), gone);
        code.asm.jumpIf(word, Condition.NOT_EQUAL, num(-Errno.EBUSY.number()), next);
        Data how =
                code.struct(O_DIRECTORY | O_CLOEXEC, 0, RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_SYMLINKS);
        code.call(Syscall.OPENAT2, at, name, how, num(24)).into(word).onAnyError(next);
        code.call(Syscall.CLOSE, at);
        code.asm.move(at, word);
        code.asm.jump(list);
        code.asm.place(gone);
        code.asm.move(removed, num(1));
        code.asm.place(next);
        code.asm.load(word, 2, listing.plus(ENTRY_LENGTH), entry);
        code.asm.add(entry, entry, word);
        code.asm.jumpIf(entry, Condition.LESS, count, each);
        code.asm.jump(list);
        code.asm.release(name, word);
    }

    private void skipDots(Register letter, Register entry, Label next) {
        Label named = new Label();
        code.asm.load(letter, 1, listing.plus(ENTRY_NAME), entry);
        code.asm.jumpIf(letter, Condition.NOT_EQUAL, num('.'), named);
        code.asm.load(letter, 1, listing.plus(ENTRY_NAME + 1), entry);
        code.asm.jumpIf(letter, Condition.EQUAL, num(0), next);
        code.asm.jumpIf(letter, Condition.NOT_EQUAL, num('.'), named);
        code.asm.load(letter, 1, listing.plus(ENTRY_NAME + 2), entry);
        code.asm.jumpIf(letter, Condition.EQUAL, num(0), next);
        code.asm.place(named);
    }
}
