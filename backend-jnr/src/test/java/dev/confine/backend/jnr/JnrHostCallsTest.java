package dev.confine.backend.jnr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confine.ConfineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class JnrHostCallsTest {
    private static final int SIGTERM = 15;

    private final JnrHostCalls calls = new JnrHostCalls();

    @Test
    void signal_toAProcess_endsIt() throws Exception {
        Process sleeper = new ProcessBuilder("sleep", "60").start();
        calls.signal(sleeper.pid(), startTime(sleeper.pid()), 0);
        assertThat(sleeper.isAlive()).isTrue();
        calls.signal(sleeper.pid(), startTime(sleeper.pid()), SIGTERM);
        assertThat(sleeper.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(sleeper.exitValue()).isEqualTo(128 + SIGTERM);
    }

    @Test
    void signal_toAPidThatIsAnotherProcessNow_isNotSent() throws Exception {
        Process sleeper = new ProcessBuilder("sleep", "60").start();
        try {
            assertThatThrownBy(() -> calls.signal(sleeper.pid(), startTime(sleeper.pid()) - 1, SIGTERM))
                    .isInstanceOf(ConfineException.class)
                    .hasMessageContaining("no such process: its pid belongs to another one now");
            assertThat(sleeper.waitFor(100, TimeUnit.MILLISECONDS)).isFalse();
        } finally {
            sleeper.destroyForcibly();
        }
    }

    @Test
    void signal_toNoProcess_isSaid() {
        assertThatThrownBy(() -> calls.signal(4194304, 1, SIGTERM))
                .hasMessage("process 4194304: ESRCH: no such process");
    }

    @Test
    void signal_thatIsNone_isSaid() throws Exception {
        long me = ProcessHandle.current().pid();
        assertThatThrownBy(() -> calls.signal(me, startTime(me), 4711)).hasMessageContaining("EINVAL");
    }

    @Test
    void fileSystem_ofProc_hasItsName() {
        assertThat(calls.fileSystem("/proc/self")).isEqualTo("proc");
    }

    @Test
    void fileSystem_ofNoPath_isSaid() {
        assertThatThrownBy(() -> calls.fileSystem("/nowhere/at/all"))
                .hasMessage("statfs /nowhere/at/all: ENOENT: no such file or directory");
    }

    @Test
    void fileSystem_withoutAName_isItsNumber() {
        assertThat(FileSystems.nameOf(0x1234)).isEqualTo("0x1234");
        assertThat(FileSystems.nameOf(0xffff_ffff_9123_683eL)).isEqualTo("btrfs");
    }

    private static long startTime(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19]);
    }
}
