package dev.confine.launch.verify;

import static dev.confine.launch.verify.Breaches.assertBreach;
import static dev.confine.launch.verify.Breaches.assertNoBreach;
import static dev.confine.launch.verify.SmallContainer.num;

import dev.confine.launch.Condition;
import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Syscall;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes before what: ids, the filter, messengers and the execution. */
class OrderTest {
    private final SmallContainer container = new SmallContainer();

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
        assertNoBreach(withMessenger(OrderTest::carry, OrderTest::await));
    }

    @Test
    void messenger_thatDoesMoreOrIsNotWaitedFor_isFound() {
        assertBreach(withMessenger(OrderTest::carry, c -> {}), "while a process may share its files");
        assertBreach(
                withMessenger(OrderTest::carry, c -> c.call(Syscall.WAIT4, c.spare, num(0), num(0), num(0))
                        .ignoringErrors()),
                "while a process may share its files");
        for (Syscall syscall : new Syscall[] {Syscall.CLOSE, Syscall.DUP3, Syscall.EXECVE, Syscall.SETNS}) {
            assertBreach(
                    withMessenger(c -> c.call(syscall, num(0), num(0), num(0)), OrderTest::await),
                    syscall.display() + " in a process that shares");
        }
        assertBreach(withMessenger(c -> c.call(Syscall.FCNTL, num(7), num(2), num(1)), OrderTest::await), "fcntl in a");
        assertBreach(new SmallContainer().before("exec", OrderTest::await), "wait4 comes after the seccomp filter");
    }

    private static void filter(SmallContainer container, Operand flags, Data program) {
        container.call(Syscall.SECCOMP, num(1), flags, program);
    }

    @Test
    void groups_thatAreKeptOnPurpose_areAskedFor() {
        assertNoBreach(new SmallContainer().instead("groups", c -> c.call(Syscall.GETGROUPS, num(0), num(0))));
        assertBreach(
                new SmallContainer().instead("groups", c -> c.call(Syscall.GETGROUPS, num(8), c.asm.zeros(32))),
                "setgroups");
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

    // ---- a program of the runtime's in a mount namespace that was joined

    /** Keeps the root open, joins a mount namespace, and in a process of its own opens and executes a program beneath that root. */
    private static SmallContainer withForeignHook(String path, long resolve, Consumer<SmallContainer> execution) {
        return new SmallContainer()
                .before("clone", c -> {
                    c.call(Syscall.OPENAT, SmallContainer.HERE, c.asm.text(path), num(0x280000), num(0))
                            .into(c.spare);
                    c.call(Syscall.PRCTL, num(4), num(0));
                    c.call(Syscall.SETNS, c.root, num(SmallContainer.NEW_NS));
                })
                .before("mount", c -> {
                    Label parent = new Label();
                    c.clone(0);
                    c.asm.jumpIf(c.pid, Condition.NOT_EQUAL, num(0), parent);
                    c.call(Syscall.CLOSE_RANGE, num(3), num(0xffffffffL), num(4));
                    c.openIn(c.spare, "/hook", resolve);
                    execution.accept(c);
                    c.asm.exit(num(1));
                    c.asm.place(parent);
                });
    }

    private static void executeHook(SmallContainer c) {
        Label refused = new Label();
        c.call(Syscall.EXECVEAT, c.fd, c.asm.text(""), num(0), num(0), num(0x1000))
                .onAnyError(refused);
        c.asm.place(refused);
        c.call(Syscall.FCNTL, c.fd, num(2), num(0));
        c.call(Syscall.EXECVEAT, c.fd, c.asm.text(""), num(0), num(0), num(0x1000))
                .ignoringErrors();
        c.call(Syscall.SENDTO, num(0), c.buffer, num(1));
    }

    @Test
    void exec_ofAProgramOfTheRuntimes_inAMountNamespaceThatWasJoined_isGood() {
        assertNoBreach(withForeignHook("/", 0x12, OrderTest::executeHook));
    }

    @Test
    void exec_ofWhatIsFoundThere_isFound() {
        String reason = "a program is executed in a container without";
        assertBreach(withForeignHook("/usr", 0x12, OrderTest::executeHook), reason);
        assertBreach(withForeignHook("/", 0xa, OrderTest::executeHook), reason);
        assertBreach(
                withForeignHook("/", 0x12, c -> c.call(Syscall.EXECVE, c.asm.text("/hook"), num(0), num(0))), reason);
        assertBreach(
                withForeignHook("/", 0x12, c -> {
                    c.asm.store(4, c.buffer, num(0), c.fd);
                    c.asm.load(c.fd, 4, c.buffer, num(0));
                    executeHook(c);
                }),
                reason);
        assertBreach(
                withForeignHook("/", 0x12, c -> {
                    c.call(Syscall.OPENAT, SmallContainer.HERE, c.asm.text("/"), num(0x280000), num(0))
                            .into(c.spare);
                    c.openIn(c.spare, "/hook", 0x12);
                    executeHook(c);
                }),
                reason);
        assertBreach(
                withForeignHook(
                        "/", 0x12, c -> c.call(Syscall.EXECVEAT, c.spare, c.asm.text(""), num(0), num(0), num(0x1000))),
                reason);
    }

    @Test
    void hook_thatKeepsMoreThanItsProgram_isFound() {
        assertBreach(
                withForeignHook("/", 0x12, c -> c.call(Syscall.FCNTL, c.spare, num(2), num(0))), "not close-on-exec");
        assertBreach(withForeignHook("/", 0x12, c -> c.call(Syscall.DUP3, c.fd, num(5), num(0))), "not close-on-exec");
        assertBreach(
                withForeignHook("/", 0x12, c -> {
                    c.call(Syscall.FCNTL, c.fd, num(2), num(0));
                    c.call(Syscall.GETPID);
                }),
                "getpid while a file descriptor is open for another program");
        assertBreach(
                new SmallContainer().before("exec", c -> c.call(Syscall.FCNTL, c.fd, num(2), num(0))),
                "not close-on-exec");
    }
}
