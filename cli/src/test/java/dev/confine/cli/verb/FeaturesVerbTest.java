package dev.confine.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confine.ConfineException;
import dev.confine.cli.command.CommandLines;
import dev.confine.spec.Specs;
import dev.confine.validate.SpecValidator;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FeaturesVerbTest {
    private static final Schema SCHEMA = Schema.of("features-schema.json");
    private static final JsonNode FEATURES = Schema.parse(FeaturesVerb.json());

    @Test
    void features_followTheSchema() {
        assertThat(SCHEMA.errors(FEATURES)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"minimal", "runc"})
    void schema_takesGoodSamples(String name) {
        assertThat(SCHEMA.errors(Schema.read("/schema/good/" + name + ".json"))).isEmpty();
    }

    @Test
    void schema_refusesBadSamples() {
        assertThat(SCHEMA.errors(Schema.read("/schema/bad/missing-ociVersionMax.json")))
                .containsExactly("/ociVersionMax is missing");
        assertThat(SCHEMA.errors(Schema.parse(
                        "{\"ociVersionMin\":\"1\",\"ociVersionMax\":\"1\",\"linux\":{\"namespaces\":[\"net\"]}}")))
                .hasSize(1);
    }

    /** Whoever calls looks for what the schema names; what is left out would be read as a no. */
    @Test
    void everyMember_ofTheSchema_isThere() {
        assertThat(names(FEATURES)).containsAll(List.of("hooks", "mountOptions", "potentiallyUnsafeConfigAnnotations"));
        JsonNode properties = Schema.read("/schema/features-linux.json").at("/linux/properties");
        assertThat(new TreeSet<>(names(FEATURES.get("linux")))).containsAll(names(properties));
    }

    @Test
    void versions_areThoseThatAConfigurationMayName() {
        for (String member : List.of("ociVersionMin", "ociVersionMax")) {
            assertThat(SpecValidator.validate(
                            Specs.with("ociVersion", FEATURES.get(member).asText())))
                    .isEmpty();
        }
    }

    /** containerd asks before it uses the flag. */
    @Test
    void systemd_isThere_ifItsFlagIsTaken() {
        boolean taken = true;
        try {
            CommandLines.read(List.of("--systemd-cgroup", "state", "c"));
        } catch (ConfineException refused) {
            taken = false;
        }
        assertThat(FEATURES.at("/linux/cgroup/systemd").asBoolean()).isEqualTo(taken);
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
