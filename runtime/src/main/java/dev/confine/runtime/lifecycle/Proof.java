package dev.confine.runtime.lifecycle;

import dev.confine.runtime.compile.Compiled;
import dev.confine.runtime.thread.Aside;

/** That a program has no breach. */
final class Proof extends Aside {
    private final Compiled compiled;

    private Proof(Compiled compiled) {
        super("proof");
        this.compiled = compiled;
    }

    static Proof begin(Compiled compiled) {
        Proof proof = new Proof(compiled);
        if (!compiled.proven()) {
            proof.start();
        }
        return proof;
    }

    @Override
    protected void work() {
        Creation.verify(compiled);
    }
}
