package dev.confine.backend.newuidmap;

import dev.confine.idmap.Extent;
import dev.confine.idmap.HostTexts;
import dev.confine.idmap.IdMap;
import dev.confine.idmap.MapFiles;
import dev.confine.runtime.LinuxBackend;
import dev.confine.spi.Availability;
import dev.confine.spi.Caller;
import dev.confine.spi.Context;
import dev.confine.spi.IdMapper;
import dev.confine.spi.ProgramPath;
import dev.confine.spi.Rehearsal;
import java.util.List;

/**
 * The Linux lifecycle for ordinary users. A map of one's own id alone is written directly; every other goes through newuidmap(1) and newgidmap(1). It runs
 * for root too, when asked by name, and then gives only what /etc/subuid says is root's.
 */
public final class NewuidmapBackend extends LinuxBackend implements Rehearsal {
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
        return new Prospects(HostTexts.ofThisHost(), ProgramPath.of(caller)).of(caller);
    }

    @Override
    protected IdMapper idMapper(Context context) {
        return new HelperMapper(new MapFiles(), HostTexts.ofThisHost());
    }

    /** Runs a program that does nothing in place of a helper: the first child process of a JVM loads hundreds of classes. */
    @Override
    public void rehearse() {
        LoggerRequest.begin();
        HelperTask.begin(Kind.UID, "/bin/true", List.of("0")).result();
        IdMap map = new IdMap(List.of(new Extent(1, 100_000, 10), new Extent(0, 1000, 1)));
        if (!map.sameMeaning(IdMap.parse(map.lines()))) {
            throw new IllegalStateException("what is written is read");
        }
    }
}
