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
        enabled(json, "apparmor");
        enabled(json, "selinux");
        json.name("intelRdt")
                .open('{')
                .member("enabled", true)
                .member("schemata", true)
                .member("monitoring", true)
                .close('}');
        json.name("memoryPolicy")
                .open('{')
                .member("modes", Features.memoryPolicyModes())
                .member("flags", Features.memoryPolicyFlags())
                .close('}');
        json.name("mountExtensions").open('{');
        enabled(json, "idmap");
        json.close('}');
        enabled(json, "netDevices");
        return json.close('}')
                .member("potentiallyUnsafeConfigAnnotations", Features.unsafeAnnotations())
                .close('}')
                .end();
    }

    private static void cgroup(JsonText json) {
        json.name("cgroup")
                .open('{')
                .member("v1", true)
                .member("v2", true)
                .member("systemd", true)
                .member("systemdUser", true)
                .member("rdma", true)
                .close('}');
    }

    private static void seccomp(JsonText json) {
        json.name("seccomp")
                .open('{')
                .member("enabled", true)
                .member("actions", Features.seccompActions())
                .member("operators", Features.seccompOperators())
                .member("archs", Features.seccompArchitectures())
                .member("knownFlags", Features.seccompFlags())
                .member("supportedFlags", Features.seccompFlags())
                .close('}');
    }

    private static void enabled(JsonText json, String name) {
        json.name(name).open('{').member("enabled", true).close('}');
    }
}
