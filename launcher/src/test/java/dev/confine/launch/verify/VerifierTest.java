package dev.confine.launch.verify;

import static dev.confine.launch.verify.Breaches.assertBreach;
import static dev.confine.launch.verify.Breaches.assertNoBreach;
import static dev.confine.launch.verify.Breaches.check;
import static dev.confine.launch.verify.Breaches.openat2;
import static dev.confine.launch.verify.SmallContainer.O_CLOEXEC;
import static dev.confine.launch.verify.SmallContainer.O_PATH;
import static dev.confine.launch.verify.SmallContainer.num;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.launch.Assembler;
import dev.confine.launch.Condition;
import dev.confine.launch.Instruction;
import dev.confine.launch.Label;
import dev.confine.launch.Op;
import dev.confine.launch.Operand;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Program;
import dev.confine.launch.Syscall;
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
    void cloexec_descriptorForAProgramOfTheHost_isKeptRightBeforeIt() {
        assertNoBreach(container.before("clone", VerifierTest::program));
        assertBreach(
                new SmallContainer().before("clone", c -> c.call(Syscall.DUP3, c.root, num(3), num(0))),
                "clone3 while a file descriptor is open for another program");
        assertBreach(
                new SmallContainer().before("clone", c -> c.call(Syscall.DUP3, c.root, c.root, num(0))),
                "not close-on-exec");
        assertBreach(
                new SmallContainer().before("close", c -> c.call(Syscall.DUP3, num(1), num(3), num(0))),
                "not close-on-exec");
    }

    /** A process beside the container's that becomes a program of the host's. */
    private static void program(SmallContainer c) {
        Label after = new Label();
        Data args = c.asm.zeros(88);
        c.call(Syscall.CLONE3, args, num(88)).into(c.spare);
        c.asm.jumpIf(c.spare, Condition.NOT_EQUAL, num(0), after);
        c.call(Syscall.CLOSE_RANGE, num(3), num(0xffffffffL), num(4));
        c.call(Syscall.DUP3, c.root, num(3), num(0));
        c.call(Syscall.EXECVE, c.asm.text("/usr/sbin/criu"), c.asm.zeros(8), c.asm.zeros(8));
        c.asm.place(after);
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
}
