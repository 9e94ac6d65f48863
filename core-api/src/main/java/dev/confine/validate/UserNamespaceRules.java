package dev.confine.validate;

import dev.confine.spec.Linux;
import dev.confine.spec.Namespace;
import dev.confine.spec.NamespaceType;

/** A user namespace and its maps go together. */
final class UserNamespaceRules {
    private UserNamespaceRules() {}

    static void check(Linux linux, Violations found) {
        Namespace user = linux.namespace(NamespaceType.USER);
        boolean uids = !linux.uidMappings().isEmpty();
        boolean gids = !linux.gidMappings().isEmpty();
        if (user == null && (uids || gids)) {
            found.add(
                    uids ? "/linux/uidMappings" : "/linux/gidMappings",
                    "a map without a user namespace makes no sense: it says which id outside an id of that namespace is, so without one every id"
                            + " is simply the host's. Add {\"type\": \"user\"} to /linux/namespaces, or remove uidMappings and gidMappings");
        } else if (user != null && user.isNew() && !uids && !gids) {
            found.add(
                    "/linux/namespaces/" + indexOfUser(linux),
                    "a user namespace without a map makes no sense: no id in it would exist outside, not even root's. Add uidMappings and"
                            + " gidMappings to /linux, for example [{\"containerID\": 0, \"hostID\": 100000, \"size\": 65536}], or use --map auto,"
                            + " or remove the user namespace");
        } else if (user != null && user.isNew() && uids != gids) {
            found.add(
                    uids ? "/linux/gidMappings" : "/linux/uidMappings",
                    "is missing, while " + (uids ? "uidMappings" : "gidMappings")
                            + " is there: a user namespace needs both maps");
        }
        IdMappingRules.check(linux.uidMappings(), "/linux/uidMappings", found);
        IdMappingRules.check(linux.gidMappings(), "/linux/gidMappings", found);
    }

    private static int indexOfUser(Linux linux) {
        int index = 0;
        while (linux.namespaces().get(index).type() != NamespaceType.USER) {
            index++;
        }
        return index;
    }
}
