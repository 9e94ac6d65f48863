package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The program and its surroundings, {@code config.md#process}. Capabilities are in {@link CapabilityTest}. */
@Containers
final class ProcessTest {
    @AsEach
    void args_arriveAsTheyAre(As as) {
        Bundle bundle = Bundle.of(as).args("printf", "%s|", "", "a b", "$HOME", "ü\n", "*");
        assertThat(bundle.run().success().out()).isEqualTo("|a b|$HOME|ü\n|*|");
    }

    @AsEach
    void env_isThatOfConfigAlone(As as) {
        Bundle bundle = Bundle.of(as).set("/process/env", "['A=1', 'PATH=/bin', 'HOME=/x', 'EMPTY=', 'A=2']");
        Confine confine = Confine.as(as).env("LEAKED", "yes");
        assertThat(bundle.args("cat", "/proc/self/environ")
                        .run(confine)
                        .output()
                        .split("\0"))
                .containsExactly("A=1", "PATH=/bin", "HOME=/x", "EMPTY=", "A=2");
    }

    @AsEach
    void home_notSet_isThatOfPasswd(As as) {
        Bundle bundle = Bundle.of(as).set("/process/env", "['PATH=/bin']").script("echo $HOME");
        assertThat(bundle.output()).isEqualTo("/root");
        assertThat(bundle.set("/process/user", "{uid: 1000, gid: 1000}").output())
                .isEqualTo("/home/user");
        assertThat(bundle.set("/process/user", "{uid: 12, gid: 12}").output()).isEqualTo("/");
    }

    @AsEach
    void personality_isThatOfConfig(As as) {
        Bundle bundle = Bundle.of(as).args("cat", "/proc/self/personality");
        assertThat(bundle.set("/linux/personality", "{domain: 'LINUX32'}").output())
                .isEqualTo("00000008");
        assertThat(bundle.set("/linux/personality", "{domain: 'LINUX'}").output())
                .isEqualTo("00000000");
    }

    @AsEach
    void personalityWithAFlag_isRefused(As as) {
        Bundle.of(as)
                .set("/linux/personality", "{domain: 'LINUX', flags: ['ADDR_NO_RANDOMIZE']}")
                .run()
                .refusals("/linux/personality/flags", "must be empty");
    }

    // ---- cwd

    @AsEach
    void cwd_isEntered(As as) {
        assertThat(Bundle.of(as).set("/process/cwd", "'/home/user'").args("pwd").output())
                .isEqualTo("/home/user");
    }

    @AsEach
    void missingCwd_isMade_alsoWhereTheRootIsReadOnly(As as) {
        Bundle bundle = Bundle.of(as)
                .set("/root/readonly", "true")
                .set("/process/cwd", "'/made/too'")
                .script("pwd; touch x");
        assertThat(bundle.run().out()).isEqualTo("/made/too\n");
        assertThat(bundle.rootfs().resolve("made/too")).isEmptyDirectory();
    }

    @AsEach
    void missingCwd_isMade(As as) {
        Bundle bundle = Bundle.of(as).set("/process/cwd", "'/made/for/this'").args("pwd");
        assertThat(bundle.output()).isEqualTo("/made/for/this");
        assertThat(bundle.rootfs().resolve("made/for/this")).isDirectory();
    }

    @AsEach
    void fileAsCwd_isRefused(As as) {
        Bundle.of(as).set("/process/cwd", "'/etc/passwd'").run().refusal("/etc/passwd", "ENOTDIR", "/process/cwd");
    }

    @AsEach
    void relativeCwd_isRefused(As as) {
        Bundle.of(as).set("/process/cwd", "'tmp'").run().refusals("/process/cwd", "absolute");
    }

    /** Root inside lacks CAP_DAC_OVERRIDE by default, so only the user itself gets into its private directory. */
    @AsEach
    void cwdThatOnlyTheUserMayEnter_isEntered(As as) {
        Bundle bundle = Bundle.of(as)
                .mount(
                        "{destination: '/private', type: 'tmpfs', source: 'x', options: ['uid=1000', 'gid=1000', 'mode=700']}")
                .set("/process/cwd", "'/private'")
                .set("/process/user", "{uid: 1000, gid: 1000}");
        assertThat(bundle.args("pwd").output()).isEqualTo("/private");
    }

    // ---- user

    @AsEach
    void user_hasItsIdsAndNoGroupsOfTheCaller(As as) {
        Bundle bundle =
                Bundle.of(as).set("/process/user", "{uid: 1000, gid: 1000}").script("id -u; id -g; id -G");
        assertThat(bundle.output()).isEqualTo("1000\n1000\n1000");
    }

    @AsEach
    void umask_isThatOfConfig(As as) {
        Bundle bundle = Bundle.of(as).set("/process/user/umask", "23").script("umask");
        assertThat(bundle.output()).isEqualTo("0027");
    }

    @AsEach
    void umask_notSet_isThatOfTheCaller(As as) {
        Bundle bundle = Bundle.of(as).remove("/process/user/umask").script("umask");
        assertThat(bundle.run(Confine.as(as).viaShell("umask 0013; exec \"$@\""))
                        .output())
                .isEqualTo("0013");
    }

    @AsEach
    void session_isItsOwn(As as) {
        assertThat(Bundle.of(as)
                        .script("cut -d' ' -f1,5,6 /proc/self/stat; exit 0")
                        .output())
                .contains(" 1 1");
    }

    // ---- limits

    @AsEach
    void rlimits_areSet(As as) {
        Bundle bundle = Bundle.of(as)
                .set(
                        "/process/rlimits",
                        "[{type: 'RLIMIT_NOFILE', soft: 64, hard: 128}, {type: 'RLIMIT_CORE', soft: 0, hard: 0},"
                                + " {type: 'RLIMIT_STACK', soft: 4194304, hard: 8388608}, {type: 'RLIMIT_CPU', soft: 100, hard: 18446744073709551615}]");
        String limits = bundle.args("cat", "/proc/self/limits").output();
        assertThat(limits)
                .containsPattern("Max open files +64 +128 ")
                .containsPattern("Max core file size +0 +0 ")
                .containsPattern("Max stack size +4194304 +8388608 ")
                .containsPattern("Max cpu time +100 +unlimited ");
    }

    @Test
    @Requires("sys-resource")
    void rlimit_aboveTheCallersOwn_isRaised() {
        Bundle bundle = Bundle.of(As.ROOT)
                .set("/process/rlimits", "[{type: 'RLIMIT_MEMLOCK', soft: 1099511627776, hard: 1099511627776}]")
                .args("cat", "/proc/self/limits");
        assertThat(bundle.output()).containsPattern("Max locked memory +1099511627776 +1099511627776 ");
    }

    @AsEach
    void rlimitForFewFiles_doesNotHinderTheBuilding(As as) {
        Bundle bundle = Bundle.of(as)
                .set("/process/rlimits", "[{type: 'RLIMIT_NOFILE', soft: 4, hard: 4}]")
                .args("cat", "/proc/self/limits");
        assertThat(bundle.output()).containsPattern("Max open files +4 +4 ");
    }

    @AsEach
    void rlimitUnknownOrRepeated_isRefused(As as) {
        Bundle.of(as)
                .set("/process/rlimits", "[{type: 'RLIMIT_MAGIC', soft: 1, hard: 1}]")
                .run()
                .refusals("RLIMIT_MAGIC", "/process/rlimits/0");
        Bundle.of(as, "twice")
                .set(
                        "/process/rlimits",
                        "[{type: 'RLIMIT_CPU', soft: 1, hard: 1}, {type: 'RLIMIT_CPU', soft: 2, hard: 2}]")
                .run()
                .refusals("RLIMIT_CPU", "/process/rlimits/1");
    }

    @Test
    void rlimitAboveTheCallersOwn_isRefusedWithTheCapability() {
        Bundle.of(As.USER)
                .set("/process/rlimits", "[{type: 'RLIMIT_NPROC', soft: 1, hard: 18446744073709551615}]")
                .run(Confine.as(As.USER).via("bash", "-c", "ulimit -u 4096; exec \"$@\"", "bash"))
                .refusal("RLIMIT_NPROC", "EPERM", "CAP_SYS_RESOURCE", "/process/rlimits/0");
    }

    @AsEach
    void oomScore_isSet(As as) {
        Bundle bundle = Bundle.of(as).set("/process/oomScoreAdj", "500").args("cat", "/proc/self/oom_score_adj");
        assertThat(bundle.output()).isEqualTo("500");
    }

    @AsEach
    void oomScore_notSet_isThatOfTheCaller(As as) {
        Bundle bundle = Bundle.of(as).remove("/process/oomScoreAdj").args("cat", "/proc/self/oom_score_adj");
        Confine confine = Confine.as(as).viaShell("echo 321 > /proc/self/oom_score_adj; exec \"$@\"");
        assertThat(bundle.run(confine).output()).isEqualTo("321");
    }

    @AsEach
    void noNewPrivileges_isAsConfigured(As as) {
        Bundle bundle = Bundle.of(as).args("grep", "NoNewPrivs", "/proc/self/status");
        assertThat(bundle.set("/process/noNewPrivileges", "true").output()).endsWith("1");
        assertThat(bundle.set("/process/noNewPrivileges", "false").output()).endsWith("0");
    }

    // ---- execution

    @AsEach
    void programNotInPath_isRefusedInTheKnownWords(As as) {
        Bundle.of(as)
                .args("nosuchprogram")
                .run()
                .refusal("exec: \"nosuchprogram\": executable file not found in $PATH");
    }

    @AsEach
    void programNotThere_isRefusedInTheKnownWords(As as) {
        Bundle.of(as).args("/no/such").run().refusal("exec: \"/no/such\": stat /no/such: no such file or directory");
    }

    @AsEach
    void programNotExecutable_isRefusedInTheKnownWords(As as) {
        Bundle.of(as).args("/etc/passwd").run().refusal("exec: \"/etc/passwd\"", "permission denied");
    }

    @AsEach
    void directoryAsProgram_isRefusedInTheKnownWords(As as) {
        Bundle.of(as).args("/etc").run().refusal("exec: \"/etc\"", "permission denied");
    }

    @AsEach
    void scriptWithoutInterpreterLine_isRefused(As as) {
        Bundle bundle = script(as, "echo hello");
        bundle.run().refusal("exec: \"/script\"", "exec format error");
    }

    @AsEach
    void scriptWithMissingInterpreter_isRefused(As as) {
        Bundle bundle = script(as, "#!/no/such/interpreter\n");
        bundle.run().refusal("exec: \"/script\"", "no such file or directory", "interpreter");
    }

    private static Bundle script(As as, String content) {
        Bundle bundle = Bundle.of(as).args("/script");
        Scratch.write(bundle.rootfs().resolve("script"), content);
        Scratch.chmod(bundle.rootfs().resolve("script"), "rwxr-xr-x");
        return bundle;
    }

    @AsEach
    void path_isThatOfTheContainer(As as) {
        Bundle bundle =
                Bundle.of(as).set("/process/env", "['PATH=/nowhere:/opt']").args("tool");
        Command.run("mkdir", bundle.rootfs() + "/opt").success();
        Scratch.write(bundle.rootfs().resolve("opt/tool"), "#!/bin/sh\necho found\n");
        Scratch.chmod(bundle.rootfs().resolve("opt/tool"), "rwxr-xr-x");
        assertThat(bundle.output()).isEqualTo("found");
    }

    @AsEach
    void program_relativeToCwd_isFound(As as) {
        assertThat(Bundle.of(as)
                        .set("/process/cwd", "'/bin'")
                        .args("./echo", "here")
                        .output())
                .isEqualTo("here");
    }

    @AsEach
    void emptyArgs_areRefused(As as) {
        Bundle.of(as).args().run().refusals("/process/args");
    }

    @AsEach
    void label_ofAModuleThatTheHostDoesNotHave_isRefusedByName(As as) {
        Bundle.of(as).set("/process/apparmorProfile", "'x'").run().refusals("/process/apparmorProfile");
        Bundle.of(as, "second").set("/process/selinuxLabel", "'x'").run().refusals("/process/selinuxLabel");
        Bundle.of(as, "third").set("/linux/mountLabel", "'x'").run().refusals("/linux/mountLabel");
    }

    @Test
    void groups_ofTheCaller_areKeptWhereAnAnnotationAsksForIt() {
        Confine confine = Confine.as(As.ROOT).before("setpriv", "--groups", "4,5");
        Bundle bundle = Bundle.of(As.ROOT).script("grep Groups /proc/self/status");
        assertThat(bundle.run(confine).success().out()).isEqualTo("Groups:\t \n");
        bundle.set("/annotations", "{'run.oci.keep_original_groups': '1'}");
        assertThat(bundle.run(confine).success().out()).isEqualTo("Groups:\t4 5 \n");
    }
}
