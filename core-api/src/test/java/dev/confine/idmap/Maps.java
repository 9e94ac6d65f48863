package dev.confine.idmap;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Valid maps of few ids close to each other, so that two of them meet at many borders. */
final class Maps extends DomainContextBase {
    @Provide
    Arbitrary<IdMap> maps() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 4).list().ofMinSize(1).ofMaxSize(12),
                        Arbitraries.integers().between(0, 4).list().ofSize(12),
                        Arbitraries.integers().between(1, 8).list().ofSize(12),
                        Arbitraries.randoms())
                .as((gaps, otherGaps, sizes, random) -> {
                    List<Integer> order = new ArrayList<>();
                    for (int i = 0; i < gaps.size(); i++) {
                        order.add(i);
                    }
                    java.util.Collections.shuffle(order, random);
                    long[] outside = new long[gaps.size()];
                    long next = 0;
                    for (int i : order) {
                        outside[i] = next + otherGaps.get(i);
                        next = outside[i] + sizes.get(i);
                    }
                    List<Extent> extents = new ArrayList<>();
                    long inside = 0;
                    for (int i = 0; i < gaps.size(); i++) {
                        inside += gaps.get(i);
                        extents.add(new Extent(inside, outside[i], sizes.get(i)));
                        inside += sizes.get(i);
                    }
                    java.util.Collections.shuffle(extents, random);
                    return new IdMap(extents);
                });
    }

    /** One id more than any of these maps has. */
    static final int END = 12 * 12 + 1;
}
