package dev.confine.idmap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

@Domain(Maps.class)
@Domain(net.jqwik.api.domains.DomainContext.Global.class)
class IdMapPropertiesTest {
    @Property
    void translation_thereAndBack_isTheSameId(@ForAll IdMap map) {
        long mapped = 0;
        for (long id = 0; id < Maps.END; id++) {
            OptionalLong outside = map.toOutside(id);
            if (outside.isPresent()) {
                assertThat(map.toInside(outside.getAsLong())).hasValue(id);
                mapped++;
            }
            assertThat(map.contains(id)).isEqualTo(outside.isPresent());
        }
        assertThat(map.size()).isEqualTo(mapped);
    }

    @Property
    void compose_translatesAsOneMapAfterTheOther(@ForAll IdMap inner, @ForAll IdMap outer) {
        IdMap composed = composed(inner, outer);
        for (long id = 0; id < Maps.END; id++) {
            assertThat(translated(composed, id)).isEqualTo(through(outer, inner.toOutside(id)));
        }
    }

    @Property
    void compose_ofThree_isAssociative(@ForAll IdMap one, @ForAll IdMap two, @ForAll IdMap three) {
        IdMap left = composed(composed(one, two), three);
        IdMap right = composed(one, composed(two, three));
        for (long id = 0; id < Maps.END; id++) {
            assertThat(translated(left, id)).isEqualTo(translated(right, id));
        }
    }

    @Property
    void splitAt_aParentThatHasAllIds_keepsTheMeaningAndStraddlesNothing(@ForAll IdMap map, @ForAll IdMap borders) {
        IdMap parent = new IdMap(java.util.stream.Stream.concat(borders.extents().stream(), gaps(borders).stream())
                .map(extent -> new Extent(extent.inside(), extent.inside() + 1000, extent.size()))
                .toList());

        IdMap split = map.splitAt(parent);

        assertThat(split.sameMeaning(map)).isTrue();
        assertThat(split.extents()).allSatisfy(piece -> assertThat(parent.extents())
                .anyMatch(line -> line.hasInside(piece.outside()) && line.hasInside(piece.lastOutside())));
    }

    @Property
    void splitAt_aParentThatLacksIds_namesThem(@ForAll IdMap map, @ForAll IdMap parent) {
        boolean whole = true;
        for (long id = 0; id < Maps.END; id++) {
            OptionalLong outside = map.toOutside(id);
            whole &= outside.isEmpty() || parent.contains(outside.getAsLong());
        }
        try {
            assertThat(map.splitAt(parent).sameMeaning(map)).isTrue();
            assertThat(whole).isTrue();
        } catch (IdMapException e) {
            assertThat(whole).isFalse();
            assertThat(map.extents()).containsAll(e.extents());
            assertThat(e.extents()).isNotEmpty();
        }
    }

    @Property
    void parse_ofLines_isTheSameMap(@ForAll IdMap map) {
        assertThat(IdMap.parse(map.lines())).isEqualTo(map);
    }

    @Property
    void normalized_ofAnyMap_hasTheSameMeaningInNoMoreLines(@ForAll IdMap map) {
        IdMap normalized = map.normalized();
        assertThat(normalized.extents()).hasSizeLessThanOrEqualTo(map.extents().size());
        for (long id = 0; id < Maps.END; id++) {
            assertThat(normalized.toOutside(id)).isEqualTo(map.toOutside(id));
        }
        assertThat(normalized.sameMeaning(map)).isTrue();
        assertThat(normalized.normalized()).isEqualTo(normalized);
    }

    @Property
    void sameMeaning_isSameTranslation(@ForAll IdMap one, @ForAll IdMap two) {
        boolean same = true;
        for (long id = 0; id < Maps.END; id++) {
            same &= one.toOutside(id).equals(two.toOutside(id));
        }
        assertThat(one.sameMeaning(two)).isEqualTo(same);
    }

    /** The composition; when no id is left, a map of an id that nobody asks for. */
    private static IdMap composed(IdMap inner, IdMap outer) {
        try {
            return inner.compose(outer);
        } catch (IdMapException e) {
            return IdMap.of(1_000_000, 1_000_000, 1);
        }
    }

    private static OptionalLong translated(IdMap map, long id) {
        return map.toOutside(id);
    }

    private static OptionalLong through(IdMap outer, OptionalLong id) {
        return id.isPresent() ? outer.toOutside(id.getAsLong()) : OptionalLong.empty();
    }

    /** The ids up to the end that {@code map} does not have inside, one line each. */
    private static java.util.List<Extent> gaps(IdMap map) {
        java.util.List<Extent> gaps = new java.util.ArrayList<>();
        for (long id = 0; id < Maps.END; id++) {
            if (!map.contains(id)) {
                gaps.add(new Extent(id, id, 1));
            }
        }
        return gaps;
    }
}
