package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Programs around the life of a container, {@code config.md#posix-platform-hooks}. */
@Containers
final class HooksTest {
    private static final List<String> OF_CREATION = List.of("prestart", "createRuntime", "createContainer");

    /** In a script: the pid in the state. */
    private static final String PID = "$(sed 's/.*\"pid\":\\([0-9]*\\).*/\\1/')";

    /** A hook that is a script of the host's shell. */
    static String hook(String script) {
        return "{path: '/bin/sh', args: ['sh', '-c', " + Config.quoted(script)
                + "], env: ['PATH=/usr/sbin:/usr/bin:/sbin:/bin']}";
    }

    private static Path log(Bundle bundle) {
        Path log = Scratch.write(bundle.directory().resolve("log"), "");
        Scratch.own(log, bundle.as().uid());
        return log;
    }

    @AsEach
    void hooksOfCreation_runInTheirOrder(As as) {
        Bundle bundle = Bundle.of(as).args("true");
        Path log = log(bundle);
        for (String kind : List.of("createContainer", "createRuntime", "prestart")) {
            bundle.add("/hooks/" + kind, hook("echo " + kind + " 0 >> " + log));
            bundle.add("/hooks/" + kind, hook("echo " + kind + " 1 >> " + log));
        }
        bundle.run().success();
        assertThat(Scratch.read(log).lines())
                .containsExactly(
                        "prestart 0",
                        "prestart 1",
                        "createRuntime 0",
                        "createRuntime 1",
                        "createContainer 0",
                        "createContainer 1");
    }

    @AsEach
    void hookReadsTheState_withThePidAsItsOwnNamespaceCounts(As as) {
        Bundle bundle = Bundle.of(as).set("/annotations", "{'org.example': 'a \"b\"'}");
        Path runtime = Path.of(log(bundle) + ".runtime");
        Path container = Path.of(log(bundle) + ".container");
        bundle.add("/hooks/createRuntime", hook("cat > " + runtime));
        bundle.add("/hooks/createContainer", hook("cat > " + container));
        bundle.create().success();

        JsonNode state = Config.parse(Scratch.read(runtime));
        assertThat(state.path("pid").asLong()).isEqualTo(bundle.pid());
        assertThat(state.path("ociVersion").asText())
                .isEqualTo(bundle.at("/ociVersion").asText());
        assertThat(state.path("id").asText()).isEqualTo(bundle.id());
        assertThat(state.path("status").asText()).isEqualTo("creating");
        assertThat(state.path("bundle").asText()).isEqualTo(bundle.directory().toString());
        assertThat(state.at("/annotations/org.example").asText()).isEqualTo("a \"b\"");
        assertThat(Config.parse(Scratch.read(container)).path("pid").asLong()).isEqualTo(1);
        bundle.deleteByForce().success();
    }

    /** As a hook of Docker does to make the network: {@code libnetwork-setkey}. */
    @Test
    void hookOfTheRuntime_reachesTheNamespacesOfThePid() {
        for (Bundle bundle : List.of(Bundle.of(As.ROOT), Bundle.of(As.ROOT).userNamespace("0:500000:65536"))) {
            Path log = log(bundle);
            bundle.add("/hooks/prestart", hook("readlink /proc/" + PID + "/ns/net > " + log));
            bundle.script("readlink /proc/self/ns/net");
            assertThat(bundle.output()).isEqualTo(Scratch.read(log).strip());
        }
    }

    @AsEach
    void hook_hasTheArgumentsAndTheEnvironmentThatAreGiven_orTheCallersEnvironment(As as) {
        for (String kind : OF_CREATION) {
            Bundle bundle = Bundle.of(as, kind);
            String log = log(bundle).toString();
            String script = "'for f in cmdline environ; do tr \"\\\\0\" \"|\" < /proc/self/$f; echo; done >> $0'";
            bundle.add(
                    "/hooks/" + kind,
                    "{path: '/bin/sh', args: ['other name', '-c', " + script + ", '" + log
                            + "'], env: ['PATH=/usr/bin', 'A=b', 'A=c d', 'E=']}");
            bundle.add(
                    "/hooks/" + kind,
                    "{path: '/bin/sh', args: ['sh', '-c', " + script.replace("tr ", "/usr/bin/tr ") + ", '" + log
                            + "']}");
            bundle.run(Confine.as(as).viaShell("TOLD='a b' exec \"$@\"")).success();
            List<String> lines = Scratch.read(Path.of(log)).lines().toList();
            assertThat(lines.get(0))
                    .as(kind)
                    .startsWith("other name|-c|for f in")
                    .endsWith("|" + log + "|");
            assertThat(lines.get(1)).as(kind).isEqualTo("PATH=/usr/bin|A=b|A=c d|E=|");
            assertThat(lines.get(2)).as(kind).startsWith("sh|-c|for f in").endsWith("|" + log + "|");
            assertThat("|" + lines.get(3)).as(kind).contains("|TOLD=a b|").doesNotContain("|A=b|", "CONFINE_LIB");
        }
    }

    @AsEach
    void hookWithoutArguments_hasItsPathAsTheFirst(As as) {
        Bundle bundle = Bundle.of(as);
        Path hook = Scratch.write(bundle.host("hook"), "#!/bin/sh\necho $# $0 >&2; exit 1\n");
        Scratch.chmod(hook, "rwxr-xr-x");
        bundle.add("/hooks/prestart", "{path: '" + hook + "'}").run().refusal("exit status 1: 0 " + hook);
    }

    @AsEach
    void hook_hasNothingOfOurs(As as) {
        for (String kind : OF_CREATION) {
            Bundle bundle = Bundle.of(as, kind);
            Path log = log(bundle);
            bundle.add(
                    "/hooks/" + kind,
                    hook("exec > " + log
                            + "; ls /proc/self/fd | tr '\\n' ' '; grep SigBlk /proc/self/status; pwd; umask"));
            bundle.run(Confine.as(as).viaShell("umask 27; exec \"$@\" 5< /")).success();
            assertThat(Scratch.read(log).lines().toList())
                    .as(kind)
                    .containsExactly(
                            "0 1 2 3 SigBlk:\t0000000000000000",
                            bundle.directory().toString(),
                            "0027");
        }
    }

    @AsEach
    void whatAHookWrites_isNotTheCallers(As as) {
        Bundle bundle = Bundle.of(as).args("echo", "mine");
        for (String kind : OF_CREATION) {
            bundle.add("/hooks/" + kind, hook("echo words; echo more >&2"));
        }
        assertThat(bundle.output()).isEqualTo("mine");
    }

    @AsEach
    void hookThatFails_isNamedWithItsWords_andNothingIsLeft(As as) {
        for (String kind : OF_CREATION) {
            for (String verb : List.of("create", "run")) {
                Bundle bundle = Bundle.of(as, kind);
                bundle.add("/hooks/" + kind, hook("true"));
                bundle.add("/hooks/" + kind, hook("echo so; echo sorry >&2; exit 3"));
                (verb.equals("run") ? bundle.run() : bundle.create())
                        .refusal("/bin/sh", "exit status 3: so | sorry", "/hooks/" + kind + "/1");
                assertThat(bundle.confine("state", bundle.id()).err()).contains("does not exist");
            }
        }
    }

    @AsEach
    void hookThatIsKilled_isNamedWithItsSignal(As as) {
        for (String kind : OF_CREATION) {
            Bundle bundle = Bundle.of(as, kind).add("/hooks/" + kind, hook("kill -SEGV $$"));
            bundle.run().refusal("was ended by signal 11", "/hooks/" + kind + "/0");
        }
    }

    @AsEach
    void hookThatIsNotThere_isNamed(As as) {
        for (String kind : OF_CREATION) {
            Bundle bundle = Bundle.of(as, kind).add("/hooks/" + kind, "{path: '/no/hook'}");
            bundle.run().refusal("/no/hook", "ENOENT", "/hooks/" + kind + "/0");
        }
    }

    @AsEach
    void hookThatTakesTooLong_isKilledWithWhatItStarted(As as) {
        for (String kind : OF_CREATION) {
            Bundle bundle = Bundle.of(as, kind);
            if (as == As.ROOT) {
                bundle.withoutNamespace("pid");
            }
            String slow = hook("sleep 77 & sleep 77; true").replace("}", ", timeout: 1}");
            bundle.add("/hooks/" + kind, slow);
            bundle.run().refusal("took longer than its timeout", "/hooks/" + kind + "/0");
        }
    }

    @AsEach
    void signalWhileAHookRuns_endsItAll(As as) {
        for (String kind : OF_CREATION) {
            Bundle bundle = Bundle.of(as, kind);
            Path log = log(bundle);
            bundle.add("/hooks/" + kind, hook("echo here > " + log + "; exec sleep 77"));
            Command.Running running = bundle.start();
            Eventually.holds("the hook runs", () -> !Scratch.read(log).isEmpty());
            running.signal("TERM");
            running.await()
                    .refusal("a signal came while", kind.equals("createContainer") ? "hooks" : "/hooks/" + kind + "/0");
        }
    }

    @AsEach
    void hookInTheContainer_seesItsMountsAtThePlaceOfTheRoot_andTheHosts(As as) {
        Bundle bundle = Bundle.of(as);
        Path log = log(bundle);
        bundle.add(
                "/hooks/createContainer",
                hook("exec > " + log + "; readlink /proc/self/ns/mnt; grep -c ' " + bundle.rootfs()
                        + "/proc ' /proc/self/mountinfo; ls -d /usr/bin " + bundle.rootfs() + "/proc/self/ns"));
        bundle.script("readlink /proc/self/ns/mnt");
        String namespace = bundle.output();
        assertThat(Scratch.read(log).lines())
                .containsExactly(namespace, "1", bundle.rootfs() + "/proc/self/ns", "/usr/bin");
    }

    @AsEach
    void whatAHookMountsIntoTheRoot_isInTheContainer(As as) {
        Bundle bundle = Bundle.of(as);
        Scratch.write(bundle.host("given"), "hello");
        bundle.add(
                "/hooks/createContainer",
                hook("mkdir rootfs/mnt; mount -t tmpfs none rootfs/mnt && cp given rootfs/mnt/taken"));
        bundle.script("cat /mnt/taken; grep -c ' /mnt tmpfs ' /proc/mounts; ls /mnt");
        assertThat(bundle.output()).isEqualTo("hello1\ntaken");
        assertThat(Scratch.names(bundle.rootfs().resolve("mnt"))).isEmpty();
    }

    @Test
    void hookOfTheRuntime_mayEnterTheMountNamespaceAndMountIntoTheRoot() {
        Bundle bundle = Bundle.of(As.ROOT);
        bundle.add(
                "/hooks/prestart", hook("nsenter -m -t " + PID + " mount -t tmpfs none " + bundle.rootfs() + "/tmp"));
        bundle.script("grep -c ' /tmp tmpfs ' /proc/mounts");
        assertThat(bundle.output()).isEqualTo("1");
    }

    @AsEach
    void rootThatHooksSee_isEnteredAsAnyOther(As as) {
        Bundle bundle = Bundle.of(as).add("/hooks/createContainer", hook("true"));
        bundle.script("ls /; wc -l < /proc/self/mountinfo; head -1 /proc/self/mountinfo | cut -d ' ' -f 5; ls -a /..");
        String with = bundle.output();
        bundle.remove("/hooks");
        assertThat(with).isEqualTo(bundle.output());
        assertThat(with).doesNotContain("usr");
    }

    @AsEach
    void mountOnTheRoot_isTheRootWithHooksToo(As as) {
        Bundle bundle = Bundle.of(as).add("/hooks/createContainer", hook("true"));
        bundle.set(
                "/mounts",
                "[{destination: '/', type: 'bind', source: '" + bundle.rootfs()
                        + "', options: ['rbind', 'nosuid']}, {destination: '/proc', type: 'proc', source: 'proc'}]");
        String info = bundle.args("cat", "/proc/self/mountinfo").output();
        assertThat(MountInfo.of(info, "/").options()).contains("nosuid");
        long mounts = info.lines().count();
        assertThat(bundle.remove("/hooks").output().lines()).hasSize((int) mounts);
    }

    @AsEach
    void annotations_sayWhatFileAHookWritesTo(As as) {
        Bundle bundle = Bundle.of(as);
        Path out = bundle.host("out");
        bundle.set("/annotations", "{'run.oci.hooks.stdout': '" + out + "', 'run.oci.hooks.stderr': 'err'}");
        for (String kind : OF_CREATION) {
            bundle.add("/hooks/" + kind, hook("echo " + kind + "; echo no " + kind + " >&2"));
        }
        bundle.run().success();
        assertThat(Scratch.read(out).lines().toList()).containsExactlyElementsOf(OF_CREATION);
        assertThat(Scratch.read(bundle.directory().resolve("err"))).contains("no prestart");
    }
}
