package dev.confine.runtime.lifecycle;

import dev.confine.runtime.compile.Blueprint;
import dev.confine.runtime.compile.Compiler;
import dev.confine.runtime.compile.SmallPrograms;
import dev.confine.runtime.config.SpecReader;
import dev.confine.runtime.seccomp.KeptFilters;
import dev.confine.spec.Seccomp;
import dev.confine.spec.Spec;
import dev.confine.spi.Caller;
import dev.confine.spi.CreateRequest;
import dev.confine.spi.Rehearsal;
import dev.confine.state.ContainerId;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What a container with a seccomp filter loads, where that has been kept. It makes none: what makes filters is not for the cache of the hot way. */
public final class FilterRehearsal implements Rehearsal {
    private static final String CONFIG = """
            {
              "ociVersion": "1.0.0",
              "root": {"path": "rootfs"},
              "process": {"cwd": "/", "args": ["true"], "noNewPrivileges": true},
              "linux": {
                "namespaces": [{"type": "mount"}],
                "seccomp": {
                  "defaultAction": "SCMP_ACT_ERRNO",
                  "architectures": ["SCMP_ARCH_X86_64"],
                  "syscalls": [
                    {
                      "names": ["personality"],
                      "action": "SCMP_ACT_ALLOW",
                      "args": [{"index": 0, "value": 0, "op": "SCMP_CMP_EQ"}]
                    }
                  ]
                }
              }
            }
            """;

    private final Caller caller;

    public FilterRehearsal(Caller caller) {
        this.caller = caller;
    }

    @Override
    public void rehearse() {
        byte[] config = CONFIG.getBytes(StandardCharsets.UTF_8);
        Spec spec = SpecReader.parse("config.json", config);
        Seccomp seccomp = Objects.requireNonNull(spec.linux().seccomp(), "it is there");
        SmallPrograms.read("/", "filter", caller.uid());
        CreateRequest request = new CreateRequest(
                ContainerId.parse("rehearsal"), "/", spec, config, null, null, null, 0, false, false, false);
        Blueprint blueprint = new Blueprint(request, caller, "/", Blueprint.Mode.RUN, null);
        Proof.begin(Compiler.compile(blueprint.with(KeptFilters.rehearse(seccomp))))
                .end();
    }
}
