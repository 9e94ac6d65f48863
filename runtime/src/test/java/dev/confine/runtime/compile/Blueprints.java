package dev.confine.runtime.compile;

import dev.confine.idmap.IdMap;
import dev.confine.idmap.IdMaps;
import dev.confine.runtime.compile.Blueprint.Mode;
import dev.confine.runtime.config.DefaultSpec;
import dev.confine.spec.Box;
import dev.confine.spec.Seccomp;
import dev.confine.spec.Spec;
import dev.confine.spec.Specs;
import dev.confine.spec.Syscall;
import dev.confine.spi.Caller;
import dev.confine.spi.CreateRequest;
import dev.confine.state.ContainerId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Blueprints for tests: root or an ordinary user, with a bundle at /bundle. */
final class Blueprints {
    static final Caller ROOT = caller(0);
    static final Caller ANA = caller(1000);
    static final IdMaps MAPS = new IdMaps(IdMap.of(0, 100000, 65536), IdMap.of(0, 100000, 65536));

    private Blueprints() {}

    private static Caller caller(long uid) {
        return new Caller(7, uid, uid, List.of(), 022, uid == 0 ? -1 : 0, 0, "/", List.of(), Map.of());
    }

    static Blueprint rootful(Mode mode) {
        return of(ROOT, DefaultSpec.rootful(), mode);
    }

    static Blueprint rootless(Mode mode) {
        return of(ANA, DefaultSpec.rootless(MAPS), mode);
    }

    /** Asks a listener about mkdir. */
    static final Seccomp NOTIFYING = new Seccomp(
            Seccomp.Action.SCMP_ACT_ALLOW,
            null,
            List.of(),
            List.of(),
            "/run/listener",
            "for you",
            List.of(new Syscall(List.of("mkdir"), Seccomp.Action.SCMP_ACT_NOTIFY, null, List.of())));

    /** With a filter that allows everything. */
    static Blueprint filtered(Blueprint blueprint, boolean noNewPrivileges) {
        Seccomp seccomp = new Seccomp(Seccomp.Action.SCMP_ACT_ALLOW, null, List.of(), List.of(), "", "", List.of());
        return filtered(blueprint, seccomp, noNewPrivileges);
    }

    static Blueprint filtered(Blueprint blueprint, Seccomp seccomp, boolean noNewPrivileges) {
        Spec spec = Specs.with(
                Specs.with(blueprint.spec(), "process.noNewPrivileges", noNewPrivileges), "linux.seccomp", seccomp);
        return of(blueprint.caller(), spec, blueprint.mode()).with(new byte[] {6, 0, 0, 0, 0, 0, -1, 0x7f});
    }

    /** The default container of {@code caller} with a terminal. */
    static Blueprint withTerminal(Caller caller, Mode mode, @Nullable String consoleSocket) {
        Spec spec = caller.isRoot() ? DefaultSpec.rootful() : DefaultSpec.rootless(MAPS);
        Spec changed = Specs.with(Specs.with(spec, "process.terminal", true), "process.consoleSize", new Box(24, 80));
        return of(caller, changed, mode, consoleSocket);
    }

    static Blueprint of(Caller caller, Spec spec, Mode mode) {
        return of(caller, spec, mode, null);
    }

    private static Blueprint of(Caller caller, Spec spec, Mode mode, @Nullable String consoleSocket) {
        CreateRequest request = new CreateRequest(
                ContainerId.parse("c1"),
                "/bundle",
                spec,
                new byte[0],
                "/run/c1.pid",
                consoleSocket,
                null,
                0,
                false,
                false,
                false);
        IdMaps maps = spec.linux().uidMappings().isEmpty() ? null : MAPS;
        return new Blueprint(request, caller, "/run/confine/c1", mode, maps);
    }
}
