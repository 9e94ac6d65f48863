package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.idmap.IdMaps;
import dev.confine.launch.Label;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The devices of {@code linux.devices} for a container in a user namespace, where the kernel lets nobody make one: the front, as the host's root, makes each in
 * the state directory with its mode and owner, opens it as a detached mount, and removes the name once the container has attached that: the kernel attaches nothing
 * that has none. Where the front may not, or an id is not mapped, the host's own node is for {@link NodeMaker} to bind. An ordinary user makes none.
 */
final class HostNodes {
    static final long NONE = -1;
    private static final int SLOT = 8;

    private final Code code;
    private final Blueprint blueprint;
    private final Map<String, Data> slots = new HashMap<>();
    private final Data none;

    HostNodes(Code code, Blueprint blueprint) {
        this.code = code;
        this.blueprint = blueprint;
        this.none = slot();
    }

    private static boolean areMade(Blueprint blueprint) {
        return !blueprint.mode().adds()
                && blueprint.privileged()
                && blueprint.maps() != null
                && !blueprint.spec().linux().devices().isEmpty();
    }

    /** In the front, once there is a state directory and before there is another process. */
    void make() {
        IdMaps maps = blueprint.maps();
        if (maps == null || !areMade(blueprint)) {
            return;
        }
        Register fd = code.asm.register();
        for (DeviceNode node : Devices.configured(blueprint)) {
            OptionalLong uid = maps.uids().toOutside(node.uid());
            OptionalLong gid = maps.gids().toOutside(node.gid());
            if (!node.isPipe() && uid.isPresent() && gid.isPresent()) {
                make(node, uid.getAsLong(), gid.getAsLong(), fd);
            }
        }
        code.asm.release(fd);
    }

    /** In the front, when the container is built, or when there will be none. */
    static void forget(Code code, Blueprint blueprint) {
        if (areMade(blueprint)) {
            for (DeviceNode node : Devices.configured(blueprint)) {
                code.call(Syscall.UNLINKAT, num(AT_FDCWD), code.text(path(blueprint, node)), num(0))
                        .ignoringErrors();
            }
        }
    }

    private static String path(Blueprint blueprint, DeviceNode node) {
        String pointer = node.pointer();
        return blueprint.stateDirectory() + "/device-" + pointer.substring(pointer.lastIndexOf('/') + 1);
    }

    private void make(DeviceNode node, long uid, long gid, Register fd) {
        Label notMade = new Label();
        Data slot = slot();
        Data path = code.text(path(blueprint, node));
        code.step("make the device " + node.path() + " for the container", node.pointer());
        code.call(Syscall.MKNODAT, num(AT_FDCWD), path, num(node.type() | node.mode()), num(node.number()))
                .onAnyError(notMade);
        // the umask is the caller's
        code.call(Syscall.FCHMODAT, num(AT_FDCWD), path, num(node.mode()));
        code.call(Syscall.FCHOWNAT, num(AT_FDCWD), path, num(uid), num(gid), num(AT_SYMLINK_NOFOLLOW));
        code.openTree(path(blueprint, node), false, fd);
        // EPERM: in a container whose /run has nodev for good
        code.mountSetattr(fd, false, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC, MOUNT_ATTR_NODEV, MS_PRIVATE)
                .onAnyError(notMade);
        code.asm.store(SLOT, slot, num(0), fd);
        code.asm.place(notMade);
        slots.put(node.pointer(), slot);
    }

    /** Where the node's detached mount is, or {@link #NONE}. */
    Data slot(DeviceNode node) {
        return slots.getOrDefault(node.pointer(), none);
    }

    private Data slot() {
        Data slot = code.asm.zeros(SLOT);
        code.asm.set(slot, SLOT, NONE);
        return slot;
    }
}
