package dev.confine.runtime.doctor;

import dev.confine.runtime.access.IdmappableSystems;
import java.util.List;

/** Whether the file system of a place can have mounts with an id map. */
final class IdmapProbe implements Probe {
    private final String place;

    /** @param place absolute path */
    IdmapProbe(String place) {
        this.place = place;
    }

    @Override
    public List<Finding> examine(Patient patient) {
        String[] mount = patient.mountOf(place);
        if (mount == null) {
            return List.of();
        }
        String type = Patient.type(mount);
        if (!IdmappableSystems.has(type)) {
            return List.of(Finding.warning(
                    "idmapped mounts",
                    "mounts of " + type + ", which " + place + " is on, cannot have an id map",
                    "keep root file systems on ext4, xfs or btrfs, or give them their owners: confine chown-map"));
        }
        return List.of(Finding.ok(
                "idmapped mounts",
                place + " is on " + type + ", whose mounts can have an id map"
                        + (patient.isRoot() ? "" : " (made by root alone)")));
    }
}
