package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Condition;
import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.runtime.cgroup.Group;
import dev.confine.runtime.cgroup.Plan;

/**
 * Removes the cgroups that were made for a container, without a JVM. While one is busy, what is left in it is killed: by {@code cgroup.kill} where there is v2 (Linux ≥
 * 5.14), else one by one while all are frozen. It fails at nothing, and gives up after some two seconds.
 */
final class CgroupRemoval {
    private static final int ATTEMPTS = 400;
    private static final int NANOSECONDS = 5_000_000;
    private static final int LIST = 4096;

    private final Code code;
    private final Plan plan;
    private final boolean below;

    /** @param below whether the container may have made cgroups below its own */
    CgroupRemoval(Code code, Plan plan, boolean below) {
        this.code = code;
        this.below = below;
        this.plan = plan;
    }

    void emit() {
        if (plan.isScoped()) {
            // what is left of it ends, and systemd removes the scope
            kill();
        }
        if (plan.removals().isEmpty()) {
            return;
        }
        Register left = code.asm.register();
        Register result = code.asm.register();
        Label again = new Label();
        Label busy = new Label();
        Label rest = new Label();
        code.asm.move(left, num(ATTEMPTS));
        code.asm.place(again);
        for (Group group : plan.groups()) {
            if (group.made()) {
                remove(group.directory(), result);
                code.asm.jumpIf(result, Condition.EQUAL, num(-Errno.EBUSY.number()), busy);
            }
        }
        code.asm.jump(rest);
        code.asm.place(busy);
        code.asm.add(left, left, num(-1));
        code.asm.jumpIf(left, Condition.EQUAL, num(0), rest);
        kill();
        if (below) {
            CgroupsBelow cgroups = new CgroupsBelow(code);
            for (Group group : plan.groups()) {
                if (group.made()) {
                    cgroups.remove(group.directory());
                }
            }
        }
        code.call(Syscall.NANOSLEEP, code.struct(0, NANOSECONDS), num(0)).ignoringErrors();
        code.asm.jump(again);
        code.asm.place(rest);
        for (int i = plan.parents().size() - 1; i >= 0 && !plan.isScoped(); i--) {
            // others may be in it
            remove(plan.parents().get(i), result);
        }
        code.asm.release(left, result);
    }

    private void remove(String directory, Register result) {
        code.call(Syscall.UNLINKAT, num(AT_FDCWD), code.text(directory), num(AT_REMOVEDIR))
                .into(result)
                .ignoringErrors();
    }

    private void kill() {
        CgroupFile file = new CgroupFile(code);
        String freezer = "";
        String any = "";
        for (Group group : plan.groups()) {
            if (group.unified()) {
                file.attempt(group.directory() + "/cgroup.kill", "1");
                return;
            }
            any = group.directory();
            if (group.hierarchy().equals("freezer")) {
                freezer = group.directory();
            }
        }
        if (freezer.isEmpty()) {
            killAll(any);
            return;
        }
        file.attempt(freezer + "/freezer.state", "FROZEN");
        killAll(freezer);
        file.attempt(freezer + "/freezer.state", "THAWED");
    }

    /** Those that cgroup.procs names, as many as fit: the next attempt sees the others. 0 is a process of another pid namespace. */
    private void killAll(String directory) {
        Register fd = code.asm.register();
        Register end = code.asm.register();
        Register at = code.asm.register();
        Register pid = code.asm.register();
        Register digit = code.asm.register();
        Data list = code.asm.zeros(LIST);
        Label none = new Label();
        Label next = new Label();
        Label line = new Label();
        Label closed = new Label();
        code.call(Syscall.OPENAT, num(AT_FDCWD), code.text(directory + "/cgroup.procs"), num(O_CLOEXEC), num(0))
                .into(fd)
                .onAnyError(none);
        code.call(Syscall.READ, fd, list, num(LIST)).into(end).onAnyError(closed);
        code.asm.move(at, num(0));
        code.asm.move(pid, num(0));
        code.asm.place(next);
        code.asm.jumpIf(at, Condition.EQUAL, end, closed);
        code.asm.load(digit, 1, list, at);
        code.asm.add(at, at, num(1));
        code.asm.jumpIf(digit, Condition.EQUAL, num('\n'), line);
        // pid = 10 * pid + digit
        code.asm.add(pid, pid, pid);
        Register eight = code.asm.register();
        code.asm.add(eight, pid, pid);
        code.asm.add(eight, eight, eight);
        code.asm.add(pid, pid, eight);
        code.asm.add(pid, pid, digit);
        code.asm.add(pid, pid, num(-'0'));
        code.asm.jump(next);
        code.asm.place(line);
        Label others = new Label();
        code.asm.jumpIf(pid, Condition.EQUAL, num(0), others);
        code.call(Syscall.KILL, pid, num(SIGKILL)).ignoringErrors();
        code.asm.place(others);
        code.asm.move(pid, num(0));
        code.asm.jump(next);
        code.asm.place(closed);
        code.call(Syscall.CLOSE, fd);
        code.asm.place(none);
        code.asm.release(fd, end, at, pid, digit, eight);
    }
}
