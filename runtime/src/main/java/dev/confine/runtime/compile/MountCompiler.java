package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns a change of the mounts of a container that lives into a launch program: a process in the namespaces of the container attaches or detaches them,
 * beneath the container's root as it is then, and ends. Nothing of the container is trusted on the way: destinations are resolved beneath the root anew,
 * and mounts go by file descriptor.
 */
public final class MountCompiler {
    private static final String FD = "self/fd/";
    private static final int MOST_DIGITS = 10;

    private final Code code = new Code();
    private final Blueprint blueprint;
    private final Front front;
    private final Label container = new Label();

    private MountCompiler(Blueprint blueprint) {
        this.blueprint = blueprint;
        this.front = new Front(code, blueprint);
    }

    /**
     * Attaches the mounts of the blueprint's specification, in their order.
     *
     * @param first pid of the container's first process
     */
    public static Compiled add(Blueprint blueprint, long first) {
        return new MountCompiler(blueprint).add(first);
    }

    /**
     * Detaches what is mounted at these places, in their order; each is the uppermost mount there.
     *
     * @param first pid of the container's first process
     */
    public static Compiled remove(Blueprint blueprint, long first, List<String> destinations) {
        return new MountCompiler(blueprint).remove(first, destinations);
    }

    private Compiled add(long first) {
        Sources sources = new Sources(code, blueprint);
        front.prepare();
        if (blueprint.privileged()) {
            sources.openBinds();
        }
        enter(first, blueprint.privileged() ? null : sources);
        front.accompany(sources::mapIds);
        Register root = begin();
        Mounts mounts = new Mounts(code, blueprint, sources);
        mounts.make();
        mounts.emit(root);
        return end();
    }

    private Compiled remove(long first, List<String> destinations) {
        Register proc = code.asm.register();
        front.prepare();
        code.step("open /proc", "");
        code.call(Syscall.OPENAT, num(AT_FDCWD), code.text("/proc"), num(O_PATH | O_CLOEXEC), num(0))
                .into(proc);
        enter(first, null);
        front.accompany((pid, itself) -> {});
        Register root = begin();
        // the host's /proc, which the container has no hand in, is the way to unmount what is open
        code.step("enter /proc", "");
        code.call(Syscall.FCHDIR, proc);
        Register target = code.asm.register();
        for (String destination : destinations) {
            unmount(destination, root, target);
        }
        return end();
    }

    private void enter(long first, @Nullable Sources sources) {
        front.makeCgroups();
        front.makeProcess(new Membership(code, blueprint, front.cgroups(), first, sources), container);
    }

    /** The start of the process in the container: root there, with the container's root directory open. */
    private Register begin() {
        code.asm.place(container);
        Identity identity = new Identity(code, blueprint);
        front.inside().enter();
        identity.enter();
        identity.becomeRoot();
        Register root = code.asm.register();
        code.step("open the container's root directory", "");
        code.call(Syscall.OPENAT, num(AT_FDCWD), code.text("/"), num(O_PATH | O_CLOEXEC), num(0))
                .into(root);
        return root;
    }

    private void unmount(String destination, Register root, Register target) {
        code.step("unmount " + destination, "");
        code.cure(
                Errno.EINVAL,
                "nothing is mounted there, or what is there came with another mount and cannot be taken from it alone");
        code.cure(Errno.ENOENT, "there is no such path in the container");
        code.openInRoot(root, destination, O_PATH, 0, target);
        Data path = code.asm.zeros(FD.length() + MOST_DIGITS + 1);
        code.text(path, FD.getBytes(StandardCharsets.US_ASCII));
        Register digits = code.asm.register();
        code.asm.format(digits, target, path.plus(FD.length()), MOST_DIGITS);
        code.call(Syscall.UMOUNT2, path, num(MNT_DETACH));
        code.call(Syscall.CLOSE, target);
        code.asm.release(digits);
    }

    private Compiled end() {
        front.inside().awaitStart();
        code.asm.exit(num(0));
        front.inside().fail();
        return code.finish();
    }
}
