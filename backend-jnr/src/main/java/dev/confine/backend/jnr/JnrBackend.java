package dev.confine.backend.jnr;

import dev.confine.idmap.MapFiles;
import dev.confine.runtime.LinuxBackend;
import dev.confine.spi.Availability;
import dev.confine.spi.Caller;
import dev.confine.spi.Context;
import dev.confine.spi.HostCalls;
import dev.confine.spi.IdMapper;

/**
 * The Linux lifecycle for root of whatever user namespace, which may write every map of ids that it has itself. It needs no helper and no
 * subordinate ranges. What it does not do: raise privileges.
 */
public final class JnrBackend extends LinuxBackend {
    private final IdMapper mapper = new DirectMapper(new MapFiles());

    @Override
    public String name() {
        return "jnr";
    }

    @Override
    public int rank() {
        return 100;
    }

    @Override
    public Availability availability(Caller caller) {
        if (!caller.isRoot()) {
            return Availability.no("not root (uid " + caller.uid() + ")");
        }
        if (!Privilege.SETUID.isHeldBy(caller) || !Privilege.SETGID.isHeldBy(caller)) {
            return Availability.no("root without CAP_SETUID and CAP_SETGID, which writing id maps takes");
        }
        return Availability.yes();
    }

    @Override
    protected IdMapper idMapper(Context context) {
        return mapper;
    }

    @Override
    protected HostCalls hostCalls() {
        return new JnrHostCalls();
    }
}
