package com.example.confine.audit;

import dev.confine.ConfineException;
import dev.confine.idmap.IdMap;
import dev.confine.idmap.IdMaps;
import dev.confine.idmap.MapFiles;
import dev.confine.spi.Caller;
import dev.confine.spi.IdMapper;
import dev.confine.spi.Log;

/** Writes maps straight into /proc, and says whose ids were given to whom. */
final class AuditMapper implements IdMapper {
    private final MapFiles files;
    private final Log log;

    AuditMapper(MapFiles files, Log log) {
        this.files = files;
        this.log = log;
    }

    /** Called before anything is started: what is refused here leaves no trace. */
    @Override
    public void check(Caller caller, IdMaps maps) {
        maps.splitAt(files.own());
        if (!caller.isRoot() && !isOwnIdAlone(caller, maps)) {
            throw new ConfineException("backend audit: uid " + caller.uid() + " may map its own id alone, not "
                    + maps.uids().shown() + ": use --map self, or the backend newuidmap");
        }
    }

    /** Called while the first process of the container waits; afterwards confine reads the maps back and compares. */
    @Override
    public void write(Caller caller, long pid, IdMaps maps) {
        IdMaps split = maps.splitAt(files.own());
        files.writeUids(pid, split.uids());
        if (!caller.isRoot()) {
            files.denySetgroups(pid);
        }
        files.writeGids(pid, split.gids());
        log.warn("audit: uid " + caller.uid() + " gave uids " + split.uids().shown() + " and gids "
                + split.gids().shown() + " to process " + pid);
    }

    private static boolean isOwnIdAlone(Caller caller, IdMaps maps) {
        return isAlone(maps.uids(), caller.uid()) && isAlone(maps.gids(), caller.gid());
    }

    private static boolean isAlone(IdMap map, long id) {
        return map.size() == 1 && map.toInside(id).isPresent();
    }
}
