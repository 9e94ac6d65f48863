package dev.confine.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confine.ConfineException;
import dev.confine.idmap.IdMaps;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every backend must do, checked without privileges and without starting anything. A backend's test extends it and says how to make one; the backend
 * is also found by {@link ServiceLoader}, so its service file is checked too.
 */
public abstract class BackendContract {
    /** Above every pid_max of Linux, so no process has it. */
    private static final long NOBODY = 4194305;

    /** A new backend, as ServiceLoader makes it. */
    protected abstract Backend backend();

    /** Its way to write maps, on a host for which {@link #granted} and {@link #refused} are true. */
    protected abstract IdMapper mapper();

    /** Who the backend is for. */
    protected abstract Caller caller();

    /** Maps that the caller may have on that host. */
    protected abstract IdMaps granted();

    /** Maps that the caller may not have on that host. */
    protected abstract IdMaps refused();

    static List<Caller> callers() {
        return List.of(
                Callers.root(),
                Callers.root(0),
                Callers.ordinary(1000),
                Callers.ordinary(4294967294L, 0),
                new Caller(
                        0,
                        4294967295L,
                        4294967295L,
                        List.of(),
                        0,
                        -1,
                        7,
                        "",
                        List.of(""),
                        Map.of("PATH", ":\0:relative")));
    }

    @Test
    void name_isOneWordForTheCommandLine() {
        assertThat(backend().name())
                .matches("[a-z][a-z0-9-]*")
                .isNotEqualTo("auto")
                .hasSizeLessThan(64);
    }

    @Test
    void name_andRank_areAlwaysTheSame() {
        assertThat(backend().name()).isEqualTo(backend().name());
        assertThat(backend().rank()).isEqualTo(backend().rank());
    }

    @Test
    void backend_isFoundAsAService() {
        assertThat(ServiceLoader.load(Backend.class))
                .extracting(Backend::name)
                .containsOnlyOnce(backend().name());
    }

    @ParameterizedTest
    @MethodSource("callers")
    void availability_forAnyCaller_isAnAnswerOnOneLine(Caller caller) {
        Availability availability = backend().availability(caller);
        assertThat(availability.reason()).doesNotContain("\n");
        if (!availability.usable()) {
            assertThat(availability.reason()).isNotBlank();
        }
    }

    @ParameterizedTest
    @MethodSource("callers")
    void availability_askedTwice_isTheSame(Caller caller) {
        Backend backend = backend();
        assertThat(backend.availability(caller)).isEqualTo(backend.availability(caller));
    }

    @Test
    void check_ofMapsTheCallerMayHave_isSilent() {
        assertThatCode(() -> mapper().check(caller(), granted())).doesNotThrowAnyException();
    }

    @Test
    void check_ofMapsTheCallerMayNotHave_isRefusedWithTheLine() {
        assertThatThrownBy(() -> mapper().check(caller(), refused()))
                .isInstanceOf(ConfineException.class)
                .message()
                .doesNotContain("\n")
                .containsAnyOf(
                        refused().uids().extents().get(0).toString(),
                        refused().gids().extents().get(0).toString());
    }

    @Test
    void write_toAProcessThatIsGone_isSaid() {
        assertThatThrownBy(() -> mapper().write(caller(), NOBODY, granted()))
                .isInstanceOf(ConfineException.class)
                .message()
                .doesNotContain("\n")
                .contains(Long.toString(NOBODY));
    }
}
