package dev.confine.runtime.compile;

/** The annotations of config.json that a container is another one with. Their names are crun's, as callers write them. */
public final class Annotations {
    /** With 1 the process stays in its caller's groups; podman's {@code --group-add keep-groups}. */
    public static final String KEEP_GROUPS = "run.oci.keep_original_groups";

    /** The file of the host that hooks outside of the container write their standard output to. */
    public static final String HOOK_STDOUT = "run.oci.hooks.stdout";

    /** The same of their standard error. */
    public static final String HOOK_STDERR = "run.oci.hooks.stderr";

    private Annotations() {}
}
