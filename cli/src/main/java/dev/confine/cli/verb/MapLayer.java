package dev.confine.cli.verb;

import dev.confine.ConfineException;
import dev.confine.cli.args.MapArguments;
import dev.confine.idmap.HostTexts;
import dev.confine.idmap.IdMapException;
import dev.confine.idmap.IdMaps;
import dev.confine.idmap.MapPreset;
import dev.confine.idmap.MapRequest;
import dev.confine.runtime.config.MappedSpec;
import dev.confine.spec.Linux;
import dev.confine.spec.Namespace;
import dev.confine.spec.NamespaceType;
import dev.confine.spec.Spec;
import dev.confine.spi.Caller;
import java.util.List;

/** Lays the maps of the command line over a specification: a new user namespace with those mappings. */
final class MapLayer {
    private MapLayer() {}

    /**
     * The specification with the maps, or as it is when none are asked for.
     *
     * @throws ConfineException when the specification has a map already, or the maps cannot be had
     */
    static Spec over(Spec spec, MapArguments asked, Caller caller) {
        if (asked.isEmpty()) {
            return spec;
        }
        refuseTwo(spec.linux(), asked);
        return MappedSpec.over(spec, resolve(asked, caller));
    }

    /** The maps that were asked for, made of what this host has for the caller. */
    static IdMaps resolve(MapArguments asked, Caller caller) {
        MapRequest request = new MapRequest(
                asked.preset() == null ? null : MapPreset.parse(asked.preset()),
                MapRequest.entries(asked.uidMaps()),
                MapRequest.entries(asked.gidMaps()));
        return request.resolve(HostTexts.ofThisHost(), caller.uid(), caller.gid());
    }

    /** All subordinate ids of the caller where there are some; else the one own id, with a warning. */
    static IdMaps best(Workplace workplace) {
        Caller caller = workplace.session().caller();
        try {
            return resolve(new MapArguments("auto", List.of(), List.of()), caller);
        } catch (IdMapException missing) {
            workplace.log().warn("only your own id is mapped: " + missing.getMessage());
            return resolve(new MapArguments("self", List.of(), List.of()), caller);
        }
    }

    private static void refuseTwo(Linux linux, MapArguments asked) {
        String flag = asked.preset() != null ? "--map" : asked.uidMaps().isEmpty() ? "--gid-map" : "--uid-map";
        if (!linux.uidMappings().isEmpty() || !linux.gidMappings().isEmpty()) {
            throw new ConfineException(
                    flag + " and the mappings in config.json (/linux/uidMappings, /linux/gidMappings)"
                            + " both say who is who: leave out one of them");
        }
        Namespace users = linux.namespace(NamespaceType.USER);
        if (users != null && !users.isNew()) {
            throw new ConfineException(flag + " needs a new user namespace, but config.json joins " + users.path()
                    + ", which has its map (/linux/namespaces): leave out the flag or the path");
        }
    }
}
