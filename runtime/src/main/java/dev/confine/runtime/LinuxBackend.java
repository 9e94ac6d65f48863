package dev.confine.runtime;

import dev.confine.runtime.lifecycle.LinuxLifecycle;
import dev.confine.spi.Backend;
import dev.confine.spi.Context;
import dev.confine.spi.HostCalls;
import dev.confine.spi.IdMapper;
import dev.confine.spi.Lifecycle;
import org.jspecify.annotations.Nullable;

/**
 * A backend that takes the Linux lifecycle and says only how id maps are written. What a backend of another kind needs (a virtual machine, another host) is not
 * here: it implements {@link Backend} itself.
 */
public abstract class LinuxBackend implements Backend {
    /** How the maps of user namespaces are written in one command; what it has to say goes to the context's log. */
    protected abstract IdMapper idMapper(Context context);

    /** How the JVM makes system calls of the host's side; null leaves them all to the launcher. */
    protected @Nullable HostCalls hostCalls() {
        return null;
    }

    @Override
    public final Lifecycle lifecycle(Context context) {
        return new LinuxLifecycle(name(), context, idMapper(context), hostCalls());
    }
}
