package dev.confine.cli.identity;

import dev.confine.ConfineException;
import dev.confine.cli.verb.Subject;
import dev.confine.idmap.Extent;
import dev.confine.idmap.IdMap;
import dev.confine.runtime.config.SpecReader;
import dev.confine.runtime.inspect.AccountNames;
import dev.confine.runtime.inspect.NamespaceRelations;
import dev.confine.runtime.inspect.Proc;
import dev.confine.runtime.inspect.ProcessFiles;
import dev.confine.runtime.inspect.UserNamespace;
import dev.confine.runtime.inspect.UserNamespaces;
import dev.confine.spec.IdMapping;
import dev.confine.spec.Namespace;
import dev.confine.spec.NamespaceType;
import dev.confine.spec.Spec;
import dev.confine.state.ContainerState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The user namespaces from a subject's to the caller's, innermost first.
 *
 * @param what what the subject is, for people
 * @param pid of the process; 0 for a bundle
 * @param levels the caller's last, and alone where the subject is in it
 */
record IdChain(String what, long pid, List<IdLevel> levels) {
    IdChain {
        levels = List.copyOf(levels);
    }

    IdLevel inner() {
        return levels.get(0);
    }

    /** Whether the subject is in no other user namespace than the caller. */
    boolean isOurs() {
        return inner().ours();
    }

    /** @param entrance the way into a namespace that has no process */
    static IdChain of(Subject subject, Proc proc, NamespaceRelations.Source source, Entrance entrance) {
        if (subject.pid() == 0) {
            return ofBundle(subject, String.valueOf(subject.bundle()), proc);
        }
        ProcessFiles files = new ProcessFiles(proc);
        List<IdLevel> levels = new ArrayList<>();
        UserNamespaces namespaces = new UserNamespaces(proc, source);
        for (UserNamespace found : namespaces.chain(subject.pid())) {
            UserNamespace one = found;
            if (one.uids() == null && one.member() == 0) {
                UserNamespace[] visited = {one};
                entrance.above(subject.pid(), levels.size(), pid -> visited[0] = namespaces.of(found, pid));
                one = visited[0];
            }
            long names = levels.isEmpty() ? subject.pid() : one.member();
            boolean ours = one.ours() && !levels.isEmpty();
            levels.add(new IdLevel(
                    one.id(),
                    one.ours(),
                    one.member(),
                    one.uids(),
                    one.gids(),
                    ours ? Observation.names(proc, "/etc/passwd") : inside(files, names, "/etc/passwd"),
                    ours ? Observation.names(proc, "/etc/group") : inside(files, names, "/etc/group")));
        }
        if (!levels.get(levels.size() - 1).ours()) {
            levels.add(ours(proc));
        }
        String what = subject.container() == null ? "process " + subject.pid() : "container " + subject.word();
        return new IdChain(what, subject.pid(), levels);
    }

    /** Lets somebody look at a process in the namespace so many above that of a process, if it can be. */
    interface Entrance {
        void above(long pid, int generation, LongConsumer look);
    }

    private static AccountNames inside(ProcessFiles files, long pid, String file) {
        if (pid == 0) {
            return AccountNames.NONE;
        }
        return file.endsWith("passwd") ? files.users(pid) : files.groups(pid);
    }

    private static IdChain ofBundle(Subject subject, String bundle, Proc proc) {
        Spec known = subject.spec();
        Spec spec = known == null ? SpecReader.read(bundle + "/config.json") : known;
        IdLevel host = ours(proc);
        Namespace user = null;
        for (Namespace namespace : spec.linux().namespaces()) {
            user = namespace.type() == NamespaceType.USER ? namespace : user;
        }
        ContainerState container = subject.container();
        String what = container == null
                ? "bundle " + bundle
                : "container " + container.id() + ", which is "
                        + container.status().word() + ", by its configuration";
        if (user == null) {
            return new IdChain(what, 0, List.of(host));
        }
        if (!user.isNew()) {
            throw new ConfineException(what + " joins the user namespace at " + user.path()
                    + ": give a process that is in it (config.json /linux/namespaces)");
        }
        String root = spec.root() == null ? "rootfs" : spec.root().path();
        String directory = root.startsWith("/") ? root : bundle + "/" + root;
        IdLevel inside = new IdLevel(
                null,
                false,
                0,
                map(spec.linux().uidMappings()),
                map(spec.linux().gidMappings()),
                ProcessFiles.names(directory, "/etc/passwd"),
                ProcessFiles.names(directory, "/etc/group"));
        return new IdChain(what, 0, List.of(inside, host));
    }

    private static IdLevel ours(Proc proc) {
        return new IdLevel(
                proc.ownNamespace(NamespaceType.USER),
                true,
                0,
                UserNamespace.IDENTITY,
                UserNamespace.IDENTITY,
                Observation.names(proc, "/etc/passwd"),
                Observation.names(proc, "/etc/group"));
    }

    private static @Nullable IdMap map(List<IdMapping> mappings) {
        List<Extent> extents = new ArrayList<>();
        for (IdMapping mapping : mappings) {
            extents.add(new Extent(mapping.containerID(), mapping.hostID(), mapping.size()));
        }
        return extents.isEmpty() ? null : IdMap.of(extents);
    }
}
