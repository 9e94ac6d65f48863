package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.ConfineException;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import java.nio.charset.StandardCharsets;

/** The address of a socket that is a file, unix(7). A path that is too long for it goes through its directory's file descriptor. */
final class SocketAddress {
    /** Bytes of a sockaddr_un. */
    static final int SIZE = 110;

    private static final int LONGEST_PATH = 107;
    private static final String LINK = "/proc/self/fd/";
    /** The digits of a file descriptor are followed by slashes, which a path may repeat. */
    private static final String PLACE = "//////////";

    private SocketAddress() {}

    /** @param path absolute, on the host */
    static Data of(Code code, String path) {
        Data address = code.asm.zeros(112);
        code.asm.set(address, 2, AF_UNIX);
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= LONGEST_PATH) {
            code.text(address.plus(2), bytes);
            return address;
        }
        int slash = path.lastIndexOf('/');
        byte[] shorter = (LINK + PLACE + path.substring(slash + 1)).getBytes(StandardCharsets.UTF_8);
        if (shorter.length > LONGEST_PATH) {
            throw new ConfineException("the name of the socket " + path + " is too long: a socket's address has "
                    + LONGEST_PATH + " bytes");
        }
        Register directory = code.asm.register();
        Register digits = code.asm.register();
        code.call(
                        Syscall.OPENAT,
                        num(AT_FDCWD),
                        code.text(path.substring(0, slash + 1)),
                        num(O_PATH | O_CLOEXEC),
                        num(0))
                .into(directory);
        code.text(address.plus(2), shorter);
        code.asm.format(digits, directory, address.plus(2 + LINK.length()), PLACE.length());
        code.asm.release(digits, directory);
        return address;
    }
}
