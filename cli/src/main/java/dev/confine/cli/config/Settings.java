package dev.confine.cli.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/**
 * Every setting there is. A flag of the command line overrides it. Looked for, the first wins: the caller's environment ({@code CONFINE_LOG_LEVEL} for
 * {@code confine.log-level}), {@code ~/.config/confine/confine.properties}, {@code /etc/confine/confine.properties}, the defaults here.
 */
@ConfigMapping(prefix = "confine")
public interface Settings {
    String BACKEND = "auto";
    String CACHE = "auto";
    String CGROUP_MANAGER = "cgroupfs";
    String ENGINE = "auto";
    String ENGINE_CALLERS = "16";
    String ENGINE_IDLE = "900";
    String ENGINE_QUEUE = "256";
    String LOG_FORMAT = "text";
    String LOG_LEVEL = "warn";

    /** The backend's name, or {@code auto} for the usable one with the highest rank. */
    @WithDefault(BACKEND)
    String backend();

    /** Settings of backends that are not built in. */
    BackendsSettings backends();

    /** Whether caches of the JVM are made anew in the background once the JDK or the jar is another: {@code auto}, or {@code off}. */
    @WithDefault(CACHE)
    String cache();

    /** Who makes the cgroups of new containers: {@code cgroupfs}, {@code systemd} or {@code disabled}. */
    @WithDefault(CGROUP_MANAGER)
    String cgroupManager();

    /** Whether a running engine answers: {@code auto} where one does, {@code off}, or {@code require}. None is ever started unasked. */
    @WithDefault(ENGINE)
    String engine();

    /** How many callers an engine answers at once. */
    @WithDefault(ENGINE_CALLERS)
    String engineCallers();

    /** After how many seconds without a caller an engine ends, 0 for never. */
    @WithDefault(ENGINE_IDLE)
    String engineIdle();

    /** How many more callers an engine lets wait. */
    @WithDefault(ENGINE_QUEUE)
    String engineQueue();

    /** The state directory. Default: {@code /run/confine}, for an ordinary user {@code $XDG_RUNTIME_DIR/confine}. */
    Optional<String> root();

    /** A file that errors and warnings are appended to. */
    Optional<String> log();

    /** {@code text} or {@code json}. */
    @WithDefault(LOG_FORMAT)
    String logFormat();

    /** {@code debug}, {@code info}, {@code warn} or {@code error}. */
    @WithDefault(LOG_LEVEL)
    String logLevel();

    /** Debug lines, and the trace of a failure. */
    @WithDefault("false")
    boolean debug();

    /** Under {@code confine.backends}. */
    interface BackendsSettings {
        /** A directory whose jars may hold further backends. */
        Optional<String> path();
    }
}
