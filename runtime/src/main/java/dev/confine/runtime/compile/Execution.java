package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Condition;
import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.spec.MemoryPolicy;
import dev.confine.spec.Personality;
import dev.confine.spec.Process;
import dev.confine.spec.Seccomp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The container's program: its directory, where it is found, and execve(2) with nothing of ours left open. */
final class Execution {
    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final Code code;
    private final Blueprint blueprint;
    private final Process process;
    private final Home home;
    private final Register program;
    private final Register entered;

    Execution(Code code, Blueprint blueprint, Home home) {
        this.code = code;
        this.blueprint = blueprint;
        this.process = blueprint.process();
        this.home = home;
        this.program = code.asm.register();
        this.entered = code.asm.register();
    }

    /** Where the root file system is about to become read-only: a directory that is missing cannot be made after that. */
    void makeDirectory(Register root) {
        if (!blueprint.root().readonly()) {
            return;
        }
        Register fd = code.asm.register();
        Label failed = new Label();
        Label there = new Label();
        Label done = new Label();
        directoryStep();
        code.openInRoot(root, process.cwd(), O_PATH, 0, fd).onAnyError(failed);
        code.asm.jump(there);
        code.asm.place(failed);
        // every other error is that of entering it, which comes later
        code.asm.jumpIf(fd, Condition.NOT_EQUAL, num(-Errno.ENOENT.number()), done);
        new Targets(code, root).directory(process.cwd(), 0, fd);
        code.asm.place(there);
        code.call(Syscall.CLOSE, fd);
        code.asm.place(done);
        code.asm.release(fd);
    }

    /**
     * A directory that is missing is made with a container, as peers do, and not for a process that is added; one that only the user may enter waits for
     * the user.
     */
    void enterDirectoryAsRoot(Register root) {
        Register fd = code.asm.register();
        Label failed = new Label();
        Label enter = new Label();
        Label missing = new Label();
        Label later = new Label();
        directoryStep();
        code.asm.move(entered, num(0));
        code.openInRoot(root, process.cwd(), O_PATH, 0, fd).onAnyError(failed);
        code.asm.jump(enter);
        code.asm.place(failed);
        code.asm.jumpIf(fd, Condition.EQUAL, num(-Errno.EACCES.number()), later);
        code.asm.jumpIf(fd, Condition.EQUAL, num(-Errno.ENOENT.number()), missing);
        code.asm.fail(fd);
        code.asm.place(missing);
        if (blueprint.mode().adds()) {
            code.asm.fail(fd);
        } else {
            new Targets(code, root).directory(process.cwd(), 0, fd);
        }
        code.asm.place(enter);
        code.call(Syscall.FCHDIR, fd).onError(Errno.EACCES, later);
        code.asm.move(entered, num(1));
        code.asm.place(later);
        code.asm.release(fd);
    }

    void enterDirectoryAsUser(Register root) {
        Register fd = code.asm.register();
        Label done = new Label();
        directoryStep();
        code.asm.jumpIf(entered, Condition.EQUAL, num(1), done);
        code.openInRoot(root, process.cwd(), O_PATH, 0, fd);
        code.call(Syscall.FCHDIR, fd);
        code.asm.place(done);
        code.asm.release(fd);
    }

    private void directoryStep() {
        code.step("chdir to " + process.cwd(), "/process/cwd");
        code.cure(Errno.ENOTDIR, "the working directory is a file");
        code.cure(Errno.ENOENT, "the working directory does not exist in the container");
        code.cure(Errno.ELOOP, "it is a loop of links, or a link of /proc that could lead out of the container");
        code.cure(Errno.EROFS, "the working directory does not exist, and cannot be made on a read-only file system");
        code.cure(Errno.EACCES, "neither root of the container nor its user may enter it");
    }

    /** Looks for the program as the user, so that a missing one is an error of create and not of start. */
    void find() {
        String name = process.args().get(0);
        code.step("exec: \"" + name + "\"", "/process/args/0");
        code.cure(Errno.EACCES, "permission denied");
        Label found = new Label();
        if (name.indexOf('/') >= 0) {
            code.cure(Errno.ENOENT, "stat " + name + ": no such file or directory");
            code.cure(Errno.ENOTDIR, "stat " + name + ": not a directory");
            Label directory = new Label();
            executable(code.text(name));
            code.jumpIfType(S_IFDIR, directory);
            code.asm.move(program, code.text(name));
            code.asm.jump(found);
            code.asm.place(directory);
            code.asm.fail(num(Errno.EACCES.number()));
        } else {
            code.cure(Errno.ENOENT, "executable file not found in $PATH");
            search(name, found);
        }
        code.asm.place(found);
    }

    private void search(String name, Label found) {
        Register result = code.asm.register();
        Register worst = code.asm.register();
        code.asm.move(worst, num(-Errno.ENOENT.number()));
        for (String directory : path()) {
            Data candidate = code.text((directory.isEmpty() ? "." : directory) + "/" + name);
            Label no = new Label();
            Label next = new Label();
            code.call(Syscall.FACCESSAT2, num(AT_FDCWD), candidate, num(X_OK), num(AT_EACCESS))
                    .into(result)
                    .onAnyError(no);
            code.call(Syscall.STATX, num(AT_FDCWD), candidate, num(0), num(STATX_BASIC_STATS), code.statx());
            code.jumpIfType(S_IFDIR, next);
            code.asm.move(program, candidate);
            code.asm.jump(found);
            code.asm.place(no);
            code.asm.jumpIf(result, Condition.NOT_EQUAL, num(-Errno.EACCES.number()), next);
            code.asm.move(worst, result);
            code.asm.place(next);
        }
        code.asm.fail(worst);
        code.asm.release(result, worst);
    }

    private void executable(Data path) {
        code.call(Syscall.FACCESSAT2, num(AT_FDCWD), path, num(X_OK), num(AT_EACCESS));
        code.call(Syscall.STATX, num(AT_FDCWD), path, num(0), num(STATX_BASIC_STATS), code.statx());
    }

    /** The directories of the container's PATH; of several entries the last counts. */
    private List<String> path() {
        String path = DEFAULT_PATH;
        for (String entry : process.env()) {
            if (entry.startsWith("PATH=")) {
                path = entry.substring("PATH=".length());
            }
        }
        List<String> directories = new ArrayList<>();
        int start = 0;
        while (start <= path.length()) {
            int end = path.indexOf(':', start);
            end = end < 0 ? path.length() : end;
            directories.add(path.substring(start, end));
            start = end + 1;
        }
        return directories;
    }

    /** What the program has from its process alone: it goes with execve(2), and needs no privilege. */
    void setPolicies() {
        Personality personality = blueprint.spec().linux().personality();
        if (personality != null) {
            new ExecutionDomain(code).enter(personality);
        }
        MemoryPolicy policy = blueprint.spec().linux().memoryPolicy();
        if (policy != null) {
            new NumaPolicy(code).set(policy);
        }
    }

    /** Does not come back where it succeeds. */
    void run(Inside inside) {
        new Limits(code, blueprint).lower();
        code.step("close all files but the first " + firstClosed(), "");
        code.call(Syscall.CLOSE_RANGE, num(firstClosed()), num(0xffffffffL), num(CLOSE_RANGE_CLOEXEC));
        restrict(inside.line());
        code.step("exec: \"" + process.args().get(0) + "\"", "/process/args/0");
        code.cure(Errno.ENOEXEC, "exec format error (is it a program for this machine, or a script without #! line?)");
        code.cure(Errno.ENOENT, "no such file or directory (the interpreter that it names is missing)");
        code.cure(Errno.EACCES, "permission denied");
        if (blueprint.spec().linux().seccomp() != null) {
            code.cure(Errno.EPERM, "EPERM: the filter of /linux/seccomp has to allow execve");
        }
        inside.reportFailure(
                code.call(Syscall.EXECVE, program, code.strings(texts(process.args())), code.strings(environment())));
    }

    /** For a hook in the container: no listener has anything to do with it, so the kernel answers ENOSYS in place of one. */
    void restrict() {
        restrict(null);
    }

    /**
     * The last before execve(2).
     *
     * @param line where the filter's descriptor goes, if that has a listener
     */
    private void restrict(@Nullable Register line) {
        Seccomp seccomp = blueprint.spec().linux().seccomp();
        CallFilter filter = seccomp == null ? null : new CallFilter(code, seccomp, blueprint.filter(), line);
        if (filter != null) {
            filter.prepare();
        }
        if (process.noNewPrivileges()) {
            code.step("give up new privileges", "/process/noNewPrivileges");
            code.call(Syscall.PRCTL, num(PR_SET_NO_NEW_PRIVS), num(1), num(0), num(0), num(0));
        }
        if (filter != null) {
            filter.set();
        }
    }

    private int firstClosed() {
        return 3 + blueprint.keptFds();
    }

    private List<Data> environment() {
        List<String> variables = new ArrayList<>(process.env());
        blueprint.activation().tell(variables);
        blueprint.notification().tell(variables);
        List<Data> environment = texts(variables);
        if (Home.isMissing(process)) {
            environment.add(home.entry());
        }
        return environment;
    }

    private List<Data> texts(List<String> strings) {
        List<Data> texts = new ArrayList<>(strings.size() + 1);
        for (String string : strings) {
            texts.add(code.text(string));
        }
        return texts;
    }
}
