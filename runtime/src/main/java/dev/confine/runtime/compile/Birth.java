package dev.confine.runtime.compile;

import dev.confine.launch.Label;
import dev.confine.launch.Operand.Register;

/** How the front makes a process in a container. */
interface Birth {
    /** The process goes on at {@code container}, and the front, with its pid in {@code pid}, after this. It is the front's child. */
    void makeProcess(Register pid, Label container);
}
