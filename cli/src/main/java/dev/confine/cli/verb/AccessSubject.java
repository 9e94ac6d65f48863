package dev.confine.cli.verb;

import dev.confine.ConfineException;
import dev.confine.cli.args.AccessArguments;
import dev.confine.idmap.IdMaps;
import dev.confine.runtime.access.BundleTree;
import dev.confine.runtime.access.Configured;
import dev.confine.runtime.access.Credentials;
import dev.confine.runtime.access.Impersonation;
import dev.confine.runtime.access.LiveTree;
import dev.confine.runtime.access.Reach;
import dev.confine.runtime.access.Subject;
import dev.confine.runtime.access.Tree;
import dev.confine.runtime.config.SpecReader;
import dev.confine.runtime.host.HostFiles;
import dev.confine.runtime.lifecycle.InnerReach;
import dev.confine.runtime.lifecycle.LinuxLifecycle;
import dev.confine.runtime.store.StateStore;
import dev.confine.spec.Capability;
import dev.confine.spec.Spec;
import dev.confine.spi.Caller;
import dev.confine.state.ContainerId;
import dev.confine.state.ContainerState;
import dev.confine.state.Status;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who and what {@code access} is asked about: a container of ours by its name, any process by its pid, or a bundle that need not run.
 *
 * @param pid 0 for a bundle, and a container without a process that the caller may look at: then its configuration is asked
 */
record AccessSubject(String kind, String name, long pid, Credentials who, Tree tree, AutoCloseable closing)
        implements AutoCloseable {
    static AccessSubject of(AccessArguments asked, Workplace workplace) {
        String word = asked.subject();
        ContainerState container = word.indexOf('/') < 0 && !word.equals(".") ? container(word, workplace) : null;
        if (container != null) {
            ContainerState now = LinuxLifecycle.current(container);
            Spec spec = workplace.lifecycleOf(now.id()).config(now.id());
            return isClosed(now, workplace.session().caller())
                    ? configured("container", word, now.bundle(), spec, asked, workplace)
                    : live("container", word, now.pid(), asked, BundleTree.idmapped(spec), workplace);
        }
        if (isNumber(word)) {
            return live("process", word, Long.parseLong(word), asked, Map.of(), workplace);
        }
        String directory =
                Path.of(workplace.session().caller().resolve(word)).normalize().toString();
        if (new File(directory, "config.json").exists()) {
            Spec spec = SpecReader.read(directory + "/config.json");
            return configured("bundle", directory, directory, spec, asked, workplace);
        }
        throw new ConfineException("access: " + word
                + " is no container here (see confine list), no pid, and no directory with a config.json");
    }

    /** One that has ended; and one that waits for its start, which nobody but root may look at, as it is not dumpable until its program is executed. */
    static boolean isClosed(ContainerState state, Caller caller) {
        boolean waits = state.status() == Status.CREATED && !caller.isRoot();
        return state.status() == Status.STOPPED || waits || state.pid() == 0;
    }

    private static @Nullable ContainerState container(String word, Workplace workplace) {
        try {
            return new StateStore(workplace.root()).find(ContainerId.parse(word));
        } catch (ConfineException none) {
            return null;
        }
    }

    private static boolean isNumber(String word) {
        return !word.isEmpty() && word.length() <= 10 && word.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static AccessSubject live(
            String kind, String name, long pid, AccessArguments asked, Map<String, IdMaps> known, Workplace workplace) {
        Subject subject = Subject.of(pid);
        Credentials who = impersonation(asked).of(subject.credentials(), subject.bounding());
        HostFiles files = new HostFiles();
        boolean root = workplace.session().caller().isRoot() || who.maps() == null;
        Reach reach = root ? Reach.NONE : InnerReach.of(workplace.session(), files, pid);
        LiveTree tree = new LiveTree(files, reach, pid, known);
        return new AccessSubject(kind, name, pid, who, tree, tree);
    }

    private static AccessSubject configured(
            String kind, String name, String directory, Spec spec, AccessArguments asked, Workplace workplace) {
        IdMaps maps = Configured.maps(spec);
        Credentials own = Configured.inProgram(spec, maps);
        Credentials who = impersonation(asked).of(own, Configured.bounding(spec));
        try {
            HostFiles files = new HostFiles();
            BundleTree tree = new BundleTree(files, reach(files, maps, workplace), directory, spec, false);
            return new AccessSubject(kind, name, 0, who, tree, tree);
        } catch (IOException e) {
            throw new ConfineException("read /proc/self/mountinfo: " + e.getMessage(), e);
        }
    }

    /** Root sees all; an ordinary user what belongs to ids that its container would have. */
    private static Reach reach(HostFiles files, @Nullable IdMaps maps, Workplace workplace) {
        if (maps == null || workplace.session().caller().isRoot()) {
            return Reach.NONE;
        }
        return workplace.lifecycle() instanceof LinuxLifecycle linux ? linux.reach(files, maps) : Reach.NONE;
    }

    private static Impersonation impersonation(AccessArguments asked) {
        long uid = -1;
        long gid = -1;
        String as = asked.as();
        if (as != null) {
            int colon = as.indexOf(':');
            uid = id("--as", colon < 0 ? as : as.substring(0, colon));
            gid = colon < 0 ? -1 : id("--as", as.substring(colon + 1));
        }
        List<Long> groups = new ArrayList<>();
        for (String group : asked.groups()) {
            groups.add(id("--additional-gids", group));
        }
        Long capabilities = null;
        if (!asked.capabilities().isEmpty()) {
            long mask = 0;
            for (String name : asked.capabilities()) {
                mask |= capability(name);
            }
            capabilities = mask;
        }
        return new Impersonation(uid, gid, groups.isEmpty() ? null : groups, capabilities);
    }

    private static long capability(String name) {
        Capability capability = Capability.named(name);
        if (capability == null && !name.equals("none")) {
            throw new ConfineException(
                    "--cap " + name + ": no such capability; write one such as CAP_DAC_OVERRIDE, or none");
        }
        return capability == null ? 0 : 1L << capability.number();
    }

    private static long id(String flag, String text) {
        if (!isNumber(text) || Long.parseLong(text) > 0xffff_fffeL) {
            throw new ConfineException(flag + " \"" + text
                    + "\": write an id as a number from 0 to 4294967294, as UID or UID:GID for --as");
        }
        return Long.parseLong(text);
    }

    @Override
    public void close() {
        try {
            closing.close();
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
