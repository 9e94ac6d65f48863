package dev.confine.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class TimestampTest {
    @Property
    void it_is_the_instant_it_was_made_of(@ForAll @LongRange(min = -1L << 40, max = 1L << 42) long millis) {
        assertThat(Timestamp.of(millis)).hasSize(24);
        assertThat(Instant.parse(Timestamp.of(millis))).isEqualTo(Instant.ofEpochMilli(millis));
    }
}
