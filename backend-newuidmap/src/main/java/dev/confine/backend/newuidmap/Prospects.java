package dev.confine.backend.newuidmap;

import dev.confine.idmap.HostTexts;
import dev.confine.idmap.SubordinateIds;
import dev.confine.spi.Availability;
import dev.confine.spi.Caller;
import dev.confine.spi.ProgramPath;
import java.util.ArrayList;
import java.util.List;

/** Whether this backend can work for a caller here, and with which limits. A map of one's own id needs nothing but user namespaces. */
final class Prospects {
    private static final String ONLY_SELF = ": only --map self";

    private final HostTexts host;
    private final ProgramPath path;

    Prospects(HostTexts host, ProgramPath path) {
        this.host = host;
        this.path = path;
    }

    Availability of(Caller caller) {
        if (is("/proc/sys/user/max_user_namespaces", "0")) {
            return Availability.no("user namespaces are turned off (sysctl user.max_user_namespaces is 0)");
        }
        if (!caller.isRoot() && is("/proc/sys/kernel/unprivileged_userns_clone", "0")) {
            return Availability.no(
                    "user namespaces are turned off for ordinary users (sysctl kernel.unprivileged_userns_clone is 0)");
        }
        String limit = limit(caller);
        if (!limit.isEmpty()) {
            return Availability.limited(limit + ONLY_SELF);
        }
        if (!caller.isRoot() && is("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1")) {
            return Availability.limited(
                    "AppArmor restricts user namespaces of ordinary users"
                            + " (sysctl kernel.apparmor_restrict_unprivileged_userns is 1): confine needs a profile with \"userns,\"");
        }
        return Availability.yes();
    }

    private String limit(Caller caller) {
        List<String> missing = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            if (path.find(kind.helper) == null) {
                missing.add(kind.helper);
            }
        }
        if (!missing.isEmpty()) {
            return String.join(" and ", missing) + " not installed";
        }
        if (Privileges.noNew(host)) {
            return "no_new_privs is set";
        }
        SubordinateIds ids = SubordinateIds.of(host, caller.uid());
        for (Kind kind : Kind.values()) {
            if (kind.ranges(ids).isEmpty()) {
                return "no range for \"" + ids.user() + "\" in " + kind.file;
            }
        }
        return "";
    }

    private boolean is(String file, String value) {
        String text = host.file(file);
        return text != null && text.strip().equals(value);
    }
}
