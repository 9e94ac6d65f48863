package dev.confine.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
                .contains("java environment {LC_CTYPE=C.UTF-8, MALLOC_ARENA_MAX=1, MALLOC_TOP_PAD_=1048576}")
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
}
