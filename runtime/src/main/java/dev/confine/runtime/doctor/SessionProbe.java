package dev.confine.runtime.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a login gives to an ordinary user: a place for state, and a bus to ask systemd for scopes. */
final class SessionProbe implements Probe {
    private static final String TOPIC = "session";

    @Override
    public List<Finding> examine(Patient patient) {
        List<Finding> findings = new ArrayList<>();
        if (patient.isRoot()) {
            return findings;
        }
        Map<String, String> environment = patient.caller().environment();
        String directory = environment.getOrDefault(
                "XDG_RUNTIME_DIR", "/run/user/" + patient.caller().uid());
        String login = "loginctl enable-linger " + patient.user()
                + ", and log in anew (not by su or sudo); or machinectl shell " + patient.user() + "@";
        if (!patient.exists(directory)) {
            findings.add(Finding.warning(
                    TOPIC, directory + " is not there, so the state of containers is kept beneath /tmp", login));
        }
        boolean bus = environment.containsKey("DBUS_SESSION_BUS_ADDRESS") || patient.exists(directory + "/bus");
        findings.add(
                bus
                        ? Finding.ok(TOPIC, "there is a session bus")
                        : Finding.warning(
                                TOPIC,
                                "there is no session bus, so systemd makes no scopes for your containers (--cgroup-manager systemd)",
                                login));
        return findings;
    }
}
