package dev.confine.cli.verb;

import dev.confine.ConfineException;
import dev.confine.cli.args.AccessArguments;
import dev.confine.idmap.IdMaps;
import dev.confine.runtime.access.BundleTree;
import dev.confine.runtime.access.Configured;
import dev.confine.runtime.access.Credentials;
import dev.confine.runtime.access.Impersonation;
import dev.confine.runtime.access.LiveTree;
import dev.confine.runtime.access.Subject;
import dev.confine.runtime.access.Tree;
import dev.confine.runtime.config.SpecReader;
import dev.confine.runtime.host.HostFiles;
import dev.confine.runtime.lifecycle.LinuxLifecycle;
import dev.confine.runtime.store.StateStore;
import dev.confine.spec.Capability;
import dev.confine.spec.Spec;
import dev.confine.state.ContainerId;
import dev.confine.state.ContainerState;
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
 * @param pid 0 for a bundle
 */
record AccessSubject(String kind, String name, long pid, Credentials who, Tree tree, AutoCloseable closing)
        implements AutoCloseable {
    static AccessSubject of(AccessArguments asked, Workplace workplace) {
        String word = asked.subject();
        ContainerState container = word.indexOf('/') < 0 && !word.equals(".") ? container(word, workplace) : null;
        if (container != null) {
            ContainerState now = LinuxLifecycle.current(container);
            if (now.pid() != 0) {
                Spec spec = workplace.lifecycleOf(now.id()).config(now.id());
                return live("container", word, now.pid(), asked, BundleTree.idmapped(spec));
            }
            return bundle(now.bundle(), asked);
        }
        if (isNumber(word)) {
            return live("process", word, Long.parseLong(word), asked, Map.of());
        }
        String directory =
                Path.of(workplace.session().caller().resolve(word)).normalize().toString();
        if (new File(directory, "config.json").exists()) {
            return bundle(directory, asked);
        }
        throw new ConfineException("access: " + word
                + " is no container here (see confine list), no pid, and no directory with a config.json");
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
            String kind, String name, long pid, AccessArguments asked, Map<String, IdMaps> known) {
        Subject subject = Subject.of(pid);
        Credentials who = impersonation(asked).of(subject.credentials(), subject.bounding());
        LiveTree tree = new LiveTree(new HostFiles(), pid, known);
        return new AccessSubject(kind, name, pid, who, tree, tree);
    }

    private static AccessSubject bundle(String directory, AccessArguments asked) {
        Spec spec = SpecReader.read(directory + "/config.json");
        Credentials own = Configured.inProgram(spec, Configured.maps(spec));
        Credentials who = impersonation(asked).of(own, Configured.bounding(spec));
        try {
            BundleTree tree = new BundleTree(new HostFiles(), directory, spec, false);
            return new AccessSubject("bundle", directory, 0, who, tree, tree);
        } catch (IOException e) {
            throw new ConfineException("read /proc/self/mountinfo: " + e.getMessage(), e);
        }
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
