package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;

import dev.confine.launch.Errno;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;

/** Has the kernel ask a program of BPF about every access to a device from a cgroup of v2, bpf(2). What the program says is not known here. */
final class DeviceFilter {
    private static final long BPF_PROG_LOAD = 5;
    private static final long BPF_PROG_ATTACH = 8;
    private static final long BPF_PROG_TYPE_CGROUP_DEVICE = 15;
    private static final long BPF_CGROUP_DEVICE = 6;
    private static final long BPF_F_ALLOW_MULTI = 2;
    private static final int INSTRUCTION = 8;
    private static final int LOAD_SIZE = 48;
    private static final int ATTACH_SIZE = 16;

    private final Code code;

    DeviceFilter(Code code) {
        this.code = code;
    }

    /** Attaches {@code program} to the cgroup whose directory is open as {@code cgroup}. */
    void attach(byte[] program, Register cgroup) {
        Register fd = code.asm.register();
        Data load = code.asm.zeros(LOAD_SIZE);
        code.asm.set(load, 4, BPF_PROG_TYPE_CGROUP_DEVICE);
        code.asm.set(load.plus(4), 4, program.length / INSTRUCTION);
        code.asm.pointer(load.plus(8), code.asm.bytes(program));
        code.asm.pointer(load.plus(16), code.text("none"));
        code.step("load the rules for devices", "/linux/resources/devices");
        code.cure(Errno.EPERM, "it needs CAP_BPF and CAP_NET_ADMIN, or CAP_SYS_ADMIN, on the host");
        code.cure(Errno.EINVAL, "the running kernel was built without CONFIG_CGROUP_BPF");
        code.call(Syscall.BPF, num(BPF_PROG_LOAD), load, num(LOAD_SIZE)).into(fd);
        Data attach = code.asm.zeros(ATTACH_SIZE);
        code.asm.set(attach.plus(8), 4, BPF_CGROUP_DEVICE);
        code.asm.set(attach.plus(12), 4, BPF_F_ALLOW_MULTI);
        code.asm.store(4, attach, num(0), cgroup);
        code.asm.store(4, attach, num(4), fd);
        code.step("attach the rules for devices", "/linux/resources/devices");
        code.cure(Errno.EPERM, "a cgroup above lets nothing be attached below it");
        code.call(Syscall.BPF, num(BPF_PROG_ATTACH), attach, num(ATTACH_SIZE));
        code.close(fd);
    }
}
