package dev.confine.launch;

import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.spi.Caller;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

/**
 * What the Java side of {@link LauncherTest} does: it is the "java" that the launcher under test starts, and plays the scenario that its
 * caller named. Results go to the caller's standard output.
 */
final class Scenarios extends Scenario {
    private Scenarios(SocketConversation conversation) {
        super(conversation);
    }

    public static void main(String[] args) throws ReflectiveOperationException {
        SocketConversation conversation = SocketConversation.onStandardInput();
        String name = conversation.caller().args().get(0);
        for (Scenario scenarios : List.of(new Scenarios(conversation), new FailureScenarios(conversation))) {
            for (Method method : scenarios.getClass().getDeclaredMethods()) {
                if (method.getName().equals(name)) {
                    method.invoke(scenarios);
                }
            }
        }
        conversation.exit(0);
        Runtime.getRuntime().halt(0);
    }

    // ---- the caller

    void caller() throws IOException {
        Caller caller = conversation.caller();
        say("pid " + caller.pid());
        say("ids " + caller.uid() + " " + caller.gid());
        say("umask " + Integer.toOctalString(caller.umask()));
        say("cwd " + caller.cwd());
        say("args " + caller.args());
        say("terminals " + caller.terminals());
        say("EMPTY " + caller.environment().get("EMPTY"));
        say("library " + caller.environment().containsKey("_CONFINE_LIB"));
        say("java cwd " + new File("").getAbsolutePath());
        say("java environment " + new TreeMap<>(System.getenv()));
        try (DirectoryStream<Path> fds = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path fd : fds) {
                if (Files.exists(fd) && Files.readSymbolicLink(fd).endsWith("inherited")) {
                    say("java has the caller's file");
                }
            }
        }
        conversation.exit(7);
        Runtime.getRuntime().halt(0);
    }

    void again() {
        if (Boolean.getBoolean("full")) {
            say("answered to " + conversation.caller().args());
        } else {
            conversation.out("not an answer\n");
            conversation.again();
            Runtime.getRuntime().halt(0);
        }
    }

    void execute() {
        Data shell = program.text("/bin/sh");
        Data argv = program.words(
                shell, program.text("-c"), program.text("pwd; umask; ls /proc/self/fd; cat"), Operand.of(0));
        program.releaseConversation();
        program.call(Syscall.EXECVE, shell, argv, program.words(program.text("PATH=/usr/bin:/bin"), Operand.of(0)));
        runAlone();
    }

    void seals() {
        Register file = program.register();
        program.call(Syscall.OPENAT, CURRENT_DIRECTORY, program.text("/proc/self/exe"), Operand.of(02000000), NONE)
                .into(file);
        program.call(Syscall.FCNTL, file, Operand.of(1034)).into(file);
        program.send(1, file);
        program.end();
        conversation.run(program.assemble());
        say("seals " + conversation.awaitValue(1));
        conversation.awaitDone();
        String link = new File("/proc/" + conversation.caller().pid() + "/exe")
                .toPath()
                .toString();
        try {
            say("exe " + Files.readSymbolicLink(Path.of(link)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- programs

    void write() {
        print("written by the program\n");
        program.end();
        runToTheEnd();
    }

    void child() {
        Label inChild = new Label();
        Register child = program.register();
        Register status = program.register();
        Data waited = program.zeros(8);
        program.call(Syscall.CLONE3, cloneArgs(), Operand.of(88)).into(child);
        program.jumpIf(child, Condition.EQUAL, NONE, inChild);
        program.call(Syscall.WAIT4, child, waited, NONE, NONE).repeating();
        program.load(status, 4, waited, NONE);
        program.send(2, status);
        program.end();
        program.place(inChild);
        program.send(1, child);
        program.exit(Operand.of(5));
        conversation.run(program.assemble());
        say("child says " + conversation.awaitValue(1));
        say("status " + conversation.awaitValue(2));
        conversation.awaitDone();
    }

    void childFailure() {
        Label inChild = new Label();
        Label cleanUp = new Label();
        Register child = program.register();
        program.onFailure(cleanUp);
        program.call(Syscall.CLONE3, cloneArgs(), Operand.of(88)).into(child);
        program.jumpIf(child, Condition.EQUAL, NONE, inChild);
        program.call(Syscall.WAIT4, child, NONE, NONE, NONE).repeating();
        program.fail(Operand.of(Errno.ECHILD.number()));
        program.place(inChild);
        program.step("in the child", "/child");
        program.call(Syscall.FCHDIR, Operand.of(-1));
        program.place(cleanUp);
        print("cleaned up\n");
        program.end();
        runAndReport();
        say(conversation.await().toString());
    }

    void format() {
        Data path = program.text("/proc/self/fd/0123456789012345678901");
        Register digits = program.register();
        program.format(digits, Operand.of(Long.MIN_VALUE), path.plus(14), 20);
        program.sendBytes(1, path, Operand.of(34));
        program.send(2, digits);
        program.format(digits, Operand.of(0), path.plus(14), 1);
        program.sendBytes(3, path, Operand.of(15));
        program.step("too little room", "");
        program.format(digits, Operand.of(10), path.plus(14), 1);
        program.end();
        conversation.run(program.assemble());
        say(new String(conversation.awaitBytes(1), StandardCharsets.UTF_8));
        say("digits " + conversation.awaitValue(2));
        say(new String(conversation.awaitBytes(3), StandardCharsets.UTF_8));
        report();
    }

    void memory() {
        Data bytes = program.bytes(new byte[] {1, 2, 3, 4, 5, 6, 7, (byte) 0x88, 9});
        Register value = program.register();
        Register at = program.register();
        for (int width : new int[] {1, 2, 4, 8}) {
            program.load(value, width, bytes, NONE);
            program.send(width, value);
        }
        program.move(at, bytes);
        program.store(2, bytes, Operand.of(7), Operand.of(-1));
        program.load(value, 2, bytes, Operand.of(7));
        program.send(16, value);
        program.add(at, at, Operand.of(-1));
        program.step("below the data", "");
        program.call(Syscall.GETPID);
        program.add(at, at, Operand.of(9));
        program.load(value, 8, bytes, at);
        program.end();
        conversation.run(program.assemble());
        for (int tag : new int[] {1, 2, 4, 8, 16}) {
            say(Long.toHexString(conversation.awaitValue(tag)));
        }
        report();
    }

    void loop() {
        Register count = program.register();
        Label again = new Label();
        program.move(count, Operand.of(3));
        program.place(again);
        print("round\n");
        program.add(count, count, Operand.of(-1));
        program.jumpIf(count, Condition.AT_LEAST, Operand.of(1), again);
        program.jumpIf(count, Condition.LESS, NONE, again);
        program.jumpIf(count, Condition.NOT_EQUAL, NONE, again);
        program.end();
        runToTheEnd();
    }

    // ---- data and output

    void data() {
        Data buffer = program.zeros(8);
        Register count = program.register();
        program.receive(count, buffer, 8, Operand.of(-1));
        program.sendBytes(1, buffer, count);
        program.receive(count, buffer, 8, Operand.of(-1));
        program.send(2, count);
        program.step("the long one", "");
        program.receive(count, buffer, 8, Operand.of(-1));
        program.end();
        conversation.run(program.assemble());
        say("before the data");
        conversation.data("hello".getBytes(StandardCharsets.UTF_8));
        say(new String(conversation.awaitBytes(1), StandardCharsets.UTF_8));
        conversation.data(new byte[0]);
        say("count " + conversation.awaitValue(2));
        conversation.data(new byte[9]);
        report();
    }

    void sendTooMuch() {
        Data room = program.zeros(40000);
        program.sendBytes(1, room, Operand.of(32768));
        program.sendBytes(1, room, Operand.of(32769));
        program.end();
        conversation.run(program.assemble());
        say("bytes " + conversation.awaitBytes(1).length);
        report();
    }

    void output() {
        conversation.out("x".repeat(3_000_000) + "\n");
        conversation.err("to stderr\n");
    }

    void releases() {
        program.releaseConversation();
        program.send(1, Operand.of(1));
        print("alone\n");
        program.end();
        runAlone();
    }

    void failsAlone() {
        program.step("unused", "");
        program.releaseConversation();
        openMissing();
        runAlone();
    }

    void exits() {
        program.releaseConversation();
        program.exit(Operand.of(137));
        runAlone();
    }
}
