package dev.confine.runtime.cgroup;

import dev.confine.spec.DeviceCgroup;
import dev.confine.validate.Violation;
import java.util.ArrayList;
import java.util.List;

/**
 * The devices that a container may use, {@code config-linux.md#allowed-device-list}: none, then the rules of the configuration in their order, then, as runc has it, those
 * that every container may use: its standard devices, and to make nodes, which it cannot open by that.
 */
final class DeviceRules {
    private static final DeviceRule[] ALWAYS = {
        DeviceRule.nodes('c'),
        DeviceRule.nodes('b'),
        DeviceRule.character(1, 3),
        DeviceRule.character(1, 5),
        DeviceRule.character(1, 7),
        DeviceRule.character(1, 8),
        DeviceRule.character(1, 9),
        DeviceRule.character(5, 0),
        DeviceRule.character(5, 2),
        DeviceRule.character(136, DeviceRule.ALL)
    };

    private final List<DeviceRule> rules = new ArrayList<>();

    DeviceRules(List<DeviceCgroup> configured) {
        for (int i = 0; i < configured.size(); i++) {
            rules.add(DeviceRule.of(configured.get(i), Writes.AT + "devices/" + i));
        }
        rules.addAll(List.of(ALWAYS));
    }

    /** In order; later ones win. */
    List<DeviceRule> ordered() {
        return rules;
    }

    /**
     * The writes of v1, which keeps one answer for all devices and exceptions from it. What cannot be said so, an exception from an exception, is added to
     * {@code found}.
     */
    List<Write> ofV1(List<Violation> found) {
        boolean allowed = false;
        List<DeviceRule> exceptions = new ArrayList<>();
        for (DeviceRule rule : rules) {
            if (rule.isTotal()) {
                allowed = rule.allow();
                exceptions.clear();
            } else if (rule.type() == 'a') {
                except(exceptions, rule.with('b'), allowed, found);
                except(exceptions, rule.with('c'), allowed, found);
            } else {
                except(exceptions, rule, allowed, found);
            }
        }
        List<Write> writes = new ArrayList<>();
        writes.add(new Write(allowed ? "devices.allow" : "devices.deny", "a", ""));
        for (DeviceRule exception : exceptions) {
            writes.add(new Write(
                    exception.allow() ? "devices.allow" : "devices.deny", exception.line(), exception.pointer()));
        }
        return writes;
    }

    private static void except(List<DeviceRule> exceptions, DeviceRule rule, boolean allowed, List<Violation> found) {
        if (rule.allow() != allowed) {
            for (int i = 0; i < exceptions.size(); i++) {
                DeviceRule old = exceptions.get(i);
                if (old.isOfSameDevices(rule)) {
                    exceptions.set(i, rule.withAccess(old.access() | rule.access()));
                    return;
                }
            }
            exceptions.add(rule);
            return;
        }
        for (int i = exceptions.size() - 1; i >= 0; i--) {
            DeviceRule old = exceptions.get(i);
            if (rule.covers(old)) {
                exceptions.remove(i);
                if ((old.access() & ~rule.access()) != 0) {
                    exceptions.add(i, old.without(rule.access()));
                }
            } else if (rule.overlaps(old) && (old.access() & rule.access()) != 0) {
                found.add(new Violation(
                        rule.pointer().isEmpty() ? old.pointer() : rule.pointer(),
                        "is an exception from \"" + old.line()
                                + "\", which cgroup v1 has no words for: list the devices one by one"));
            }
        }
    }
}
