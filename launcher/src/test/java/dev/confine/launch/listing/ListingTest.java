package dev.confine.launch.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.launch.Assembler;
import dev.confine.launch.Condition;
import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListingTest {
    private final Assembler asm = new Assembler();
    private final Register a = asm.register();
    private final Register b = asm.register();

    @Test
    void text_everyOperation_readsAsASentence() {
        Label end = new Label();
        Label loop = new Label();
        Data data = asm.zeros(64);
        asm.step("every operation", "");
        asm.onFailure(end);
        asm.onFailure(null);
        asm.move(a, num(-3));
        asm.move(b, asm.text("/bin/sh"));
        asm.add(a, a, num(1));
        asm.add(a, a, num(-1));
        asm.add(a, a, b);
        asm.load(a, 4, data.plus(8), num(4));
        asm.load(a, 8, data, b);
        asm.store(2, data, num(0), a);
        asm.format(b, a, data, 10);
        asm.place(loop);
        asm.jumpIf(a, Condition.LESS, num(3), loop);
        asm.jumpIf(a, Condition.EQUAL, b, end);
        asm.jumpIf(a, Condition.NOT_EQUAL, b, end);
        asm.jumpIf(a, Condition.AT_LEAST, b, end);
        asm.jump(end);
        asm.send(3, a);
        asm.sendBytes(4, data, a);
        asm.receive(a, data, 8, num(-1));
        asm.receive(a, data, 8, b);
        asm.releaseConversation();
        asm.fail(num(1));
        asm.fail(a);
        asm.place(end);
        asm.exit(num(7));
        asm.end();
        assertThat(lines())
                .containsExactly(
                        "every operation",
                        "     0  on failure go to L2",
                        "     1  on failure end",
                        "     2  r0 = -3",
                        "     3  r1 = \"/bin/sh\"",
                        "     4  r0 = r0 + 1",
                        "     5  r0 = r0 - 1",
                        "     6  r0 = r0 + r1",
                        "     7  r0 = u32 at @12",
                        "     8  r0 = u64 at @0+r1",
                        "     9  u16 at @0 = r0",
                        "    10  r1 = decimal of r0 into @0, at most 10 bytes",
                        "L1:",
                        "    11  if r0 < 3 go to L1",
                        "    12  if r0 == r1 go to L2",
                        "    13  if r0 != r1 go to L2",
                        "    14  if r0 >= r1 go to L2",
                        "    15  go to L2",
                        "    16  send r0 as 3",
                        "    17  send r0 bytes at @0 as 4",
                        "    18  r0 = receive at most 8 bytes into @0",
                        "    19  r0 = receive at most 8 bytes into @0, watching r1",
                        "    20  release java",
                        "    21  fail with EPERM",
                        "    22  fail with r0",
                        "L2:",
                        "    23  exit 7",
                        "    24  end");
    }

    @Test
    void text_steps_haveTheirPointers() {
        asm.step("mount proc on /proc", "/mounts/0");
        asm.call(Syscall.FSOPEN, asm.text("proc"), num(1)).into(a);
        asm.step("next", "");
        asm.end();
        assertThat(lines())
                .containsExactly(
                        "mount proc on /proc  (/mounts/0)",
                        "     0  r0 = fsopen(\"proc\", FSOPEN_CLOEXEC)",
                        "",
                        "next",
                        "     1  end");
    }

    @Test
    void text_errors_sayWhereTheyGo() {
        Label elsewhere = new Label();
        asm.step("errors", "");
        asm.call(Syscall.CLOSE, a).ignoring(Errno.EBADF);
        asm.call(Syscall.CLOSE, a).ignoringErrors();
        asm.call(Syscall.CLOSE, a).repeating();
        asm.call(Syscall.CLOSE, a).onError(Errno.EBADF, elsewhere);
        asm.call(Syscall.CLOSE, a).onAnyError(elsewhere);
        asm.end();
        asm.place(elsewhere);
        asm.end();
        assertThat(lines())
                .containsSequence(
                        "     0  close(r0)  ignoring EBADF",
                        "     1  close(r0)  ignoring any error",
                        "     2  close(r0)  again on EINTR",
                        "     3  close(r0)  on EBADF go to L1",
                        "     4  close(r0)  on any error go to L1");
    }

    @Test
    void text_arguments_areSymbolic() {
        asm.step("calls", "");
        asm.call(Syscall.OPENAT2, a, asm.text("/e\"t\nc"), asm.words(num(0x280000), num(0600), num(0x12)), num(24));
        asm.call(Syscall.OPENAT, num(-100), asm.text("/"), num(02000000), num(0));
        asm.call(Syscall.MKDIRAT, a, asm.text("x"), num(0755));
        asm.call(Syscall.MKNODAT, a, asm.text("null"), num(0x2000 | 0666), num(0x103));
        asm.call(Syscall.CLONE3, asm.words(num(0x10020000), num(0), num(0), num(0), num(17)), num(88));
        asm.call(
                Syscall.MOUNT_SETATTR,
                a,
                asm.text(""),
                num(0x9000),
                asm.words(num(1), num(0x70), num(1 << 18)),
                num(32));
        asm.call(Syscall.MOUNT, num(0), asm.text("/"), num(0), num(0x4000 | 1 << 19), num(0));
        asm.call(Syscall.PRCTL, num(24), num(21), num(0));
        asm.call(Syscall.PRCTL, num(47), num(2), num(10));
        asm.call(Syscall.PRCTL, num(99), num(70000));
        asm.call(Syscall.WRITE, a, asm.text("1 2 3\n"), num(6));
        asm.call(Syscall.PRLIMIT64, a, num(7), asm.words(num(1024), num(-1)), num(0));
        Operand environment = asm.words(asm.text("A=1"), asm.text("B=\u00e9"), num(0));
        asm.call(Syscall.EXECVE, a, environment, num(0));
        asm.call(Syscall.OPEN_TREE, num(-100), asm.text("/srv"), num(0x88001 | 1 << 30));
        assertThat(lines())
                .containsExactly(
                        "calls",
                        "     0  openat2(r0, \"/e\\\"t\\nc\", {O_CLOEXEC|O_PATH, 0600, RESOLVE_NO_MAGICLINKS|RESOLVE_IN_ROOT}, 24)",
                        "     1  openat(AT_FDCWD, \"/\", O_CLOEXEC, 0)",
                        "     2  mkdirat(r0, \"x\", 0755)",
                        "     3  mknodat(r0, \"null\", S_IFCHR|0666, 259)",
                        "     4  clone3({CLONE_NEWNS|CLONE_NEWUSER, SIGCHLD}, 88)",
                        "     5  mount_setattr(r0, \"\", AT_EMPTY_PATH|AT_RECURSIVE,"
                                + " {set MOUNT_ATTR_RDONLY, clear MOUNT_ATTR__ATIME, MS_PRIVATE}, 32)",
                        "     6  mount(NULL, \"/\", NULL, MS_REC|MS_SLAVE, NULL)",
                        "     7  prctl(PR_CAPBSET_DROP, CAP_SYS_ADMIN, 0)",
                        "     8  prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_NET_BIND_SERVICE)",
                        "     9  prctl(99, 0x11170)",
                        "    10  write(r0, \"1 2 3\\n\", 6)",
                        "    11  prlimit64(r0, RLIMIT_NOFILE, {1024, RLIM_INFINITY}, NULL)",
                        "    12  execve(r0, [\"A=1\", \"B=é\"], NULL)",
                        "    13  open_tree(AT_FDCWD, \"/srv\", OPEN_TREE_CLONE|AT_RECURSIVE|O_CLOEXEC|0x40000000)");
    }

    @Test
    void json_aProgram_holdsStepsAndInstructions() {
        asm.step("say \"hi\"\u0007", "/process");
        asm.call(Syscall.WRITE, num(1), asm.text("hi\n"), num(3)).into(a).repeating();
        asm.step("end", "");
        asm.end();
        assertThat(Listing.json(asm.assemble()))
                .isEqualTo(
                        "{\"steps\":[{\"what\":\"say \\\"hi\\\"\\u0007\",\"pointer\":\"/process\",\"instructions\":["
                                + "{\"index\":0,\"op\":\"SYSCALL\",\"text\":\"r0 = write(1, \\\"hi\\\\n\\\", 3)  again on EINTR\","
                                + "\"call\":\"write\",\"args\":[\"1\",\"\\\"hi\\\\n\\\"\",\"3\"],\"into\":0,\"target\":0}]},"
                                + "{\"what\":\"end\",\"pointer\":\"\",\"instructions\":[{\"index\":1,\"op\":\"END\",\"text\":\"end\"}]}]}");
    }

    private List<String> lines() {
        return Listing.text(asm.assemble()).lines().toList();
    }

    private static Operand num(long value) {
        return Operand.of(value);
    }
}
