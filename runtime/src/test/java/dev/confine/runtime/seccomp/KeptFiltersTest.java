package dev.confine.runtime.seccomp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.spec.Seccomp;
import dev.confine.spec.Seccomp.Action;
import dev.confine.spec.Specs;
import dev.confine.spi.Caller;
import dev.confine.spi.Log;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptFiltersTest {
    private static final Seccomp SECCOMP =
            Profile.refusing().rule(Action.SCMP_ACT_ALLOW, "read").build();
    private static final byte[] FILTER = {6, 0, 0, 0, 0, 0, -1, 0x7f};

    @TempDir
    Path scratch;

    private final List<Seccomp> made = new ArrayList<>();
    private final List<String> debug = new ArrayList<>();
    private Path library = Path.of("/");
    private Path directory = Path.of("/");

    private final Log log = new Log() {
        @Override
        public void warn(String message) {
            throw new AssertionError(message);
        }

        @Override
        public void debug(String message) {
            debug.add(message);
        }
    };

    private final List<Seccomp> asked = new ArrayList<>();
    private final KeptFilters.Maker maker = new KeptFilters.Maker() {
        @Override
        public byte[] filter(Seccomp seccomp) {
            made.add(seccomp);
            return FILTER;
        }

        @Override
        public void requireKnown(Seccomp seccomp) {
            asked.add(seccomp);
        }

        @Override
        public @Nullable String library() {
            return library.toString();
        }
    };

    @BeforeEach
    void prepare() throws IOException {
        library = Files.writeString(scratch.resolve("libseccomp.so.2"), "library");
        directory = scratch.resolve("cache/confine/seccomp");
    }

    private byte[] filter() {
        return filter(SECCOMP);
    }

    private byte[] filter(Seccomp seccomp) {
        return filters().filter(seccomp);
    }

    private KeptFilters filters() {
        Caller caller = new Caller(7, uid(), 0, List.of(), 022, 0, 0, "/", List.of(), Map.of());
        return new KeptFilters(caller, KeptFiltersTest::read, log, directory.toString(), maker);
    }

    private static byte @Nullable [] read(String directory, String name) {
        try {
            return Files.readAllBytes(Path.of(directory, name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long uid() {
        try {
            return Integer.toUnsignedLong((Integer) Files.getAttribute(scratch, "unix:uid"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file() throws IOException {
        try (var files = Files.list(directory)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    @Test
    void annotation_hasTheLibraryAskedForEachName_alsoWithAFilterThatIsKept() {
        filters().filter(Specs.with("linux.seccomp", SECCOMP));
        assertThat(asked).isEmpty();
        filters()
                .filter(Specs.with(
                        Specs.with("linux.seccomp", SECCOMP), "annotations", Map.of(Filters.UNKNOWN_CALL_FAILS, "1")));
        assertThat(asked).hasSize(1);
        assertThat(made).hasSize(1);
    }

    @Test
    void filter_isMadeOnce() throws IOException {
        assertThat(filter()).isEqualTo(FILTER);
        assertThat(filter()).isEqualTo(FILTER);
        assertThat(made).hasSize(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        for (Path level : List.of(directory, directory.getParent(), scratch.resolve("cache"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(level)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void anotherFilter_isMadeAnew() {
        filter();
        Seccomp other = Profile.refusing().rule(Action.SCMP_ACT_ALLOW, "write").build();
        filter(other);
        assertThat(made).containsExactly(SECCOMP, other);
    }

    @Test
    void fileOfAnotherFilter_underThisName_isNotTaken() throws IOException {
        Seccomp other = Profile.refusing().rule(Action.SCMP_ACT_ALLOW, "write").build();
        filter(other);
        Files.move(file(), directory.resolve(FilterKey.of(SECCOMP).fileName()));
        filter();
        assertThat(made).containsExactly(other, SECCOMP);
    }

    @Test
    void fileThatIsCutOrLonger_isNotTaken() throws IOException {
        filter();
        byte[] whole = Files.readAllBytes(file());
        for (int size = 0; size <= whole.length + 8; size++) {
            assertThat(FilterFile.decode(Arrays.copyOf(whole, size), FilterKey.of(SECCOMP)) != null)
                    .as("size %d", size)
                    .isEqualTo(size == whole.length);
        }
        Files.write(file(), Arrays.copyOf(whole, whole.length - 8));
        assertThat(filter()).isEqualTo(FILTER);
        assertThat(made).hasSize(2);
    }

    @Test
    void fileWithAnyOtherByteInItsHeader_isNotTakenOrTheSame() throws IOException {
        filter();
        byte[] whole = Files.readAllBytes(file());
        for (int at = 0; at < whole.length - FILTER.length; at++) {
            byte[] other = whole.clone();
            other[at] ^= 0x40;
            assertThat(FilterFile.decode(other, FilterKey.of(SECCOMP)))
                    .as("byte %d", at)
                    .isNull();
        }
    }

    @Test
    void newLibrary_makesTheFilterAnew() throws IOException {
        filter();
        Files.setLastModifiedTime(library, FileTime.fromMillis(86_400_000));
        filter();
        Files.writeString(library, "another");
        filter();
        Files.delete(library);
        filter();
        assertThat(made).hasSize(4);
    }

    @Test
    void directoryThatOthersMayWrite_isLeftAlone() throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(filter()).isEqualTo(FILTER);
        assertThat(directory).isEmptyDirectory();
        assertThat(debug).singleElement().asString().contains("is not kept", "alone");
    }

    @Test
    void linkInsteadOfTheDirectory_isNotFollowed() throws IOException {
        Path elsewhere = Files.createDirectory(scratch.resolve("elsewhere"));
        Files.createDirectories(directory.getParent());
        Files.createSymbolicLink(directory, elsewhere);
        assertThat(filter()).isEqualTo(FILTER);
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void placeThatCannotBeWritten_isNoError() throws IOException {
        Files.writeString(scratch.resolve("cache"), "a file");
        assertThat(filter()).isEqualTo(FILTER);
        directory = Path.of("/proc/none/confine/seccomp");
        assertThat(filter()).isEqualTo(FILTER);
    }

    @Test
    void oldest_isForgottenWhenThereAreMany() throws IOException {
        filter();
        Files.setLastModifiedTime(file(), FileTime.fromMillis(1));
        for (int i = 0; i < 64; i++) {
            filter(Profile.refusing().rule(Action.SCMP_ACT_ALLOW, "call" + i).build());
        }
        made.clear();
        filter(Profile.refusing().rule(Action.SCMP_ACT_ALLOW, "call63").build());
        assertThat(made).isEmpty();
        filter();
        assertThat(made).hasSize(1);
    }

    @Test
    void key_tellsApartWhatMakesAnotherFilter() {
        List<Seccomp> different = List.of(
                SECCOMP,
                Profile.allowing().rule(Action.SCMP_ACT_ERRNO, "read").build(),
                Profile.refusing().rule(Action.SCMP_ACT_LOG, "read").build(),
                Profile.refusing()
                        .rule(Action.SCMP_ACT_ALLOW, null, List.of("re", "ad"))
                        .build(),
                Profile.refusing()
                        .rule(Action.SCMP_ACT_ALLOW, null, List.of("re 2:ad"))
                        .build(),
                Profile.refusing()
                        .rule(Action.SCMP_ACT_ERRNO, 2L, List.of("read"))
                        .build(),
                Profile.refusing()
                        .arch(Seccomp.Arch.SCMP_ARCH_ARM)
                        .rule(Action.SCMP_ACT_ALLOW, "read")
                        .build());
        assertThat(different.stream()
                        .map(seccomp -> new String(FilterKey.of(seccomp).bytes(), StandardCharsets.UTF_8))
                        .distinct())
                .hasSameSizeAs(different);
    }
}
