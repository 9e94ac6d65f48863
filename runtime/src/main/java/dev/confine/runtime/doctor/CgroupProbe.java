package dev.confine.runtime.doctor;

import java.util.ArrayList;
import java.util.List;

/** Cgroups: which version, which controllers, and whether an ordinary user was given some; cgroups(7). */
final class CgroupProbe implements Probe {
    private static final String TOPIC = "cgroups";
    private static final String PLACE = "/sys/fs/cgroup";
    private static final List<String> WANTED = List.of("memory", "pids", "cpu");

    @Override
    public List<Finding> examine(Patient patient) {
        List<Finding> findings = new ArrayList<>();
        String controllers = patient.file(PLACE + "/cgroup.controllers");
        if (controllers == null) {
            old(patient, findings);
            return findings;
        }
        findings.add(Finding.ok(TOPIC, "cgroup v2 with the controllers " + controllers.strip()));
        if (!patient.isRoot()) {
            delegation(patient, findings);
        }
        return findings;
    }

    private static void old(Patient patient, List<Finding> findings) {
        if (patient.mounts().stream().noneMatch(words -> Patient.type(words).startsWith("cgroup"))) {
            findings.add(Finding.warning(
                    TOPIC, "no cgroups are mounted, so containers have no limits", "mount -t cgroup2 none " + PLACE));
            return;
        }
        String what = "cgroup v1" + (patient.exists(PLACE + "/unified") ? " with a hierarchy of v2 beside it" : "");
        if (patient.isRoot()) {
            findings.add(Finding.ok(TOPIC, what));
        } else {
            findings.add(Finding.warning(
                    TOPIC,
                    what + ": ordinary users are given none of it, so their containers have no limits",
                    "boot with systemd.unified_cgroup_hierarchy=1"));
        }
    }

    private static void delegation(Patient patient, List<Finding> findings) {
        String text = patient.file("/proc/" + patient.caller().pid() + "/cgroup");
        String own = "";
        for (String line : text == null ? new String[0] : text.split("\n")) {
            own = line.startsWith("0::") ? line.substring(3) : own;
        }
        String service = "/user.slice/user-" + patient.caller().uid() + ".slice/user@"
                + patient.caller().uid() + ".service";
        String mine = patient.exists(PLACE + service) ? service : own;
        if (!patient.isWritable(PLACE + mine)) {
            findings.add(Finding.warning(
                    "delegation",
                    "the cgroup " + mine + " is not yours, so your containers have no limits",
                    "loginctl enable-linger " + patient.user()
                            + ", or start confine with systemd-run --user --scope -p Delegate=yes"));
            return;
        }
        String given = patient.file(PLACE + mine + "/cgroup.controllers");
        List<String> have = given == null ? List.of() : List.of(given.strip().split(" "));
        List<String> missing =
                WANTED.stream().filter(name -> !have.contains(name)).toList();
        if (missing.isEmpty()) {
            findings.add(Finding.ok("delegation", "you are given the controllers " + String.join(" ", have)));
        } else {
            findings.add(
                    Finding.warning(
                            "delegation",
                            "you are not given the controllers " + String.join(" ", missing)
                                    + ", so those limits are refused",
                            "/etc/systemd/system/user@.service.d/delegate.conf: [Service] Delegate=cpu cpuset io memory pids; then systemctl daemon-reload"));
        }
    }
}
