package dev.confine.launch.verify;

import static dev.confine.launch.verify.SmallContainer.HERE;
import static dev.confine.launch.verify.SmallContainer.O_CLOEXEC;
import static dev.confine.launch.verify.SmallContainer.O_PATH;
import static dev.confine.launch.verify.SmallContainer.num;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.launch.Assembler;
import dev.confine.launch.Condition;
import dev.confine.launch.Errno;
import dev.confine.launch.Instruction;
import dev.confine.launch.Label;
import dev.confine.launch.Op;
import dev.confine.launch.Operand;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Program;
import dev.confine.launch.Syscall;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerifierTest {
    private final SmallContainer container = new SmallContainer();

    @Test
    void container_good_hasNoBreach() {
        assertNoBreach(container);
    }

    @Test
    void breach_asText_saysWhere() {
        assertThat(check(container.without("close")).get(0))
                .hasToString("instruction 24 (exec): a program is executed without close_range before");
    }

    // ---- shape

    @Test
    void shape_jumpsDataAndRelocationsOutside_areFound() {
        Assembler assembler = new Assembler();
        assembler.step("only", "");
        assembler.call(Syscall.CLOSE, new Data(9));
        Program program = assembler.assemble();
        Instruction jump = new Instruction(Op.JUMP, null, 0, null, null, 0, 7, null, 3, List.of());
        Instruction close = program.instructions().get(0);
        Program bad = new Program(List.of(close, jump), new byte[8], List.of(1), program.steps());
        assertThat(Verifier.check(bad))
                .extracting(Breach::reason)
                .containsExactlyInAnyOrder(
                        "offset 9 is outside of the data",
                        "a relocation at 1 is outside of the data",
                        "it jumps to 7, outside of the program",
                        "it belongs to no step");
        assertThat(Verifier.check(new Program(List.of(), new byte[0], List.of(), List.of())))
                .extracting(Breach::reason)
                .containsExactly("the program has 0 instructions");
    }

    @Test
    void flow_runsOffTheEnd_isFound() {
        assertBreach(
                container
                        .without("failed")
                        .before("exec", c -> c.asm.jump(c.failed))
                        .before("failed", c -> {
                            c.call(Syscall.GETPID);
                        }),
                "the program runs off its end");
    }

    // ---- registers

    @Test
    void registers_readBeforeWritten_areFound() {
        assertBreach(container.before("start", c -> c.call(Syscall.CLOSE, c.spare)), "register 3 is read");
    }

    @Test
    void registers_writtenOnOneWayOnly_areFound() {
        assertBreach(
                container.before("clone", c -> {
                    Label next = new Label();
                    c.asm.jumpIf(c.root, Condition.LESS, num(7), next);
                    c.asm.move(c.spare, num(1));
                    c.asm.place(next);
                    c.call(Syscall.CLOSE, c.spare);
                }),
                "register 3 is read");
    }

    @Test
    void registers_readAfterAFailure_areFound() {
        assertBreach(container.before("failed", c -> c.call(Syscall.CLOSE, c.fd)), "register 1 is read");
    }

    @Test
    void registers_ofTheOtherProcess_areNotMixedUp() {
        // spare is written by the front alone, and read by it alone
        assertNoBreach(container.instead("front", c -> {
            c.asm.move(c.spare, num(1));
            c.asm.send(1, c.spare);
            c.asm.end();
        }));
    }

    @Test
    void registers_theResultOfACallThatFailed_areWritten() {
        assertNoBreach(container.before("clone", c -> {
            Label failed = new Label();
            c.call(Syscall.GETPID).into(c.spare).onAnyError(failed);
            c.asm.place(failed);
            c.asm.send(1, c.spare);
        }));
    }

    // ---- processes

    @ParameterizedTest
    @ValueSource(longs = {0x100, 0x200, 0x600, 0x10000400, 0x800, 0x10000})
    void clone_sharing_isFound(long flag) {
        assertBreach(container.instead("clone", c -> c.clone(flag)), "shares memory or files");
    }

    @Test
    void clone_withComputedFlagsOrAStack_isFound() {
        assertBreach(
                container.instead("clone", c -> {
                    Data args = c.asm.zeros(88);
                    c.asm.store(8, args, num(0), c.root);
                    c.call(Syscall.CLONE3, args, num(88)).into(c.pid);
                }),
                "the flags of clone3 are not constant");
        assertBreach(
                new SmallContainer().instead("clone", c -> {
                    Data args = c.asm.zeros(88);
                    c.asm.set(args.plus(40), 8, 1);
                    c.call(Syscall.CLONE3, args, num(88)).into(c.pid);
                }),
                "a stack of its own");
        assertBreach(new SmallContainer().before("clone", c -> c.call(Syscall.UNSHARE, c.root)), "flags of unshare");
    }

    // ---- close-on-exec

    @ParameterizedTest
    @CsvSource({
        "OPENAT, 2",
        "OPEN_TREE, 2",
        "FSOPEN, 1",
        "FSMOUNT, 1",
        "FSPICK, 2",
        "SOCKET, 1",
        "SOCKETPAIR, 1",
        "PIPE2, 1",
        "EVENTFD2, 1",
        "TIMERFD_CREATE, 1",
        "EPOLL_CREATE1, 0",
        "ACCEPT4, 3",
        "SIGNALFD4, 3",
        "MEMFD_CREATE, 1",
        "DUP3, 2",
        "RECVMSG, 2"
    })
    void cloexec_withoutTheFlag_isFound(Syscall syscall, int flags) {
        Consumer<SmallContainer> call = c -> {
            Operand[] args = new Operand[flags + 1];
            Arrays.fill(args, num(7));
            args[flags] = num(0x200);
            c.call(syscall, args);
        };
        assertBreach(container.before("clone", call), "not close-on-exec");
    }

    @Test
    void cloexec_openat2WithoutTheFlagOrComputed_isFound() {
        assertBreach(container.before("clone", c -> openat2(c, O_PATH, 0x12)), "not close-on-exec");
        assertBreach(
                new SmallContainer().before("clone", c -> {
                    Data how = openat2(c, O_PATH | O_CLOEXEC, 0x12);
                    c.asm.store(8, how, num(0), num(O_PATH));
                }),
                "not close-on-exec");
    }

    /** What is beside the size of a terminal may be trusted, what is beside a place that a size is read to may not. */
    @Test
    void memory_ofAnIoctl_isWrittenByThoseThatWrite() {
        assertNoBreach(container.before("clone", c -> pathBeside(c, 0x5414)));
        assertNoBreach(new SmallContainer().before("clone", c -> pathBeside(c, 0x40045431)));
        assertBreach(new SmallContainer().before("clone", c -> pathBeside(c, 0x5413)), "is computed");
        assertBreach(new SmallContainer().before("clone", c -> pathBeside(c, 0x5401)), "is computed");
    }

    private static void pathBeside(SmallContainer c, long request) {
        Data argument = c.asm.zeros(8);
        Data name = c.asm.bytes(new byte[] {'x', 0});
        c.call(Syscall.IOCTL, c.root, num(request), argument);
        c.call(Syscall.MKDIRAT, c.root, name, num(0755));
    }

    @Test
    void cloexec_duplicatesAndTerminals_areSeen() {
        assertBreach(
                container.before("clone", c -> c.call(Syscall.FCNTL, c.root, num(0), num(3))), "not close-on-exec");
        assertBreach(
                new SmallContainer().before("clone", c -> c.call(Syscall.FCNTL, c.root, num(2), num(0))),
                "not close-on-exec");
        assertBreach(
                new SmallContainer().before("clone", c -> c.call(Syscall.IOCTL, c.root, num(0x5441), num(2))),
                "not close-on-exec");
        assertNoBreach(new SmallContainer().before("clone", c -> {
            c.call(Syscall.FCNTL, c.root, num(1030), num(3));
            c.call(Syscall.DUP3, c.root, num(1), num(0));
            c.call(Syscall.IOCTL, c.root, num(0x5441), num(O_CLOEXEC | 2));
        }));
    }

    // ---- paths

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

    // ---- mounts

    @Test
    void mounts_byPath_areFound() {
        assertBreach(
                container.before(
                        "enter",
                        c -> c.call(Syscall.MOVE_MOUNT, c.root, c.asm.text(""), HERE, c.asm.text("/mnt"), num(4))),
                "a mount is attached at a path");
        assertBreach(
                new SmallContainer()
                        .before(
                                "enter",
                                c -> c.call(
                                        Syscall.MOVE_MOUNT, HERE, c.asm.text("/a"), c.root, c.asm.text(""), num(0))),
                "a mount is moved from a path");
        assertBreach(
                new SmallContainer()
                        .before(
                                "enter",
                                c -> c.call(
                                        Syscall.MOUNT_SETATTR, HERE, c.asm.text("/mnt"), num(0), c.buffer, num(32))),
                "a mount is changed at a path");
        assertBreach(
                new SmallContainer().before("enter", c -> c.call(Syscall.FSPICK, HERE, c.asm.text("/mnt"), num(1))),
                "a file system is picked at a path");
        assertBreach(
                new SmallContainer()
                        .before(
                                "enter",
                                c -> c.call(Syscall.MOUNT, num(0), c.asm.text("/mnt"), num(0), num(0x1000), num(0))),
                "mount(2) is used on a path");
        assertBreach(
                new SmallContainer()
                        .before(
                                "enter",
                                c -> c.call(Syscall.MOUNT, num(0), c.asm.text("/"), num(0), num(0x1000), num(0))),
                "mount(2) is used on a path");
        assertBreach(
                new SmallContainer().before("enter", c -> c.call(Syscall.UMOUNT2, c.asm.text("/mnt"), num(2))),
                "only the old root is unmounted");
        assertBreach(
                new SmallContainer().before("enter", c -> c.call(Syscall.UMOUNT2, c.asm.text("self/fd/7/x"), num(2))),
                "only the old root is unmounted");
        assertBreach(
                new SmallContainer().before("enter", c -> c.call(Syscall.UMOUNT2, c.asm.text("self/fd/"), num(0))),
                "with MNT_DETACH");
    }

    @Test
    void mounts_unmountOfWhatIsOpen_isGood() {
        assertNoBreach(container.before("enter", c -> {
            Data path = c.asm.zeros(20);
            byte[] prefix = "self/fd/".getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < prefix.length; i++) {
                c.asm.set(path.plus(i), 1, prefix[i]);
            }
            c.asm.format(c.spare, c.root, path.plus(prefix.length), 10);
            c.call(Syscall.UMOUNT2, path, num(2));
        }));
    }

    @Test
    void mounts_propagationOfTheRootAndFds_areGood() {
        assertNoBreach(container.before("enter", c -> {
            c.call(Syscall.MOUNT, num(0), c.asm.text("/"), num(0), num(0x4000 | 1 << 19), num(0));
            Data path = c.asm.text("/proc/self/fd/0000000000");
            c.asm.format(c.spare, c.root, path.plus(14), 10);
            c.call(Syscall.MOUNT, num(0), path, c.asm.text("overlay"), num(0), c.asm.text("lowerdir=/a"));
            c.call(Syscall.MOUNT_SETATTR, HERE, c.asm.text("/"), num(0), c.buffer, num(32));
        }));
    }

    @Test
    void mounts_rootChangedToAPath_isFound() {
        assertBreach(
                container.instead("pivot", c -> c.call(Syscall.PIVOT_ROOT, c.asm.text("/a"), c.asm.text("/b"))),
                "the root is changed to a path");
        assertBreach(
                new SmallContainer().instead("pivot", c -> c.call(Syscall.CHROOT, c.asm.text("/a"))),
                "the root is changed to a path");
    }

    @Test
    void mounts_afterCapabilities_areFound() {
        assertBreach(
                container.before(
                        "close",
                        c -> c.call(Syscall.MOUNT_SETATTR, c.root, c.asm.text(""), num(0x1000), c.buffer, num(32))),
                "after capabilities were set");
    }

    // ---- ids

    @ParameterizedTest
    @ValueSource(strings = {"SETRESUID", "SETRESGID", "SETGROUPS", "CAPSET"})
    void ids_beforeTheMaps_areFound(Syscall syscall) {
        assertBreach(container.before("wait", c -> c.call(syscall, num(0), num(0), num(0))), "waited for its maps");
    }

    @Test
    void ids_withoutWaitingOnOneWay_areFound() {
        assertBreach(
                container.instead("wait", c -> {
                    Label next = new Label();
                    c.asm.jumpIf(c.root, Condition.LESS, num(9), next);
                    c.asm.receive(c.spare, c.buffer, 8, num(-1));
                    c.asm.place(next);
                }),
                "waited for its maps");
        assertBreach(
                new SmallContainer().before("become root", c -> c.call(Syscall.UNSHARE, num(SmallContainer.NEW_USER))),
                "waited for its maps");
    }

    @Test
    void ids_withoutANewUserNamespace_waitForNobody() {
        assertNoBreach(container.without("wait").instead("clone", c -> c.clone(SmallContainer.NEW_NS)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"groups", "group", "user"})
    void ids_oneNotSet_isFound(String part) {
        assertBreach(container.without(part), "without setgroups, setresgid and setresuid");
    }

    @Test
    void ids_inTheWrongOrder_areFound() {
        assertBreach(
                container.before("capabilities", c -> c.call(Syscall.SETGROUPS, num(0), num(0))),
                "without setgroups, setresgid and setresuid");
    }

    @Test
    void namespaces_joinedWhileTraceable_areFound() {
        assertBreach(container.before("clone", c -> c.call(Syscall.SETNS, c.root, num(0))), "can be traced");
        assertBreach(
                new SmallContainer().before("clone", c -> c.call(Syscall.PRCTL, num(4), num(1))), "traceable again");
        assertBreach(new SmallContainer().before("clone", c -> c.call(Syscall.PRCTL, c.root, num(1))), "not constant");
    }

    // ---- the end

    @Test
    void last_anythingElseAfterwards_isFound() {
        assertBreach(container.before("seccomp", c -> c.call(Syscall.SETHOSTNAME, c.buffer, num(1))), "no_new_privs");
        assertBreach(
                new SmallContainer().before("exec", c -> c.call(Syscall.GETPID)),
                "getpid comes after the seccomp filter");
        assertBreach(
                new SmallContainer().before("exec", c -> c.call(Syscall.PRCTL, num(38), num(1))),
                "no_new_privs is set after the seccomp filter");
    }

    @Test
    void last_afterTheFilter_onlyExecutionOrItsFailure() {
        assertBreach(container.before("exec", c -> c.call(Syscall.CAPSET, c.asm.zeros(8), c.asm.zeros(24))), "capset");
        assertBreach(
                new SmallContainer().before("exec", c -> c.call(Syscall.CLOSE, c.fd)),
                "close comes after the seccomp filter");
        assertNoBreach(new SmallContainer().before("exec", c -> c.call(Syscall.SENDTO, num(0), c.buffer, num(1))));
    }

    @Test
    void filter_thatIsNotConstant_isFound() {
        assertBreach(container.instead("seccomp", c -> filter(c, num(0), c.filter(c.buffer))), "is not constant");
        assertBreach(
                new SmallContainer().instead("seccomp", c -> filter(c, num(0), c.buffer)), "filter is not constant");
        assertBreach(
                new SmallContainer().instead("seccomp", c -> filter(c, num(0), c.asm.words(num(1), num(64)))),
                "filter is not constant");
        assertBreach(
                new SmallContainer().instead("seccomp", c -> filter(c, c.fd, c.filter(c.asm.zeros(8)))),
                "something else than set a filter");
        assertBreach(
                new SmallContainer().instead("seccomp", c -> c.call(Syscall.SECCOMP, num(0), num(0), num(0))),
                "something else than set a filter");
    }

    // ---- messengers

    private static SmallContainer withMessenger(Consumer<SmallContainer> work, Consumer<SmallContainer> wait) {
        Label parent = new Label();
        return new SmallContainer()
                .before("close", c -> {
                    Data args = c.asm.zeros(88);
                    c.asm.set(args, 8, 0x400);
                    c.call(Syscall.CLONE3, args, num(88)).into(c.spare);
                    c.asm.jumpIf(c.spare, Condition.NOT_EQUAL, num(0), parent);
                    work.accept(c);
                    c.asm.exit(num(0));
                    c.asm.place(parent);
                })
                .before("exec", wait);
    }

    private static void carry(SmallContainer c) {
        c.call(Syscall.PRCTL, num(1), num(9));
        c.call(Syscall.FCNTL, num(7), num(1), num(0)).ignoring(Errno.EBADF);
        c.call(Syscall.NANOSLEEP, c.asm.zeros(16), num(0));
        c.call(Syscall.SENDMSG, num(7), c.asm.zeros(56), num(0));
    }

    private static void await(SmallContainer c) {
        c.call(Syscall.WAIT4, c.spare, num(0), num(0), num(0)).repeating();
    }

    @Test
    void messenger_thatCarriesAndIsWaitedFor_isGood() {
        assertNoBreach(withMessenger(VerifierTest::carry, VerifierTest::await));
    }

    @Test
    void messenger_thatDoesMoreOrIsNotWaitedFor_isFound() {
        assertBreach(withMessenger(VerifierTest::carry, c -> {}), "while a process may share its files");
        assertBreach(
                withMessenger(VerifierTest::carry, c -> c.call(Syscall.WAIT4, c.spare, num(0), num(0), num(0))
                        .ignoringErrors()),
                "while a process may share its files");
        for (Syscall syscall : new Syscall[] {Syscall.CLOSE, Syscall.DUP3, Syscall.EXECVE, Syscall.SETNS}) {
            assertBreach(
                    withMessenger(c -> c.call(syscall, num(0), num(0), num(0)), VerifierTest::await),
                    syscall.display() + " in a process that shares");
        }
        assertBreach(
                withMessenger(c -> c.call(Syscall.FCNTL, num(7), num(2), num(1)), VerifierTest::await), "fcntl in a");
        assertBreach(new SmallContainer().before("exec", VerifierTest::await), "wait4 comes after the seccomp filter");
    }

    private static void filter(SmallContainer container, Operand flags, Data program) {
        container.call(Syscall.SECCOMP, num(1), flags, program);
    }

    @Test
    void exec_withoutWhatComesBefore_isFound() {
        assertBreach(container.without("close"), "without close_range");
        assertBreach(
                new SmallContainer().instead("close", c -> c.call(Syscall.CLOSE_RANGE, num(3), num(100), num(4))),
                "without close_range");
        assertBreach(
                new SmallContainer().instead("close", c -> c.call(Syscall.CLOSE_RANGE, num(3), num(0xffffffffL), num(4))
                        .ignoringErrors()),
                "without close_range");
        assertBreach(new SmallContainer().without("capabilities"), "without capset");
    }

    @Test
    void exec_onTheHost_needsOnlyClosedFiles() {
        assertNoBreach(container.before("clone", c -> {
            Label next = new Label();
            c.asm.jumpIf(c.root, Condition.LESS, num(9), next);
            c.call(Syscall.CLOSE_RANGE, num(3), num(0xffffffffL), num(4));
            c.call(Syscall.EXECVE, c.asm.text("/usr/bin/hook"), num(0), num(0));
            c.asm.place(next);
        }));
    }

    private static Data openat2(SmallContainer c, long flags, long resolve) {
        Data how = c.asm.words(num(flags), num(0), num(resolve));
        c.call(Syscall.OPENAT2, c.root, c.asm.text("/x"), how, num(24)).into(c.fd);
        return how;
    }

    private static void assertBreach(SmallContainer container, String reason) {
        assertThat(check(container)).extracting(Breach::reason).anyMatch(found -> found.contains(reason));
    }

    private static void assertNoBreach(SmallContainer container) {
        assertThat(check(container)).isEmpty();
    }

    private static List<Breach> check(SmallContainer container) {
        return Verifier.check(container.assemble());
    }
}
