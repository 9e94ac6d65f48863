import dev.confine.library.Confine;
import dev.confine.spi.CgroupDriver;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;

/** Starts the bundle that a line of standard input names, waits for its end, and prints the nanoseconds that took. Its argument is a state directory. */
final class LibraryRuns {
    public static void main(String[] args) throws Exception {
        try (Confine confine = Confine.builder()
                        .root(Path.of(args[0]))
                        .cgroups(CgroupDriver.DISABLED)
                        .open();
                BufferedReader lines = new BufferedReader(new InputStreamReader(System.in))) {
            for (String bundle = lines.readLine(); bundle != null; bundle = lines.readLine()) {
                long start = System.nanoTime();
                int code = confine.create(Path.of(bundle)).start().waitFor();
                long time = System.nanoTime() - start;
                System.out.println(code == 0 ? time : -1);
            }
        }
    }
}
