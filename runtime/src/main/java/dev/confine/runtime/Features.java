package dev.confine.runtime;

import dev.confine.runtime.compile.Annotations;
import dev.confine.runtime.compile.MountOptions;
import dev.confine.spec.Capability;
import dev.confine.spec.MemoryPolicy;
import dev.confine.spec.NamespaceType;
import dev.confine.spec.Seccomp;
import dev.confine.spec.SyscallArg;
import java.util.ArrayList;
import java.util.List;

/** The words of what this build can do, {@code features.md}: whatever the host has. They come out of the tables that containers are compiled with. */
public final class Features {
    /** The oldest and the newest version of the specification that a configuration may name. */
    public static final String OLDEST = "1.0.0";

    public static final String NEWEST = "1.3.0";

    private Features() {}

    public static List<String> hooks() {
        return List.of("prestart", "createRuntime", "createContainer", "startContainer", "poststart", "poststop");
    }

    /** Words that are not handed to the file system, sorted. */
    public static List<String> mountOptions() {
        return MountOptions.words();
    }

    /** Annotations that make a container another one, and may come from whoever names an image; one with a dot at its end stands for all that begin so. */
    public static List<String> unsafeAnnotations() {
        return List.of(
                Annotations.HOOK_STDERR, Annotations.HOOK_STDOUT, Annotations.KEEP_GROUPS, "org.systemd.property.");
    }

    public static List<String> namespaces() {
        List<String> names = new ArrayList<>();
        for (NamespaceType type : NamespaceType.values()) {
            names.add(type.toString());
        }
        return names;
    }

    public static List<String> capabilities() {
        return names(Capability.values());
    }

    public static List<String> seccompActions() {
        return names(Seccomp.Action.values());
    }

    public static List<String> seccompOperators() {
        return names(SyscallArg.Operator.values());
    }

    public static List<String> seccompArchitectures() {
        return names(Seccomp.Arch.values());
    }

    public static List<String> seccompFlags() {
        return names(Seccomp.Flag.values());
    }

    public static List<String> memoryPolicyModes() {
        return names(MemoryPolicy.Mode.values());
    }

    public static List<String> memoryPolicyFlags() {
        return names(MemoryPolicy.Flag.values());
    }

    private static List<String> names(Enum<?>[] constants) {
        List<String> names = new ArrayList<>();
        for (Enum<?> constant : constants) {
            names.add(constant.name());
        }
        return names;
    }
}
