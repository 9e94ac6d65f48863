package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/** What stays in memory for a container: no JVM, and little else. */
@Containers
final class MemoryTest {
    private static final long CREATED_KILOBYTES = 300;
    private static final long FOREGROUND_KILOBYTES = 1024;

    @AsEach
    void createdContainer_keepsTheLauncherAlone(As as) {
        Bundle bundle = Bundle.of(as);
        bundle.create().success();
        assertThat(proportional(bundle.pid())).isBetween(1L, CREATED_KILOBYTES);
        assertThat(Scratch.read(Path.of("/proc/" + bundle.pid() + "/comm"))).isEqualTo("confine\n");
        bundle.confine("delete", "--force", bundle.id()).success();
    }

    @AsEach
    void foregroundContainer_keepsTheFrontAndNoJvm(As as) {
        Bundle bundle = Bundle.of(as).script("echo ready; exec sleep 100");
        Command.Running running = bundle.start().until("ready");
        Eventually.holds("the JVM ends", () -> proportionalOfRun() <= FOREGROUND_KILOBYTES);
        bundle.confine("kill", bundle.id(), "KILL").success();
        assertThat(running.await().exit()).isEqualTo(137);
    }

    /** Of everything that comes from this test, kB. */
    private static long proportionalOfRun() {
        return Processes.of(Scratch.current()).stream()
                .filter(process -> !process.command().startsWith("sleep"))
                .mapToLong(process -> proportional(process.pid()))
                .sum();
    }

    private static long proportional(long pid) {
        return Scratch.read(Path.of("/proc/" + pid + "/smaps_rollup"))
                .lines()
                .filter(line -> line.startsWith("Pss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .sum();
    }
}
