package dev.confine.runtime.access;

import dev.confine.spec.Capability;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** A verdict in sentences. It reads nothing and decides nothing. */
public final class Explanation {
    private final Credentials who;

    public Explanation(Credentials who) {
        this.who = who;
    }

    /** The process's user: {@code uid 0 (1000 on the host)}. */
    public String who() {
        return "uid " + user(who.uid());
    }

    private String user(long outside) {
        return named(who.uidInside(outside), outside);
    }

    private String named(OptionalLong inside, long outside) {
        if (outside == Inode.UNKNOWN) {
            return "?, which the mount has nobody for,";
        }
        if (who.maps() == null) {
            return Long.toString(outside);
        }
        return inside.isPresent()
                ? inside.getAsLong() + " (" + outside + " on the host)"
                : outside + " of the host, which is not mapped,";
    }

    /** Owner and group of a file: {@code 0:0 (1000:1000)}, the host's in parentheses, the overflow id where one is not mapped. */
    public String owners(Inode inode) {
        String outside = id(inode.uid()) + ":" + id(inode.gid());
        if (who.maps() == null) {
            return outside;
        }
        return shown(who.uidInside(inode.uid())) + ":" + shown(who.gidInside(inode.gid())) + " (" + outside + ")";
    }

    private static String id(long id) {
        return id == Inode.UNKNOWN ? "?" : Long.toString(id);
    }

    private static String shown(OptionalLong inside) {
        return inside.isPresent() ? Long.toString(inside.getAsLong()) : "nobody";
    }

    /** Why a step refuses, in one sentence. */
    public String why(Verdict.Step step) {
        Decision decision = step.decision();
        String mount =
                step.node() == null ? "" : "the mount at " + step.node().mount().point();
        return switch (decision.reason()) {
            case ALLOWED, CAPABLE -> "it is allowed";
            case PERMISSIONS -> permissions(step);
            case READ_ONLY_MOUNT -> mount + " is read-only";
            case READ_ONLY_FILE_SYSTEM ->
                "the file system mounted at "
                        + (step.node() == null ? "?" : step.node().mount().point()) + " is itself read-only";
            case NOEXEC -> "no program is executed from " + mount + " (noexec)";
            case IMMUTABLE -> "the file is immutable (chattr +i)";
            case NO_OWNER ->
                "the id map of " + mount + " has nobody for its owner or group, so nothing is written to it";
            case PROTECTED_LINK ->
                "the link is neither the user's nor the directory owner's, in a directory that everybody may"
                        + " write to (fs.protected_symlinks)";
            case NOSYMFOLLOW -> mount + " does not follow links (nosymfollow)";
            case TOO_MANY_LINKS -> "more than 40 links are on the way";
            case MISSING -> "there is no such file";
            case NO_DIRECTORY -> "it is no directory";
            case TOO_LONG -> "a name has at most 255 bytes, a path 4095";
        };
    }

    private String permissions(Verdict.Step step) {
        Tree.Node node = step.node();
        Decision decision = step.decision();
        Matched matched = decision.matched();
        if (node == null || matched == null) {
            return "its permissions do not allow it";
        }
        Inode inode = node.inode();
        StringBuilder text = new StringBuilder("the ").append(inode.type().word());
        text.append(" is ").append(inode.shown()).append(" of ").append(belongs(inode));
        text.append("; ")
                .append(who())
                .append(" falls into class ")
                .append(matched.kind().word());
        if (matched.kind() == Matched.Kind.ACL_USER || matched.kind() == Matched.Kind.ACL_GROUP) {
            text.append(' ').append(id(matched.id()));
        }
        text.append(", which gives ").append(Permission.shown(matched.permissions()));
        if (matched.masked() != 0) {
            text.append(" (the mask takes ")
                    .append(Permission.letters(matched.masked()))
                    .append(')');
        }
        text.append(" where ").append(Permission.shown(decision.wanted())).append(" is needed");
        return text.append("; ").append(capability(decision, inode)).toString();
    }

    private String belongs(Inode inode) {
        OptionalLong user = who.uidInside(inode.uid());
        OptionalLong group = who.gidInside(inode.gid());
        if (user.isEmpty() && group.isEmpty()) {
            return "uid " + id(inode.uid()) + " and gid " + id(inode.gid()) + " of the host, which are not mapped";
        }
        return "uid " + named(user, inode.uid()) + " and gid " + named(group, inode.gid());
    }

    private String capability(Decision decision, Inode inode) {
        Capability capability = decision.capability();
        if (capability == null) {
            return "no capability helps, as nobody may execute a file without any x";
        }
        if (!decision.held()) {
            boolean root = who.uidInside(who.uid()).orElse(-1) == 0;
            return (root ? "root without " : "it does not have ")
                    + capability
                    + (root ? " is treated like everybody else" : "")
                    + (decision.counts() ? "" : ", which would not count here either: " + unmapped(inode));
        }
        return capability + " is there and does not count here: " + unmapped(inode);
    }

    private String unmapped(Inode inode) {
        List<String> missing = new ArrayList<>();
        if (who.uidInside(inode.uid()).isEmpty()) {
            missing.add("uid " + id(inode.uid()));
        }
        if (who.gidInside(inode.gid()).isEmpty()) {
            missing.add("gid " + id(inode.gid()));
        }
        return String.join(" and ", missing) + (missing.size() == 1 ? " is" : " are")
                + " not mapped in the user namespace";
    }

    /** What is true beside the answer: what only opening finds out, and what decides for itself. */
    public List<String> remarks(Verdict verdict) {
        List<String> remarks = new ArrayList<>();
        int last = verdict.steps().size() - 1;
        for (int i = 0; i <= last; i++) {
            Verdict.Step step = verdict.steps().get(i);
            if (step.node() != null) {
                remark(remarks, step, step.node(), i == last);
            }
        }
        return remarks.stream().distinct().toList();
    }

    private static void remark(List<String> remarks, Verdict.Step step, Tree.Node node, boolean last) {
        MountFacts mount = node.mount();
        if (mount.decidesItself()) {
            remarks.add("the file system at " + mount.point() + " (" + mount.type()
                    + ") decides for itself, so the kernel may answer otherwise");
        }
        if (mount.idmapped()) {
            remarks.add("the mount at " + mount.point() + " has an id map"
                    + (mount.maps() == null
                            ? ", which the kernel does not tell here (Linux ≥ 6.15 tells most)"
                            : ": users " + mount.maps().uids().shown() + " (on disk, shown, how many), as "
                                    + (mount.configured() ? "config.json has it" : "the kernel says")));
        }
        boolean writes = last && (step.decision().wanted() & Permission.WRITE) != 0;
        if (writes
                && step.decision().reason() == Reason.PERMISSIONS
                && mount.readOnly()
                && node.inode().type().isStored()) {
            remarks.add("the mount at " + mount.point()
                    + " is read-only, so nothing could be written even then, nor can its files be changed through it");
        }
        if (last && node.inode().type().isDevice()) {
            remarks.add(
                    mount.noDev()
                            ? "it is a device on a mount with nodev: open(2) is refused with EACCES, whatever access(2) says"
                            : "the device rules of the cgroup may refuse it as well");
        }
    }
}
