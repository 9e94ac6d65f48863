package dev.confine.it;

import java.util.List;

/** The programs of busybox that tests use; each is a symbolic link to it. */
final class Busybox {
    private static final String APPLETS =
            "sh cat cp mv ln ls rm mkdir mknod chmod chown touch stat readlink realpath dd echo env id whoami"
                    + " hostname mount umount mountpoint head tail grep sed awk sort wc tr cut xargs find test true false sleep kill ps pwd uname"
                    + " setsid nohup timeout sysctl seq printf date sync unshare nsenter ip df du basename dirname tty ipcs yes rmdir usleep"
                    + " mkfifo expr md5sum cmp diff tee";

    private Busybox() {}

    static List<String> applets() {
        return List.of(APPLETS.split(" "));
    }
}
