package dev.confine.spi;

import dev.confine.spec.Spec;
import dev.confine.state.ContainerId;
import org.jspecify.annotations.Nullable;

/**
 * What {@code create} and {@code run} are asked for.
 *
 * @param id of the new container
 * @param bundle absolute path
 * @param spec valid, with map presets already applied
 * @param config the text of {@code spec}, as a config.json in UTF-8
 * @param pidFile absolute path, or null
 * @param consoleSocket absolute path of a listening unix socket that takes the terminal's master, or null
 * @param pidfdSocket absolute path of a listening unix socket that takes a pidfd of the process, or null
 * @param preserveFds how many file descriptors after 2 the container keeps
 * @param idmapRootfs mount the root file system idmapped by the container's map
 * @param noPivot use chroot in place of pivot_root
 * @param noNewKeyring keep the caller's session keyring
 */
public record CreateRequest(
        ContainerId id,
        String bundle,
        Spec spec,
        byte[] config,
        @Nullable String pidFile,
        @Nullable String consoleSocket,
        @Nullable String pidfdSocket,
        int preserveFds,
        boolean idmapRootfs,
        boolean noPivot,
        boolean noNewKeyring) {

    /** The same for another container. */
    public CreateRequest of(ContainerId other, byte[] text) {
        return with(other, spec, text);
    }

    /** The same with another specification, of the same text. */
    public CreateRequest with(Spec other) {
        return with(id, other, config);
    }

    private CreateRequest with(ContainerId otherId, Spec otherSpec, byte[] text) {
        return new CreateRequest(
                otherId,
                bundle,
                otherSpec,
                text,
                pidFile,
                consoleSocket,
                pidfdSocket,
                preserveFds,
                idmapRootfs,
                noPivot,
                noNewKeyring);
    }
}
