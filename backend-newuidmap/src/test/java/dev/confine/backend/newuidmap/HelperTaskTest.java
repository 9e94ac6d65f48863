package dev.confine.backend.newuidmap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HelperTaskTest {
    /** Two processes that have not become their programs yet hold the pipes of each other, and stay when this JVM is killed. */
    @Test
    void twoTasks_whoseProcessesBegin_beginOneAfterTheOther() throws InterruptedException {
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger most = new AtomicInteger();
        Thread watch = new Thread(() -> {
            while (!done.get()) {
                most.accumulateAndGet(beginning(), Math::max);
            }
        });
        watch.start();
        for (int round = 0; round < 100; round++) {
            HelperTask one = HelperTask.begin(Kind.UID, "/bin/true", List.of());
            HelperTask other = HelperTask.begin(Kind.GID, "/bin/true", List.of());
            assertThat(one.result().exit()).isZero();
            assertThat(other.result().exit()).isZero();
        }
        done.set(true);
        watch.join();
        assertThat(most).hasValueLessThan(2);
    }

    /** Children of this process that are still the JDK's own starter. */
    private static int beginning() {
        return (int) ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("/jspawnhelper"))
                .count();
    }
}
