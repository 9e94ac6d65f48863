package dev.confine.spec;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The whole of config.json for Linux, {@code config.md}. It holds what was written and says nothing about whether it makes sense. Sections of other
 * platforms have no place in it.
 *
 * @param ociVersion the specification's version that the file complies with
 * @param root the root file system, or null
 * @param mounts in the order in which they are mounted
 * @param process what {@code start} runs, or null for a container that cannot be started
 * @param hostname empty to leave it alone
 * @param domainname the NIS domain name, empty to leave it alone
 * @param hooks programs around the life of the container
 * @param annotations free text by key
 * @param linux everything of {@code config-linux.md}
 */
public record Spec(
        String ociVersion,
        @Nullable Root root,
        List<Mount> mounts,
        @Nullable Process process,
        String hostname,
        String domainname,
        Hooks hooks,
        Map<String, String> annotations,
        Linux linux) {

    public Spec {
        mounts = List.copyOf(mounts);
        annotations = Ordered.copy(annotations);
    }

    public Spec withRoot(@Nullable Root changed) {
        return new Spec(ociVersion, changed, mounts, process, hostname, domainname, hooks, annotations, linux);
    }

    public Spec withMounts(List<Mount> changed) {
        return new Spec(ociVersion, root, changed, process, hostname, domainname, hooks, annotations, linux);
    }

    public Spec withProcess(@Nullable Process changed) {
        return new Spec(ociVersion, root, mounts, changed, hostname, domainname, hooks, annotations, linux);
    }

    public Spec withHooks(Hooks changed) {
        return new Spec(ociVersion, root, mounts, process, hostname, domainname, changed, annotations, linux);
    }

    public Spec withLinux(Linux changed) {
        return new Spec(ociVersion, root, mounts, process, hostname, domainname, hooks, annotations, changed);
    }
}
