package dev.confine.runtime.config;

import dev.confine.spec.Spec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The last configurations that this JVM has read, by their text: one bundle is often run again and again. A long text is not kept. */
final class KnownSpecs {
    static final KnownSpecs KEPT = new KnownSpecs();

    private static final int MOST = 16;
    private static final int LONGEST = 64 << 10;

    private final byte[][] texts = new byte[MOST][];
    private final Spec[] specs = new Spec[MOST];
    private int next;

    synchronized @Nullable Spec of(byte[] text) {
        for (int i = 0; i < MOST; i++) {
            if (Arrays.equals(texts[i], text)) {
                return specs[i];
            }
        }
        return null;
    }

    synchronized void add(byte[] text, Spec spec) {
        if (text.length <= LONGEST) {
            texts[next] = text;
            specs[next] = spec;
            next = (next + 1) % MOST;
        }
    }
}
