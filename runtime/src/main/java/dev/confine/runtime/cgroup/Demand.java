package dev.confine.runtime.cgroup;

import dev.confine.spec.Resources;
import java.util.ArrayList;
import java.util.List;

/** Which field of a configuration needs a controller of v2. */
final class Demand {
    private static final Controller[] CONTROLLERS = Controller.values();

    private Demand() {}

    /** The pointer of a field that does, or empty. */
    static String of(String name, Resources resources) {
        if (resources.isEmpty()) {
            return "";
        }
        for (Controller controller : CONTROLLERS) {
            if (controller.v2().equals(name)) {
                List<Write> writes = LimitsOfV2.of(controller, resources, new ArrayList<>());
                if (!writes.isEmpty() && !writes.get(0).pointer().isEmpty()) {
                    return writes.get(0).pointer();
                }
            }
        }
        for (String file : resources.unified().keySet()) {
            if (file.startsWith(name + ".")) {
                return Writes.AT + "unified/" + file;
            }
        }
        return "";
    }
}
