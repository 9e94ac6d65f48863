package dev.confine.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.confine.spi.Caller;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FilterRehearsalTest {
    @Test
    void rehearsal_takesNeitherRightsNorAContainer() {
        Caller caller = new Caller(7, 1000, 1000, List.of(), 022, 0, 0, "/", List.of(), Map.of());

        assertThatCode(() -> new FilterRehearsal(caller).rehearse()).doesNotThrowAnyException();
    }
}
