package dev.confine.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpecTest {
    @Test
    void list_changedAfterwards_isNotSeen() {
        List<String> args = new ArrayList<>(List.of("sh"));
        Process process = Specs.with(java.util.Objects.requireNonNull(Specs.GOOD.process()), "args", args);
        args.add("-c");
        assertThat(process.args()).containsExactly("sh");
        assertThatThrownBy(() -> process.args().add("x")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void map_ofSysctls_keepsTheOrderOfTheFile() {
        Map<String, String> sysctl = new LinkedHashMap<>();
        for (int i = 100; i > 0; i--) {
            sysctl.put("net.x" + i, "1");
        }
        Map<String, String> kept = Specs.with(Linux.NONE, "sysctl", sysctl).sysctl();
        assertThat(kept.keySet()).containsExactlyElementsOf(sysctl.keySet());
        assertThatThrownBy(() -> kept.put("a", "b")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void with_ofOneComponent_leavesTheOthers() throws ReflectiveOperationException {
        Spec before = Specs.GOOD;
        onlyDiffers(before, before.withLinux(Linux.NONE), "linux");
        onlyDiffers(before, before.withRoot(null), "root");
        onlyDiffers(before, before.withMounts(List.of()), "mounts");
        onlyDiffers(before, before.withProcess(null), "process");
        Process process = java.util.Objects.requireNonNull(before.process());
        onlyDiffers(process, process.withArgs(List.of("x")), "args");
        onlyDiffers(process, process.withUser(new User(5, 5)), "user");
        onlyDiffers(before.linux(), before.linux().withNamespaces(List.of()), "namespaces");
        onlyDiffers(process, process.withEnv(List.of("x=y")), "env");
        Linux linux = before.linux();
        onlyDiffers(
                linux,
                linux.withResources(Specs.with(Resources.NONE, "unified", Map.of("pids.max", "1"))),
                "resources");
        onlyDiffers(linux, linux.withHiddenPaths(List.of("/x"), linux.readonlyPaths()), "maskedPaths");
        onlyDiffers(linux, linux.withHiddenPaths(linux.maskedPaths(), List.of("/x")), "readonlyPaths");
    }

    private static void onlyDiffers(Record before, Record after, String name) {
        for (RecordComponent component : before.getClass().getRecordComponents()) {
            boolean same = java.util.Objects.equals(Specs.get(before, component), Specs.get(after, component));
            assertThat(same)
                    .as(component.getName())
                    .isEqualTo(!component.getName().equals(name));
        }
    }

    @Test
    void numbers_ofCapabilitiesAndRlimits_areThoseOfTheKernel() {
        Map<String, Integer> numbers = new HashMap<>();
        for (Capability capability : Capability.values()) {
            numbers.put(capability.name(), capability.number());
        }
        assertThat(numbers)
                .containsEntry("CAP_CHOWN", 0)
                .containsEntry("CAP_SETPCAP", 8)
                .containsEntry("CAP_SYS_ADMIN", 21)
                .containsEntry("CAP_MKNOD", 27)
                .containsEntry("CAP_SETFCAP", 31)
                .containsEntry("CAP_SYSLOG", 34)
                .containsEntry("CAP_CHECKPOINT_RESTORE", 40);
        assertThat(Rlimit.Type.RLIMIT_NOFILE.number()).isEqualTo(7);
        assertThat(Rlimit.Type.RLIMIT_RTTIME.number()).isEqualTo(15);
    }
}
