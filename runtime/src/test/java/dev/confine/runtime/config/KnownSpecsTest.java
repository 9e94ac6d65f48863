package dev.confine.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.spec.Spec;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class KnownSpecsTest {
    private static final Spec SPEC = DefaultSpec.rootful();

    private final KnownSpecs known = new KnownSpecs();

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void sameText_isKnown_andOtherIsNot() {
        known.add(text("one"), SPEC);

        assertThat(known.of(text("one"))).isSameAs(SPEC);
        assertThat(known.of(text("two"))).isNull();
        assertThat(known.of(text(""))).isNull();
    }

    @Test
    void textsReadLongAgo_andLongOnes_areForgotten() {
        byte[] large = new byte[(64 << 10) + 1];
        known.add(text("one"), SPEC);
        known.add(large, SPEC);
        assertThat(known.of(large)).isNull();
        for (int i = 0; i < 16; i++) {
            known.add(text("x" + i), SPEC);
        }

        assertThat(known.of(text("one"))).isNull();
        assertThat(known.of(text("x0"))).isSameAs(SPEC);
    }
}
