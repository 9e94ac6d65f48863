package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.S_IFIFO;

import dev.confine.idmap.IdMaps;
import dev.confine.launch.Label;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.spec.NamespaceType;
import dev.confine.spec.User;

/**
 * Pipes that are the container's stdio belong to its user and group, who may open /dev/stdout anew. Nothing else is given away: not a terminal, not a file of the
 * host's, and no device.
 */
final class Stdio {
    private final Code code;
    private final Blueprint blueprint;

    Stdio(Code code, Blueprint blueprint) {
        this.code = code;
        this.blueprint = blueprint;
    }

    /** In the front of a privileged caller. */
    void giveFromOutside() {
        User user = blueprint.process().userOrRoot();
        IdMaps maps = blueprint.maps();
        if (maps == null) {
            give(user.uid(), user.gid());
        } else {
            give(
                    maps.uids().toOutside(user.uid()).orElse(user.uid()),
                    maps.gids().toOutside(user.gid()).orElse(user.gid()));
        }
    }

    /** In the container's process, as root inside. */
    void giveFromInside() {
        User user = blueprint.process().userOrRoot();
        give(user.uid(), user.gid());
    }

    private void give(long uid, long gid) {
        // with a terminal the container has none of the caller's stdio
        if (blueprint.process().terminal() || (uid == 0 && !blueprint.has(NamespaceType.USER))) {
            return;
        }
        code.step("give the pipes of stdio to user " + uid, "/process/user/uid");
        Register fd = code.asm.register();
        for (int i = 0; i <= 2; i++) {
            Label pipe = new Label();
            Label next = new Label();
            code.asm.move(fd, num(i));
            code.call(
                            Syscall.STATX,
                            fd,
                            code.text(""),
                            num(Kernel.AT_EMPTY_PATH),
                            num(Kernel.STATX_BASIC_STATS),
                            code.statx())
                    .onAnyError(next);
            code.jumpIfType(S_IFIFO, pipe);
            code.asm.jump(next);
            code.asm.place(pipe);
            code.call(Syscall.FCHOWN, fd, num(uid), num(gid)).ignoringErrors();
            code.asm.place(next);
        }
        code.asm.release(fd);
    }
}
