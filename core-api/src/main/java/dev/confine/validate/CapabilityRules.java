package dev.confine.validate;

import dev.confine.Quoted;
import dev.confine.spec.Capabilities;
import dev.confine.spec.Capability;
import java.util.List;
import java.util.Locale;

/**
 * {@code process.capabilities}. A name that no capability could have is an error; one that is not known here, or cannot be granted, is a
 * warning, {@code config.md#linux-process}.
 */
final class CapabilityRules {
    private CapabilityRules() {}

    static void check(Capabilities sets, Violations found) {
        names(sets.effective(), "/process/capabilities/effective", found);
        names(sets.bounding(), "/process/capabilities/bounding", found);
        names(sets.inheritable(), "/process/capabilities/inheritable", found);
        names(sets.permitted(), "/process/capabilities/permitted", found);
        names(sets.ambient(), "/process/capabilities/ambient", found);
    }

    private static void names(List<String> names, String pointer, Violations found) {
        for (int i = 0; i < names.size(); i++) {
            if (!wellFormed(names.get(i))) {
                found.add(
                        Pointer.item(pointer, i),
                        "is no name of a capability: " + Quoted.text(names.get(i)) + meant(names.get(i)));
            }
        }
    }

    private static boolean wellFormed(String name) {
        for (int i = 4; i < name.length(); i++) {
            char c = name.charAt(i);
            if ((c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '_') {
                return false;
            }
        }
        return name.startsWith("CAP_") && name.length() > 4;
    }

    private static String meant(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        String full = upper.startsWith("CAP_") ? upper : "CAP_" + upper;
        return Capability.named(full) == null ? " (one is CAP_KILL)" : " (write " + full + ")";
    }

    static void warn(Capabilities sets, Violations found) {
        String pointer = "/process/capabilities";
        unknown(sets.bounding(), pointer + "/bounding", found);
        unknown(sets.inheritable(), pointer + "/inheritable", found);
        unknown(sets.permitted(), pointer + "/permitted", found);
        notIn(sets.effective(), pointer + "/effective", sets.permitted(), "permitted", found);
        notIn(sets.ambient(), pointer + "/ambient", sets.permitted(), "permitted", found);
        notIn(sets.ambient(), pointer + "/ambient", sets.inheritable(), "inheritable", found);
    }

    private static void unknown(List<String> names, String pointer, Violations found) {
        for (int i = 0; i < names.size(); i++) {
            if (Capability.named(names.get(i)) == null) {
                found.add(
                        Pointer.item(pointer, i),
                        Quoted.text(names.get(i)) + " is not a capability of this kernel and is left out");
            }
        }
    }

    private static void notIn(List<String> names, String pointer, List<String> other, String set, Violations found) {
        StringBuilder missing = new StringBuilder();
        for (String name : names) {
            if (!other.contains(name)) {
                missing.append(missing.length() == 0 ? "" : ", ").append(Quoted.path(name));
            }
        }
        found.addIf(missing.length() > 0, pointer, "not granted, because it is not in " + set + ": " + missing);
    }
}
