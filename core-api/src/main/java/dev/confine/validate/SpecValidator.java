package dev.confine.validate;

import dev.confine.spec.Linux;
import dev.confine.spec.Process;
import dev.confine.spec.Spec;
import java.util.List;

/**
 * Finds what cannot work in a configuration, whatever the host: all of it at once. Whether this host can do it is another question.
 */
public final class SpecValidator {
    private SpecValidator() {}

    /** Everything that is wrong, in a fixed order; empty when the configuration is good. */
    public static List<Violation> validate(Spec spec) {
        Violations found = new Violations();
        Linux linux = spec.linux();
        TopRules.check(spec, found);
        MountRules.check(spec, found);
        Process process = spec.process();
        if (process != null) {
            ProcessRules.check(process, found);
            RlimitRules.check(process, found);
            SchedulingRules.check(process, found);
            CapabilityRules.check(process.capabilities(), found);
            UserRules.check(process.userOrRoot(), linux, found);
        }
        HookRules.check(spec.hooks(), found);
        NamespaceRules.check(linux, found);
        UserNamespaceRules.check(linux, found);
        DeviceRules.check(linux, found);
        SysctlRules.check(spec, found);
        LinuxRules.check(linux, found);
        ResourceRules.check(linux.resources(), found);
        SeccompRules.check(linux.seccomp(), found);
        return found.list();
    }

    /** What will not be as written, and is no error: capabilities that cannot be granted, {@code config.md#linux-process}. */
    public static List<Violation> warnings(Spec spec) {
        Violations found = new Violations();
        Process process = spec.process();
        if (process != null) {
            CapabilityRules.warn(process.capabilities(), found);
        }
        return found.list();
    }
}
