package dev.confine.validate;

import dev.confine.spec.IOPriority;
import dev.confine.spec.Process;
import dev.confine.spec.Scheduler;
import org.jspecify.annotations.Nullable;

/** {@code process.scheduler}, {@code ioPriority} and {@code execCPUAffinity}; the limits are those of sched_setattr(2) and ioprio_set(2). */
final class SchedulingRules {
    private SchedulingRules() {}

    static void check(Process process, Violations found) {
        scheduler(process.scheduler(), found);
        IOPriority io = process.ioPriority();
        if (io != null && (io.priority() < 0 || io.priority() > 7)) {
            found.add("/process/ioPriority/priority", "must be from 0 (highest) to 7, not " + io.priority());
        }
        NumberList.check(
                "/process/execCPUAffinity/initial", process.execCPUAffinity().initial(), found);
        NumberList.check(
                "/process/execCPUAffinity/final", process.execCPUAffinity().afterwards(), found);
    }

    private static void scheduler(@Nullable Scheduler scheduler, Violations found) {
        if (scheduler == null) {
            return;
        }
        String pointer = "/process/scheduler";
        if (scheduler.nice() < -20 || scheduler.nice() > 19) {
            found.add(pointer + "/nice", "must be from -20 (highest) to 19, not " + scheduler.nice());
        }
        switch (scheduler.policy()) {
            case SCHED_FIFO, SCHED_RR -> {
                if (scheduler.priority() < 1 || scheduler.priority() > 99) {
                    found.add(
                            pointer + "/priority",
                            "must be from 1 to 99 with " + scheduler.policy() + ", not " + scheduler.priority());
                }
            }
            default ->
                found.addIf(
                        scheduler.priority() != 0,
                        pointer + "/priority",
                        "goes with SCHED_FIFO and SCHED_RR only, not " + scheduler.policy());
        }
        deadline(scheduler, pointer, found);
    }

    private static void deadline(Scheduler scheduler, String pointer, Violations found) {
        if (scheduler.policy() == Scheduler.Policy.SCHED_DEADLINE) {
            found.addIf(
                    scheduler.runtime() == 0, pointer + "/runtime", "is required with SCHED_DEADLINE, in nanoseconds");
            return;
        }
        String only = "goes with SCHED_DEADLINE only, not " + scheduler.policy();
        found.addIf(scheduler.runtime() != 0, pointer + "/runtime", only);
        found.addIf(scheduler.deadline() != 0, pointer + "/deadline", only);
        found.addIf(scheduler.period() != 0, pointer + "/period", only);
    }
}
