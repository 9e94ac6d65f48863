package dev.confine.launch.verify;

import static dev.confine.launch.verify.SmallContainer.num;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.launch.Operand.Data;
import dev.confine.launch.Syscall;
import java.util.List;

/** What the tests of the rules ask of {@link Verifier}. */
final class Breaches {
    private Breaches() {}

    static Data openat2(SmallContainer c, long flags, long resolve) {
        Data how = c.asm.words(num(flags), num(0), num(resolve));
        c.call(Syscall.OPENAT2, c.root, c.asm.text("/x"), how, num(24)).into(c.fd);
        return how;
    }

    static void assertBreach(SmallContainer container, String reason) {
        assertThat(check(container)).extracting(Breach::reason).anyMatch(found -> found.contains(reason));
    }

    static void assertNoBreach(SmallContainer container) {
        assertThat(check(container)).isEmpty();
    }

    static List<Breach> check(SmallContainer container) {
        return Verifier.check(container.assemble());
    }
}
