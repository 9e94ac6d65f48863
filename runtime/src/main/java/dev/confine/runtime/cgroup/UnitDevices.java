package dev.confine.runtime.cgroup;

import dev.confine.runtime.systemd.UnitProperty;
import dev.confine.spec.DeviceCgroup;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Device rules as systemd has them: none but its list, or any. It knows no exceptions from that, so where there are some it allows any, and confine's own rules decide
 * alone.
 */
public final class UnitDevices {
    private final Tree tree;

    private UnitDevices(Tree tree) {
        this.tree = tree;
    }

    public static List<UnitProperty> of(List<DeviceCgroup> rules) {
        return of(rules, new HostTree());
    }

    static List<UnitProperty> of(List<DeviceCgroup> rules, Tree tree) {
        return new UnitDevices(tree).properties(new DeviceRules(rules));
    }

    private List<UnitProperty> properties(DeviceRules rules) {
        List<List<String>> allowed = new ArrayList<>();
        boolean strict = false;
        List<Write> writes = rules.ofV1(new ArrayList<>());
        for (int i = 0; i < writes.size(); i++) {
            boolean allow = writes.get(i).path().equals("devices.allow");
            if (i == 0) {
                strict = !allow;
                continue;
            }
            // type, major:minor, access
            String[] words = writes.get(i).value().split(" ", -1);
            String device = allow ? device(words[0], words[1]) : null;
            if (device != null) {
                allowed.add(List.of(device, words[2]));
            }
        }
        return List.of(
                UnitProperty.text("DevicePolicy", strict ? "strict" : "auto"),
                new UnitProperty("DeviceAllow", "a(ss)", strict ? allowed : List.of()));
    }

    /** What systemd calls devices, null for what it has no word for. */
    private @Nullable String device(String type, String numbers) {
        String word = type.equals("b") ? "block" : "char";
        int colon = numbers.indexOf(':');
        String major = numbers.substring(0, colon);
        if (major.equals("*")) {
            return numbers.equals("*:*") ? word + "-*" : null;
        }
        if (!numbers.endsWith(":*")) {
            return "/dev/" + word + "/" + numbers;
        }
        String name = name(type, major);
        return name == null ? null : word + "-" + name;
    }

    /** What /proc/devices calls all with a major number. */
    private @Nullable String name(String type, String major) {
        boolean block = false;
        for (String line : tree.read("/proc/devices").split("\n", -1)) {
            if (line.startsWith("Block")) {
                block = true;
            } else if (block == type.equals("b") && line.strip().startsWith(major + " ")) {
                return line.strip().substring(major.length() + 1);
            }
        }
        return null;
    }
}
