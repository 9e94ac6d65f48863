package dev.confine.cli.args;

import dev.confine.spi.CheckpointRequest;
import org.jspecify.annotations.Nullable;

/**
 * {@code checkpoint}; see {@link CheckpointRequest} for what each means.
 *
 * @param id as written, unchecked
 * @param images as written
 * @param work as written, or null
 * @param parent relative to {@code images}, or null
 * @param criu as written, or null
 * @param leaveRunning {@code --leave-running}
 * @param preDump {@code --pre-dump}
 * @param tcpEstablished {@code --tcp-established}
 * @param tcpSkipInFlight {@code --tcp-skip-in-flight}
 * @param linkRemap {@code --link-remap}
 * @param extUnixSk {@code --ext-unix-sk}
 * @param shellJob {@code --shell-job}
 * @param fileLocks {@code --file-locks}
 * @param autoDedup {@code --auto-dedup}
 * @param lazyPages {@code --lazy-pages}
 * @param emptyNetwork {@code --empty-ns network}
 * @param pageServer {@code HOST:PORT}, unchecked, or null
 * @param cgroups {@code --manage-cgroups-mode}
 */
public record CheckpointArguments(
        String id,
        String images,
        @Nullable String work,
        @Nullable String parent,
        @Nullable String criu,
        boolean leaveRunning,
        boolean preDump,
        boolean tcpEstablished,
        boolean tcpSkipInFlight,
        boolean linkRemap,
        boolean extUnixSk,
        boolean shellJob,
        boolean fileLocks,
        boolean autoDedup,
        boolean lazyPages,
        boolean emptyNetwork,
        @Nullable String pageServer,
        CheckpointRequest.Cgroups cgroups) {}
