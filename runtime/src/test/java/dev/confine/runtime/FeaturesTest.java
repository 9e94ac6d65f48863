package dev.confine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.spec.Hooks;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeaturesTest {
    @Test
    void hooks_areThoseOfTheModel() {
        List<String> names = new ArrayList<>();
        for (RecordComponent component : Hooks.class.getRecordComponents()) {
            names.add(component.getName());
        }
        assertThat(Features.hooks()).isEqualTo(names);
    }

    @Test
    void mountOptions_areTheRuntimesOwn_andNoneOfAFileSystem() {
        assertThat(Features.mountOptions())
                .contains("ro", "rbind", "rnosuid", "idmap")
                .doesNotContain("size", "x");
    }
}
