package dev.confine.launch.verify;

import static dev.confine.launch.verify.Breaches.assertBreach;
import static dev.confine.launch.verify.Breaches.assertNoBreach;
import static dev.confine.launch.verify.SmallContainer.HERE;
import static dev.confine.launch.verify.SmallContainer.num;

import dev.confine.launch.Operand.Data;
import dev.confine.launch.Syscall;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** {@link MountRule}: mounts go by file descriptor, and come before capabilities. */
class MountRuleTest {
    private final SmallContainer container = new SmallContainer();

    @Test
    void mounts_byPath_areFound() {
        assertBreach(
                container.before(
                        "enter",
                        c -> c.call(Syscall.MOVE_MOUNT, c.root, c.asm.text(""), HERE, c.asm.text("/mnt"), num(4))),
                "a mount is attached at a path");
        assertBreach(
                new SmallContainer()
                        .before(
                                "enter",
                                c -> c.call(
                                        Syscall.MOVE_MOUNT, HERE, c.asm.text("/a"), c.root, c.asm.text(""), num(0))),
                "a mount is moved from a path");
        assertBreach(
                new SmallContainer()
                        .before(
                                "enter",
                                c -> c.call(
                                        Syscall.MOUNT_SETATTR, HERE, c.asm.text("/mnt"), num(0), c.buffer, num(32))),
                "a mount is changed at a path");
        assertBreach(
                new SmallContainer().before("enter", c -> c.call(Syscall.FSPICK, HERE, c.asm.text("/mnt"), num(1))),
                "a file system is picked at a path");
        assertBreach(
                new SmallContainer()
                        .before(
                                "enter",
                                c -> c.call(Syscall.MOUNT, num(0), c.asm.text("/mnt"), num(0), num(0x1000), num(0))),
                "mount(2) is used on a path");
        assertBreach(
                new SmallContainer()
                        .before(
                                "enter",
                                c -> c.call(Syscall.MOUNT, num(0), c.asm.text("/"), num(0), num(0x1000), num(0))),
                "mount(2) is used on a path");
        assertBreach(
                new SmallContainer().before("enter", c -> c.call(Syscall.UMOUNT2, c.asm.text("/mnt"), num(2))),
                "only the old root is unmounted");
        assertBreach(
                new SmallContainer().before("enter", c -> c.call(Syscall.UMOUNT2, c.asm.text("self/fd/7/x"), num(2))),
                "only the old root is unmounted");
        assertBreach(
                new SmallContainer().before("enter", c -> c.call(Syscall.UMOUNT2, c.asm.text("self/fd/"), num(0))),
                "with MNT_DETACH");
    }

    @Test
    void mounts_unmountOfWhatIsOpen_isGood() {
        assertNoBreach(container.before("enter", c -> {
            Data path = c.asm.zeros(20);
            byte[] prefix = "self/fd/".getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < prefix.length; i++) {
                c.asm.set(path.plus(i), 1, prefix[i]);
            }
            c.asm.format(c.spare, c.root, path.plus(prefix.length), 10);
            c.call(Syscall.UMOUNT2, path, num(2));
        }));
    }

    @Test
    void mounts_propagationOfTheRootAndFds_areGood() {
        assertNoBreach(container.before("enter", c -> {
            c.call(Syscall.MOUNT, num(0), c.asm.text("/"), num(0), num(0x4000 | 1 << 19), num(0));
            Data path = c.asm.text("/proc/self/fd/0000000000");
            c.asm.format(c.spare, c.root, path.plus(14), 10);
            c.call(Syscall.MOUNT, num(0), path, c.asm.text("overlay"), num(0), c.asm.text("lowerdir=/a"));
            c.call(Syscall.MOUNT_SETATTR, HERE, c.asm.text("/"), num(0), c.buffer, num(32));
        }));
    }

    @Test
    void mounts_rootOfTheCallersMountNamespace_isFound() {
        String breach = "the root of the caller's own mount namespace is changed";
        assertBreach(container.without("wait").instead("clone", c -> c.clone(0)), breach);
        assertBreach(apart().before("enter", c -> c.call(Syscall.UMOUNT2, c.asm.text("."), num(2))), breach);
        assertBreach(
                apart().before(
                                "enter",
                                c -> c.call(Syscall.MOUNT_SETATTR, HERE, c.asm.text("/"), num(0), c.buffer, num(32))),
                breach);
        assertBreach(
                apart().before(
                                "enter",
                                c -> c.call(
                                        Syscall.MOUNT, num(0), c.asm.text("/"), num(0), num(0x4000 | 1 << 19), num(0))),
                breach);
    }

    @Test
    void mounts_detachedTreeEnteredByChroot_isGood() {
        assertNoBreach(apart());
    }

    /** A container in its caller's mount namespace. */
    private static SmallContainer apart() {
        return new SmallContainer()
                .without("wait")
                .instead("clone", c -> c.clone(0))
                .without("attach")
                .instead("pivot", c -> c.call(Syscall.CHROOT, c.asm.text(".")))
                .without("unmount");
    }

    @Test
    void mounts_rootChangedToAPath_isFound() {
        assertBreach(
                container.instead("pivot", c -> c.call(Syscall.PIVOT_ROOT, c.asm.text("/a"), c.asm.text("/b"))),
                "the root is changed to a path");
        assertBreach(
                new SmallContainer().instead("pivot", c -> c.call(Syscall.CHROOT, c.asm.text("/a"))),
                "the root is changed to a path");
    }

    @Test
    void mounts_afterCapabilities_areFound() {
        assertBreach(
                container.before(
                        "close",
                        c -> c.call(Syscall.MOUNT_SETATTR, c.root, c.asm.text(""), num(0x1000), c.buffer, num(32))),
                "after capabilities were set");
    }
}
