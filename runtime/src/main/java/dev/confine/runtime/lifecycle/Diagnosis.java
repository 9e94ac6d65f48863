package dev.confine.runtime.lifecycle;

import dev.confine.launch.Errno;
import dev.confine.launch.LaunchFailure;
import dev.confine.runtime.access.BundleTree;
import dev.confine.runtime.access.Configured;
import dev.confine.runtime.access.Credentials;
import dev.confine.runtime.access.Cure;
import dev.confine.runtime.access.Cures;
import dev.confine.runtime.access.Explanation;
import dev.confine.runtime.access.LiveTree;
import dev.confine.runtime.access.Permission;
import dev.confine.runtime.access.Reach;
import dev.confine.runtime.access.Subject;
import dev.confine.runtime.access.Tree;
import dev.confine.runtime.access.Verdict;
import dev.confine.runtime.access.Walk;
import dev.confine.runtime.compile.Blueprint;
import dev.confine.runtime.doctor.Doctor;
import dev.confine.runtime.doctor.Finding;
import dev.confine.runtime.doctor.Patient;
import dev.confine.runtime.host.HostFiles;
import dev.confine.spec.Mount;
import dev.confine.spec.Process;
import dev.confine.spec.Root;
import dev.confine.spec.Spec;
import dev.confine.spi.Caller;
import dev.confine.spi.CreateRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Why a step failed, as {@code confine access} and {@code confine doctor} would say it, in a line for the end of a message. Only asked once something has
 * failed: what it loads is dear. It never fails itself, and says nothing where it finds nothing.
 */
final class Diagnosis {
    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final String PROGRAM = "/process/args/0";

    private final int errno;
    private final String pointer;
    private final Blueprint blueprint;
    private final long first;

    private Diagnosis(int errno, String pointer, Blueprint blueprint, long first) {
        this.errno = errno;
        this.pointer = pointer;
        this.blueprint = blueprint;
        this.first = first;
    }

    /** @param first pid of the first process of a container that lives; 0 for one that is made */
    static String of(LaunchFailure failure, Blueprint blueprint, long first) {
        return of(failure.errno(), failure.step().pointer(), blueprint, first);
    }

    /** Of a created container whose program was not executed. */
    static String ofProgram(int errno, Blueprint blueprint) {
        return of(errno, PROGRAM, blueprint, 0);
    }

    private static String of(int errno, String pointer, Blueprint blueprint, long first) {
        try {
            return new Diagnosis(errno, pointer, blueprint, first).line();
        } catch (RuntimeException | IOException | LinkageError unknown) {
            return "";
        }
    }

    private String line() throws IOException {
        boolean denied = is(Errno.EACCES) || is(Errno.EPERM);
        if (denied && pointer.equals("/process/cwd")) {
            return inside(List.of(process().cwd()));
        }
        if (denied && pointer.equals(PROGRAM)) {
            return inside(candidates());
        }
        if (is(Errno.EACCES) && pointer.equals("/root/path")) {
            Root root = blueprint.request().spec().root();
            return root == null ? "" : outside(root.path());
        }
        if (is(Errno.EACCES) && pointer.endsWith("/source")) {
            return outside(source(pointer));
        }
        if (denied && pointer.startsWith("/mounts/")) {
            return found("/proc", "/sys");
        }
        boolean limited = is(Errno.ENOSPC) || is(Errno.EUSERS) || is(Errno.EINVAL);
        if ((denied || limited)
                && (pointer.startsWith("/linux/namespaces") || pointer.startsWith("/linux/uidMappings"))) {
            return namespaces();
        }
        return "";
    }

    private boolean is(Errno wanted) {
        return errno == wanted.number();
    }

    private Process process() {
        Process process = blueprint.request().spec().process();
        if (process == null) {
            throw new IllegalStateException("there is a process to be made");
        }
        return process;
    }

    // ---- files

    private List<String> candidates() {
        String name = process().args().get(0);
        if (name.indexOf('/') >= 0) {
            return List.of(name.startsWith("/") ? name : process().cwd() + "/" + name);
        }
        String path = DEFAULT_PATH;
        for (String entry : process().env()) {
            path = entry.startsWith("PATH=") ? entry.substring("PATH=".length()) : path;
        }
        return List.of(path.split(":")).stream()
                .map(directory ->
                        (directory.startsWith("/") ? directory : process().cwd() + "/" + directory) + "/" + name)
                .toList();
    }

    /** The first of {@code paths} that is there and refuses, as the container's user. */
    private String inside(List<String> paths) throws IOException {
        Spec spec = blueprint.request().spec();
        if (first == 0) {
            Credentials who = Configured.beforeProgram(spec, blueprint.maps());
            try (BundleTree tree = tree(spec)) {
                return refusal(tree, who, paths);
            }
        }
        Credentials who =
                Configured.beforeProgram(spec, Subject.of(first).credentials().maps());
        try (LiveTree tree = new LiveTree(new HostFiles(), Reach.NONE, first, BundleTree.idmapped(spec))) {
            return refusal(tree, who, paths);
        }
    }

    private BundleTree tree(Spec spec) throws IOException {
        CreateRequest request = blueprint.request();
        return new BundleTree(new HostFiles(), Reach.NONE, request.bundle(), spec, request.idmapRootfs());
    }

    /** A file of the host, as the caller. */
    private String outside(String path) {
        String absolute = path.startsWith("/") ? path : blueprint.request().bundle() + "/" + path;
        long own = ProcessHandle.current().pid();
        try (LiveTree tree = new LiveTree(new HostFiles(), Reach.NONE, own, Map.of())) {
            return refusal(tree, Subject.of(own).credentials(), List.of(absolute));
        }
    }

    private String source(String pointer) {
        String[] parts = pointer.split("/");
        Mount mount = blueprint.request().spec().mounts().get(Integer.parseInt(parts[2]));
        return mount.source();
    }

    private static String refusal(Tree tree, Credentials who, List<String> paths) {
        for (String path : paths) {
            Verdict verdict = Walk.of(tree, who, true, path, Permission.EXECUTE);
            Verdict.Step refused = verdict.refusal();
            if (refused != null && refused.decision().reason().errno() != Errno.ENOENT) {
                List<Cure> cures = Cures.of(who, refused);
                return "at " + refused.path() + ": " + new Explanation(who).why(refused)
                        + (cures.isEmpty()
                                ? ""
                                : "; to allow it: " + cures.get(0).how());
            }
        }
        return "";
    }

    // ---- the host

    private String namespaces() {
        String found = found("namespaces", "user namespaces", "AppArmor", "kernel");
        if (!found.isEmpty() || is(Errno.EINVAL)) {
            return found;
        }
        if (is(Errno.ENOSPC) || is(Errno.EUSERS)) {
            return "a limit of user.max_…_namespaces is reached, or namespaces are nested 32 deep; to allow more: sysctl -w"
                    + " user.max_user_namespaces=15000, and see confine ns for those there are";
        }
        return "";
    }

    /** The first finding about one of {@code topics} that is not good. */
    private String found(String... topics) {
        Caller caller = blueprint.caller();
        List<Finding> findings = Doctor.examine(
                new Patient("", caller, "/usr/bin/confine"), blueprint.request().bundle());
        for (Finding finding : findings) {
            if (finding.level() != Finding.Level.OK && List.of(topics).contains(finding.topic())) {
                return finding.what() + "; to allow it: " + finding.fix();
            }
        }
        return "";
    }
}
