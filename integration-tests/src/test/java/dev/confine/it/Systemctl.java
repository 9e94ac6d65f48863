package dev.confine.it;

import java.util.ArrayList;
import java.util.List;

/** systemctl(1), of the system's manager for root, of an ordinary user's own for that. */
final class Systemctl {
    private Systemctl() {}

    static Result run(As as, String... arguments) {
        List<String> words = new ArrayList<>(as.prefix());
        if (as == As.USER) {
            words.addAll(List.of("env", "XDG_RUNTIME_DIR=/run/user/" + as.uid(), "systemctl", "--user"));
        } else {
            words.add("systemctl");
        }
        words.addAll(List.of(arguments));
        return Command.of(words).run();
    }

    static String property(As as, String unit, String name) {
        return run(as, "show", "--property", name, "--value", unit).output();
    }

    /** Waits until there is no such unit any more. */
    static void gone(As as, String unit) {
        Eventually.holds(
                "systemd forgets " + unit, () -> property(as, unit, "LoadState").equals("not-found"));
    }

    /** The cgroup that the units of a manager are below. */
    static String cgroup(As as) {
        return as == As.ROOT ? "" : "/user.slice/user-" + as.uid() + ".slice/user@" + as.uid() + ".service";
    }
}
