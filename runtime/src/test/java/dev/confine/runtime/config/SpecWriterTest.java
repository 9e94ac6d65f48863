package dev.confine.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.spec.Spec;
import dev.confine.validate.SpecValidator;
import dev.confine.validate.Violation;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpecWriterTest {
    @Property(tries = 500)
    void configuration_ofAnyKind_readsBackAsItWas(@ForAll long seed) {
        Spec spec = new RandomSpec(seed).spec();
        assertThat(Samples.readText(SpecWriter.toJson(spec))).isEqualTo(spec);
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
    void sample_thatIsGood_readsBackAsItWas(String sample) {
        Spec spec = SpecReader.read(Samples.schema(sample));
        assertThat(Samples.readText(SpecWriter.toJson(spec))).isEqualTo(spec);
    }

    /** They are samples for the schema: what is wrong with their meaning is intended. */
    @ParameterizedTest
    @CsvSource({
        "good/linux-netdevice.json, /linux/netDevices",
        "good/linux-rdma.json, ''",
        "good/minimal-for-start.json, ''",
        "good/minimal.json, ''",
        "good/spec-example.json, /ociVersion",
        "bad/linux-hugepage.json, /linux/resources/hugepageLimits/0/pageSize"
    })
    void sample_ofTheSpecification_validatesAsIntended(String sample, String pointers) {
        Spec spec = SpecReader.read(Samples.schema(sample));
        assertThat(SpecValidator.validate(spec).stream().map(Violation::pointer))
                .containsExactlyInAnyOrder(pointers.isEmpty() ? new String[0] : pointers.split(" "));
    }

    @Test
    void text_isIndentedByTabsAndLeavesOutWhatIsEmpty() {
        assertThat(SpecWriter.toJson(Samples.readText(
                        "{\"ociVersion\":\"1.3.0\",\"process\":{\"cwd\":\"/\",\"args\":[\"sh\",\"-c\"]}}")))
                .isEqualTo("""
                        {
                        \t"ociVersion": "1.3.0",
                        \t"process": {
                        \t\t"args": [
                        \t\t\t"sh",
                        \t\t\t"-c"
                        \t\t],
                        \t\t"cwd": "/"
                        \t},
                        \t"linux": { }
                        }
                        """);
    }
}
