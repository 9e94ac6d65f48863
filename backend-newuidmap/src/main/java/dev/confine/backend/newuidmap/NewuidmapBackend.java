package dev.confine.backend.newuidmap;

import dev.confine.idmap.HostTexts;
import dev.confine.idmap.MapFiles;
import dev.confine.runtime.LinuxBackend;
import dev.confine.spi.Availability;
import dev.confine.spi.Caller;
import dev.confine.spi.Context;
import dev.confine.spi.IdMapper;

/**
 * The Linux lifecycle for ordinary users. A map of one's own id alone is written directly; every other goes through newuidmap(1) and newgidmap(1). It runs
 * for root too, when asked by name, and then gives only what /etc/subuid says is root's.
 */
public final class NewuidmapBackend extends LinuxBackend {
    @Override
    public String name() {
        return "newuidmap";
    }

    @Override
    public int rank() {
        return 50;
    }

    @Override
    public Availability availability(Caller caller) {
        return new Prospects(HostTexts.ofThisHost(), HelperPath.of(caller)).of(caller);
    }

    @Override
    protected IdMapper idMapper(Context context) {
        return new HelperMapper(new MapFiles(), HostTexts.ofThisHost());
    }
}
