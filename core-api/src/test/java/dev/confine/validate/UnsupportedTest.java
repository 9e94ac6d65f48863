package dev.confine.validate;

import static dev.confine.spec.Specs.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.spec.Resources;
import dev.confine.spec.Spec;
import dev.confine.spec.Specs;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class UnsupportedTest {
    /** The paths of components that the compiler applies, or that need nothing done. Everything else must be refused. */
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
    void component_ofTheModel_isAppliedOrRefusedByName() {
        Map<String, Spec> specs = new TreeMap<>();
        collect(Specs.GOOD, "", specs);
        assertThat(specs).hasSizeGreaterThan(60).containsKeys(APPLIED.toArray(new String[0]));
        specs.forEach((path, spec) -> {
            boolean refused = Unsupported.find(spec).stream()
                    .anyMatch(violation -> ("/" + path.replace('.', '/')).startsWith(violation.pointer()));
            assertThat(refused)
                    .as("%s must be in APPLIED or be refused by Unsupported, and not both", path)
                    .isEqualTo(!APPLIED.contains(path));
        });
    }

    /** A specification for each component that has no components itself, with a value that has an effect there and nowhere else. */
    private static void collect(Record record, String path, Map<String, Spec> specs) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            String here = path.isEmpty() ? component.getName() : path + "." + component.getName();
            if (Specs.get(record, component) instanceof Record inner) {
                collect(inner, here, specs);
            } else {
                specs.put(here, with(here, sample(component.getGenericType())));
            }
        }
    }

    /** Any value that is not the empty one. */
    private static Object sample(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return generic.getRawType() == Map.class
                    ? Map.of("x", sample(arguments[1]))
                    : List.of(sample(arguments[0]));
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord()) {
            return newRecord(plain);
        }
        if (plain.isEnum()) {
            return Objects.requireNonNull(plain.getEnumConstants())[0];
        }
        return scalar(plain);
    }

    private static Object scalar(Class<?> type) {
        if (type == String.class) {
            return "x";
        }
        if (type == boolean.class) {
            return true;
        }
        return type == int.class || type == Integer.class ? (Object) 1 : (Object) 1L;
    }

    private static Object newRecord(Class<?> type) {
        List<Class<?>> types = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            types.add(component.getType());
            values.add(sample(component.getGenericType()));
        }
        try {
            return type.getDeclaredConstructor(types.toArray(new Class<?>[0])).newInstance(values.toArray());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    @Test
    void configuration_thatIsGood_isSupported() {
        assertThat(Unsupported.find(Specs.GOOD)).isEmpty();
    }

    @Test
    void section_thatIsEmpty_hasNoEffect() {
        assertThat(Unsupported.find(with("linux.resources", Resources.NONE))).isEmpty();
    }
}
