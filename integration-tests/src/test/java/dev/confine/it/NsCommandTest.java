package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** {@code confine ns}: what it says of containers, of namespaces that unshare(1) makes, and of the same host as lsns(8). */
@Containers
final class NsCommandTest {
    private static JsonNode namespaces(Bundle bundle, String... options) {
        List<String> words = new ArrayList<>(List.of(options));
        words.add("--json");
        return Config.parse(
                bundle.confine("ns", words.toArray(String[]::new)).success().out());
    }

    private static JsonNode ns(As as, String... options) {
        List<String> words = new ArrayList<>(List.of("ns", "--json"));
        words.addAll(List.of(options));
        return Config.parse(
                Confine.as(as).run(words.toArray(String[]::new)).success().out());
    }

    private static List<JsonNode> list(JsonNode array) {
        List<JsonNode> list = new ArrayList<>();
        array.forEach(list::add);
        return list;
    }

    private static JsonNode find(JsonNode document, String type, long inode) {
        return list(document.path("namespaces")).stream()
                .filter(one -> one.path("type").asText().equals(type)
                        && one.path("inode").asLong() == inode)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type + ":[" + inode + "] in " + document));
    }

    private static long inode(long pid, String file) {
        String link = Command.run("readlink", "/proc/" + pid + "/ns/" + file).output();
        return Long.parseLong(link.substring(link.indexOf('[') + 1, link.length() - 1));
    }

    @AsEach
    void container_isThereWithOwnerMapsAndName(As as) {
        Bundle bundle = Bundle.of(as).withNetwork().args("sleep", "100");
        bundle.userNamespace("0:" + as.firstSubordinate() + ":1000");
        bundle.run("--detach").success();
        JsonNode document = namespaces(bundle);
        long pid = bundle.pid();
        long user = inode(pid, "user");
        for (String type : List.of("user", "net", "pid", "mnt", "uts", "ipc")) {
            JsonNode one = find(document, type, inode(pid, type));
            assertThat(one.path("container").toString())
                    .isEqualTo("{\"engine\":\"confine\",\"id\":\"" + bundle.id() + "\"}");
            assertThat(one.path("processes").asInt()).isEqualTo(1);
            assertThat(one.path("first").path("pid").asLong()).isEqualTo(pid);
            assertThat(one.path("first").path("command").asText()).isEqualTo("sleep 100");
            assertThat(one.at("/users/0/uid").asLong()).isEqualTo(as.firstSubordinate());
            if (!type.equals("user")) {
                assertThat(one.path("owner").asLong()).as(type).isEqualTo(user);
            }
        }
        JsonNode own = find(document, "user", user);
        assertThat(own.path("uidMap").toString())
                .isEqualTo("[{\"inside\":0,\"outside\":" + as.firstSubordinate() + ",\"size\":1000}]");
        assertThat(own.path("ownerUid").asLong()).isEqualTo(as.uid());
        assertThat(bundle.confine("ns", "--tree", "owner").success().out())
                .contains("0:" + as.firstSubordinate() + ":1000", "confine " + bundle.id());
        bundle.deleteByForce().success();
    }

    @AsEach
    void members_areNamedOnBothSides(As as) {
        Bundle bundle = Bundle.of(as).args("sleep", "100");
        bundle.userNamespace("0:" + as.firstSubordinate() + ":1000");
        Command.run("sh", "-c", "echo boss:x:0:0::/:/bin/sh >" + bundle.rootfs() + "/etc/passwd")
                .success();
        bundle.run("--detach").success();
        JsonNode document = namespaces(bundle, "--ns", Long.toString(inode(bundle.pid(), "pid")));
        JsonNode process = document.at("/processes/0");
        assertThat(process.path("pid").asLong()).isEqualTo(bundle.pid());
        assertThat(process.path("pidInside").asLong()).isEqualTo(1);
        assertThat(process.path("user").path("uid").asLong()).isEqualTo(as.firstSubordinate());
        assertThat(process.path("userInside").toString()).isEqualTo("{\"uid\":0,\"mapped\":true,\"name\":\"boss\"}");
        bundle.deleteByForce().success();
    }

    /** Its root is a slash, as that of every process of the host in the same mount namespace. */
    @Test
    @Requires("root")
    void memberWithItsOwnRootInTheMountNamespaceOfOthers_isNamedByItsOwnFile() {
        Bundle bundle = Bundle.of(As.ROOT).args("sleep", "100").set("/linux/namespaces", "[{type: 'pid'}]");
        bundle.set("/mounts", "[]")
                .remove("/hostname")
                .remove("/linux/maskedPaths")
                .remove("/linux/readonlyPaths");
        Command.run("sh", "-c", "echo boss:x:0:0::/:/bin/sh >" + bundle.rootfs() + "/etc/passwd")
                .success();
        bundle.run("--detach").success();
        JsonNode document = namespaces(bundle, "--ns", Long.toString(inode(bundle.pid(), "mnt")));
        assertThat(list(document.path("processes")))
                .filteredOn(process -> process.path("pid").asLong() == bundle.pid())
                .singleElement()
                .satisfies(process ->
                        assertThat(process.at("/userInside/name").asText()).isEqualTo("boss"));
        bundle.deleteByForce().success();
    }

    /** Namespaces of others come and go meanwhile: what is compared is a moment in which none did. */
    @AsEach
    void namespacesOfHost_areThoseOfLsns(As as) {
        Bundle bundle = Bundle.of(as).args("sleep", "100");
        bundle.run("--detach").success();
        Set<String> before = lsns(as);
        for (int attempt = 0; attempt < 20; attempt++) {
            Set<String> ours = new TreeSet<>();
            for (JsonNode one : ns(as).path("namespaces")) {
                if (one.path("processes").asInt() > 0) {
                    ours.add(one.path("type").asText() + " " + one.path("inode").asLong());
                }
            }
            Set<String> after = lsns(as);
            // lsns counts a process that has ended, until its parent has waited for it, as one in its pid namespace
            if (before.equals(after) && !Processes.anyZombie()) {
                assertThat(ours).isEqualTo(before).contains("pid " + inode(bundle.pid(), "pid"));
                bundle.deleteByForce().success();
                return;
            }
            before = after;
        }
        throw new AssertionError("the namespaces of this host never stay the same for a second");
    }

    private static Set<String> lsns(As as) {
        Result result = Command.of(Command.words(as.prefix(), "lsns", "--json", "--output", "NS,TYPE,NPROCS"))
                .run();
        Set<String> seen = new TreeSet<>();
        for (JsonNode one : Config.parse(result.success().out()).path("namespaces")) {
            if (one.path("nprocs").asInt() > 0) {
                seen.add(one.path("type").asText() + " " + one.path("ns").asText());
            }
        }
        return seen;
    }

    @AsEach
    void namespacesWithoutProcess_areFoundThroughThoseInThem(As as) {
        Command.Running nested = Command.of(Command.words(
                        as.prefix(), "unshare", "-Ur", "unshare", "-Ur", "unshare", "-Urn", "sleep", "100"))
                .start();
        try {
            Eventually.holds("sleep runs", () -> command(nested.pid()).startsWith("sleep"));
            JsonNode document = ns(as);
            JsonNode inner = find(document, "user", inode(nested.pid(), "user"));
            assertThat(inner.path("processes").asInt()).isEqualTo(1);
            JsonNode middle = find(document, "user", inner.path("parent").asLong());
            assertThat(middle.path("processes").asInt()).isZero();
            JsonNode outer = find(document, "user", middle.path("owner").asLong());
            assertThat(outer.path("processes").asInt()).isZero();
            assertThat(outer.path("parent").asLong())
                    .isEqualTo(inode(ProcessHandle.current().pid(), "user"));
            assertThat(find(document, "net", inode(nested.pid(), "net"))
                            .path("owner")
                            .asLong())
                    .isEqualTo(inner.path("inode").asLong());
        } finally {
            nested.process().destroyForcibly();
        }
    }

    private static String command(long pid) {
        return Command.run("cat", "/proc/" + pid + "/cmdline").out();
    }

    @AsEach
    void namespaceThatOnlyADescriptorKeeps_isFound(As as) {
        String script =
                "exec 5< /proc/self/ns/net; own=$(readlink /proc/self/fd/5); unshare --user --map-root-user --net sleep 100 & p=$!;"
                        + " until exec 5< /proc/$p/ns/net && [ \"$(readlink /proc/self/fd/5)\" != \"$own\" ]; do sleep 0.1; done;"
                        + " kill $p; wait $p; readlink /proc/self/fd/5; exec sleep 100";
        Command.Running holder =
                Command.of(Command.words(as.prefix(), "sh", "-c", script)).start();
        try {
            holder.until("]");
            String link = holder.outputSoFar().strip();
            long inode = Long.parseLong(link.substring(link.indexOf('[') + 1, link.length() - 1));
            Eventually.holds("sleep runs", () -> command(holder.pid()).startsWith("sleep"));
            JsonNode kept = find(ns(as, "--type", "net"), "net", inode);
            assertThat(kept.path("processes").asInt()).isZero();
            assertThat(kept.path("open").toString()).isEqualTo("[\"/proc/" + holder.pid() + "/fd/5\"]");
            assertThat(kept.path("owner").asLong()).isPositive();
        } finally {
            holder.process().destroyForcibly();
        }
    }

    @Test
    @Requires("root")
    void namespaceBoundToAFile_isFoundInTheMountsOfAProcess() {
        String file = Scratch.current().path("kept").toString();
        Command.Running holder = Command.of(List.of(
                        "unshare",
                        "--mount",
                        "sh",
                        "-c",
                        "touch " + file + " && unshare --net=" + file
                                + " readlink /proc/self/ns/net && exec sleep 100"))
                .start();
        try {
            holder.until("]");
            String link = holder.outputSoFar().strip();
            long inode = Long.parseLong(link.substring(link.indexOf('[') + 1, link.length() - 1));
            Eventually.holds("sleep runs", () -> command(holder.pid()).startsWith("sleep"));
            JsonNode kept = find(ns(As.ROOT, "--type", "net"), "net", inode);
            assertThat(kept.path("processes").asInt()).isZero();
            assertThat(kept.path("bound").toString()).isEqualTo("[\"" + file + "\"]");
            assertThat(kept.path("owner").asLong())
                    .isEqualTo(inode(ProcessHandle.current().pid(), "user"));
        } finally {
            holder.process().destroyForcibly();
        }
    }

    @AsEach
    void changes_areShownAsTheyHappen(As as) {
        Bundle bundle = Bundle.of(as).args("sleep", "100").write();
        List<String> words = new ArrayList<>(as.prefix());
        words.addAll(bundle.verbWords("ns", "--watch", "--json", "--type", "uts"));
        Command.Running watch = Command.of(words).start();
        try {
            watch.until("\"event\":\"new\"");
            bundle.run("--detach").success();
            String inode = "\"inode\":" + inode(bundle.pid(), "uts") + ",";
            watch.until(inode);
            // with the first line, or, where that came while the container was being made, with the next
            watch.until("\"id\":\"" + bundle.id() + "\"");
            bundle.deleteByForce().success();
            Eventually.holds("it is said to be gone", () -> watch.outputSoFar()
                    .lines()
                    .anyMatch(line -> line.contains("\"event\":\"gone\"") && line.contains(inode)));
        } finally {
            // the leak check sees to it that Java goes with its front
            watch.process().destroyForcibly();
        }
    }

    @AsEach
    void processesOfOthers_areCountedAndSaid(As as) {
        Bundle bundle = Bundle.of(as);
        Result result = bundle.confine("ns", "--type", "user").success();
        if (as == As.USER) {
            assertThat(result.err()).contains("may not be looked at");
            Confine.as(as).run("ns", "--pid", "2").refusal("/proc/2/ns/", "EACCES", "root");
        }
        assertThat(result.out()).contains("TYPE", "INODE", "user");
    }

    @AsEach
    void pictures_areWritten(As as) {
        assertThat(Confine.as(as).run("ns", "--svg").success().out())
                .startsWith("<svg ")
                .endsWith("</svg>\n");
        assertThat(Confine.as(as).run("ns", "--dot").success().out())
                .startsWith("digraph ")
                .endsWith("}\n");
    }

    @AsEach
    void whatMakesNoSense_isRefused(As as) {
        Confine.as(as).run("ns", "--ns", "1").refusal("inode 1", "--ns");
        Confine.as(as).run("ns", "--pid", "4194304").refusal("ESRCH", "--pid");
        Confine.as(as).run("ns", "--pid", "0").refusal("--pid 0: write a number above 0");
        Confine.as(as).run("ns", "--ns", "x").refusal("--ns", "is no whole number");
        Confine.as(as).run("ns", "--type", "magic").refusal("magic", "mnt");
        Confine.as(as).run("ns", "--tree", "age").refusal("age", "owner");
        Confine.as(as).run("ns", "--json", "--svg").refusal("exclude each other");
        Confine.as(as).run("ns", "--watch", "--svg").refusal("--watch");
    }
}
