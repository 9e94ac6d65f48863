package dev.confine.runtime.lifecycle;

import dev.confine.launch.verify.Verifier;
import dev.confine.runtime.compile.Blueprint;
import dev.confine.runtime.compile.Compiled;
import dev.confine.runtime.compile.Compiler;
import dev.confine.runtime.compile.Mould;
import dev.confine.state.ContainerId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The compiler for a JVM that makes many containers. Where a container is asked for that is like one before it in all but its id, what is compiled and proven once is cast
 * again: also its program is proven, as the verifier looks at no character of an id, which is one component of a path and never {@code ..}. What is kept is what
 * was asked for last; nothing is kept that a restart would lose.
 */
final class Moulds {
    /** Of this JVM. */
    static final Moulds KEPT = new Moulds();

    private static final int MOST = 16;
    private static final byte[] NONE = new byte[0];

    private final List<Kept> kept = new ArrayList<>();

    /** As {@link Compiler#compile}, the same result. */
    Compiled compile(Blueprint blueprint) {
        if (blueprint.cgroups().isScoped()) {
            return Compiler.compile(blueprint);
        }
        Kept like = like(blueprint);
        Mould mould = like == null ? null : like.mould();
        return mould == null
                ? Compiler.compile(blueprint)
                : mould.cast(blueprint.request().id().value()).asProven();
    }

    /** What is kept of containers that are like this one, or null, when it is the first. */
    private synchronized @Nullable Kept like(Blueprint blueprint) {
        for (int i = 0; i < kept.size(); i++) {
            Kept known = kept.get(i);
            if (known.isLike(blueprint)) {
                kept.remove(i);
                kept.add(0, known);
                return known;
            }
        }
        if (kept.size() == MOST) {
            kept.remove(MOST - 1);
        }
        kept.add(0, new Kept(blueprint));
        return null;
    }

    /** One kind of container: what its first would be with another id. A JVM that makes one alone, as that of a command does, only remembers it. */
    private static final class Kept {
        private final Blueprint first;
        private @Nullable Mould mould;
        private boolean tried;

        Kept(Blueprint first) {
            this.first = first;
        }

        boolean isLike(Blueprint blueprint) {
            ContainerId id = blueprint.request().id();
            return id.value().length() == first.request().id().value().length()
                    && first.request().spec().equals(blueprint.request().spec())
                    && equal(first.of(id, 0, List.of()), blueprint.of(id, 0, List.of()));
        }

        /** As records, but arrays are compared by what is in them. */
        private static boolean equal(Blueprint one, Blueprint other) {
            return Arrays.equals(one.filter(), other.filter())
                    && Arrays.equals(
                            one.cgroups().deviceProgram(), other.cgroups().deviceProgram())
                    && withoutArrays(one).equals(withoutArrays(other));
        }

        private static Blueprint withoutArrays(Blueprint blueprint) {
            return blueprint.with(NONE).with(blueprint.cgroups().withDeviceProgram(NONE));
        }

        /** Null where more than the id makes a difference: then nothing can be kept. */
        synchronized @Nullable Mould mould() {
            if (!tried) {
                tried = true;
                Blueprint one = first.of(name('a'), 0, List.of());
                Blueprint other = first.of(name('b'), 1, List.of("other"));
                mould = mould(one, Compiler.compile(one), other, Compiler.compile(other));
            }
            return mould;
        }

        private static @Nullable Mould mould(Blueprint one, Compiled ones, Blueprint other, Compiled others) {
            boolean proven = Verifier.check(ones.program()).isEmpty()
                    && Verifier.check(others.program()).isEmpty();
            return proven
                    ? Mould.of(
                            ones,
                            one.request().id().value(),
                            others,
                            other.request().id().value())
                    : null;
        }

        private ContainerId name(char letter) {
            return new ContainerId(
                    String.valueOf(letter).repeat(first.request().id().value().length()));
        }
    }
}
