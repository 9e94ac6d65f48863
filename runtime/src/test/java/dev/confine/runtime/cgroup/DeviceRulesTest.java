package dev.confine.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.spec.DeviceCgroup;
import dev.confine.validate.Violation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeviceRulesTest {
    private static final DeviceCgroup DENY_ALL = new DeviceCgroup(false, "", null, null, "rwm");
    private static final DeviceCgroup ALLOW_ALL = new DeviceCgroup(true, "a", null, null, "rwm");

    private final List<Violation> found = new ArrayList<>();

    private static DeviceCgroup allow(String type, @Nullable Long major, @Nullable Long minor, String access) {
        return new DeviceCgroup(true, type, major, minor, access);
    }

    private List<String> v1(DeviceCgroup... rules) {
        return new DeviceRules(List.of(rules))
                .ofV1(found).stream()
                        .map(write -> write.path().substring("devices.".length()) + " " + write.value())
                        .toList();
    }

    private static byte[] program(DeviceCgroup... rules) {
        return DeviceProgram.of(new DeviceRules(List.of(rules)).ordered());
    }

    // ---- v1

    @Test
    void what_every_container_may_use_is_an_exception_from_nothing() {
        assertThat(v1(DENY_ALL))
                .isEqualTo(v1())
                .startsWith("deny a", "allow c *:* m", "allow b *:* m", "allow c 1:3 rwm")
                .contains("allow c 136:* rwm")
                .allMatch(line -> !line.startsWith("allow a"));
    }

    @Test
    void rules_of_the_same_devices_become_one() {
        assertThat(v1(DENY_ALL, allow("b", 8L, 0L, "r"), allow("b", 8L, 0L, "w")))
                .contains("allow b 8:0 rw")
                .doesNotContain("allow b 8:0 r");
    }

    @Test
    void everything_but_one_device() {
        assertThat(v1(ALLOW_ALL, new DeviceCgroup(false, "b", 8L, null, "w")))
                .containsExactly("allow a", "deny b 8:* w");
    }

    @Test
    void exception_from_an_exception_is_refused() {
        v1(DENY_ALL, allow("b", 8L, null, "rw"), new DeviceCgroup(false, "b", 8L, 1L, "w"));
        assertThat(found).extracting(Violation::pointer).containsExactly("/linux/resources/devices/2");
    }

    // ---- v2

    @Test
    void program_decides_as_the_last_rule_that_knows_the_device() {
        byte[] program = program(DENY_ALL, allow("b", 8L, null, "rw"), new DeviceCgroup(false, "b", 8L, 1L, "w"));
        assertThat(Bpf.run(program, 'b', 8, 0, DeviceRule.READ | DeviceRule.WRITE))
                .isTrue();
        assertThat(Bpf.run(program, 'b', 8, 1, DeviceRule.READ)).isTrue();
        assertThat(Bpf.run(program, 'b', 8, 1, DeviceRule.READ | DeviceRule.WRITE))
                .isFalse();
        assertThat(Bpf.run(program, 'c', 8, 0, DeviceRule.READ)).isFalse();
        assertThat(Bpf.run(program, 'c', 1, 3, DeviceRule.EVERY_ACCESS)).isTrue();
        assertThat(Bpf.run(program, 'c', 77, 7, DeviceRule.MKNOD)).isTrue();
    }

    @Property
    void program_agrees_with_the_rules(
            @ForAll("rules") List<DeviceCgroup> rules, @ForAll("rules") List<DeviceCgroup> asked) {
        List<DeviceRule> ordered = new DeviceRules(rules).ordered();
        byte[] program = DeviceProgram.of(ordered);
        for (DeviceCgroup device : asked) {
            char type = "b".equals(device.type()) ? 'b' : 'c';
            int major = (int) number(device.major());
            int minor = (int) number(device.minor());
            int access = DeviceRule.of(device, "").access();
            assertThat(Bpf.run(program, type, major, minor, access))
                    .isEqualTo(allowed(ordered, type, major, minor, access));
        }
    }

    private static long number(@Nullable Long number) {
        return number == null ? 9 : number;
    }

    /** Bit by bit, what the last rule says. */
    private static boolean allowed(List<DeviceRule> rules, char type, int major, int minor, int access) {
        for (int bit = 1; bit < 8; bit <<= 1) {
            boolean allowed = (access & bit) == 0;
            for (int i = rules.size() - 1; i >= 0 && !allowed; i--) {
                DeviceRule rule = rules.get(i);
                if ((rule.access() & bit) != 0
                        && (rule.type() == 'a' || rule.type() == type)
                        && (rule.major() < 0 || rule.major() == major)
                        && (rule.minor() < 0 || rule.minor() == minor)) {
                    if (!rule.allow()) {
                        return false;
                    }
                    allowed = true;
                }
            }
            if (!allowed) {
                return false;
            }
        }
        return true;
    }

    @Provide
    Arbitrary<List<DeviceCgroup>> rules() {
        Arbitrary<Long> numbers = Arbitraries.longs().between(0, 3).injectNull(0.3);
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.of("", "a", "b", "c"),
                        numbers,
                        numbers,
                        Arbitraries.of("", "r", "w", "m", "rw", "rwm"))
                .as(DeviceCgroup::new)
                .list()
                .ofMaxSize(6);
    }

    /** The few instructions that a program has. */
    private static final class Bpf {
        private Bpf() {}

        static boolean run(byte[] program, char type, int major, int minor, int access) {
            ByteBuffer code = ByteBuffer.wrap(program).order(ByteOrder.LITTLE_ENDIAN);
            int[] context = {access << 16 | (type == 'b' ? 1 : 2), major, minor};
            long[] registers = new long[11];
            int at = 0;
            while (true) {
                int target = code.get(8 * at + 1) & 0xf;
                int source = code.get(8 * at + 1) >> 4 & 0xf;
                int offset = code.getShort(8 * at + 2);
                int constant = code.getInt(8 * at + 4);
                switch (code.get(8 * at) & 0xff) {
                    case 0x61 -> registers[target] = context[offset / 4];
                    case 0xb7 -> registers[target] = constant;
                    case 0xbf -> registers[target] = registers[source];
                    case 0x57 -> registers[target] &= constant;
                    case 0x77 -> registers[target] >>>= constant;
                    case 0x05 -> at += offset;
                    case 0x55 -> at += registers[target] != constant ? offset : 0;
                    case 0x45 -> at += (registers[target] & constant) != 0 ? offset : 0;
                    case 0x95 -> {
                        return registers[0] == 1;
                    }
                    default -> throw new IllegalStateException("no such instruction");
                }
                at++;
            }
        }
    }
}
