package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Assembler.Call;
import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.spec.Process;
import java.nio.charset.StandardCharsets;

/**
 * What the program is to security modules: the AppArmor profile and the SELinux label that it has from execve(2) on, {@code config.md#linux-process}, proc_pid_attr(5). They
 * are written through the host's /proc, opened before there is a container and seen to be one: what an image or another process mounts there would take the words and
 * do nothing. Labels of mounts are those of {@link Mounts}.
 */
final class SecurityLabels {
    private static final String EXEC = "self/attr/exec";

    private final Code code;
    private final String profile;
    private final String label;
    private final Register proc;

    SecurityLabels(Code code, Blueprint blueprint) {
        Process process = blueprint.process();
        this.code = code;
        this.profile = process.apparmorProfile();
        this.label = process.selinuxLabel();
        this.proc = areAsked() ? code.asm.register() : new Register(0);
    }

    private boolean areAsked() {
        return !profile.isEmpty() || !label.isEmpty();
    }

    /** In the front, which the processes that it makes have the file from. */
    void open() {
        if (areAsked()) {
            code.step(
                    "open the host's /proc", profile.isEmpty() ? "/process/selinuxLabel" : "/process/apparmorProfile");
            code.cure(Errno.ENOTDIR, "there is none");
            code.cure(Errno.ENOTTY, "what is mounted there is none");
            code.call(Syscall.OPENAT, num(AT_FDCWD), code.text("/proc"), num(O_PATH | O_CLOEXEC), num(0))
                    .into(proc);
            code.requireProc(proc);
        }
    }

    /** In the front, once it has made the process. */
    void leave() {
        if (areAsked()) {
            code.call(Syscall.CLOSE, proc);
        }
    }

    /** Has keyrings made from here on be those of the label; without it the program could not use its own. */
    void labelKeys() {
        if (!label.isEmpty()) {
            code.step("label the session keyring " + label, "/process/selinuxLabel");
            cures();
            keys(label);
        }
    }

    /** The end of {@link #labelKeys}. */
    void leaveKeys() {
        if (!label.isEmpty()) {
            code.step("label no further keyring", "/process/selinuxLabel");
            keys("\n");
        }
    }

    private void keys(String value) {
        Register fd = code.asm.register();
        open("self/attr/keycreate", fd);
        write(fd, value);
        code.asm.release(fd);
    }

    /** In the process that executes the program: a label is forgotten with the process, and gone with the execve(2) that it is for. */
    void set() {
        if (!areAsked()) {
            return;
        }
        Register fd = code.asm.register();
        if (!label.isEmpty()) {
            code.step("take the SELinux label " + label + " with execve", "/process/selinuxLabel");
            cures();
            open(EXEC, fd);
            write(fd, label);
        }
        if (!profile.isEmpty()) {
            change(fd);
        }
        code.asm.release(fd);
        code.close(proc);
    }

    private void change(Register fd) {
        Label older = new Label();
        Label opened = new Label();
        code.step("take the AppArmor profile " + profile + " with execve", "/process/apparmorProfile");
        code.cure(Errno.ENOENT, "no such profile is loaded: load it with apparmor_parser(8)");
        code.cure(Errno.EACCES, "your own profile does not permit that change (change_profile)");
        code.cure(Errno.EINVAL, "this is no name of a profile, or AppArmor is not the module that the kernel asks");
        open("self/attr/apparmor/exec", fd).onError(Errno.ENOENT, older);
        code.asm.jump(opened);
        code.asm.place(older);
        // Linux < 5.8
        open(EXEC, fd);
        code.asm.place(opened);
        write(fd, "exec " + profile);
    }

    private void cures() {
        code.cure(Errno.EINVAL, "the loaded policy of SELinux has no such label");
        code.cure(Errno.EACCES, "the loaded policy of SELinux does not permit it to you");
    }

    /** {@code self} is a link to a number; what is mounted over a part of /proc is never written to. */
    private Call open(String path, Register fd) {
        return code.call(
                        Syscall.OPENAT2,
                        proc,
                        code.text(path),
                        code.struct(O_WRONLY | O_CLOEXEC, 0, RESOLVE_BENEATH | RESOLVE_NO_XDEV | RESOLVE_NO_MAGICLINKS),
                        num(24))
                .into(fd);
    }

    private void write(Register fd, String value) {
        code.call(Syscall.WRITE, fd, code.text(value), num(value.getBytes(StandardCharsets.UTF_8).length));
        code.call(Syscall.CLOSE, fd);
    }
}
