package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

/** {@code exec}: a further process is in the container in every respect, and the container stays as it is whatever becomes of it. */
@Containers
final class ExecTest {
    static Bundle running(As as) {
        return running(Bundle.of(as));
    }

    static Bundle running(Bundle bundle, String... flags) {
        bundle.args("sleep", "100")
                .run(Command.words(List.of("--detach"), flags).toArray(String[]::new))
                .success();
        return bundle;
    }

    static Result exec(Bundle bundle, String... words) {
        return bundle.confine("exec", words);
    }

    static Result script(Bundle bundle, String script) {
        return exec(bundle, bundle.id(), "/bin/sh", "-c", script);
    }

    /** Fails unless exec failed, in one line that names each of these. */
    static void refused(Result result, String... words) {
        assertThat(result.exit()).as(result.err()).isEqualTo(255);
        assertThat(result.err().strip()).contains(words).doesNotContain("\n", "Exception");
    }

    @AsEach
    void process_isInTheNamespacesAndTheRootOfTheFirst(As as) {
        Bundle bundle = running(as);
        String compare = "for n in cgroup ipc mnt net pid time user uts; do"
                + " test \"$(readlink /proc/self/ns/$n)\" = \"$(readlink /proc/1/ns/$n)\" || echo $n; done";
        assertThat(script(bundle, compare).output()).isEmpty();
        assertThat(script(bundle, "ls /bin/busybox; echo $$ > /tmp/pid; hostname")
                        .output())
                .startsWith("/bin/busybox");
        assertThat(bundle.rootfs().resolve("tmp/pid")).isNotEmptyFile();
        bundle.deleteByForce().success();
    }

    @AsEach
    void process_inAUserNamespaceWithAMap_isWhoItIsToBe(As as) {
        Bundle bundle = Bundle.of(as).withoutUserNamespace().args("sleep", "100");
        bundle.run("--detach", "--map", "auto").success();
        assertThat(script(bundle, "id -u; id -g").output()).isEqualTo("0\n0");
        assertThat(exec(bundle, "--user", "1000:65534", bundle.id(), "/bin/sh", "-c", "id -u; id -g")
                        .output())
                .isEqualTo("1000\n65534");
        bundle.deleteByForce().success();
    }

    @AsEach
    void process_hasTheSurroundingsOfConfigJson_andThoseOfFlags(As as) {
        Bundle bundle = Bundle.of(as).add("/process/env", "'A=first'");
        running(bundle);
        assertThat(script(bundle, "echo $A; pwd").output()).isEqualTo("first\n/");
        assertThat(exec(
                                bundle,
                                "-e",
                                "A=b c",
                                "--env",
                                "B=d",
                                "--cwd",
                                "/tmp",
                                bundle.id(),
                                "/bin/sh",
                                "-c",
                                "echo $A $B; pwd")
                        .output())
                .isEqualTo("b c d\n/tmp");
        bundle.deleteByForce().success();
    }

    @AsEach
    void capabilities_areThoseOfConfigJson_andAddedOnesAreNotInheritable(As as) {
        Bundle bundle = Bundle.of(as).set("/process/capabilities", "{bounding: ['CAP_KILL'], permitted: ['CAP_KILL']}");
        running(bundle);
        assertThat(script(bundle, "grep Cap /proc/self/status | tr '\\n\\t' '  '")
                        .output())
                .matches("CapInh: 0+  ?CapPrm: 0+20  ?CapEff: 0+20 CapBnd: 0+20 CapAmb: 0+");
        assertThat(exec(
                                bundle,
                                "--cap",
                                "CAP_CHOWN",
                                bundle.id(),
                                "/bin/sh",
                                "-c",
                                "grep Cap /proc/self/status | tr '\\n\\t' '  '")
                        .output())
                .matches("CapInh: 0+ CapPrm: 0+21 CapEff: 0+21 CapBnd: 0+21 CapAmb: 0+");
        bundle.deleteByForce().success();
    }

    @AsEach
    void exitCode_isThatOfTheProgram(As as) {
        Bundle bundle = running(as);
        assertThat(script(bundle, "exit 42").exit()).isEqualTo(42);
        assertThat(script(bundle, "kill -KILL $$").exit()).isEqualTo(137);
        assertThat(bundle.status()).isEqualTo("running");
        bundle.deleteByForce().success();
    }

    @AsEach
    void processFile_isTheWholeProcess(As as) {
        Bundle bundle = running(as);
        Path file = bundle.host("process.json");
        Scratch.write(
                file, "{\"args\": [\"/bin/sh\", \"-c\", \"pwd; echo $A\"], \"cwd\": \"/tmp\", \"env\": [\"A=b\"]}");
        assertThat(exec(bundle, "--process", file.toString(), bundle.id()).output())
                .isEqualTo("/tmp\nb");
        refused(exec(bundle, "--process", "/nosuchfile", bundle.id()), "ENOENT");
        bundle.deleteByForce().success();
    }

    @AsEach
    void missingProgram_is255_inTheWordsCallersLookFor(As as) {
        Bundle bundle = running(as);
        refused(exec(bundle, bundle.id(), "nosuch"), "exec: \"nosuch\": executable file not found in $PATH");
        refused(exec(bundle, bundle.id(), "/nosuch"), "exec: \"/nosuch\": stat /nosuch: no such file or directory");
        refused(exec(bundle, bundle.id(), "/etc/passwd"), "permission denied");
        assertThat(bundle.status()).isEqualTo("running");
        bundle.deleteByForce().success();
    }

    @AsEach
    void flagsThatAreNotApplied_areRefusedByName(As as) {
        Bundle bundle = running(as);
        refused(exec(bundle, "--tty", "-d", bundle.id(), "true"), "--console-socket", "/process/terminal");
        refused(
                exec(bundle, "--tty", "--console-socket", "/s", bundle.id(), "true"),
                "--console-socket /s",
                "--detach");
        refused(exec(bundle, "--console-socket", "/s", "-d", bundle.id(), "true"), "--console-socket /s");
        refused(
                exec(bundle, "--apparmor", "x", bundle.id(), "true"),
                "AppArmor is not enabled",
                "/process/apparmorProfile");
        refused(exec(bundle, "--process-label", "x", bundle.id(), "true"), "SELinux is not", "/process/selinuxLabel");
        refused(exec(bundle, "--cgroup", "../x", bundle.id(), "true"), "--cgroup ../x", "below");
        bundle.deleteByForce().success();
    }

    @AsEach
    void containerThatIsNotThereOrStopped_isRefused(As as) {
        Bundle bundle = Bundle.of(as);
        refused(exec(bundle, "nobody", "true"), "container does not exist", "nobody");
        bundle.run("--detach").success();
        LifecycleTest.stopped(bundle);
        refused(exec(bundle, bundle.id(), "true"), "container not running", bundle.id());
        bundle.confine("delete", bundle.id()).success();
    }

    @AsEach
    void user_withGroups_isInThem(As as) {
        Bundle bundle = running(Bundle.of(as).withoutUserNamespace(), "--map", "auto");
        assertThat(exec(bundle, "-u", "1000:1001", "-g", "5", "-g", "65534", bundle.id(), "id")
                        .output())
                .isEqualTo("uid=1000(user) gid=1001 groups=5,65534(nogroup)");
        assertThat(script(bundle, "id").output()).isEqualTo("uid=0(root) gid=0(root)");
        bundle.deleteByForce().success();
    }

    @AsEach
    void home_isThatOfTheUserInTheImage(As as) {
        Bundle bundle = running(Bundle.of(as).withoutUserNamespace(), "--map", "auto");
        assertThat(exec(bundle, "-u", "1000", bundle.id(), "/bin/sh", "-c", "echo $HOME")
                        .output())
                .isEqualTo("/home/user");
        assertThat(exec(bundle, "-u", "4711", bundle.id(), "/bin/sh", "-c", "echo $HOME")
                        .output())
                .isEqualTo("/");
        assertThat(exec(bundle, "-e", "HOME=/x", bundle.id(), "/bin/sh", "-c", "echo $HOME")
                        .output())
                .isEqualTo("/x");
        bundle.deleteByForce().success();
    }

    @AsEach
    void limitsUmaskScoreAndPrivileges_areThoseOfConfigJson(As as) {
        Bundle bundle = running(Bundle.of(as)
                .set("/process/user/umask", "23")
                .set(
                        "/process/rlimits",
                        "[{type: 'RLIMIT_NOFILE', soft: 7, hard: 9}, {type: 'RLIMIT_CORE', soft: 0, hard: 0}]")
                .set("/process/noNewPrivileges", "false")
                .set("/process/oomScoreAdj", "500"));
        String script =
                "umask; ulimit -n; ulimit -Hn; ulimit -c; cat /proc/self/oom_score_adj; grep NoNew /proc/self/status";
        assertThat(script(bundle, script).output().lines())
                .containsExactly("0027", "7", "9", "0", "500", "NoNewPrivs:\t0");
        assertThat(exec(bundle, "--no-new-privs", bundle.id(), "grep", "NoNew", "/proc/self/status")
                        .output())
                .isEqualTo("NoNewPrivs:\t1");
        bundle.deleteByForce().success();
    }

    @AsEach
    void words_arriveAsTheyWereWritten(As as) {
        Bundle bundle = running(as);
        assertThat(exec(bundle, bundle.id(), "printf", "[%s]", "", "--", "-x", "'a b'", "\"c", "@d", "e,f")
                        .output())
                .isEqualTo("[][--][-x]['a b'][\"c][@d][e,f]");
        assertThat(exec(bundle, "-e", "A=x,y", "-e", "B=", bundle.id(), "/bin/sh", "-c", "echo \"$A$B\"")
                        .output())
                .isEqualTo("x,y");
        bundle.deleteByForce().success();
    }

    @AsEach
    void createdContainer_takesAProcessOfRoot(As as) {
        Bundle bundle = Bundle.of(as).args("sleep", "100");
        bundle.create().success();
        if (as == As.ROOT) {
            assertThat(script(bundle, "echo inside; hostname").output()).startsWith("inside\n");
        } else {
            refused(script(bundle, "true"), "EPERM", "waits for its start");
        }
        assertThat(bundle.status()).isEqualTo("created");
        bundle.deleteByForce().success();
    }

    @AsEach
    void containerThatJoinsTheNamespacesOfAnother_isEntered(As as) {
        Bundle first = running(Bundle.of(as, "first").withNetwork());
        Bundle second = Bundle.of(as, "second").withoutUserNamespace();
        for (String type : List.of("user", "network", "ipc", "uts")) {
            String file = type.equals("network") ? "net" : type;
            if (!type.equals("user") || as != As.ROOT) {
                second.withoutNamespace(type)
                        .add(
                                "/linux/namespaces",
                                "{type: '" + type + "', path: '/proc/" + first.pid() + "/ns/" + file + "'}");
            }
        }
        running(second);
        String compare = "for n in ipc net pid user uts; do readlink /proc/self/ns/$n; done";
        List<String> in = script(first, compare).output().lines().toList();
        List<String> with = script(second, compare).output().lines().toList();
        for (int i : List.of(0, 1, 3, 4)) {
            assertThat(with.get(i)).isEqualTo(in.get(i));
        }
        assertThat(with.get(2)).isNotEqualTo(in.get(2));
        second.deleteByForce().success();
        first.deleteByForce().success();
    }

    @AsEach
    void cpus_areThoseOfExecCPUAffinity(As as) {
        String list = "sed -n 's/Cpus_allowed_list:.//p' /proc/self/status";
        Bundle bundle = running(Bundle.of(as, "initial").set("/process/execCPUAffinity", "{initial: '0'}"));
        assertThat(script(bundle, list).output()).isEqualTo("0");
        bundle.deleteByForce().success();
        Bundle both = running(Bundle.of(as, "both").set("/process/execCPUAffinity", "{initial: '1', final: '0'}"));
        assertThat(script(both, list).output()).isEqualTo("0");
        both.deleteByForce().success();
        Bundle offline = running(Bundle.of(as, "offline").set("/process/execCPUAffinity", "{initial: '1023'}"));
        refused(script(offline, list), "1023", "EINVAL", "/process/execCPUAffinity/initial");
        offline.deleteByForce().success();
    }

    @AsEach
    void seccompOfConfigJson_filtersTheProcess(As as) {
        Bundle bundle = running(Bundle.of(as)
                .set(
                        "/linux/seccomp",
                        "{defaultAction: 'SCMP_ACT_ALLOW', syscalls:"
                                + " [{names: ['mkdir', 'mkdirat'], action: 'SCMP_ACT_ERRNO', errnoRet: 122}]}"));
        Result result = script(bundle, "mkdir /made; grep -h Seccomp: /proc/self/status");
        assertThat(result.out()).isEqualTo("Seccomp:\t2\n");
        assertThat(result.err()).contains("uota exceeded");
        bundle.deleteByForce().success();
    }

    @AsEach
    void terminalInTheForeground_isRelayed(As as) {
        Bundle bundle = running(as);
        Result result = exec(bundle, "-t", bundle.id(), "/bin/sh", "-c", "tty; test -t 0 && test -t 2; exit 7");
        assertThat(result.exit()).as(result.err()).isEqualTo(7);
        assertThat(result.out()).isEqualTo("/dev/pts/0\r\n");
        bundle.deleteByForce().success();
    }
}
