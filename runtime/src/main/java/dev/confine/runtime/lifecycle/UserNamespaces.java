package dev.confine.runtime.lifecycle;

import dev.confine.ConfineException;
import dev.confine.idmap.Extent;
import dev.confine.idmap.IdMap;
import dev.confine.idmap.IdMaps;
import dev.confine.spec.IdMapping;
import dev.confine.spec.Linux;
import dev.confine.spi.Caller;
import dev.confine.spi.IdMapper;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The id maps of user namespaces that exist: written by the backend, then read back and compared, because a helper may succeed and do something else. */
final class UserNamespaces {
    private final IdMapper mapper;
    private final Caller caller;

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
        compare(pid, "uid_map", maps.uids(), "the backend wrote another uid map than was asked for");
        compare(pid, "gid_map", maps.gids(), "the backend wrote another gid map than was asked for");
    }

    /** Compares the mappings of config.json, if it has any, with those of the user namespace that {@code pid} has joined. */
    void expect(long pid, Linux linux) {
        if (!linux.uidMappings().isEmpty()) {
            compare(
                    pid,
                    "uid_map",
                    map(linux.uidMappings()),
                    "the user namespace at the path has another uid map than /linux/uidMappings");
        }
        if (!linux.gidMappings().isEmpty()) {
            compare(
                    pid,
                    "gid_map",
                    map(linux.gidMappings()),
                    "the user namespace at the path has another gid map than /linux/gidMappings");
        }
    }

    private static void compare(long pid, String file, IdMap wanted, String difference) {
        IdMap found = read(pid, file);
        if (!found.sameMeaning(wanted)) {
            throw new ConfineException(difference + ": " + shown(found) + " in place of " + shown(wanted));
        }
    }

    private static IdMap read(long pid, String file) {
        String path = "/proc/" + pid + "/" + file;
        try (FileInputStream in = new FileInputStream(path)) {
            return IdMap.parse(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new ConfineException("cannot read back " + path + ": " + e.getMessage(), e);
        }
    }

    private static String shown(IdMap map) {
        StringBuilder text = new StringBuilder();
        for (Extent extent : map.extents()) {
            text.append(text.length() == 0 ? "" : ", ")
                    .append(extent.inside())
                    .append(':')
                    .append(extent.outside())
                    .append(':')
                    .append(extent.size());
        }
        return text.toString();
    }
}
