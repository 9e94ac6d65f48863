package dev.confine.runtime.config;

import static dev.confine.runtime.config.Samples.errors;
import static dev.confine.runtime.config.Samples.readText;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confine.ConfineException;
import dev.confine.spec.Mount;
import dev.confine.spec.Namespace;
import dev.confine.spec.NamespaceType;
import dev.confine.spec.Process;
import dev.confine.spec.Rlimit;
import dev.confine.spec.Root;
import dev.confine.spec.Spec;
import dev.confine.spec.User;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpecReaderTest {
    @Test
    void example_ofTheSpecification_readsEverySection() {
        Spec spec = SpecReader.read(Samples.schema("good/spec-example.json"));
        Process process = Objects.requireNonNull(spec.process());
        assertThat(spec.root()).isEqualTo(new Root("rootfs", true));
        assertThat(spec.mounts()).hasSize(7);
        assertThat(process.userOrRoot().additionalGids()).containsExactly(5L, 6L);
        assertThat(process.capabilities().ambient()).containsExactly("CAP_NET_BIND_SERVICE");
        assertThat(spec.hooks().poststart().get(0).timeout()).isEqualTo(5);
        assertThat(spec.linux().namespace(NamespaceType.USER)).isEqualTo(new Namespace(NamespaceType.USER));
        assertThat(spec.linux().resources().hugepageLimits()).hasSize(2);
        assertThat(spec.linux().timeOffsets()).containsKeys("monotonic", "boottime");
        assertThat(spec.annotations()).containsEntry("com.example.key1", "value1");
    }

    @Test
    void minimal_withoutAnything_isEmptyNotNull() {
        Spec spec = readText("{\"ociVersion\":\"1.3.0\",\"process\":{\"cwd\":\"/\"}}");
        assertThat(spec.linux()).isEqualTo(dev.confine.spec.Linux.NONE);
        assertThat(spec.root()).isNull();
        assertThat(Objects.requireNonNull(spec.process()).userOrRoot()).isEqualTo(User.ROOT);
    }

    @Test
    void mounts_ofAFile_areAListOrAMember(@TempDir Path directory) throws IOException {
        String list = "[{\"destination\":\"/a\",\"type\":\"tmpfs\",\"options\":[\"ro\"]}]";
        Path plain = Files.writeString(directory.resolve("list"), list);
        Path member = Files.writeString(directory.resolve("member"), "{\"x\":1,\"mounts\":" + list + "}");
        Path wrong = Files.writeString(directory.resolve("wrong"), "{\"mounts\":[{}]}");
        assertThat(SpecReader.mounts(plain.toString()))
                .containsExactly(new Mount("/a", "tmpfs", "", List.of("ro")))
                .isEqualTo(SpecReader.mounts(member.toString()));
        assertThatThrownBy(() -> SpecReader.mounts(wrong.toString())).hasMessageContaining("destination");
        Path empty = Files.createFile(directory.resolve("empty"));
        assertThatThrownBy(() -> SpecReader.mounts(empty.toString())).hasMessageContaining("is empty");
    }

    @Test
    void rlimit_ofInfinity_keepsAll64Bits() {
        Spec spec =
                readText("{\"ociVersion\":\"1.3.0\",\"process\":{\"cwd\":\"/\",\"rlimits\":[{\"type\":\"RLIMIT_CORE\","
                        + "\"soft\":9223372036854775808,\"hard\":18446744073709551615}]}}");
        assertThat(Objects.requireNonNull(spec.process()).rlimits())
                .containsExactly(new Rlimit(Rlimit.Type.RLIMIT_CORE, Long.MIN_VALUE, Rlimit.INFINITY));
    }

    @Test
    void property_ofNull_isAsIfAbsent() {
        assertThat(readText("{\"ociVersion\":\"1.3.0\",\"process\":null,\"mounts\":null,\"hostname\":null}"))
                .isEqualTo(readText("{\"ociVersion\":\"1.3.0\"}"));
    }

    @Test
    void property_unknown_isIgnored() {
        assertThat(readText("{\"ociVersion\":\"1.3.0\",\"x-y\":{\"a\":[1,{\"b\":null}]},\"linux\":{\"later\":true}}"))
                .isEqualTo(readText("{\"ociVersion\":\"1.3.0\"}"));
    }

    @Test
    void wrongTypes_inManyPlaces_areAllReportedWithPlaceAndPointer() {
        assertThat(errors(
                        "{\"ociVersion\":1,\n\"root\":\"x\",\n\"process\":{\"args\":\"sh\",\"user\":{\"uid\":4294967296}},\n"
                                + "\"linux\":{\"namespaces\":[{\"type\":\"net\"}]}}"))
                .isEqualTo("""
                        1:15: /ociVersion: must be a text, not 1
                        2:8: /root: must be an object, not "x"
                        3:19: /process/args: must be a list, not "sh"
                        3:38: /process/user/uid: must be a whole number from 0 to 4294967295, not 4294967296
                        3:31: /process/user/gid: is missing and is required
                        3:11: /process/cwd: is missing and is required
                        4:32: /linux/namespaces/0/type: must be one of pid, network, mount, ipc, uts, user, cgroup and time, not "net\"""");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"ociVersion\":\"1.3                  | 1:19: /ociVersion: the file ends too early",
                "{\"ociVersion\":\"1.3.0\"} {}          | there is something after the end",
                "{\"ociVersion\":\"1.3.0\",}            | a comma too many",
                "{\"ociVersion\":\"1.3.0\",\"a\":1,\"a\":2} | /a: is there more than once",
                "{\"a\":[{\"b\":{\"c\":1,\"c\":1}}]}    | /a/0/b/c: is there more than once",
                "{\"process\":{\"user\":{\"uid\":010}}} | /process/user/uid: a number has no leading zero",
                "{\"root\":{\"path\":\"a\\u0000b\"}}    | /root/path: holds the character NUL",
                "{\"annotations\":{\"a\\u0000\":\"\"}}  | /annotations/a?: holds the character NUL",
                "{\"hostname\":\"\\ud800\"}             | /hostname: holds half a character (a lone \\ud800)",
                "{\"process\":{\"env\":[null]}}         | /process/env/0: must be a text, not null",
                "{\"process\":{\"oomScoreAdj\":1.0}}    | /process/oomScoreAdj: must be a whole number",
                "{\"process\":{\"user\":{\"gid\":-1}}}  | /process/user/gid: must be a whole number from 0",
                "{\"annotations\":{\"a/b\":{}}}         | /annotations/a~1b: must be a text, not an object",
                "{\"windows\":{}}                       | /windows: is not for Linux",
                "[]                                     | 1:1: must be an object, not a list",
                "''                                     | is empty",
            })
    void input_thatIsBad_isRefusedByName(String json, String expected) {
        assertThat(errors(json.strip())).contains(expected.strip());
    }

    @Test
    void nesting_of10000Levels_isRefusedWithoutReadingOn() {
        assertThat(errors("{\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}"))
                .contains("nested deeper than 100 levels")
                .startsWith("1:");
    }

    @Test
    void text_thatIsNotUtf8_isRefusedWithItsPlace() {
        byte[] json = "{\"ociVersion\":\"1.3.0\",\n \"hostname\":\"caf?\"}".getBytes(StandardCharsets.UTF_8);
        json[json.length - 3] = (byte) 0xe9;
        assertThat(errors(json)).startsWith("2:17: the byte 0xe9 is not UTF-8");
    }

    @Test
    void text_withOverlongNul_isNotUtf8() {
        byte[] json = "{\"hostname\":\"??\"}".getBytes(StandardCharsets.UTF_8);
        json[13] = (byte) 0xc0;
        json[14] = (byte) 0x80;
        assertThat(errors(json)).contains("0xc0 is not UTF-8");
    }

    @Test
    void key_withTerminalEscape_isShownHarmless() {
        assertThat(errors("{\"annotations\":{\"\\u001b[31m\":1}}"))
                .contains("/annotations/?[31m")
                .doesNotContain("\u001b");
    }

    @Test
    void violations_above20_areCountedNotListed() {
        assertThat(errors("{\"ociVersion\":\"1.3.0\",\"mounts\":[" + "1,".repeat(99) + "1]}")
                        .lines())
                .hasSize(21)
                .last()
                .asString()
                .endsWith("and 80 more like these");
    }

    @Test
    void file_of50MB_isRefusedBySize(@TempDir Path dir) throws IOException {
        Path file = dir.resolve("config.json");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(50_000_000);
        }
        assertThatThrownBy(() -> SpecReader.read(file.toString()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("50000000 bytes");
    }

    @Test
    void file_thatIsNoFile_saysWhy(@TempDir Path dir) throws IOException {
        Files.createSymbolicLink(dir.resolve("loop"), dir.resolve("loop"));
        Files.writeString(dir.resolve("file"), "x");
        assertThatThrownBy(() -> SpecReader.read(dir.toString())).hasMessageContaining("EISDIR");
        assertThatThrownBy(() -> SpecReader.read(dir + "/loop")).hasMessageContaining("ELOOP");
        assertThatThrownBy(() -> SpecReader.read(dir + "/file/config.json")).hasMessageContaining("ENOTDIR");
        assertThatThrownBy(() -> SpecReader.read(dir + "/none"))
                .hasMessageContaining("no such file or directory (ENOENT)");
        assertThatThrownBy(() -> SpecReader.read(dir + "/" + "x".repeat(300))).hasMessageContaining("ENAMETOOLONG");
        assertThatThrownBy(() -> SpecReader.read("a\0b")).isInstanceOf(ConfineException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "good/linux-netdevice.json",
                "good/linux-rdma.json",
                "good/minimal-for-start.json",
                "good/minimal.json",
                "good/spec-example.json"
            })
    void sample_cutAtAnyByte_isRefusedNotMisread(String sample) throws IOException {
        byte[] whole = Files.readAllBytes(Path.of(Samples.schema(sample)));
        int end = new String(whole, StandardCharsets.UTF_8).lastIndexOf('}');
        for (int length = 0; length < end; length++) {
            assertThat(errors(java.util.Arrays.copyOf(whole, length))).isNotEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "bad/invalid-json.json, ''",
        "bad/linux-netdevice.json, /linux/netDevices/eth0/name",
        "bad/linux-rdma.json, /linux/resources/rdma/mlx5_1/hcaHandles"
    })
    void sample_thatIsBad_isRefusedWithPointer(String sample, String pointer) {
        assertThatThrownBy(() -> SpecReader.read(Samples.schema(sample)))
                .isInstanceOfSatisfying(ConfigException.class, e -> assertThat(e.violations())
                        .extracting(dev.confine.validate.Violation::pointer)
                        .containsExactly(pointer));
    }

    @Property(tries = 500)
    void bytes_ofAnyKind_areAValueOrAConfigException(@ForAll byte[] bytes) {
        try {
            Samples.readBytes(bytes);
        } catch (ConfigException expected) {
            assertThat(expected.getMessage()).isNotEmpty();
        }
    }
}
