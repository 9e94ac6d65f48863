package dev.confine.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The launcher's C with address and undefined-behaviour sanitizers, on streams that are cut and mutated. See harness.c. */
class HostedTest {
    private static final Path OUTPUT = Path.of("target/harness");

    private static final Path HARNESS = OUTPUT.resolve("harness");

    @BeforeAll
    static void build() throws Exception {
        Files.createDirectories(OUTPUT);
        run("src/test/c/build.sh", "src/main/c", "src/test/c", "target/generated-c", HARNESS.toString());
    }

    @Test
    void launcher_everyOperation_staysWithinItsMemory() throws Exception {
        // DONE with its twelve bytes at the end
        assertThat(play("every-operation", everyOperation(), 20000))
                .contains(": exit 3 after 24 instructions")
                .endsWith(" 05 00 00 00 00 00 00 00 00 00 00 00\n");
    }

    @Test
    void launcher_accessAroundTheDatasEnds_isTheDataOrAFailure() throws Exception {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        stream.write(Wire.encode(aroundTheEnds(), machine()));
        stream.write(Frame.encode(FrameType.EXIT, 0, new byte[0]));
        String played = play("around-the-ends", stream.toByteArray(), 2000);
        // of 60 places of 8 bytes 9 are in 16 bytes of data; each is loaded, stored, formatted to and sent from
        assertThat(count(played, " 02 00 00 00 00 00 00 00 08 00 00 00 0e 00 00 00"))
                .isEqualTo(4 * (60 - 9));
        assertThat(count(played, " 04 00 00 00 07 00 00 00 08 00 00 00")).isEqualTo(9);
    }

    @Test
    void launcher_programsWithOneThingWrong_refusesEach() throws Exception {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        List<byte[]> wrong = BadPrograms.all(machine());
        for (byte[] frame : wrong) {
            stream.write(frame);
        }
        stream.write(Frame.encode(FrameType.EXIT, 0, new byte[0]));
        String played = play("wrong", stream.toByteArray(), 2000);
        assertThat(played).contains("exit 0 after 0 instructions");
        assertThat(count(played, " 02 00 00 00 00 00 00 00 08 00 00 00 16 00 00 00 2a 00 00 00 05 00 00 00"))
                .isEqualTo(wrong.size());
    }

    private static String play(String name, byte[] content, int mutations) throws Exception {
        Path stream = OUTPUT.resolve(name);
        Files.write(stream, content);
        return run(HARNESS.toString(), Integer.toString(mutations), stream.toString());
    }

    private static int count(String text, String part) {
        int count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
            count++;
        }
        return count;
    }

    private static Program aroundTheEnds() {
        Assembler program = new Assembler();
        Register index = program.register();
        Register place = program.register();
        Register value = program.register();
        Label again = new Label();
        Data data = program.zeros(16);
        program.step("around the ends", "");
        program.move(index, Operand.of(-30));
        program.place(again);
        program.add(place, data, index);
        for (int operation = 0; operation < 4; operation++) {
            Label next = new Label();
            program.onFailure(next);
            switch (operation) {
                case 0 -> program.load(value, 8, data, index);
                case 1 -> program.store(8, data, index, Operand.of(-1));
                case 2 -> program.format(value, Operand.of(12345678), place, 8);
                default -> program.sendBytes(7, place, Operand.of(8));
            }
            program.place(next);
        }
        program.add(index, index, Operand.of(1));
        program.jumpIf(index, Condition.LESS, Operand.of(30), again);
        program.end();
        return program.assemble();
    }

    /** A conversation in which every operation is used. */
    private static byte[] everyOperation() throws IOException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        stream.write(Frame.encode(FrameType.STDERR, 0, "err".getBytes(StandardCharsets.UTF_8)));
        stream.write(Wire.encode(program(), machine()));
        stream.write(Frame.encode(FrameType.STDOUT, 0, "out".getBytes(StandardCharsets.UTF_8)));
        stream.write(Frame.encode(FrameType.DATA, 0, new byte[] {1, 2, 3}));
        stream.write(Frame.encode(FrameType.CANCEL, 0, new byte[0]));
        stream.write(Frame.encode(FrameType.EXIT, 3, new byte[0]));
        return stream.toByteArray();
    }

    private static Architecture machine() {
        return System.getProperty("os.arch").equals("aarch64") ? Architecture.AARCH64 : Architecture.X86_64;
    }

    private static Program program() {
        Assembler program = new Assembler();
        Register a = program.register();
        Register b = program.register();
        Label undo = new Label();
        Label again = new Label();
        Label inChild = new Label();
        Label on = new Label();
        program.step("everything", "");
        Data room = program.zeros(64);
        Data args = program.words(program.text("one"), program.text("two"), Operand.of(0));
        program.onFailure(undo);
        program.reportAs(Operand.of(0));
        program.call(Syscall.OPENAT, Operand.of(-100), program.text("/"), Operand.of(02000000), Operand.of(0))
                .into(a)
                .onError(Errno.ENOENT, undo);
        program.call(Syscall.WRITE, a, args, Operand.of(24)).repeating();
        program.call(Syscall.CLONE3, room, Operand.of(64)).into(b).onAnyError(undo);
        program.jumpIf(b, Condition.EQUAL, Operand.of(0), inChild);
        program.place(inChild);
        program.format(a, b, room, 32);
        program.sendBytes(1, room, a);
        program.store(8, room, Operand.of(8), b);
        program.move(a, Operand.of(3));
        program.place(again);
        program.load(b, 4, room, a);
        program.add(a, a, Operand.of(-1));
        program.jumpIf(a, Condition.AT_LEAST, Operand.of(1), again);
        program.send(2, b);
        program.receive(a, room, 16, Operand.of(-1));
        program.jump(on);
        program.place(undo);
        program.fail(Operand.of(5));
        program.exit(Operand.of(9));
        program.releaseConversation();
        program.place(on);
        program.call(Syscall.CLOSE, b).ignoring(Errno.EBADF);
        program.end();
        return program.assemble();
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Path log = OUTPUT.resolve("log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        String output = Files.readString(log);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
