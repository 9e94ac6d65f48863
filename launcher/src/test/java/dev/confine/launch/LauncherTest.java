package dev.confine.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher that was built, with a real JVM at the other end. */
class LauncherTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Distribution distribution;

    @BeforeEach
    void install() throws IOException {
        distribution = Distribution.in(directory);
    }

    // ---- the caller

    @Test
    void hello_aCallerWithEverythingUnusual_isDescribed() throws Exception {
        Files.createDirectory(directory.resolve("work"));
        Files.createFile(directory.resolve("inherited"));
        Process process = distribution.start(
                "cd work; umask 027; exec 7<../inherited; EMPTY= _CONFINE_LIB=/nowhere exec \"$0\" \"$@\"",
                "caller",
                "",
                "ü\n");
        Distribution.Result result = distribution.finish(process);
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isEqualTo(7);
        assertThat(result.out().lines())
                .contains("pid " + process.pid(), "umask 27", "cwd " + directory + "/work", "args [caller, , ü")
                .contains("terminals 0", "EMPTY ", "library false", "java cwd " + directory + "/lib")
                .contains("java environment {LC_CTYPE=C.UTF-8}")
                .doesNotContain("java has the caller's file");
    }

    @Test
    void hello_aRemovedWorkingDirectory_isEmpty() throws Exception {
        assertThat(distribution
                        .shell("mkdir gone; cd gone; rmdir ../gone; exec \"$0\" \"$@\"", "caller")
                        .out()
                        .lines())
                .contains("cwd ");
    }

    @Test
    void front_aProcessInItsPlace_hasWhatTheCallerHad() throws Exception {
        Files.createFile(directory.resolve("inherited"));
        Distribution.Result result =
                distribution.shell("umask 031; echo input | (exec 7<inherited; exec \"$0\" \"$@\")", "execute");
        assertThat(result.err()).isEmpty();
        assertThat(result.out().lines())
                .containsExactly(directory.toString(), "0031", "0", "1", "2", "3", "7", "input");
    }

    @Test
    void front_withoutStandardFds_worksAndLosesOutput() throws Exception {
        Distribution.Result result = distribution.shell("exec \"$0\" \"$@\" <&- >&- 2>&-", "write");
        assertThat(result).isEqualTo(new Distribution.Result(0, "", ""));
    }

    @Test
    void front_itsExecutable_isASealedCopyInMemory() throws Exception {
        assertThat(distribution.run("seals").out().lines()).containsExactly("seals 15", "exe /memfd:confine (deleted)");
    }

    // ---- programs

    @Test
    void program_aSystemCall_isMade() throws Exception {
        assertThat(distribution.run("write")).isEqualTo(new Distribution.Result(0, "written by the program\n", ""));
    }

    @Test
    void program_aChild_talksAndEnds() throws Exception {
        assertThat(distribution.run("child").out().lines()).containsExactly("child says 0", "status 1280");
    }

    @Test
    void program_aFailingChild_isReportedAndTheFrontCleansUp() throws Exception {
        assertThat(distribution.run("childFailure").out().lines())
                .containsExactlyInAnyOrder(
                        "cleaned up", "in the child: EBADF: bad file descriptor (config.json /child)", "Done[]");
    }

    @Test
    void program_numbers_areFormattedWithinTheirRoom() throws Exception {
        assertThat(distribution.run("format").out().lines())
                .containsExactly(
                        "/proc/self/fd/-9223372036854775808",
                        "digits 20",
                        "/proc/self/fd/0",
                        "too little room: EFAULT: bad address");
    }

    @Test
    void program_loadsAndStores_staysInItsData() throws Exception {
        assertThat(distribution.run("memory").out().lines())
                .containsExactly(
                        "1", "201", "4030201", "8807060504030201", "ffff", "below the data: EFAULT: bad address");
    }

    @Test
    void program_aLoop_ends() throws Exception {
        assertThat(distribution.run("loop").out()).isEqualTo("round\nround\nround\n");
    }

    // ---- failures

    @Test
    void failure_aStep_isReportedAndTheConversationGoesOn() throws Exception {
        assertThat(distribution.run("failure").out().lines())
                .containsExactly(
                        "open what is missing: ENOENT: no such file or directory (config.json /missing)",
                        "Done[]",
                        "and then 1");
    }

    @Test
    void failure_reportedAsAnotherStep_isThatOnesUntilTakenBackAndInThisProcessAlone() throws Exception {
        assertThat(distribution.run("reported").out().lines())
                .containsExactly(
                        "the second: EBADF: bad file descriptor (config.json /list/1)",
                        "Done[]",
                        "shared: EBADF: bad file descriptor (config.json /list)",
                        "Done[]",
                        "of the child itself: EBADF: bad file descriptor (config.json /child)");
    }

    @Test
    void failure_errorsThatAreExpected_areJumpedOn() throws Exception {
        assertThat(distribution.run("errors").out().lines())
                .containsExactly("result -9", "raise it again: EBADF: bad file descriptor (config.json /again)");
    }

    @Test
    void failure_aBadProgram_isRefusedAndTheConversationGoesOn() throws Exception {
        assertThat(distribution.run("badProgram").out().lines())
                .containsExactly(
                        "the first step: EINVAL: invalid argument (config.json /first)",
                        "Done[]",
                        "the first step: EINVAL: invalid argument (config.json /first)");
    }

    @Test
    void failure_aProgramWithoutEnd_isReported() throws Exception {
        assertThat(distribution.run("runsOffItsEnd").out().lines())
                .containsExactly("the last", "the first step: EFAULT: bad address (config.json /first)");
    }

    @Test
    void failure_javaDies_cleansUpAndSaysSo() throws Exception {
        assertThat(distribution.run("javaDies"))
                .isEqualTo(new Distribution.Result(1, "cleaned up\n", "confine: java ended unexpectedly\n"));
    }

    @Test
    void failure_aSignalWhileWaiting_isEintr() throws Exception {
        Process process = distribution.start("exec \"$0\" \"$@\"", "signal");
        while (!distribution.text("out").contains("ready")) {
            Thread.sleep(10);
        }
        process.destroy();
        Distribution.Result result = distribution.finish(process);
        assertThat(result.code()).isZero();
        assertThat(result.out().lines())
                .containsExactly(
                        "ready", "cleaned up", "wait: EINTR: interrupted system call (config.json /wait)", "Done[]");
    }

    @Test
    void failure_cancelledOrOvertaken_cleansUp() throws Exception {
        Distribution.Result result = distribution.run("cancel");
        assertThat(result.out()).isEqualTo("cleaned up\ncancelled\ncleaned up\ncleaned up\n");
        assertThat(result.code()).isEqualTo(3);
    }

    // ---- data and output

    @Test
    void receive_data_isBounded() throws Exception {
        assertThat(distribution.run("data").out().lines())
                .containsExactly("before the data", "hello", "count 0", "the long one: EMSGSIZE: message too long");
    }

    @Test
    void send_moreThanAFrameOfAProgram_isAFailure() throws Exception {
        assertThat(distribution.run("sendTooMuch").out().lines())
                .containsExactly("bytes 32768", "the first step: EMSGSIZE: message too long (config.json /first)");
    }

    @Test
    void output_megabytes_areWrittenInFull() throws Exception {
        Distribution.Result result = distribution.run("output");
        assertThat(result.out()).hasSize(3_000_001);
        assertThat(result.err()).isEqualTo("to stderr\n");
    }

    @Test
    void output_aFullDisk_isExitCode1() throws Exception {
        assertThat(distribution.shell("exec \"$0\" \"$@\" >/dev/full", "output").code())
                .isEqualTo(1);
    }

    @Test
    void release_theRest_runsWithoutJava() throws Exception {
        assertThat(distribution.run("releases")).isEqualTo(new Distribution.Result(0, "alone\n", ""));
        assertThat(distribution.run("exits").code()).isEqualTo(137);
        assertThat(distribution.run("failsAlone"))
                .isEqualTo(new Distribution.Result(1, "", "confine: step 2 failed: errno 2\n"));
    }

    // ---- java

    @Test
    void java_installedBesideOtherPrograms_isFoundThroughALink() throws Exception {
        Path installed = directory.resolve("usr/local");
        Distribution other = Distribution.in(installed, "lib/confine");
        Files.createSymbolicLink(directory.resolve("link"), installed.resolve("bin/confine"));
        assertThat(other.shell("exec \"$1\" caller", directory + "/link").out().lines())
                .contains("java cwd " + installed + "/lib/confine", "args [caller]");
    }

    @Test
    void java_withoutArguments_isStartedByTheFinder() throws Exception {
        Files.delete(directory.resolve("lib/java.args"));
        Path finder = directory.resolve("lib/find-java");
        List<String> arguments = Distribution.javaArguments();
        Files.writeString(finder, "#!/bin/sh\nexec " + String.join(" ", arguments) + "\n");
        assertThat(finder.toFile().setExecutable(true)).isTrue();
        assertThat(distribution.run("write").out()).isEqualTo("written by the program\n");
    }

    /** The condition that a file is as it is now. */
    private static String asItIs(Path file) throws IOException {
        return "#" + Files.size(file) + " " + Files.getLastModifiedTime(file).to(TimeUnit.SECONDS) + " " + file;
    }

    private static void write(Path file, String condition) throws IOException {
        List<String> arguments = new ArrayList<>(Distribution.javaArguments());
        arguments.add(1, condition);
        Files.write(file, arguments);
    }

    @Test
    void java_whoseConditionsHold_isStarted_elseItsArgumentsCountAsMissing() throws Exception {
        Path jar = Files.writeString(directory.resolve("lib/the jar"), "jar");
        Path arguments = directory.resolve("lib/java.args");
        Distribution.Result missing = new Distribution.Result(
                1, "", "confine: cannot start java: " + directory + "/lib/find-java: errno 2\n");
        write(arguments, asItIs(jar));
        assertThat(distribution.run("write").out()).isEqualTo("written by the program\n");
        write(arguments, "#3 1 the jar");
        assertThat(distribution.run("write")).isEqualTo(missing);
        write(arguments, asItIs(jar));
        Files.writeString(jar, "changed");
        assertThat(distribution.run("write")).isEqualTo(missing);
        for (String wrong : List.of("#", "#3", "#3 1 gone", "# " + jar, asItIs(jar) + "x")) {
            write(arguments, wrong);
            assertThat(distribution.run("write")).isEqualTo(missing);
        }
    }

    @Test
    void java_withoutAnswer_isFollowedByOneWithTheOtherArguments() throws Exception {
        List<String> arguments = new ArrayList<>(Distribution.javaArguments());
        arguments.add(1, "-Dfull=true");
        Files.write(directory.resolve("lib/java.full.args"), arguments);
        assertThat(distribution.run("again", "and again"))
                .isEqualTo(new Distribution.Result(0, "not an answer\nanswered to [again, and again]\n", ""));
    }

    @Test
    void java_withoutAnswerAndNoOther_isAnError() throws Exception {
        assertThat(distribution.run("again"))
                .isEqualTo(new Distribution.Result(
                        1,
                        "not an answer\n",
                        "confine: cannot start java: " + directory + "/lib/find-java: errno 2\n"));
    }

    @Test
    void java_nowhere_isNamed() throws Exception {
        Files.delete(directory.resolve("lib/java.args"));
        assertThat(distribution.run("write"))
                .isEqualTo(new Distribution.Result(
                        1, "", "confine: cannot start java: " + directory + "/lib/find-java: errno 2\n"));
    }

    // ---- a JVM that runs already

    private ServerSocketChannel listen(String name) throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(directory.resolve(name)));
    }

    private static SocketConversation meet(ServerSocketChannel server) throws IOException {
        SocketChannel channel = server.accept();
        return new SocketConversation(Channels.newInputStream(channel), Channels.newOutputStream(channel), false);
    }

    @Test
    void parent_thatListens_hasTheConversation() throws Exception {
        try (ServerSocketChannel server = listen("parent")) {
            Process process = distribution.start("_CONFINE_SOCKET=$PWD/parent exec \"$0\" \"$@\"", "one", "two");
            SocketConversation conversation = meet(server);
            assertThat(conversation.caller().args()).containsExactly("one", "two");
            assertThat(conversation.caller().environment()).doesNotContainKey("_CONFINE_SOCKET");
            assertThat(conversation.caller().pid()).isEqualTo(process.pid());
            conversation.out("answered\n");
            conversation.exit(5);
            assertThat(distribution.finish(process)).isEqualTo(new Distribution.Result(5, "answered\n", ""));
        }
    }

    @Test
    void parent_thatIsGone_isAnError() throws Exception {
        assertThat(distribution.shell("_CONFINE_SOCKET=$PWD/parent exec \"$0\" \"$@\"", "write"))
                .isEqualTo(new Distribution.Result(
                        1, "", "confine: cannot connect to the program that started it: errno 2\n"));
    }

    private Process startWithEngine(String scenario) throws IOException {
        return distribution.start("CONFINE_ENGINE_SOCKET=$PWD/engine exec \"$0\" \"$@\"", scenario);
    }

    @Test
    void engine_thatTakesTheCommand_answersIt() throws Exception {
        try (ServerSocketChannel server = listen("engine")) {
            Process process = startWithEngine("write");
            SocketConversation conversation = meet(server);
            assertThat(conversation.library()).isEqualTo(directory + "/lib");
            conversation.take();
            conversation.err("the engine\n");
            conversation.exit(6);
            assertThat(distribution.finish(process)).isEqualTo(new Distribution.Result(6, "", "the engine\n"));
        }
    }

    @Test
    void engine_thatHasNoAnswer_isFollowedByTheOtherArguments() throws Exception {
        List<String> arguments = new ArrayList<>(Distribution.javaArguments());
        arguments.add(1, "-Dfull=true");
        Files.write(directory.resolve("lib/java.full.args"), arguments);
        try (ServerSocketChannel server = listen("engine")) {
            Process process = startWithEngine("again");
            meet(server).again();
            assertThat(distribution.finish(process)).isEqualTo(new Distribution.Result(0, "answered to [again]\n", ""));
        }
    }

    @Test
    void engine_thatGoesAwayBeforeItTakesTheCommand_isNotMissed() throws Exception {
        try (ServerSocketChannel server = listen("engine")) {
            Process process = startWithEngine("write");
            server.accept().close();
            assertThat(distribution.finish(process))
                    .isEqualTo(new Distribution.Result(0, "written by the program\n", ""));
        }
    }

    @Test
    void engine_thatIsSilent_isNotWaitedForAndHearsOfIt() throws Exception {
        try (ServerSocketChannel server = listen("engine")) {
            Process process = startWithEngine("write");
            SocketConversation conversation = meet(server);
            assertThat(distribution.finish(process).out()).isEqualTo("written by the program\n");
            assertThatThrownBy(conversation::take).isInstanceOf(ConversationLost.class);
        }
    }

    @Test
    void engine_thatDiesAfterItTookTheCommand_isAnError() throws Exception {
        try (ServerSocketChannel server = listen("engine")) {
            Process process = startWithEngine("write");
            try (SocketChannel channel = server.accept()) {
                new SocketConversation(Channels.newInputStream(channel), Channels.newOutputStream(channel), false)
                        .take();
            }
            assertThat(distribution.finish(process))
                    .isEqualTo(new Distribution.Result(1, "", "confine: the engine ended unexpectedly\n"));
        }
    }

    @Test
    void engine_thatIsNotWanted_isNotAsked() throws Exception {
        try (ServerSocketChannel server = listen("engine")) {
            assertThat(distribution
                            .shell("CONFINE_ENGINE=off CONFINE_ENGINE_SOCKET=$PWD/engine exec \"$0\" \"$@\"", "write")
                            .out())
                    .isEqualTo("written by the program\n");
            server.configureBlocking(false);
            assertThat(server.accept()).isNull();
        }
    }
}
