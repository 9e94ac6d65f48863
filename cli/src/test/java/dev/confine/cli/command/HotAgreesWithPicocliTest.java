package dev.confine.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.cli.hot.HotArguments;
import dev.confine.cli.verb.Invocation;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** What the small parser accepts means the same to picocli. */
final class HotAgreesWithPicocliTest {
    private static final String[] VERBS = {
        "run", "create", "start", "exec", "state", "kill", "pause", "resume", "delete", "list", "features", "spec"
    };

    private static final String[] VALUES = {
        "c1",
        "run",
        "state",
        ".",
        "/b",
        "TERM",
        "9",
        "json",
        "text",
        "auto",
        "disabled",
        "0:1:2",
        "",
        "-",
        "--",
        "-x",
        "a=b",
        "007",
        "1000",
        "\"q\"",
        "'"
    };

    private static final String[] GLOBAL = {
        "--root",
        "--log",
        "--log-format",
        "--log-level",
        "--backend",
        "--debug",
        "--cgroup-manager",
        "--rootless",
        "--systemd-cgroup",
        "--version",
        "-v",
        "-h"
    };

    private static final String[] OWN = {
        "-b",
        "--bundle",
        "-f",
        "--config",
        "--pid-file",
        "--preserve-fds",
        "--no-pivot",
        "--no-new-keyring",
        "--idmap-rootfs",
        "--map",
        "--uid-map",
        "--gid-map",
        "-d",
        "--detach",
        "--keep",
        "--no-subreaper",
        "--force",
        "--regex",
        "--format",
        "-q",
        "--quiet",
        "--console-socket",
        "--help",
        "--root",
        "--debug",
        "-df",
        "--cwd",
        "--env",
        "-e",
        "-u",
        "--user",
        "--process",
        "-p",
        "--tty",
        "--pidfd-socket",
        "--bund"
    };

    @Property(tries = 5000)
    void hot_accepted_meansTheSameToPicocli(@ForAll("lines") List<String> line) {
        Invocation hot = HotArguments.parse(line);
        Statistics.collect(hot != null);
        if (hot != null) {
            assertThat(CommandLines.read(line).invocation()).isEqualTo(hot);
        }
    }

    @Property(tries = 2000)
    void hot_acceptedExec_meansTheSameToPicocli(@ForAll("execLines") List<String> line) {
        Invocation hot = HotArguments.parse(line);
        Statistics.collect(hot != null);
        if (hot != null) {
            assertThat(CommandLines.read(line).invocation()).isEqualTo(hot);
        }
    }

    @Provide
    Arbitrary<List<String>> execLines() {
        Arbitrary<List<String>> flags = Arbitraries.of(
                        List.of("-e", "A=b"),
                        List.of("--env=A=b,c"),
                        List.of("--env", "B="),
                        List.of("-u", "1:2"),
                        List.of("--user=5"),
                        List.of("--cwd", "/tmp"),
                        List.of("-t"),
                        List.of("--detach"),
                        List.of("-d"),
                        List.of("--pid-file", "/p"),
                        List.of("--console-socket", "/s"),
                        List.of("--pidfd-socket=/s"),
                        List.of("--cgroup", "cpu:a"),
                        List.of("--cgroup=b"),
                        List.of("--ignore-paused"),
                        List.of("-p", "f"),
                        List.of("-uf"),
                        List.of("-e=x"),
                        List.of("--"))
                .list()
                .ofMaxSize(3)
                .map(HotAgreesWithPicocliTest::flat);
        Arbitrary<List<String>> words = Arbitraries.of(
                        "c1", "sh", "-c", "--cwd", "-", "--", "a b", "", "@x", "\"q", "e,f")
                .list()
                .ofMaxSize(4);
        return Combinators.combine(flags, words).as((first, last) -> {
            List<String> line = new ArrayList<>(List.of("exec"));
            line.addAll(first);
            line.addAll(last);
            return line;
        });
    }

    private static List<String> flat(List<List<String>> lists) {
        List<String> all = new ArrayList<>();
        lists.forEach(all::addAll);
        return all;
    }

    /** Flags mostly with values, so that a fair part is accepted. */
    @Provide
    Arbitrary<List<String>> lines() {
        Arbitrary<List<String>> global = words(GLOBAL, 2);
        Arbitrary<List<String>> own = words(OWN, 4);
        Arbitrary<List<String>> ids = Arbitraries.of("c1", "c2", "TERM", "run", "")
                .list()
                .ofMinSize(0)
                .ofMaxSize(2);
        return Combinators.combine(global, Arbitraries.of(VERBS), own, ids).as((first, verb, second, last) -> {
            List<String> line = new ArrayList<>(first);
            line.add(verb);
            line.addAll(second);
            line.addAll(last);
            return line;
        });
    }

    private static Arbitrary<List<String>> words(String[] flags, int most) {
        Arbitrary<String> value = Arbitraries.of(VALUES);
        Arbitrary<List<String>> word = Combinators.combine(
                        Arbitraries.of(flags), value, Arbitraries.integers().between(0, 3))
                .as((flag, text, form) -> switch (form) {
                    case 0 -> List.of(flag);
                    case 1 -> List.of(flag + "=" + text);
                    default -> List.of(flag, text);
                });
        return word.list().ofMaxSize(most).map(HotAgreesWithPicocliTest::flat);
    }
}
