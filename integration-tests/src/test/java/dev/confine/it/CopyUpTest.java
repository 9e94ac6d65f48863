package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The mount option tmpcopyup: a new tmpfs begins with what it covers, and what happens to it reaches nothing else. */
@Containers
final class CopyUpTest {
    private static final String TMPFS =
            "{destination: '/data', type: 'tmpfs', source: 'tmpfs', options: ['tmpcopyup'%s]}";
    private static final String SHOW = "cd /data; find . -mindepth 1 | sort > /tmp/list;"
            + " while read -r f; do stat -c '%n %a %u:%g %F %N' \"$f\"; done < /tmp/list;"
            + " stat -c %Y big a; find . -type f -print0 | sort -z | xargs -0 md5sum; rm /tmp/list";

    private static Bundle withData(As as) throws IOException {
        Bundle bundle = Bundle.of(as);
        Path data = Files.createDirectories(bundle.rootfs().resolve("data"));
        for (int i = 0; i < 300; i++) {
            Scratch.write(data.resolve("many-" + i + "-" + "x".repeat(100)), "content " + i);
        }
        for (String line : new String[] {
            "mkdir -m 750 a a/b && echo deep > a/b/file && head -c 300000 /dev/urandom > big && : > 'a/with spaces'",
            "ln -s ../../a/long/target/that/is/not/there a/link && ln -s x short && mkfifo pipe && mkdir ..dir .d",
            "chown -hR " + as.uid() + ":" + as.uid() + " . && chmod 4711 a/b/file && chmod 620 pipe",
            "touch -d @1000000000 big a"
        }) {
            Command.run("sh", "-c", "cd " + data + " && " + line).success();
        }
        return bundle;
    }

    @AsEach
    void everyKindOfFile_isThereAsItWas(As as) throws IOException {
        Bundle bundle = withData(as).script(SHOW);
        String covered = bundle.output();
        String copied = bundle.mount(String.format(TMPFS, "")).output();
        assertThat(covered.lines()).hasSizeGreaterThan(600).contains("1000000000");
        assertThat(copied).isEqualTo(covered);
    }

    @AsEach
    void theCopy_isATmpfsOfItsOwn(As as) throws IOException {
        Bundle bundle = withData(as).mount(String.format(TMPFS, ", 'ro'"));
        bundle.script("grep ' /data ' /proc/self/mountinfo; touch /data/new");
        Result result = bundle.run();
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("Read-only file system");
        assertThat(MountInfo.parse(result.out().strip()).type()).isEqualTo("tmpfs");
        bundle.removeMount("/data").mount(String.format(TMPFS, ""));
        assertThat(bundle.script("rm -r /data/* && echo new > /data/new && ls /data")
                        .output())
                .isEqualTo("new");
        assertThat(bundle.rootfs().resolve("data/a/b/file")).exists();
        assertThat(bundle.rootfs().resolve("data/new")).doesNotExist();
    }

    @AsEach
    void extendedAttributes_areThere(As as) throws IOException {
        Bundle bundle = withData(as).mount(String.format(TMPFS, ""));
        byte[] value = "from the image".getBytes(StandardCharsets.UTF_8);
        for (String name : new String[] {"big", "a"}) {
            Files.setAttribute(bundle.rootfs().resolve("data/" + name), "user:origin", ByteBuffer.wrap(value));
            Files.setAttribute(bundle.rootfs().resolve("data/" + name), "user:other", ByteBuffer.wrap(value));
        }
        bundle.args("sleep", "1000").run("--detach").success();
        try {
            Path inside = Path.of("/proc/" + bundle.pid() + "/root/data");
            for (String name : new String[] {"big", "a"}) {
                assertThat((byte[]) Files.getAttribute(inside.resolve(name), "user:origin"))
                        .isEqualTo(value);
                assertThat((byte[]) Files.getAttribute(inside.resolve(name), "user:other"))
                        .isEqualTo(value);
            }
        } finally {
            bundle.deleteByForce().success();
        }
    }

    @AsEach
    void filesThatDoNotFit_areRefusedWithTheReason(As as) throws IOException {
        withData(as)
                .mount(String.format(TMPFS, ", 'size=64k'"))
                .run()
                .refusal("copy what is in /data", "ENOSPC", "size=", "/mounts/");
    }

    @AsEach
    void destinationThatIsMissing_isAnEmptyOne(As as) {
        Bundle bundle = Bundle.of(as).mount(String.format(TMPFS, "")).script("ls -A /data | wc -l");
        assertThat(bundle.output()).isEqualTo("0");
    }

    @AsEach
    void otherFileSystem_doesNotTakeIt(As as) {
        Bundle.of(as)
                .mount("{destination: '/data', type: 'bind', source: '/tmp', options: ['bind', 'tmpcopyup']}")
                .run()
                .refusals("tmpcopyup", "tmpfs only");
    }
}
