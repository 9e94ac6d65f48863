package dev.confine.runtime.compile;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class TargetsTest {
    @Test
    void dots_and_double_slashes_are_resolved() {
        assertThat(Targets.components("//a/./b/../c/")).containsExactly("a", "c");
    }

    @Property
    void no_component_leads_upwards(@ForAll @Chars({'a', '.', '/'}) @StringLength(max = 40) String path) {
        assertThat(Targets.components(path)).doesNotContain("..", ".", "").noneMatch(name -> name.contains("/"));
    }
}
