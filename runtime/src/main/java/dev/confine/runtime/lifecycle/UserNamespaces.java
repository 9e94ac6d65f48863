package dev.confine.runtime.lifecycle;

import dev.confine.ConfineException;
import dev.confine.idmap.Extent;
import dev.confine.idmap.IdMap;
import dev.confine.idmap.IdMaps;
import dev.confine.idmap.MapFiles;
import dev.confine.spec.IdMapping;
import dev.confine.spec.Linux;
import dev.confine.spi.Caller;
import dev.confine.spi.IdMapper;
import java.util.ArrayList;
import java.util.List;

/** The id maps of user namespaces that exist: written by the backend, then read back and compared, because a helper may succeed and do something else. */
final class UserNamespaces {
    private final IdMapper mapper;
    private final Caller caller;
    private final MapFiles files = new MapFiles();

    UserNamespaces(IdMapper mapper, Caller caller) {
        this.mapper = mapper;
        this.caller = caller;
    }

    static IdMaps maps(List<IdMapping> uids, List<IdMapping> gids) {
        return new IdMaps(map(uids), map(gids));
    }

    private static IdMap map(List<IdMapping> mappings) {
        List<Extent> extents = new ArrayList<>(mappings.size());
        for (IdMapping mapping : mappings) {
            extents.add(new Extent(mapping.containerID(), mapping.hostID(), mapping.size()));
        }
        return new IdMap(extents);
    }

    /** Maps the new user namespace of {@code pid}. */
    void map(long pid, IdMaps maps) {
        mapper.write(caller, pid, maps);
        IdMaps written = files.of(pid);
        compare(written.uids(), maps.uids(), "the backend wrote another uid map than was asked for");
        compare(written.gids(), maps.gids(), "the backend wrote another gid map than was asked for");
    }

    /** Compares the mappings of config.json, if it has any, with those of the user namespace that {@code pid} has joined. */
    void expect(long pid, Linux linux) {
        if (linux.uidMappings().isEmpty() && linux.gidMappings().isEmpty()) {
            return;
        }
        IdMaps joined = files.of(pid);
        if (!linux.uidMappings().isEmpty()) {
            compare(
                    joined.uids(),
                    map(linux.uidMappings()),
                    "the user namespace at the path has another uid map than /linux/uidMappings");
        }
        if (!linux.gidMappings().isEmpty()) {
            compare(
                    joined.gids(),
                    map(linux.gidMappings()),
                    "the user namespace at the path has another gid map than /linux/gidMappings");
        }
    }

    private static void compare(IdMap found, IdMap wanted, String difference) {
        if (!found.sameMeaning(wanted)) {
            throw new ConfineException(difference + ": " + found.shown() + " in place of " + wanted.shown());
        }
    }
}
