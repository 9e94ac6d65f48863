package dev.confine.backend.jnr;

import dev.confine.idmap.Extent;
import dev.confine.idmap.IdMapException;
import dev.confine.idmap.IdMaps;
import dev.confine.idmap.MapFiles;
import dev.confine.spi.Caller;
import dev.confine.spi.IdMapper;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes maps straight into /proc, each in one write, in lines that straddle no border of the caller's own user namespace. It never takes setgroups(2)
 * away: the kernel asks that only of a writer without CAP_SETGID.
 */
final class DirectMapper implements IdMapper {
    private final MapFiles files;
    private volatile @Nullable IdMaps own;

    DirectMapper(MapFiles files) {
        this.files = files;
    }

    @Override
    public void check(Caller caller, IdMaps maps) {
        IdMaps split = direct(maps);
        split.requireWritable();
        if (!Privilege.SETFCAP.isHeldBy(caller)) {
            refuseRoot(maps);
        }
    }

    /** Linux ≥ 5.12: file capabilities are bound to the root of a user namespace, so giving uid 0 away takes the capability to set them. */
    private static void refuseRoot(IdMaps maps) {
        for (Extent line : maps.uids().extents()) {
            if (line.outside() == 0) {
                throw new IdMapException(
                        "uid map: the line \"" + line
                                + "\" maps uid 0 of the parent user namespace, which takes CAP_SETFCAP:"
                                + " map other ids, for example with --map auto, or get that capability",
                        List.of(line));
            }
        }
    }

    @Override
    public IdMaps direct(IdMaps maps) {
        return maps.splitAt(own());
    }

    /** They are written once, so what has been read stays. */
    private IdMaps own() {
        IdMaps known = own;
        if (known == null) {
            known = files.own();
            own = known;
        }
        return known;
    }

    @Override
    public void write(Caller caller, long pid, IdMaps maps) {
        IdMaps split = direct(maps);
        files.writeUids(pid, split.uids());
        files.writeGids(pid, split.gids());
    }
}
