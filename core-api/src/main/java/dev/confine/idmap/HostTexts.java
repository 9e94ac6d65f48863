package dev.confine.idmap;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of a host is read to know its users and their ids: small files, and what small programs print. Tests feed texts. */
public interface HostTexts {
    /** The whole of a file, or null when it cannot be read. */
    @Nullable
    String file(String path);

    /**
     * What a program prints to its standard output; null when it is not installed, ends with another code than 0, or has not ended within some seconds.
     * It starts a child process, which is dear: never asked before the files have been.
     */
    @Nullable
    String output(List<String> command);

    /** This host. */
    static HostTexts ofThisHost() {
        return new ThisHost();
    }
}
