package dev.confine.runtime.compile;

import dev.confine.launch.Operand;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.spec.Hook;

/** Hooks of the runtime without which there is no container: prestart, createRuntime and poststart. */
final class NeededHooks extends RuntimeHooks {
    NeededHooks(Code code, String bundle, Operand endings) {
        super(code, bundle, endings);
    }

    @Override
    void failed(Hook hook, Data report, Register size) {
        refuse(report, size);
    }
}
