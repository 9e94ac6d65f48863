package dev.confine.runtime.access;

import dev.confine.idmap.Extent;
import dev.confine.idmap.IdMap;
import dev.confine.idmap.IdMapException;
import dev.confine.idmap.IdMaps;
import dev.confine.runtime.access.Tree.Node;
import dev.confine.spec.Capability;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What would allow a step that was refused, the least powerful change first. Each is tried on the rules before it is named, so none is named that does not
 * help; whether the next step then refuses is not its business. It changes nothing.
 */
public final class Cures {
    private final Credentials who;
    private final Node node;
    private final Inode inode;
    private final Decision refused;
    private final String path;
    private final List<Cure> cures = new ArrayList<>();

    private Cures(Credentials who, Node node, Decision refused) {
        this.who = who;
        this.node = node;
        this.inode = node.inode();
        this.refused = refused;
        this.path = ShellWord.of(node.where());
    }

    /** Of a step that refuses; none for what is not there. */
    public static List<Cure> of(Credentials who, Verdict.Step step) {
        Node node = step.node();
        if (node == null) {
            return List.of();
        }
        Cures cures = new Cures(who, node, step.decision());
        switch (step.decision().reason()) {
            case PERMISSIONS -> cures.permissions();
            case READ_ONLY_MOUNT -> cures.option("ro");
            case NOSYMFOLLOW -> cures.option("nosymfollow");
            case NOEXEC -> cures.executable();
            case READ_ONLY_FILE_SYSTEM ->
                cures.add(
                        Cure.Kind.MOUNT_OPTION,
                        "mount the file system itself read-write, where it can be",
                        "mount -o remount,rw " + ShellWord.of(node.mount().point()));
            case IMMUTABLE -> cures.add(Cure.Kind.MODE, "let the file be changed again", "chattr -i " + cures.path);
            case NO_OWNER -> cures.owner();
            case PROTECTED_LINK -> cures.link();
            default -> {}
        }
        return cures.cures;
    }

    private void add(Cure.Kind kind, String what, String how) {
        cures.add(new Cure(kind, what, how));
    }

    // ---- permissions

    private void permissions() {
        boolean changeable = !node.mount().ownersAreFixed();
        if (changeable) {
            mode();
            list();
        }
        group();
        if (changeable) {
            owner();
        }
        idmappedMount();
        mapLine();
        capability();
    }

    private boolean allows(Credentials as, Inode changed) {
        return Rules.permissions(as, changed, refused.wanted()).allows();
    }

    private void mode() {
        Inode changed = new Inode(
                inode.type(),
                inode.uid(),
                inode.gid(),
                inode.mode() | (refused.wanted() << 6),
                inode.acl(),
                inode.immutable());
        if (inode.uid() == who.uid() && allows(who, changed)) {
            add(
                    Cure.Kind.MODE,
                    "give its owner, who it is, the permission",
                    "chmod u+" + Permission.letters(refused.wanted()) + " " + path);
        }
    }

    private void list() {
        Inode changed = inode.listing(who.uid(), refused.wanted());
        if (inode.type() != Inode.Type.LINK && inode.uid() != Inode.UNKNOWN && allows(who, changed)) {
            add(
                    Cure.Kind.ACL,
                    "give this one user the permission, where the file system has access control lists",
                    "setfacl -m u:" + who.uid() + ":" + Permission.letters(refused.wanted()) + " " + path);
        }
    }

    private void group() {
        if (who.gidInside(inode.gid()).isEmpty() || who.isIn(inode.gid())) {
            return;
        }
        List<Long> groups = new ArrayList<>(who.groups());
        groups.add(inode.gid());
        Credentials member = new Credentials(who.uid(), who.gid(), groups, who.capabilities(), who.maps());
        if (allows(member, inode)) {
            long inside = who.gidInside(inode.gid()).getAsLong();
            add(
                    Cure.Kind.GROUP,
                    "make the process a member of group " + inside,
                    "config.json /process/user/additionalGids: add " + inside + " (or confine exec --additional-gids "
                            + inside + ")");
        }
    }

    private void owner() {
        Inode changed = inode.owned(who.uid(), inode.gid());
        if (inode.uid() != who.uid() && (inode.uid() == Inode.UNKNOWN || allows(who, changed))) {
            add(
                    Cure.Kind.CHOWN,
                    "make it belong to uid " + who.uid() + " of the host, which is uid " + inside(who.uid())
                            + " inside",
                    "chown -h " + who.uid() + " " + path);
        }
    }

    private String inside(long uid) {
        return who.uidInside(uid).isPresent() ? Long.toString(who.uidInside(uid).getAsLong()) : "nobody's";
    }

    /** Shown as the process's, on disk as it is. */
    private void idmappedMount() {
        boolean can = who.maps() != null
                && !node.mount().idmapped()
                && IdmappableSystems.has(node.mount().type());
        if (!can || inode.uid() == Inode.UNKNOWN || !allows(who, inode.owned(who.uid(), who.gid()))) {
            return;
        }
        String how = node.mount().point().equals("/")
                ? "confine run --idmap-rootfs, which shows id 0 on disk as root inside"
                : "config.json, the mount at " + node.mount().point() + ": \"uidMappings\": ["
                        + mapping(inode.uid(), who.uid()) + "], \"gidMappings\": [" + mapping(inode.gid(), who.gid())
                        + "]";
        boolean root = who.uidInside(who.uid()).orElse(-1) == inode.uid();
        if (!node.mount().point().equals("/") || root) {
            add(Cure.Kind.IDMAPPED_MOUNT, "show its owner as the process's user, on this mount alone", how);
        }
    }

    private static String mapping(long inside, long outside) {
        return "{\"containerID\": " + inside + ", \"hostID\": " + outside + ", \"size\": 1}";
    }

    /** The process has the capability; it would count if the owner had an id inside. */
    private void mapLine() {
        IdMaps maps = who.maps();
        if (maps == null || !refused.held() || refused.counts()) {
            return;
        }
        IdMap users = with(maps.uids(), inode.uid());
        IdMap groups = with(maps.gids(), inode.gid());
        if (users == null || groups == null) {
            return;
        }
        Credentials mapped =
                new Credentials(who.uid(), who.gid(), who.groups(), who.capabilities(), new IdMaps(users, groups));
        if (allows(mapped, inode)) {
            List<String> lines = new ArrayList<>();
            line(lines, "/linux/uidMappings", maps.uids(), users);
            line(lines, "/linux/gidMappings", maps.gids(), groups);
            add(
                    Cure.Kind.MAP,
                    "give its owner an id inside, so that " + refused.capability() + " counts for it",
                    "config.json " + String.join("; ", lines));
        }
    }

    private static @Nullable IdMap with(IdMap map, long outside) {
        if (outside == Inode.UNKNOWN) {
            return null;
        }
        if (map.toInside(outside).isPresent()) {
            return map;
        }
        long free = 0;
        for (Extent extent : map.extents()) {
            free = Math.max(free, extent.lastInside() + 1);
        }
        try {
            List<Extent> extents = new ArrayList<>(map.extents());
            extents.add(new Extent(free, outside, 1));
            return new IdMap(extents);
        } catch (IdMapException full) {
            return null;
        }
    }

    private static void line(List<String> lines, String pointer, IdMap before, IdMap after) {
        if (!after.equals(before)) {
            Extent added = after.extents().get(after.extents().size() - 1);
            lines.add(pointer + ": add " + mapping(added.inside(), added.outside()));
        }
    }

    private void capability() {
        Capability capability = refused.capability();
        if (capability != null && !refused.held() && allows(who.with(capability), inode)) {
            add(
                    Cure.Kind.CAPABILITY,
                    "give the process " + capability + ", which counts for every file whose owner and group are mapped",
                    "config.json /process/capabilities: add \"" + capability
                            + "\" to bounding, permitted and effective (or confine exec --cap " + capability + ")");
        }
    }

    // ---- mounts and links

    private void option(String option) {
        String point = node.mount().point();
        boolean root = point.equals("/") && option.equals("ro");
        add(
                Cure.Kind.MOUNT_OPTION,
                "mount " + point + " without " + option,
                root
                        ? "config.json /root/readonly: false"
                        : "config.json, the mount at " + point + ": take \"" + option + "\" out of its options");
    }

    private void executable() {
        if (node.mount().noExec()) {
            option("noexec");
        }
    }

    private void link() {
        add(Cure.Kind.CHOWN, "make the link belong to who follows it", "chown -h " + who.uid() + " " + path);
        add(
                Cure.Kind.SETTING,
                "let everybody's links be followed in directories like /tmp, on the whole host",
                "sysctl fs.protected_symlinks=0");
    }
}
