package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Errno;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.spec.Device;
import dev.confine.spec.Mount;
import dev.confine.spec.NamespaceType;
import java.util.ArrayList;
import java.util.List;

/**
 * The devices and links every container has, {@code config-linux.md#default-devices}, and those of {@code linux.devices}, which come in place of a default one at the same
 * path. Where config.json binds a directory on /dev, that one is left alone.
 */
final class Devices {
    private static final DeviceNode[] NODES = {
        DeviceNode.byDefault("null", 1, 3),
        DeviceNode.byDefault("zero", 1, 5),
        DeviceNode.byDefault("full", 1, 7),
        DeviceNode.byDefault("random", 1, 8),
        DeviceNode.byDefault("urandom", 1, 9),
        DeviceNode.byDefault("tty", 5, 0)
    };

    /** Among the host's devices, which privileged containers are given; the container's own is a link to that of its devpts. */
    private static final DeviceNode TERMINALS = DeviceNode.byDefault("ptmx", 5, 2);

    private static final String[][] LINKS = {
        {"/proc/self/fd", "fd"},
        {"/proc/self/fd/0", "stdin"},
        {"/proc/self/fd/1", "stdout"},
        {"/proc/self/fd/2", "stderr"},
        {"pts/ptmx", "ptmx"}
    };

    private final Code code;
    private final Blueprint blueprint;
    private final NodeMaker maker;

    Devices(Code code, Blueprint blueprint, HostNodes hostNodes) {
        this.code = code;
        this.blueprint = blueprint;
        this.maker = new NodeMaker(code, blueprint.has(NamespaceType.USER), hostNodes);
    }

    /** What of {@code linux.devices} is made. */
    static List<DeviceNode> configured(Blueprint blueprint) {
        boolean bound = bound(blueprint);
        List<DeviceNode> configured = new ArrayList<>();
        List<Device> devices = blueprint.spec().linux().devices();
        for (int i = 0; i < devices.size(); i++) {
            DeviceNode node = DeviceNode.of(devices.get(i), i);
            // what is bound on /dev is the host's, and has what it has
            if (!(bound && Targets.components(node.path()).get(0).equals("dev")) && !node.covers(TERMINALS)) {
                configured.add(node);
            }
        }
        return configured;
    }

    void emit(Register root) {
        List<DeviceNode> configured = configured(blueprint);
        boolean bound = bound(blueprint);
        Register dev = code.asm.register();
        Register directory = code.asm.register();
        if (!configured.isEmpty()) {
            // it has a value from the start: where a detour of the maker's ends is not for the verifier to know
            code.step("make the devices of the configuration", "/linux/devices");
            code.asm.move(directory, Code.num(-1));
        }
        if (!bound) {
            defaults(root, configured, dev);
        }
        String open = "";
        for (DeviceNode node : configured) {
            code.step("make the device " + node.path(), node.pointer());
            if (!open.equals(node.directory())) {
                close(open, directory);
                open = node.directory();
                new Targets(code, root).directory(open, 0, directory);
            }
            maker.make(node, directory);
        }
        maker.finish();
        close(open, directory);
        close(bound ? "" : "/dev", dev);
        code.asm.release(dev, directory);
    }

    private void close(String path, Register directory) {
        if (!path.isEmpty()) {
            code.call(Syscall.CLOSE, directory);
        }
    }

    private void defaults(Register root, List<DeviceNode> configured, Register dev) {
        code.step("open /dev", "");
        new Targets(code, root).directory("/dev", RESOLVE_NO_SYMLINKS, dev);
        for (DeviceNode node : NODES) {
            if (!isAmong(configured, node)) {
                code.step("make " + node.path(), "");
                maker.make(node, dev);
            }
        }
        for (String[] link : LINKS) {
            code.step("link /dev/" + link[1] + " to " + link[0], "");
            code.call(Syscall.SYMLINKAT, code.text(link[0]), dev, code.text(link[1]))
                    .ignoring(Errno.EEXIST);
        }
    }

    private static boolean isAmong(List<DeviceNode> configured, DeviceNode node) {
        for (DeviceNode other : configured) {
            if (other.covers(node)) {
                return true;
            }
        }
        return false;
    }

    /** Whether config.json binds a directory on /dev. */
    static boolean bound(Blueprint blueprint) {
        for (Mount mount : blueprint.spec().mounts()) {
            boolean dev = Targets.components(mount.destination()).equals(List.of("dev"));
            if (dev && Sources.isBind(mount, MountWords.of(mount.options()))) {
                return true;
            }
        }
        return false;
    }
}
