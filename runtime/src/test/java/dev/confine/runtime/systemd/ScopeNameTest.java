package dev.confine.runtime.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScopeNameTest {
    @ParameterizedTest
    @CsvSource({
        "machine.slice:libpod:c1, machine.slice, libpod-c1.scope, /machine.slice/libpod-c1.scope",
        "a-b-c.slice:p:n, a-b-c.slice, p-n.scope, /a.slice/a-b.slice/a-b-c.slice/p-n.scope",
        ":p:n, system.slice, p-n.scope, /system.slice/p-n.scope",
        "x.slice::n, x.slice, n.scope, /x.slice/n.scope",
        "-.slice:p:n, -.slice, p-n.scope, /p-n.scope",
        "x.slice:p:a+b, x.slice, p-a\\x2bb.scope, /x.slice/p-a\\x2bb.scope",
    })
    void path_names_aScopeInItsSlice(String path, String slice, String unit, String directory) {
        ScopeName name = ScopeName.of(path, "system.slice", "confine-c1");
        assertThat(name).isEqualTo(new ScopeName(slice, unit));
        assertThat(name.directory()).isEqualTo(directory);
    }

    @Test
    void path_empty_isTheDefault() {
        assertThat(ScopeName.of("", "user.slice", "confine-1-c1"))
                .isEqualTo(new ScopeName("user.slice", "confine-1-c1.scope"));
    }

    @ParameterizedTest
    @CsvSource({
        "/a/b, slice:prefix:name",
        "a.slice:b, slice:prefix:name",
        "a.slice:b:c:d, slice:prefix:name",
        "a.slice:b:, slice:prefix:name",
        "a.slice:b:c.slice, needs a scope",
        "a:b:c, no slice of systemd",
        "a/b.slice:b:c, no slice of systemd",
        ".slice:b:c, no slice of systemd",
        "a--b.slice:b:c, empty part",
        "a-.slice:b:c, empty part",
    })
    void path_wrong_isSaid(String path, String reason) {
        assertThatThrownBy(() -> ScopeName.of(path, "system.slice", "x"))
                .hasMessageContaining("config.json /linux/cgroupsPath")
                .hasMessageContaining(reason);
    }
}
