package com.example.confine.audit;

import dev.confine.idmap.MapFiles;
import dev.confine.runtime.LinuxBackend;
import dev.confine.spi.Availability;
import dev.confine.spi.Caller;
import dev.confine.spi.Context;
import dev.confine.spi.IdMapper;

/**
 * Containers of this Linux host, as confine makes them, with one part replaced: how id maps are written. Every map that is given away is said in the
 * log. It is for root, and for one's own id alone.
 */
public final class AuditBackend extends LinuxBackend {
    @Override
    public String name() {
        return "audit";
    }

    /** Below those that confine brings, so that it is only taken when asked for by name. */
    @Override
    public int rank() {
        return 10;
    }

    @Override
    public Availability availability(Caller caller) {
        return caller.isRoot() ? Availability.yes() : Availability.limited("not root: only --map self");
    }

    @Override
    protected IdMapper idMapper(Context context) {
        return new AuditMapper(new MapFiles(), context.log());
    }
}
