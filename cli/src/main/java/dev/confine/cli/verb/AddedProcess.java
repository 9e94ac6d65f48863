package dev.confine.cli.verb;

import dev.confine.ConfineException;
import dev.confine.cli.args.AddedArguments;
import dev.confine.spec.Capabilities;
import dev.confine.spec.Capability;
import dev.confine.spec.Process;
import dev.confine.spec.User;
import java.util.ArrayList;
import java.util.List;

/** Makes of the process of config.json the one that exec adds: its program is another, and flags are laid over the rest. */
final class AddedProcess {
    /** (uid_t) -1 means "no change" to the kernel. */
    private static final long NO_ID = 0xffff_ffffL;

    private AddedProcess() {}

    static Process over(Process first, AddedArguments asked) {
        return new Process(
                asked.terminal(),
                null,
                user(first.userOrRoot(), asked),
                asked.command(),
                environment(first.env(), asked.env()),
                asked.cwd() == null ? first.cwd() : asked.cwd(),
                capabilities(first.capabilities(), asked.capabilities()),
                first.rlimits(),
                first.noNewPrivileges() || asked.noNewPrivileges(),
                first.oomScoreAdj(),
                asked.apparmor() == null ? first.apparmorProfile() : asked.apparmor(),
                asked.label() == null ? first.selinuxLabel() : asked.label(),
                first.scheduler(),
                first.ioPriority(),
                first.execCPUAffinity());
    }

    private static User user(User first, AddedArguments asked) {
        long uid = first.uid();
        long gid = first.gid();
        String user = asked.user();
        if (user != null) {
            int colon = user.indexOf(':');
            uid = id("--user", colon < 0 ? user : user.substring(0, colon));
            gid = colon < 0 ? gid : id("--user", user.substring(colon + 1));
        }
        List<Long> groups = new ArrayList<>(first.additionalGids());
        for (String group : asked.groups()) {
            groups.add(id("--additional-gids", group));
        }
        return new User(uid, gid, first.umask(), groups);
    }

    /** Decimal digits alone: a sign, a space or a name is none. */
    private static long id(String flag, String text) {
        long id = 0;
        boolean good = !text.isEmpty() && text.length() <= 10;
        for (int i = 0; good && i < text.length(); i++) {
            char c = text.charAt(i);
            good = c >= '0' && c <= '9';
            id = 10 * id + c - '0';
        }
        if (!good || id >= NO_ID) {
            throw new ConfineException(flag + " \"" + text
                    + "\": write an id as a number from 0 to 4294967294, as UID or UID:GID for --user");
        }
        return id;
    }

    /** An entry replaces the one of the same name. */
    private static List<String> environment(List<String> first, List<String> more) {
        List<String> all = new ArrayList<>(first);
        for (String entry : more) {
            String name = entry.substring(0, entry.indexOf('=') + 1);
            for (int i = all.size() - 1; i >= 0 && !name.isEmpty(); i--) {
                if (all.get(i).startsWith(name)) {
                    all.remove(i);
                }
            }
            all.add(entry);
        }
        return all;
    }

    /** Bounding, effective and permitted; what is inheritable or ambient is never implied. */
    private static Capabilities capabilities(Capabilities first, List<String> more) {
        for (String name : more) {
            if (Capability.named(name) == null) {
                throw new ConfineException("--cap " + name + ": no such capability; write one such as CAP_NET_ADMIN");
            }
        }
        return new Capabilities(
                joined(first.effective(), more),
                joined(first.bounding(), more),
                first.inheritable(),
                joined(first.permitted(), more),
                first.ambient());
    }

    private static List<String> joined(List<String> first, List<String> more) {
        List<String> all = new ArrayList<>(first);
        all.addAll(more);
        return all;
    }
}
