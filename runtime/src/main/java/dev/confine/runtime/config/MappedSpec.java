package dev.confine.runtime.config;

import dev.confine.idmap.IdMap;
import dev.confine.idmap.IdMaps;
import dev.confine.spec.Linux;
import dev.confine.spec.Mount;
import dev.confine.spec.Namespace;
import dev.confine.spec.NamespaceType;
import dev.confine.spec.Spec;
import java.util.ArrayList;
import java.util.List;

/** Maps laid over a specification: a new user namespace with them. Whether there was another one is not asked here. */
public final class MappedSpec {
    private static final long TTY_GID = 5;
    private static final String TTY = "gid=" + TTY_GID;

    private MappedSpec() {}

    /** The specification with these maps in place of any others, and what depends on them. */
    public static Spec over(Spec spec, IdMaps maps) {
        Linux linux = spec.linux();
        if (linux.namespace(NamespaceType.USER) == null) {
            List<Namespace> namespaces = new ArrayList<>(linux.namespaces());
            namespaces.add(new Namespace(NamespaceType.USER));
            linux = linux.withNamespaces(namespaces);
        }
        return spec.withMounts(mounts(spec.mounts(), maps.gids()))
                .withLinux(linux.withMappings(DefaultSpec.mappings(maps.uids()), DefaultSpec.mappings(maps.gids())));
    }

    /** The group that terminals are given to is a habit, not a wish: where the map does not have it they stay with their user. */
    private static List<Mount> mounts(List<Mount> mounts, IdMap gids) {
        List<Mount> fitting = new ArrayList<>(mounts);
        for (int i = 0; i < fitting.size(); i++) {
            Mount mount = fitting.get(i);
            if (mount.type().equals("devpts") && mount.options().contains(TTY) && !gids.contains(TTY_GID)) {
                List<String> options = new ArrayList<>(mount.options());
                options.remove(TTY);
                fitting.set(i, new Mount(mount.destination(), mount.type(), mount.source(), options));
            }
        }
        return fitting;
    }
}
