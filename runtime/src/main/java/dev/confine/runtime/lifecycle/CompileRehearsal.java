package dev.confine.runtime.lifecycle;

import dev.confine.idmap.Extent;
import dev.confine.idmap.IdMap;
import dev.confine.idmap.IdMaps;
import dev.confine.runtime.compile.Blueprint;
import dev.confine.runtime.compile.Compiler;
import dev.confine.runtime.config.DefaultSpec;
import dev.confine.runtime.config.SpecReader;
import dev.confine.runtime.config.SpecWriter;
import dev.confine.spec.Spec;
import dev.confine.spi.Caller;
import dev.confine.spi.CreateRequest;
import dev.confine.spi.Rehearsal;
import dev.confine.state.ContainerId;
import dev.confine.validate.SpecValidator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Does in memory what every command that makes a container does, so that a JVM that stays has compiled it before the first. It asks nothing of the host. */
public final class CompileRehearsal implements Rehearsal {
    private static final int SUBORDINATE = 65_536;

    private final Caller caller;

    public CompileRehearsal(Caller caller) {
        this.caller = caller;
    }

    @Override
    public void rehearse() {
        IdMap map = new IdMap(List.of(new Extent(0, 100_000, SUBORDINATE)));
        IdMaps maps = new IdMaps(map, map);
        rehearse(DefaultSpec.rootful(), null);
        rehearse(DefaultSpec.rootless(maps), maps);
    }

    private void rehearse(Spec written, @Nullable IdMaps maps) {
        byte[] config = SpecWriter.toJson(written).getBytes(StandardCharsets.UTF_8);
        Spec spec = SpecReader.parse("config.json", config);
        if (!SpecValidator.validate(spec).isEmpty()) {
            throw new IllegalStateException("what confine writes is valid");
        }
        CreateRequest request = new CreateRequest(
                ContainerId.parse("rehearsal"), "/", spec, config, null, null, null, 0, false, false, false);
        for (Blueprint.Mode mode : List.of(Blueprint.Mode.RUN, Blueprint.Mode.CREATE)) {
            Proof.begin(Compiler.compile(new Blueprint(request, caller, "/", mode, maps)))
                    .end();
        }
    }
}
