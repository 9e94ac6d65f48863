package dev.confine.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confine.ConfineException;
import dev.confine.spi.Availability;
import dev.confine.spi.Backend;
import dev.confine.spi.Caller;
import dev.confine.spi.Context;
import dev.confine.spi.Lifecycle;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BackendsTest {
    private static final Caller CALLER = new Caller(1, 1000, 1000, List.of(), 0, 0, 0, "/", List.of(), Map.of());

    private static Backend backend(String name, int rank, Availability availability) {
        return new Fake(name, rank, availability);
    }

    private record Fake(String name, int rank, Availability availability) implements Backend {
        @Override
        public Availability availability(Caller caller) {
            return availability;
        }

        @Override
        public Lifecycle lifecycle(Context context) {
            throw new UnsupportedOperationException();
        }
    }

    /** Fails to load. */
    public static final class Broken {
        public Broken() {
            throw new IllegalStateException("no libc");
        }
    }

    @Test
    void auto_takesTheUsableOneWithTheHighestRank() {
        Backend second = backend("b", 50, Availability.limited("slow"));
        Backends backends = Backends.of(
                List.of(backend("c", 10, Availability.yes()), second, backend("a", 100, Availability.no("not root"))));
        assertThat(backends.choose("auto", CALLER)).isSameAs(second);
        assertThat(backends.all()).extracting(InstalledBackend::name).containsExactly("a", "b", "c");
    }

    @Test
    void auto_withNoneUsable_namesEachReason() {
        Backends backends = Backends.of(List.of(
                backend("jnr", 100, Availability.no("not root (uid 1000)")),
                backend("newuidmap", 50, Availability.no("no range"))));
        assertThatThrownBy(() -> backends.choose("auto", CALLER))
                .isInstanceOf(ConfineException.class)
                .hasMessage("no usable backend: jnr: not root (uid 1000); newuidmap: no range");
    }

    @Test
    void name_unusableOrUnknown_isRefusedWithTheReason() {
        Backends backends = Backends.of(List.of(backend("jnr", 100, Availability.no("not root"))));
        assertThatThrownBy(() -> backends.choose("jnr", CALLER)).hasMessage("backend jnr cannot be used: not root");
        assertThatThrownBy(() -> backends.choose("vm", CALLER))
                .hasMessage("no backend \"vm\" (--backend): there are auto, jnr");
    }

    @Test
    void name_usedTwice_isADefectOfTheLater() {
        Backend first = backend("jnr", 1, Availability.yes());
        Backends backends = Backends.of(List.of(first, backend("jnr", 200, Availability.yes())));
        assertThat(backends.choose("jnr", CALLER)).isSameAs(first);
        assertThat(backends.all().get(1).availability(CALLER).reason()).contains("another backend has this name");
    }

    @Test
    void name_againstTheGrammar_isADefect() {
        Backends backends =
                Backends.of(List.of(backend("Auto", 1, Availability.yes()), backend("auto", 1, Availability.yes())));
        assertThat(backends.all())
                .allSatisfy(one -> assertThat(one.availability(CALLER).usable()).isFalse());
    }

    @Test
    void availability_thatThrows_isAReason() {
        Backend throwing = new Backend() {
            @Override
            public String name() {
                return "odd";
            }

            @Override
            public int rank() {
                return 1;
            }

            @Override
            public Availability availability(Caller caller) {
                throw new NoClassDefFoundError("x/Y");
            }

            @Override
            public Lifecycle lifecycle(Context context) {
                throw new UnsupportedOperationException();
            }
        };
        assertThat(Backends.of(List.of(throwing)).all().get(0).availability(CALLER))
                .isEqualTo(Availability.no("it failed when asked: java.lang.NoClassDefFoundError: x/Y"));
    }

    @Test
    void classes_thatCannotBeLoaded_areListedAndHarmNoOther() {
        Backends backends =
                Backends.ofClasses("no.such.Type," + Broken.class.getName() + ",", BackendsTest.class.getClassLoader());
        assertThat(backends.all())
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.availability(CALLER).usable()).isFalse());
        assertThat(backends.all().get(0).defect()).contains("no.such.Type");
    }
}
