package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Condition;
import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import org.jspecify.annotations.Nullable;

/**
 * A launch program that waits for what happens to a container: one poll on a timer, on the kernel's notice that memory is used up, and on a pidfd, so nothing is asked
 * in between. What there is to say of it is Java's.
 */
public final class ObservationCompiler {
    private static final long CLOCK_MONOTONIC = 1;
    private static final long SECOND = 1_000_000_000;
    private static final int POLLFD_EVENTS = 4;
    private static final int POLLFD_REVENTS = 6;
    private static final int POLLFD = 8;
    private static final int POLLPRI = 2;
    private static final int LONGEST_DECIMAL = 20;
    private static final int LARGEST_FILE = 4096;

    private final Code code = new Code();
    private final Register timer = code.asm.register();
    private final Register notice = code.asm.register();
    private final Register file = code.asm.register();
    private final Register count = code.asm.register();
    private final Label gone = new Label();
    private final Data word = code.asm.zeros(8);
    private final Data content = code.asm.zeros(LARGEST_FILE);
    private final Data polled = code.asm.zeros(3 * POLLFD);
    private final @Nullable String v1;
    private final @Nullable String v2;

    private ObservationCompiler(@Nullable String v1, @Nullable String v2) {
        this.v1 = v1;
        this.v2 = v1 == null ? v2 : null;
    }

    /**
     * Holds a process as {@link SmallPrograms#signal} does. Then says {@link Tags#INTERVAL} each time one has passed, {@link Tags#OUT_OF_MEMORY} or {@link Tags#MEMORY_EVENTS} when
     * that happens, and {@link Tags#GONE} when the process has ended.
     *
     * @param interval ns, above 0
     * @param v1 directory of the container in the controller memory of v1, or null
     * @param v2 the same of v2, or null
     */
    public static Compiled compile(long pid, long interval, @Nullable String v1, @Nullable String v2) {
        return new ObservationCompiler(v1, v2).compile(pid, interval);
    }

    private Compiled compile(long pid, long interval) {
        Register process = SmallPrograms.hold(code, pid, gone);
        startTimer(interval);
        if (v1 != null) {
            askV1(v1);
        } else if (v2 != null) {
            openEvents(v2);
        } else {
            code.asm.move(notice, num(-1));
        }
        watch(timer, 0, POLLIN);
        watch(notice, 1, v1 != null ? POLLIN : POLLPRI);
        watch(process, 2, POLLIN);
        loop();
        code.asm.place(gone);
        code.asm.send(Tags.GONE, num(0));
        code.asm.end();
        return code.finish();
    }

    private void startTimer(long interval) {
        code.step("start a timer", "");
        code.call(Syscall.TIMERFD_CREATE, num(CLOCK_MONOTONIC), num(O_CLOEXEC)).into(timer);
        long seconds = interval / SECOND;
        long rest = interval % SECOND;
        code.call(Syscall.TIMERFD_SETTIME, timer, num(0), code.struct(seconds, rest, seconds, rest), num(0));
    }

    /** An eventfd is counted up each time; two decimals in one write tell the controller which, and of which file. */
    private void askV1(String directory) {
        Register control = code.asm.register();
        String name = directory + "/memory.oom_control";
        code.step("ask to be told when memory is used up, in " + directory, "");
        code.call(Syscall.EVENTFD2, num(0), num(O_CLOEXEC)).into(notice);
        code.call(Syscall.OPENAT, num(AT_FDCWD), code.text(name), num(O_CLOEXEC), num(0))
                .into(file);
        code.call(
                        Syscall.OPENAT,
                        num(AT_FDCWD),
                        code.text(directory + "/cgroup.event_control"),
                        num(O_WRONLY | O_CLOEXEC),
                        num(0))
                .into(control);
        Data first = code.asm.zeros(LONGEST_DECIMAL);
        Data second = code.asm.zeros(LONGEST_DECIMAL);
        Data parts = code.asm.words(first, num(0), code.text(" "), num(1), second, num(0));
        code.asm.format(count, notice, first, LONGEST_DECIMAL);
        code.asm.store(8, parts, num(8), count);
        code.asm.format(count, file, second, LONGEST_DECIMAL);
        code.asm.store(8, parts, num(40), count);
        code.call(Syscall.WRITEV, control, parts, num(3));
        code.close(control);
    }

    private void openEvents(String directory) {
        String name = directory + "/memory.events";
        code.step("open " + name, "");
        code.call(Syscall.OPENAT, num(AT_FDCWD), code.text(name), num(O_CLOEXEC), num(0))
                .into(notice);
        // it is news only once it was read
        readEvents();
    }

    private void watch(Register fd, int index, int events) {
        Data entry = polled.plus(index * POLLFD);
        code.asm.store(4, entry, num(0), fd);
        code.asm.set(entry.plus(POLLFD_EVENTS), 2, events);
    }

    private void loop() {
        Register happened = code.asm.register();
        Label wait = new Label();
        Label noNotice = new Label();
        Label noInterval = new Label();
        code.step("wait for what happens", "");
        code.asm.place(wait);
        code.call(Syscall.PPOLL, polled, num(3), num(0), num(0), num(8)).repeating();
        happened(happened, 1);
        code.asm.jumpIf(happened, Condition.EQUAL, num(0), noNotice);
        takeNotice();
        code.asm.place(noNotice);
        happened(happened, 0);
        code.asm.jumpIf(happened, Condition.EQUAL, num(0), noInterval);
        code.call(Syscall.READ, timer, word, num(8)).ignoring(Errno.EAGAIN);
        code.asm.send(Tags.INTERVAL, num(0));
        code.asm.receive(count, word, 8, num(-1));
        code.asm.place(noInterval);
        happened(happened, 2);
        code.asm.jumpIf(happened, Condition.EQUAL, num(0), wait);
        if (v2 != null) {
            // the kernel says it of the last process when that has ended
            readEvents();
        }
        code.asm.jump(gone);
    }

    private void happened(Register revents, int index) {
        code.asm.load(revents, 2, polled, num(index * POLLFD + POLLFD_REVENTS));
    }

    private void takeNotice() {
        if (v2 != null) {
            readEvents();
        } else if (v1 != null) {
            Label removed = new Label();
            code.call(Syscall.READ, notice, word, num(8));
            // that the cgroup is removed is told in the same way, and then there is nothing to read
            code.call(Syscall.PREAD64, file, content, num(LARGEST_FILE), num(0)).onAnyError(removed);
            code.asm.send(Tags.OUT_OF_MEMORY, num(0));
            code.asm.receive(count, word, 8, num(-1));
            code.asm.place(removed);
        }
    }

    /** A cgroup that was removed has nobody in it. */
    private void readEvents() {
        code.call(Syscall.PREAD64, notice, content, num(LARGEST_FILE), num(0))
                .into(count)
                .onAnyError(gone);
        code.asm.sendBytes(Tags.MEMORY_EVENTS, content, count);
        code.asm.receive(count, word, 8, num(-1));
    }
}
