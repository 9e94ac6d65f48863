package dev.confine.runtime.doctor;

import java.util.ArrayList;
import java.util.List;

/** All probes of a host, in the order they are told. */
public final class Doctor {
    private Doctor() {}

    /** @param place absolute path of where bundles are */
    public static List<Finding> examine(Patient patient, String place) {
        List<Probe> probes = List.of(
                new KernelProbe(),
                new KernelOptionsProbe(),
                new UserNamespaceProbe(),
                new HelperProbe(),
                new SubordinateProbe(),
                new CgroupProbe(),
                new SessionProbe(),
                new ProcProbe(),
                new IdmapProbe(place));
        List<Finding> findings = new ArrayList<>();
        for (Probe probe : probes) {
            findings.addAll(probe.examine(patient));
        }
        return findings;
    }
}
