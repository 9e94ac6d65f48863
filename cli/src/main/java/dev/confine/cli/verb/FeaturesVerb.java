package dev.confine.cli.verb;

import dev.confine.runtime.Features;
import dev.confine.runtime.json.JsonText;
import dev.confine.spi.Exit;

/** {@code features}: prints what this build can do as the JSON of {@code features.md}. It does not look at the host. */
public record FeaturesVerb() implements Verb {
    @Override
    public Exit run(Workplace workplace) {
        workplace.session().out(json());
        return Exit.OK;
    }

    static String json() {
        JsonText json = new JsonText().open('{');
        json.member("ociVersionMin", Features.OLDEST)
                .member("ociVersionMax", Features.NEWEST)
                .member("hooks", Features.hooks())
                .member("mountOptions", Features.mountOptions())
                .name("linux")
                .open('{')
                .member("namespaces", Features.namespaces())
                .member("capabilities", Features.capabilities());
        cgroup(json);
        seccomp(json);
        enabled(json, "apparmor", Features.apparmor());
        enabled(json, "selinux", Features.selinux());
        json.name("intelRdt")
                .open('{')
                .member("enabled", Features.intelRdt())
                .member("schemata", Features.intelRdtSchemata())
                .member("monitoring", Features.intelRdtMonitoring())
                .close('}');
        json.name("memoryPolicy")
                .open('{')
                .member("modes", Features.memoryPolicyModes())
                .member("flags", Features.memoryPolicyFlags())
                .close('}');
        json.name("mountExtensions").open('{');
        enabled(json, "idmap", Features.idmappedMounts());
        json.close('}');
        enabled(json, "netDevices", Features.netDevices());
        return json.close('}')
                .member("potentiallyUnsafeConfigAnnotations", Features.unsafeAnnotations())
                .close('}')
                .end();
    }

    private static void cgroup(JsonText json) {
        json.name("cgroup")
                .open('{')
                .member("v1", Features.cgroups())
                .member("v2", Features.cgroups())
                .member("systemd", Features.systemd())
                .member("systemdUser", Features.systemd())
                .member("rdma", Features.rdma())
                .close('}');
    }

    private static void seccomp(JsonText json) {
        json.name("seccomp").open('{').member("enabled", Features.seccomp());
        if (Features.seccomp()) {
            json.member("actions", Features.seccompActions())
                    .member("operators", Features.seccompOperators())
                    .member("archs", Features.seccompArchitectures())
                    .member("knownFlags", Features.seccompFlags())
                    .member("supportedFlags", Features.seccompFlagsApplied());
        }
        json.close('}');
    }

    private static void enabled(JsonText json, String name, boolean enabled) {
        json.name(name).open('{').member("enabled", enabled).close('}');
    }
}
