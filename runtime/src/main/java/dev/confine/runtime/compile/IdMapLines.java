package dev.confine.runtime.compile;

import dev.confine.idmap.IdMap;
import dev.confine.idmap.IdMaps;
import dev.confine.launch.Errno;
import dev.confine.launch.Operand.Register;

/** The front writes the maps of the container's user namespace itself, where the backend leaves that to it. The kernel takes a map whole or not at all. */
final class IdMapLines {
    private final Code code;
    private final IdMaps lines;

    IdMapLines(Code code, IdMaps lines) {
        this.code = code;
        this.lines = lines;
    }

    void write(Register pid) {
        write(pid, "uid_map", "/linux/uidMappings", lines.uids());
        write(pid, "gid_map", "/linux/gidMappings", lines.gids());
    }

    private void write(Register pid, String file, String pointer, IdMap map) {
        code.step("write the " + file.replace('_', ' '), pointer);
        code.cure(Errno.EPERM, "the caller needs CAP_SETUID, CAP_SETGID and, to map id 0 of the host, CAP_SETFCAP");
        code.cure(Errno.EINVAL, "the kernel refuses " + map.shown());
        code.write(code.procPath("/proc/", pid, file), map.lines());
    }
}
