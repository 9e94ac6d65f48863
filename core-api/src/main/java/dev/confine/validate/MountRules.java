package dev.confine.validate;

import dev.confine.Quoted;
import dev.confine.spec.Linux;
import dev.confine.spec.Mount;
import dev.confine.spec.NamespaceType;
import dev.confine.spec.Spec;
import java.util.List;
import java.util.Set;

/** {@code mounts}. What a word of the options means is the compiler's business, but for those that decide what kind of mount it is. */
final class MountRules {
    private static final Set<String> BIND = Set.of("bind", "rbind");
    private static final Set<String> IDMAP = Set.of("idmap", "ridmap");
    /** A mount with only these changes one that is there, so it needs no type. */
    private static final Set<String> CHANGES = Set.of(
            "remount", "private", "rprivate", "shared", "rshared", "slave", "rslave", "unbindable", "runbindable");
    /**
     * Files of procfs that a mount may hide, as runc has them: for lxcfs and the like. Any other mount below /proc could fool those who
     * trust what is written there (CVE-2019-16884).
     */
    private static final Set<String> PROC_FILES = Set.of(
            "/proc/cpuinfo",
            "/proc/diskstats",
            "/proc/meminfo",
            "/proc/stat",
            "/proc/swaps",
            "/proc/uptime",
            "/proc/loadavg",
            "/proc/slabinfo",
            "/proc/net/dev",
            "/proc/sys/kernel/ns_last_pid",
            "/proc/sys/crypto/fips_enabled");

    private MountRules() {}

    static void check(Spec spec, Violations found) {
        List<Mount> mounts = spec.mounts();
        for (int i = 0; i < mounts.size(); i++) {
            String pointer = Pointer.item("/mounts", i);
            if (mounts.get(i).options().contains("remount")) {
                found.needs(
                        NamespaceType.MOUNT,
                        spec.linux(),
                        pointer + "/options",
                        "without a mount namespace the kernel changes no mount that is there");
            }
            kind(mounts.get(i), pointer, found);
            destination(mounts.get(i), pointer, found);
            mappings(mounts.get(i), spec.linux(), pointer, found);
        }
    }

    private static void kind(Mount mount, String pointer, Violations found) {
        boolean bind = isBind(mount);
        boolean untyped = mount.type().isEmpty() || mount.type().equals("none");
        if (untyped && !bind && !has(mount, CHANGES)) {
            found.add(
                    pointer,
                    "has neither a file system type nor the option bind: write one of them, for example \"type\": \"tmpfs\"");
        }
        found.addIf(
                mount.options().contains("tmpcopyup") && !mount.type().equals("tmpfs"),
                pointer + "/options",
                "have tmpcopyup, which goes with a new tmpfs only");
        if (bind && mount.source().isEmpty() && !mount.options().contains("remount")) {
            found.add(
                    pointer,
                    "is a bind mount without a source: name the directory or file to show at "
                            + Quoted.text(mount.destination()));
        }
    }

    private static void destination(Mount mount, String pointer, Violations found) {
        if (mount.destination().isEmpty()) {
            found.add(pointer + "/destination", "is empty: write an absolute path in the container");
            return;
        }
        String path = PathText.clean(mount.destination());
        if (path.equals("/proc") && !mount.type().equals("proc") && !isBind(mount) && !has(mount, CHANGES)) {
            found.add(
                    pointer + "/type",
                    "must be proc at /proc, not " + Quoted.text(mount.type())
                            + ": the container relies on what is there");
        }
        if (path.startsWith("/proc/") && !PROC_FILES.contains(path)) {
            found.add(
                    pointer + "/destination",
                    Quoted.text(mount.destination())
                            + " is inside /proc, where only a few files may be covered, such as /proc/meminfo:"
                            + " use /linux/maskedPaths to hide it, or another place");
        }
    }

    private static void mappings(Mount mount, Linux linux, String pointer, Violations found) {
        boolean uids = !mount.uidMappings().isEmpty();
        boolean gids = !mount.gidMappings().isEmpty();
        if (uids != gids) {
            String missing = uids ? "/gidMappings" : "/uidMappings";
            found.add(pointer + missing, "is missing: an idmapped mount needs uidMappings and gidMappings, or neither");
        }
        if (!uids && !gids && has(mount, IDMAP) && linux.namespace(NamespaceType.USER) == null) {
            found.add(
                    pointer + "/options",
                    "ask for an idmapped mount, and there is no map: add uidMappings and gidMappings to the mount, or a user namespace to"
                            + " /linux/namespaces to take its maps");
        }
        IdMappingRules.check(mount.uidMappings(), pointer + "/uidMappings", found);
        IdMappingRules.check(mount.gidMappings(), pointer + "/gidMappings", found);
    }

    private static boolean isBind(Mount mount) {
        return mount.type().equals("bind") || has(mount, BIND);
    }

    private static boolean has(Mount mount, Set<String> words) {
        for (String option : mount.options()) {
            if (words.contains(option)) {
                return true;
            }
        }
        return false;
    }
}
