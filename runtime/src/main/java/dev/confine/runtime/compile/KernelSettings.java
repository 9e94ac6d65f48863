package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Errno;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.spec.Spec;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Names of the host and settings of the kernel that belong to the container's namespaces, sysctl(8). */
final class KernelSettings {
    private final Code code;
    private final Spec spec;

    KernelSettings(Code code, Blueprint blueprint) {
        this.code = code;
        this.spec = blueprint.spec();
    }

    void emit() {
        if (!spec.hostname().isEmpty()) {
            code.step("set the host name to " + spec.hostname(), "/hostname");
            name(Syscall.SETHOSTNAME, spec.hostname());
        }
        if (!spec.domainname().isEmpty()) {
            code.step("set the domain name to " + spec.domainname(), "/domainname");
            name(Syscall.SETDOMAINNAME, spec.domainname());
        }
        if (!spec.linux().sysctl().isEmpty()) {
            sysctls();
        }
    }

    private void name(Syscall call, String name) {
        code.call(call, code.text(name), num(name.getBytes(StandardCharsets.UTF_8).length));
    }

    /** Through the caller's own proc, once it has shown to be one: what an image calls /proc is never written to. */
    private void sysctls() {
        Register proc = code.asm.register();
        Register value = code.asm.register();
        code.step("open the host's /proc", "/linux/sysctl");
        code.call(Syscall.OPENAT, num(AT_FDCWD), code.text("/proc"), num(O_PATH | O_CLOEXEC), num(0))
                .into(proc);
        code.requireProc(proc);
        for (Map.Entry<String, String> setting : spec.linux().sysctl().entrySet()) {
            set(proc, setting.getKey(), setting.getValue(), value);
        }
        code.close(proc);
        code.asm.release(value);
    }

    private void set(Register proc, String key, String text, Register fd) {
        // with a slash in it the dots belong to names: net/ipv4/conf/eth0.100/forwarding
        String path = "sys/" + (key.indexOf('/') < 0 ? key.replace('.', '/') : key);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        code.step(
                "set " + key + " to " + text,
                "/linux/sysctl/" + key.replace("~", "~0").replace("/", "~1"));
        code.cure(Errno.ENOENT, "the kernel has no such setting, or shows it only in the first namespace of its kind");
        code.cure(
                Errno.EACCES,
                "it is not a setting of the container's own namespaces, or root of the user namespace may not change it");
        code.cure(
                Errno.EPERM,
                "it is not a setting of the container's own namespaces, or root of the user namespace may not change it");
        code.cure(Errno.EINVAL, "the kernel does not take this value");
        Data how = code.struct(
                O_WRONLY | O_CLOEXEC,
                0,
                RESOLVE_BENEATH | RESOLVE_NO_XDEV | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS);
        code.call(Syscall.OPENAT2, proc, code.text(path), how, num(24)).into(fd);
        code.call(Syscall.WRITE, fd, code.text(text), num(bytes.length));
        code.call(Syscall.CLOSE, fd);
    }
}
