package dev.confine.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every property of the model has somebody who applies it: a component that is new to it is listed here by who does that. */
class AppliedTest {
    /** The paths of components that the compiler applies, or that need nothing done. */
    private static final Set<String> APPLIED = Set.of(
            "ociVersion",
            "annotations",
            "root.path",
            "root.readonly",
            "hostname",
            "domainname",
            "mounts",
            "process.user.uid",
            "process.user.gid",
            "process.user.umask",
            "process.user.additionalGids",
            "process.args",
            "process.env",
            "process.cwd",
            "process.capabilities.effective",
            "process.capabilities.bounding",
            "process.capabilities.inheritable",
            "process.capabilities.permitted",
            "process.capabilities.ambient",
            "process.rlimits",
            "process.noNewPrivileges",
            "process.oomScoreAdj",
            "process.terminal",
            "process.consoleSize",
            "process.scheduler",
            "process.ioPriority",
            "process.execCPUAffinity.initial",
            "process.execCPUAffinity.afterwards",
            "process.apparmorProfile",
            "process.selinuxLabel",
            "hooks.prestart",
            "hooks.createRuntime",
            "hooks.createContainer",
            "linux.devices",
            "hooks.startContainer",
            "hooks.poststart",
            "hooks.poststop",
            "linux.netDevices",
            "linux.namespaces",
            "linux.uidMappings",
            "linux.gidMappings",
            "linux.cgroupsPath",
            "linux.resources.devices",
            "linux.resources.memory.limit",
            "linux.resources.memory.reservation",
            "linux.resources.memory.swap",
            "linux.resources.memory.kernel",
            "linux.resources.memory.kernelTCP",
            "linux.resources.memory.swappiness",
            "linux.resources.memory.disableOOMKiller",
            "linux.resources.memory.useHierarchy",
            "linux.resources.memory.checkBeforeUpdate",
            "linux.resources.cpu.shares",
            "linux.resources.cpu.quota",
            "linux.resources.cpu.burst",
            "linux.resources.cpu.period",
            "linux.resources.cpu.realtimeRuntime",
            "linux.resources.cpu.realtimePeriod",
            "linux.resources.cpu.cpus",
            "linux.resources.cpu.mems",
            "linux.resources.cpu.idle",
            "linux.resources.blockIO.weight",
            "linux.resources.blockIO.leafWeight",
            "linux.resources.blockIO.weightDevice",
            "linux.resources.blockIO.throttleReadBpsDevice",
            "linux.resources.blockIO.throttleWriteBpsDevice",
            "linux.resources.blockIO.throttleReadIOPSDevice",
            "linux.resources.blockIO.throttleWriteIOPSDevice",
            "linux.resources.hugepageLimits",
            "linux.resources.network.classID",
            "linux.resources.network.priorities",
            "linux.resources.pids",
            "linux.resources.rdma",
            "linux.resources.unified",
            "linux.mountLabel",
            "linux.memoryPolicy",
            "linux.intelRdt",
            "linux.personality",
            "linux.seccomp",
            "linux.sysctl",
            "linux.timeOffsets",
            "linux.rootfsPropagation",
            "linux.maskedPaths",
            "linux.readonlyPaths");

    @Test
    void component_ofTheModel_isApplied() {
        Set<String> paths = new TreeSet<>();
        collect(Specs.GOOD, "", paths);
        assertThat(paths).isEqualTo(new TreeSet<>(APPLIED));
    }

    /** Those of the components that have no components themselves. */
    private static void collect(Record record, String path, Set<String> paths) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            String here = path.isEmpty() ? component.getName() : path + "." + component.getName();
            if (Specs.get(record, component) instanceof Record inner) {
                collect(inner, here, paths);
            } else {
                paths.add(here);
            }
        }
    }
}
