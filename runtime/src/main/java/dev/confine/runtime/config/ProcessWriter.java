package dev.confine.runtime.config;

import dev.confine.spec.Box;
import dev.confine.spec.Capabilities;
import dev.confine.spec.ExecCPUAffinity;
import dev.confine.spec.IOPriority;
import dev.confine.spec.Process;
import dev.confine.spec.Rlimit;
import dev.confine.spec.Scheduler;
import dev.confine.spec.User;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes {@code process} of config.json. */
final class ProcessWriter {
    private ProcessWriter() {}

    static void process(Out out, Process process) throws IOException {
        out.open("process");
        out.bool("terminal", process.terminal());
        consoleSize(out, process.consoleSize());
        user(out, process.user());
        out.texts("args", process.args());
        out.texts("env", process.env());
        out.required("cwd", process.cwd());
        capabilities(out, process.capabilities());
        rlimits(out, process.rlimits());
        out.bool("noNewPrivileges", process.noNewPrivileges());
        out.number("oomScoreAdj", process.oomScoreAdj());
        out.text("apparmorProfile", process.apparmorProfile());
        out.text("selinuxLabel", process.selinuxLabel());
        scheduler(out, process.scheduler());
        ioPriority(out, process.ioPriority());
        execCPUAffinity(out, process.execCPUAffinity());
        out.close();
    }

    private static void consoleSize(Out out, @Nullable Box size) throws IOException {
        if (size != null) {
            out.open("consoleSize");
            out.unsigned("height", size.height());
            out.unsigned("width", size.width());
            out.close();
        }
    }

    private static void user(Out out, @Nullable User user) throws IOException {
        if (user != null) {
            out.open("user");
            out.number("uid", user.uid());
            out.number("gid", user.gid());
            out.number("umask", user.umask());
            out.numbers("additionalGids", user.additionalGids());
            out.close();
        }
    }

    private static void capabilities(Out out, Capabilities sets) throws IOException {
        if (!sets.isEmpty()) {
            out.open("capabilities");
            out.texts("bounding", sets.bounding());
            out.texts("effective", sets.effective());
            out.texts("inheritable", sets.inheritable());
            out.texts("permitted", sets.permitted());
            out.texts("ambient", sets.ambient());
            out.close();
        }
    }

    private static void rlimits(Out out, List<Rlimit> limits) throws IOException {
        if (limits.isEmpty()) {
            return;
        }
        out.openList("rlimits");
        for (Rlimit limit : limits) {
            out.open();
            out.word("type", limit.type());
            out.unsigned("soft", limit.soft());
            out.unsigned("hard", limit.hard());
            out.close();
        }
        out.closeList();
    }

    private static void scheduler(Out out, @Nullable Scheduler scheduler) throws IOException {
        if (scheduler != null) {
            out.open("scheduler");
            out.word("policy", scheduler.policy());
            out.number("nice", scheduler.nice());
            out.number("priority", scheduler.priority());
            out.words("flags", scheduler.flags());
            out.unsigned("runtime", scheduler.runtime());
            out.unsigned("deadline", scheduler.deadline());
            out.unsigned("period", scheduler.period());
            out.close();
        }
    }

    private static void ioPriority(Out out, @Nullable IOPriority priority) throws IOException {
        if (priority != null) {
            out.open("ioPriority");
            out.word("class", priority.ioClass());
            out.number("priority", priority.priority());
            out.close();
        }
    }

    private static void execCPUAffinity(Out out, ExecCPUAffinity affinity) throws IOException {
        if (!affinity.isEmpty()) {
            out.open("execCPUAffinity");
            out.text("initial", affinity.initial());
            out.text("final", affinity.afterwards());
            out.close();
        }
    }
}
