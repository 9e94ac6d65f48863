package dev.confine.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confine.idmap.IdMap;
import dev.confine.idmap.IdMaps;
import dev.confine.runtime.access.Credentials;
import dev.confine.runtime.access.Inode;
import dev.confine.runtime.access.MountFacts;
import dev.confine.runtime.access.Tree;
import dev.confine.runtime.access.Unseen;
import dev.confine.runtime.access.Verdict;
import dev.confine.runtime.access.Walk;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AccessJsonTest {
    private static final Schema SCHEMA = Schema.ours("access");
    private static final IdMap MAP = IdMap.of(0, 1000, 100);
    private static final Credentials WHO = new Credentials(1000, 1000, List.of(1001L), 1 << 1, new IdMaps(MAP, MAP));

    /** A root directory with a file of the host's root in it. */
    private static final Tree TREE = new Tree() {
        @Override
        public Node root() {
            return node("/", Inode.Type.DIRECTORY, 0755, 1000);
        }

        @Override
        public @Nullable Node child(Node directory, String name) {
            return switch (name) {
                case "closed" -> node("/closed", Inode.Type.REGULAR, 0600, 0);
                case "own" -> node("/own", Inode.Type.REGULAR, 0600, 1000);
                case "lost" -> node("/lost", Inode.Type.REGULAR, 0666, Inode.UNKNOWN);
                case "far" -> throw new Unseen("/far", "EACCES");
                default -> null;
            };
        }

        @Override
        public String target(Node link) {
            throw new AssertionError("there are no links");
        }
    };

    private static Tree.Node node(String path, Inode.Type type, int mode, long owner) {
        Inode inode = new Inode(type, owner, owner, mode, null, false);
        return new Tree.Node(path, inode, MountFacts.plain("/", "ext4"), "/proc/7/root" + path, 3);
    }

    private static JsonNode json(List<Integer> answers, String... paths) {
        AccessSubject subject = new AccessSubject("process", "7", 7, WHO, TREE, () -> {});
        List<Verdict> verdicts = List.of(paths).stream()
                .map(path -> Walk.of(TREE, WHO, true, path, 4))
                .toList();
        return Schema.parse(AccessJson.of(subject, verdicts, answers));
    }

    @Test
    void json_followsTheSchema_whateverTheAnswer() {
        JsonNode json = json(List.of(13, 0, 0, 13, 2), "/closed", "/own", "/lost", "/far", "/none");
        assertThat(SCHEMA.errors(json)).isEmpty();
        assertThat(json.at("/paths/0/answer").asText()).isEqualTo("no");
        assertThat(json.at("/paths/0/kernel/agrees").asBoolean()).isTrue();
        assertThat(json.at("/paths/1/answer").asText()).isEqualTo("yes");
        assertThat(json.at("/paths/3/answer").asText()).isEqualTo("unknown");
        assertThat(json.at("/paths/4/errno").asText()).isEqualTo("ENOENT");
        assertThat(SCHEMA.errors(json(List.of(), "/own"))).isEmpty();
    }

    @Test
    void cures_ofAClosedFile_areRanked_withTheLineThatMapsItsOwner() {
        JsonNode cures = json(List.of(), "/closed").at("/paths/0/cures");
        assertThat(cures.findValuesAsText("kind")).containsExactly("acl", "chown", "idmapped-mount", "map");
        assertThat(cures.at("/1/how").asText()).isEqualTo("chown -h 1000 /proc/7/root/closed");
        assertThat(cures.at("/3/how").asText())
                .isEqualTo("config.json /linux/uidMappings: add {\"containerID\": 100, \"hostID\": 0, \"size\": 1};"
                        + " /linux/gidMappings: add {\"containerID\": 100, \"hostID\": 0, \"size\": 1}");
    }

    @Test
    void schema_refusesWhatIsNotDescribed() {
        assertThat(SCHEMA.errors(Schema.parse("{\"kind\":\"x\",\"name\":\"\",\"paths\":[],\"more\":1}")))
                .hasSize(3);
    }
}
