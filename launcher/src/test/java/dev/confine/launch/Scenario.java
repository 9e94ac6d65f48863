package dev.confine.launch;

import dev.confine.launch.Operand.Data;
import java.util.Arrays;

/** What scenarios are made of. */
abstract class Scenario {
    static final Operand CURRENT_DIRECTORY = Operand.of(-100);
    static final Operand NONE = Operand.of(0);

    final SocketConversation conversation;
    final Assembler program = new Assembler();

    Scenario(SocketConversation conversation) {
        this.conversation = conversation;
        program.step("the first step", "/first");
    }

    Data cloneArgs() {
        Operand[] words = new Operand[11];
        Arrays.fill(words, NONE);
        words[4] = Operand.of(17);
        return program.words(words);
    }

    void openMissing() {
        program.step("open what is missing", "/missing");
        program.call(Syscall.OPENAT, CURRENT_DIRECTORY, program.text("/does/not/exist"), Operand.of(02000000), NONE);
    }

    void print(String text) {
        Data at = program.text(text);
        program.call(Syscall.WRITE, Operand.of(1), at, Operand.of(text.length()));
    }

    void runAlone() {
        conversation.run(program.assemble());
        Runtime.getRuntime().halt(0);
    }

    void runToTheEnd() {
        conversation.run(program.assemble());
        conversation.awaitDone();
    }

    void runAndReport() {
        conversation.run(program.assemble());
        report();
    }

    void report() {
        try {
            Event event = conversation.await();
            say("no failure but " + event);
        } catch (LaunchFailure failure) {
            say(String.valueOf(failure.getMessage()));
        }
    }

    void say(String line) {
        conversation.out(line + "\n");
    }
}
