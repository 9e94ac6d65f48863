package dev.confine.cli.args;

import org.jspecify.annotations.Nullable;

/**
 * {@code create}.
 *
 * @param id as written, unchecked
 * @param from the bundle and its maps
 * @param pidFile as written, or null
 * @param consoleSocket as written, or null
 * @param pidfdSocket as written, or null
 * @param preserveFds how many file descriptors after 2 the container keeps
 * @param noPivot chroot in place of pivot_root
 * @param noNewKeyring keep the caller's session keyring
 * @param idmapRootfs mount the root file system idmapped
 */
public record CreateArguments(
        String id,
        BundleArguments from,
        @Nullable String pidFile,
        @Nullable String consoleSocket,
        @Nullable String pidfdSocket,
        int preserveFds,
        boolean noPivot,
        boolean noNewKeyring,
        boolean idmapRootfs) {}
