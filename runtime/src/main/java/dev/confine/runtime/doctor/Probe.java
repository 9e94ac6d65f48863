package dev.confine.runtime.doctor;

import java.util.List;

/** Looks at one part of a host. */
interface Probe {
    List<Finding> examine(Patient patient);
}
