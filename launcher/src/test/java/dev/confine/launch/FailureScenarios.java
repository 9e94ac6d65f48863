package dev.confine.launch;

import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import java.util.List;

/** Those of {@link Scenarios} in which something fails. */
final class FailureScenarios extends Scenario {
    FailureScenarios(SocketConversation conversation) {
        super(conversation);
    }

    void failure() {
        openMissing();
        program.end();
        runAndReport();
        say(conversation.await().toString());
        Assembler second = new Assembler();
        second.step("afterwards", "");
        second.send(1, Operand.of(1));
        second.end();
        conversation.run(second.assemble());
        say("and then " + conversation.awaitValue(1));
    }

    void reported() {
        failAfterReporting(1);
        failAfterReporting(1, -1);
        Label inChild = new Label();
        Register pid = program.register();
        program.step("of the child itself", "/child");
        program.reportAs(Operand.of(0));
        program.call(Syscall.CLONE3, cloneArgs(), Operand.of(88)).into(pid);
        program.jumpIf(pid, Condition.EQUAL, NONE, inChild);
        program.call(Syscall.WAIT4, pid, NONE, NONE, NONE).repeating();
        program.end();
        program.place(inChild);
        program.call(Syscall.FCHDIR, Operand.of(-1));
        program.end();
        runAndReport();
    }

    private void failAfterReporting(int... steps) {
        Assembler failing = new Assembler();
        failing.step("the first", "/list/0");
        failing.step("the second", "/list/1");
        failing.step("shared", "/list");
        for (int step : steps) {
            failing.reportAs(Operand.of(step));
        }
        failing.call(Syscall.FCHDIR, Operand.of(-1));
        failing.end();
        conversation.run(failing.assemble());
        report();
        say(conversation.await().toString());
    }

    void errors() {
        Register result = program.register();
        Label missing = new Label();
        program.call(Syscall.FCHDIR, Operand.of(-1)).ignoring(Errno.EBADF);
        program.call(Syscall.FCHDIR, Operand.of(-1)).ignoringErrors();
        program.call(Syscall.FCHDIR, Operand.of(-1)).into(result).onAnyError(missing);
        program.end();
        program.place(missing);
        program.send(1, result);
        program.step("raise it again", "/again");
        program.fail(result);
        conversation.run(program.assemble());
        say("result " + conversation.awaitValue(1));
        report();
    }

    void badProgram() {
        openMissing();
        Program good = program.assemble();
        Instruction jump = new Instruction(
                Op.JUMP, null, 0, null, null, 0, good.instructions().size() + 9, null, 0, List.of());
        conversation.run(new Program(List.of(jump), good.data(), good.relocations(), good.steps()));
        report();
        say(conversation.await().toString());
        conversation.run(new Program(List.of(), new byte[100], List.of(), good.steps()));
        report();
    }

    void runsOffItsEnd() {
        print("the last\n");
        runAndReport();
    }

    void javaDies() {
        Label cleanUp = new Label();
        program.onFailure(cleanUp);
        program.receive(program.register(), program.zeros(8), 8, Operand.of(-1));
        program.end();
        program.place(cleanUp);
        print("cleaned up\n");
        program.end();
        runAlone();
    }

    void signal() {
        Label cleanUp = new Label();
        Data set = program.words(Operand.of(1 << 14));
        Register signals = program.register();
        program.onFailure(cleanUp);
        program.call(Syscall.RT_SIGPROCMASK, NONE, set, NONE, Operand.of(8));
        program.call(Syscall.SIGNALFD4, Operand.of(-1), set, Operand.of(8), Operand.of(02000000))
                .into(signals);
        print("ready\n");
        program.step("wait", "/wait");
        program.receive(program.register(), program.zeros(8), 8, signals);
        program.end();
        program.place(cleanUp);
        print("cleaned up\n");
        program.end();
        runAndReport();
        say(conversation.await().toString());
    }

    void cancel() {
        Label cleanUp = new Label();
        program.onFailure(cleanUp);
        program.receive(program.register(), program.zeros(8), 8, Operand.of(-1));
        program.end();
        program.place(cleanUp);
        print("cleaned up\n");
        program.end();
        Program waits = program.assemble();
        conversation.run(waits);
        conversation.cancel();
        say("cancelled");
        conversation.run(waits);
        conversation.run(waits);
        conversation.exit(3);
        Runtime.getRuntime().halt(0);
    }
}
