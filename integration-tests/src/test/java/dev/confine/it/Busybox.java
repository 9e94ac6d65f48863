package dev.confine.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The programs of busybox that tests use, each a symbolic link to it, and a root file system of them. */
final class Busybox {
    private static final Path PROGRAM = Path.of("/bin/busybox");
    private static final String APPLETS =
            "sh cat cp mv ln ls rm mkdir mknod chmod chown touch stat readlink realpath dd echo env id whoami"
                    + " hostname mount umount mountpoint head tail grep sed awk sort wc tr cut xargs find test true false sleep kill ps pwd uname"
                    + " setsid nohup timeout sysctl seq printf date sync unshare nsenter ip df du basename dirname tty ipcs yes rmdir usleep"
                    + " mkfifo expr md5sum cmp diff tee";

    private Busybox() {}

    static List<String> applets() {
        return List.of(APPLETS.split(" "));
    }

    /** Makes a root file system with the users root, user (1000) and nobody. */
    static void tree(Path root) {
        Path bin = root.resolve("bin");
        try {
            Files.createDirectories(bin);
            for (String name : List.of("etc", "tmp", "root", "home/user", "proc", "sys", "dev")) {
                Files.createDirectories(root.resolve(name));
            }
            Files.copy(PROGRAM, bin.resolve("busybox"));
            for (String applet : applets()) {
                Files.createSymbolicLink(bin.resolve(applet), Path.of("busybox"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Scratch.write(
                root.resolve("etc/passwd"),
                "root:x:0:0:root:/root:/bin/sh\nuser:x:1000:1000::/home/user:/bin/sh\nnobody:x:65534:65534::/:/bin/sh\n");
        Scratch.write(root.resolve("etc/group"), "root:x:0:\nuser:x:1000:\nnogroup:x:65534:\n");
        Scratch.chmod(root.resolve("tmp"), "rwxrwxrwx");
    }
}
