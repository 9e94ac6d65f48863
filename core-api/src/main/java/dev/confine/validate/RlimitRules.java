package dev.confine.validate;

import dev.confine.spec.Process;
import dev.confine.spec.Rlimit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** {@code process.rlimits}. */
final class RlimitRules {
    private RlimitRules() {}

    static void check(Process process, Violations found) {
        List<Rlimit> limits = process.rlimits();
        Map<Rlimit.Type, Integer> first = new EnumMap<>(Rlimit.Type.class);
        for (int i = 0; i < limits.size(); i++) {
            Rlimit limit = limits.get(i);
            String pointer = Pointer.item("/process/rlimits", i);
            Integer earlier = first.putIfAbsent(limit.type(), i);
            if (earlier != null) {
                found.add(
                        pointer + "/type",
                        limit.type() + " is there already, as /process/rlimits/" + earlier + ": keep one of them");
            }
            if (Long.compareUnsigned(limit.soft(), limit.hard()) > 0) {
                found.add(
                        pointer + "/soft",
                        Long.toUnsignedString(limit.soft()) + " is above the hard limit, "
                                + Long.toUnsignedString(limit.hard()) + ": lower it, or raise hard");
            }
        }
    }
}
