package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code checkpoint}, with a program in criu's place that speaks its protocol and writes down what it was asked for. */
@Containers
final class CheckpointTest {
    /** One seqpacket is one message. It tells of a step first, as criu does, and then answers as its first line says. */
    private static final String FAKE = """
            #!/usr/bin/env python3
            # ANSWER
            import json, os, signal, socket, sys

            def varint(data, at):
                value = shift = 0
                while True:
                    byte = data[at]; at += 1
                    value |= (byte & 127) << shift; shift += 7
                    if byte < 128: return value, at

            def parse(data):
                fields, at = {}, 0
                while at < len(data):
                    key, at = varint(data, at)
                    if key & 7 == 0:
                        value, at = varint(data, at)
                    else:
                        size, at = varint(data, at)
                        value, at = data[at:at + size], at + size
                    fields.setdefault(str(key >> 3), []).append(value)
                return fields

            line = socket.socket(fileno=int(sys.argv[2]))
            request = parse(line.recv(65536))
            options = parse(request["2"][0])
            peer = int.from_bytes(line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)[:4], "little")
            images = os.readlink("/proc/%d/fd/%d" % (peer, options["1"][0]))
            shown = {k: [v.decode() if isinstance(v, bytes) and k != "11" else str(v) for v in vs] for k, vs in options.items()}
            shown.update(type=request["1"], images=images, argv=sys.argv[1:], fds=len(os.listdir("/proc/self/fd")))
            if "17" in options: shown["work"] = os.readlink("/proc/%d/fd/%d" % (peer, options["17"][0]))
            with open(images + "/asked.json", "w") as out: json.dump(shown, out)
            line.send(bytes([8, 6, 16, 1, 42, 11, 10, 9]) + b"pre-dump ")
            notified = parse(line.recv(65536))
            assert notified == {"1": [6], "3": [1]}, notified
            answer = open(sys.argv[0]).read().split("\\n")[1]
            if answer == "# refuse":
                with open(images + "/dump.log", "w") as log: log.write("(00.1) all is well\\n(00.2) Error (criu/x.c:1): no such luck\\n(00.3) Error (b)\\n")
                line.send(bytes([8, 1, 16, 0, 56, 95]))
            elif answer == "# vanish":
                pass
            else:
                if "3" not in options and request["1"] == [1]: os.kill(options["2"][0], signal.SIGKILL)
                line.send(bytes([8, request["1"][0], 16, 1]))
            """;

    private static Path fake(String answer) {
        Path script = Scratch.write(Scratch.current().path("criu-" + answer), FAKE.replace("ANSWER", answer));
        Scratch.chmod(script, "rwxr-xr-x");
        return script;
    }

    private static Bundle running(As as) {
        Host.require("python");
        Path data = Scratch.current().directory("data", as);
        Bundle bundle = Bundle.of(as).args("sleep", "100");
        bundle.mount("{destination: '/data', type: 'bind', source: '" + data + "', options: ['bind']}");
        bundle.run("--detach").success();
        return bundle;
    }

    private static Result checkpoint(Bundle bundle, Path criu, String... flags) {
        List<String> words = new ArrayList<>(List.of("--criu", criu.toString()));
        words.addAll(List.of(flags));
        words.add(bundle.id());
        return bundle.confine("checkpoint", words.toArray(new String[0]));
    }

    private static JsonNode asked(Path images) {
        return Config.parse(Scratch.read(images.resolve("asked.json")));
    }

    private static String field(JsonNode asked, int number) {
        return asked.path(Integer.toString(number)).path(0).asText("none");
    }

    @AsEach
    void container_isSaved_andRemoved(As as) {
        Bundle bundle = running(as);
        long pid = bundle.pid();
        Path images = bundle.host("images");
        checkpoint(bundle, fake("save"), "--image-path", images.toString()).success();
        JsonNode asked = asked(images);
        assertThat(asked.path("type").path(0).asInt()).isEqualTo(1);
        assertThat(asked.path("images").asText()).isEqualTo(images.toString());
        assertThat(asked.path("argv").path(0).asText()).isEqualTo("swrk");
        // stdio and what it opened to count them
        assertThat(asked.path("fds").asInt()).isLessThanOrEqualTo(5);
        assertThat(field(asked, 2)).isEqualTo(Long.toString(pid));
        assertThat(field(asked, 13)).isEqualTo(bundle.rootfs().toString());
        assertThat(field(asked, 34)).isEqualTo("3");
        assertThat(asked.path("37").toString()).contains("mnt[/data]:/data", "mnt[/proc/keys]:/proc/keys");
        assertThat(asked.path("37").toString()).doesNotContain("mnt[/]", "mnt[/proc]", "mnt[/dev]", "mnt[/proc/sys]");
        assertThat(List.of(field(asked, 3), field(asked, 4), field(asked, 5), field(asked, 7), field(asked, 14)))
                .containsOnly("none");
        assertThat(bundle.confine("list", "-q").output()).isEmpty();
        assertThat(Scratch.names(images)).contains("asked.json");
    }

    @AsEach
    void flags_areSaidToCriu(As as) {
        Bundle bundle = running(as);
        Path images = bundle.host("images");
        Path work = bundle.host("work");
        checkpoint(
                        bundle,
                        fake("save"),
                        "--image-path=" + images,
                        "--work-path=" + work,
                        "--parent-path=../parent",
                        "--leave-running",
                        "--tcp-established",
                        "--tcp-skip-in-flight",
                        "--link-remap",
                        "--ext-unix-sk",
                        "--shell-job",
                        "--file-locks",
                        "--auto-dedup",
                        "--lazy-pages",
                        "--empty-ns=network",
                        "--page-server=[::1]:27",
                        "--manage-cgroups-mode=strict")
                .success();
        JsonNode asked = asked(images);
        assertThat(asked.path("work").asText()).isEqualTo(work.toString());
        assertThat(field(asked, 14)).isEqualTo("../parent");
        assertThat(field(asked, 34)).isEqualTo("5");
        assertThat(field(asked, 38)).isEqualTo(Integer.toString(0x40000000));
        assertThat(field(asked, 11)).contains("[::1]", "\\x10\\x1b");
        for (int flag : List.of(3, 4, 5, 7, 8, 15, 16, 18, 24, 46, 48)) {
            assertThat(field(asked, flag)).as("field %d", flag).isEqualTo("1");
        }
        assertThat(bundle.status()).isEqualTo("running");
        bundle.deleteByForce().success();
    }

    @AsEach
    void preDump_savesMemoryAlone_andLetsGoOn(As as) {
        Bundle bundle = running(as);
        Path images = bundle.host("images");
        checkpoint(bundle, fake("save"), "--image-path", images.toString(), "--pre-dump")
                .success();
        JsonNode asked = asked(images);
        assertThat(asked.path("type").path(0).asInt()).isEqualTo(4);
        assertThat(field(asked, 15)).isEqualTo("1");
        assertThat(field(asked, 37)).isEqualTo("none");
        assertThat(bundle.status()).isEqualTo("running");
        bundle.deleteByForce().success();
    }

    @AsEach
    void refusal_ofCriu_isTold_andTheContainerStays(As as) {
        Bundle bundle = running(as);
        Path images = bundle.host("images");
        String path = images.toString();
        checkpoint(bundle, fake("refuse"), "--image-path", path)
                .refusal("criu cannot save container", "no such luck", "ENOTSUP", path + "/dump.log");
        checkpoint(bundle, fake("vanish"), "--image-path", path).refusal("criu ended without an answer", "criu check");
        checkpoint(bundle, Path.of("/bin/true"), "--image-path", path).refusal("criu ended");
        checkpoint(bundle, Path.of("/nowhere"), "--image-path", path).refusal("/nowhere", "ENOENT");
        checkpoint(bundle, fake("save"), "--image-path", path + "/a/b").refusal("cannot make the directory");
        checkpoint(bundle, fake("save"), "--parent-path", "/x").refusal("relative to --image-path");
        checkpoint(bundle, fake("save"), "--page-server", "host").refusal("HOST:PORT");
        checkpoint(bundle, fake("save"), "--manage-cgroups-mode", "all").refusal("soft, full, strict or ignore");
        assertThat(bundle.status()).isEqualTo("running");
        bundle.deleteByForce().success();
    }

    @AsEach
    void container_thatDoesNotRun_isRefused(As as) {
        Host.require("python");
        Bundle bundle = Bundle.of(as).args("sleep", "100");
        bundle.create().success();
        checkpoint(bundle, fake("save")).refusal("created", "start it first");
        bundle.confine("kill", bundle.id(), "KILL").success();
        LifecycleTest.stopped(bundle);
        checkpoint(bundle, fake("save")).refusal("container not running");
        assertThat(Files.exists(Path.of("/checkpoint"))).isFalse();
        bundle.deleteByForce().success();
    }
}
