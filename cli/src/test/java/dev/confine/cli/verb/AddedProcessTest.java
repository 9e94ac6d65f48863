package dev.confine.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confine.ConfineException;
import dev.confine.cli.args.AddedArguments;
import dev.confine.runtime.config.DefaultSpec;
import dev.confine.spec.Capabilities;
import dev.confine.spec.Process;
import dev.confine.spec.User;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AddedProcessTest {
    private static final Process FIRST =
            Objects.requireNonNull(DefaultSpec.rootful().process()).withUser(new User(7, 8, 027, List.of(9L)));

    private static AddedArguments asked(
            @Nullable String user, List<String> groups, List<String> env, List<String> caps) {
        return new AddedArguments(List.of("true"), null, env, user, groups, caps, false, false, null, null);
    }

    private static User user(String user, String... groups) {
        return AddedProcess.over(FIRST, asked(user, List.of(groups), List.of(), List.of()))
                .userOrRoot();
    }

    @Test
    void flags_thatAreNotGiven_leaveTheFirstProcess() {
        Process added = AddedProcess.over(FIRST, asked(null, List.of(), List.of(), List.of()));
        assertThat(added).isEqualTo(FIRST.withArgs(List.of("true")));
    }

    @Property
    void ids_areTheirNumbers(
            @ForAll @LongRange(max = 4294967294L) long uid, @ForAll @LongRange(max = 4294967294L) long gid) {
        assertThat(user(uid + ":" + gid)).isEqualTo(new User(uid, gid, 027, List.of(9L)));
        assertThat(user(Long.toString(uid))).isEqualTo(new User(uid, 8, 027, List.of(9L)));
        assertThat(user(Long.toString(uid), Long.toString(gid)).additionalGids())
                .containsExactly(9L, gid);
    }

    /** What is no number is nobody, and never root. */
    @Property
    void ids_thatAreNoNumbers_areRefused(@ForAll @StringLength(max = 12) String text) {
        if (!text.matches("[0-9]{1,10}(:[0-9]{1,10})?")) {
            assertThatThrownBy(() -> user(text)).isInstanceOf(ConfineException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "1:",
                ":1",
                "1:2:3",
                "-1",
                "+1",
                " 1",
                "1 ",
                "0x1",
                "1e0",
                "root",
                "\u0661",
                "4294967295",
                "4294967296",
                "18446744073709551617",
                "00000000001"
            })
    void users_thatWouldBeReadAsOthers_areRefused(String text) {
        assertThatThrownBy(() -> user(text)).hasMessageContaining("write an id as a number");
        assertThatThrownBy(() -> user("1", text)).hasMessageContaining("write an id as a number");
    }

    @Test
    void environment_replacesByName() {
        Process first = AddedProcess.over(FIRST, asked(null, List.of(), List.of("A=1", "B=2", "A=3"), List.of()));
        assertThat(first.env()).endsWith("B=2", "A=3").doesNotContain("A=1");
        assertThat(AddedProcess.over(first, asked(null, List.of(), List.of("B=", "AB=4"), List.of()))
                        .env())
                .endsWith("A=3", "B=", "AB=4")
                .doesNotContain("B=2");
    }

    @Test
    void capabilities_thatAreAdded_areNeitherInheritableNorAmbient() {
        Capabilities added = AddedProcess.over(FIRST, asked(null, List.of(), List.of(), List.of("CAP_SYS_ADMIN")))
                .capabilities();
        assertThat(added.bounding()).contains("CAP_SYS_ADMIN");
        assertThat(added.effective()).contains("CAP_SYS_ADMIN");
        assertThat(added.permitted()).contains("CAP_SYS_ADMIN");
        assertThat(added.inheritable()).isEqualTo(FIRST.capabilities().inheritable());
        assertThat(added.ambient()).isEqualTo(FIRST.capabilities().ambient());
    }

    @Test
    void capability_thatIsNone_isRefused() {
        assertThatThrownBy(() -> AddedProcess.over(FIRST, asked(null, List.of(), List.of(), List.of("CAP_MAGIC"))))
                .hasMessageContaining("--cap CAP_MAGIC");
    }
}
