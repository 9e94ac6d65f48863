package dev.confine.runtime;

import dev.confine.runtime.lifecycle.LinuxLifecycle;
import dev.confine.spi.Backend;
import dev.confine.spi.Context;
import dev.confine.spi.IdMapper;
import dev.confine.spi.Lifecycle;

/**
 * A backend that takes the Linux lifecycle and says only how id maps are written. What a backend of another kind needs (a virtual machine, another host) is not
 * here: it implements {@link Backend} itself.
 */
public abstract class LinuxBackend implements Backend {
    /** How the maps of user namespaces are written. */
    protected abstract IdMapper idMapper();

    @Override
    public final Lifecycle lifecycle(Context context) {
        return new LinuxLifecycle(name(), context, idMapper());
    }
}
