package dev.confine.launch.verify;

import static dev.confine.launch.verify.Breaches.assertBreach;
import static dev.confine.launch.verify.Breaches.assertNoBreach;
import static dev.confine.launch.verify.Breaches.openat2;
import static dev.confine.launch.verify.SmallContainer.HERE;
import static dev.confine.launch.verify.SmallContainer.O_CLOEXEC;
import static dev.confine.launch.verify.SmallContainer.O_PATH;
import static dev.confine.launch.verify.SmallContainer.num;

import dev.confine.launch.Operand.Data;
import dev.confine.launch.Syscall;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link PathRule}: what is resolved where. */
class PathRuleTest {
    private final SmallContainer container = new SmallContainer();

    @Test
    void paths_beneathADirectory_goThroughOpenat2() {
        for (Consumer<SmallContainer> bad : List.<Consumer<SmallContainer>>of(
                c -> c.call(Syscall.OPENAT, c.root, c.asm.text("etc"), num(O_CLOEXEC)),
                c -> c.call(Syscall.OPEN_TREE, c.root, c.asm.text("etc"), num(O_CLOEXEC)),
                c -> c.call(Syscall.MKDIRAT, c.root, c.asm.text("etc/x"), num(0755)),
                c -> c.call(Syscall.MKDIRAT, c.root, c.asm.text(".."), num(0755)),
                c -> c.call(Syscall.SYMLINKAT, c.asm.text("x"), c.root, c.asm.text("/x")),
                c -> c.call(Syscall.RENAMEAT2, c.root, c.asm.text("x"), c.root, c.asm.text("a/b"), num(0)),
                c -> c.call(Syscall.LINKAT, c.root, c.asm.text("x"), c.root, c.asm.text("b"), num(0x400)),
                c -> c.call(Syscall.FCHOWNAT, c.root, c.asm.text("x"), num(0), num(0), num(0)),
                c -> c.call(Syscall.FCHMODAT, c.root, c.asm.text("x"), num(0)),
                c -> c.call(Syscall.STATX, c.root, c.asm.text("x"), num(0), num(0), c.buffer))) {
            assertBreach(new SmallContainer().before("mount", bad), "without openat2");
        }
        assertNoBreach(new SmallContainer().before("mount", c -> {
            c.call(Syscall.FCHOWNAT, c.root, c.asm.text("x"), num(0), num(0), num(0x100));
            c.call(Syscall.UNLINKAT, c.root, c.asm.text("x"), num(0));
            c.call(Syscall.STATX, c.root, c.asm.text(""), num(0x1000), num(0), c.buffer);
        }));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 2, 0x10, 8, 4})
    void paths_openat2WithoutBothFlags_areFound(long resolve) {
        assertBreach(container.before("mount", c -> c.openIn(c.root, "/etc", resolve)), "RESOLVE_IN_ROOT");
    }

    @Test
    void paths_openat2Beneath_isGood() {
        assertNoBreach(container.before("mount", c -> c.openIn(c.root, "etc", 8 | 2)));
    }

    @Test
    void names_ofADirectorysListing_areEntriesOfTheOneThatIsOpen() {
        assertNoBreach(container.before("pivot", c -> {
            Data listing = list(c);
            c.asm.add(c.spare, listing.plus(19), c.fd);
            c.call(Syscall.MKDIRAT, c.root, c.spare, num(0755));
            c.call(Syscall.SYMLINKAT, c.buffer, c.root, c.spare);
            c.call(Syscall.STATX, c.root, c.spare, num(0x100), num(0x7ff), c.asm.zeros(256));
        }));
    }

    @Test
    void names_thatAreFixed_mayBeInARegister() {
        assertNoBreach(container.before("pivot", c -> {
            c.asm.move(c.spare, c.asm.text("null"));
            c.call(Syscall.MKNODAT, c.root, c.spare, num(0100644), num(0));
        }));
        for (String path : new String[] {"", "..", "a/b"}) {
            assertBreach(
                    new SmallContainer().before("pivot", c -> {
                        c.asm.move(c.spare, c.asm.text(path));
                        c.call(Syscall.MKNODAT, c.root, c.spare, num(0100644), num(0));
                    }),
                    "a path beneath a directory is computed");
        }
    }

    @Test
    void names_thatOthersMayWrite_orThatAreFollowed_areFound() {
        String reason = "a path beneath a directory is computed";
        assertBreach(
                new SmallContainer().before("pivot", c -> {
                    Data listing = list(c);
                    c.asm.store(1, listing, num(19), c.fd);
                    c.asm.add(c.spare, listing.plus(19), c.fd);
                    c.call(Syscall.MKDIRAT, c.root, c.spare, num(0755));
                }),
                reason);
        assertBreach(
                new SmallContainer().before("pivot", c -> {
                    Data name = c.asm.bytes("name\0".getBytes(StandardCharsets.US_ASCII));
                    c.asm.store(1, name, num(0), c.fd);
                    c.asm.move(c.spare, name);
                    c.call(Syscall.MKDIRAT, c.root, c.spare, num(0755));
                }),
                reason);
        assertBreach(
                new SmallContainer().before("pivot", c -> {
                    c.asm.add(c.spare, c.asm.text("name"), num(1));
                    c.call(Syscall.MKDIRAT, c.root, c.spare, num(0755));
                }),
                reason);
        assertBreach(
                new SmallContainer().before("pivot", c -> {
                    c.asm.add(c.spare, list(c), c.fd);
                    c.asm.add(c.spare, c.spare, num(1));
                    c.call(Syscall.MKDIRAT, c.root, c.spare, num(0755));
                }),
                reason);
        assertBreach(
                new SmallContainer().before("pivot", c -> {
                    c.asm.add(c.spare, list(c), c.fd);
                    c.call(Syscall.OPENAT, c.root, c.spare, num(O_CLOEXEC), num(0));
                }),
                reason);
    }

    private static Data list(SmallContainer c) {
        Data listing = c.asm.zeros(512);
        c.call(Syscall.GETDENTS64, c.root, listing, num(512)).into(c.fd);
        return listing;
    }

    @Test
    void paths_computed_areFound() {
        assertBreach(
                container.before("mount", c -> {
                    c.asm.move(c.spare, c.asm.text("/etc"));
                    c.call(Syscall.OPENAT, HERE, c.spare, num(O_CLOEXEC));
                }),
                "a path is computed");
        assertBreach(
                new SmallContainer().before("mount", c -> {
                    Data name = c.asm.text("name00");
                    c.asm.format(c.spare, c.root, name.plus(4), 2);
                    c.call(Syscall.MKDIRAT, c.root, name, num(0755));
                }),
                "a path beneath a directory is computed");
        assertBreach(
                new SmallContainer().before("mount", c -> {
                    Data how = openat2(c, O_PATH | O_CLOEXEC, 0x12);
                    c.call(Syscall.READ, c.root, how.plus(16), num(1));
                }),
                "open_how of openat2 is not constant");
        assertBreach(
                new SmallContainer().before("mount", c -> {
                    Data how = openat2(c, O_PATH | O_CLOEXEC, 0x12);
                    c.call(Syscall.PREAD64, c.root, how.plus(16), num(1), num(0));
                }),
                "open_how of openat2 is not constant");
    }

    @Test
    void paths_relativeToTheCaller_areFound() {
        assertBreach(
                container.before("clone", c -> c.call(Syscall.OPENAT, HERE, c.asm.text("x"), num(O_CLOEXEC))),
                "\"x\" is relative");
    }

    @ParameterizedTest
    @ValueSource(strings = {"unmount", "cwd", "groups", "exec"})
    void paths_ofTheHostAfterPivotRoot_areFound(String part) {
        assertBreach(
                container.before(part, c -> c.call(Syscall.OPENAT, HERE, c.asm.text("/etc"), num(O_CLOEXEC | O_PATH))),
                "after the root was changed");
    }

    @Test
    void paths_ofTheHostAfterChroot_areFound() {
        assertBreach(
                container
                        .instead("pivot", c -> c.call(Syscall.CHROOT, c.asm.text(".")))
                        .before("cwd", c -> c.call(Syscall.UNLINKAT, HERE, c.asm.text("/etc"), num(0))),
                "after the root was changed");
    }

    @Test
    void paths_lookingForTheProgram_areGood() {
        assertNoBreach(container.before("exec", c -> {}).before("close", c -> {
            c.call(Syscall.FACCESSAT2, HERE, c.asm.text("bin/true"), num(1), num(0));
            c.call(Syscall.STATX, HERE, c.asm.text("/bin/true"), num(0), num(0), c.buffer);
        }));
    }

    @Test
    void paths_inAForeignMountNamespace_areNotChanged() {
        Consumer<SmallContainer> join = c -> {
            c.call(Syscall.PRCTL, num(4), num(0));
            c.call(Syscall.SETNS, c.root, num(SmallContainer.NEW_NS));
        };
        assertBreach(
                container.before("mount", c -> {
                    join.accept(c);
                    c.call(Syscall.MKDIRAT, HERE, c.asm.text("/etc"), num(0755));
                }),
                "a mount namespace that somebody else made");
        assertNoBreach(new SmallContainer().before("mount", c -> {
            join.accept(c);
            c.call(Syscall.OPENAT, HERE, c.asm.text("/proc"), num(O_CLOEXEC | O_PATH));
        }));
    }

    @Test
    void paths_intoADirectory_areFound() {
        assertBreach(container.before("cwd", c -> c.call(Syscall.CHDIR, c.asm.text("/proc/self/fd/7"))), "fchdir");
    }
}
