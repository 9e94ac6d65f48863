package dev.confine.launch.verify;

import dev.confine.launch.Operand;
import dev.confine.launch.Operand.Register;

/** Every register is written before it is read, on every way, also those that a failure takes. */
final class RegisterRule implements Rule {
    @Override
    public void check(Site site, State before, Findings findings) {
        for (Operand operand : site.instruction().args()) {
            if (operand instanceof Register register && !before.isWritten(register.index())) {
                findings.add(site.index(), "register " + register.index() + " is read before it is written");
            }
        }
    }
}
