package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.ConfineException;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.runtime.cgroup.Plan;
import dev.confine.runtime.cgroup.Visible;
import dev.confine.spec.Mount;
import java.util.List;

/**
 * Mounts of type {@code cgroup} and {@code cgroup2}, {@code config-linux.md#cgroup-ownership}: the container's own cgroups and none above or beside them. With v1 it is
 * a tmpfs that has a directory for each hierarchy, as the host has; where v2 is all there is it is that. They are binds of the host's mounts, as a user namespace
 * may not mount v1.
 */
final class CgroupMounts {
    private final Code code;
    private final List<Visible> visible;
    private final List<Data> trees;

    /** @param trees what of {@link Plan#visible} was opened */
    CgroupMounts(Code code, Blueprint blueprint, List<Data> trees) {
        this.code = code;
        this.visible = blueprint.cgroups().visible();
        this.trees = trees;
    }

    static boolean isOne(Mount mount) {
        boolean type = mount.type().equals("cgroup") || mount.type().equals("cgroup2");
        return type && !Sources.isBind(mount, MountWords.of(mount.options()));
    }

    /** Opens what is attached at the destination; {@link #fill} is for after that. */
    void open(MountWords words, String pointer, Register mount) {
        if (!words.data.isEmpty()) {
            throw new ConfineException("config.json " + pointer + "/options: a mount of cgroups does not take "
                    + words.data + ": what it shows are the container's own; remove it");
        }
        if (trees.isEmpty()) {
            throw new ConfineException("config.json " + pointer
                    + "/type: there are no cgroups to show: the host has mounted none, or the container lives already");
        }
        if (isAlone()) {
            tree(0, words, mount);
            return;
        }
        FileSystemContext context = new FileSystemContext(code);
        context.open("tmpfs");
        context.string("source", "cgroup");
        context.string("mode", "755");
        context.command(FSCONFIG_CMD_CREATE);
        context.mount(words.set & ~MOUNT_ATTR_RDONLY, mount);
        context.close();
    }

    /** Has the mount, which is attached, show every hierarchy. */
    void fill(MountWords words, Register mount) {
        if (isAlone()) {
            return;
        }
        Register place = code.asm.register();
        Register tree = code.asm.register();
        for (int i = 0; i < visible.size(); i++) {
            String name = visible.get(i).name();
            code.call(Syscall.MKDIRAT, mount, code.text(name), num(0755));
            code.openInRoot(mount, name, O_PATH, RESOLVE_NO_SYMLINKS, place);
            tree(i, words, tree);
            code.moveMount(tree, place);
            code.call(Syscall.CLOSE, tree);
            code.call(Syscall.CLOSE, place);
            for (String link : visible.get(i).links()) {
                code.call(Syscall.SYMLINKAT, code.text(name), mount, code.text(link));
            }
        }
        code.asm.release(place, tree);
        if ((words.set & MOUNT_ATTR_RDONLY) != 0) {
            code.mountSetattr(mount, false, MOUNT_ATTR_RDONLY, 0, 0);
        }
    }

    private void tree(int index, MountWords words, Register fd) {
        code.asm.load(fd, 4, trees.get(index), num(0));
        code.mountSetattr(fd, false, words.set | words.recursiveSet, words.clear | words.recursiveClear, 0);
    }

    private boolean isAlone() {
        return visible.get(0).name().isEmpty();
    }
}
