package dev.confine.validate;

import dev.confine.spec.IdMapping;
import dev.confine.spec.Linux;
import dev.confine.spec.NamespaceType;
import dev.confine.spec.User;
import java.util.List;

/** {@code process.user}: ids that exist, and that the user namespace maps. */
final class UserRules {
    /** (uid_t) -1 means "no change" to the kernel. */
    private static final long NO_ID = 0xffff_ffffL;

    private UserRules() {}

    static void check(User user, Linux linux, Violations found) {
        boolean namespace = linux.namespace(NamespaceType.USER) != null;
        List<IdMapping> uids = namespace ? linux.uidMappings() : List.of();
        List<IdMapping> gids = namespace ? linux.gidMappings() : List.of();
        id("/process/user/uid", user.uid(), uids, "uid", found);
        id("/process/user/gid", user.gid(), gids, "gid", found);
        for (int i = 0; i < user.additionalGids().size(); i++) {
            id(
                    Pointer.item("/process/user/additionalGids", i),
                    user.additionalGids().get(i),
                    gids,
                    "gid",
                    found);
        }
    }

    private static void id(String pointer, long id, List<IdMapping> map, String kind, Violations found) {
        if (id == NO_ID) {
            found.add(pointer, "4294967295 is no id: the kernel takes it for \"no change\"");
        } else if (!map.isEmpty() && !mapped(id, map)) {
            found.add(
                    pointer,
                    kind + " " + id + " is not mapped in the user namespace, so no process can have it; /linux/" + kind
                            + "Mappings is " + IdMappingRules.text(map)
                            + " (containerID hostID size): choose an id of it, or map this one");
        }
    }

    private static boolean mapped(long id, List<IdMapping> map) {
        for (IdMapping line : map) {
            if (id >= line.containerID() && id - line.containerID() < line.size()) {
                return true;
            }
        }
        return false;
    }
}
