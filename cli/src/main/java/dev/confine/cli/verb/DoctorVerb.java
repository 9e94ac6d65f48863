package dev.confine.cli.verb;

import dev.confine.cli.text.Screen;
import dev.confine.idmap.IdMaps;
import dev.confine.runtime.access.BundleTree;
import dev.confine.runtime.config.SpecReader;
import dev.confine.runtime.doctor.BundleExam;
import dev.confine.runtime.doctor.Doctor;
import dev.confine.runtime.doctor.Finding;
import dev.confine.runtime.doctor.Patient;
import dev.confine.runtime.host.HostFiles;
import dev.confine.spec.NamespaceType;
import dev.confine.spec.Root;
import dev.confine.spec.Spec;
import dev.confine.spi.Caller;
import dev.confine.spi.Exit;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code doctor}: looks at the host, the user and perhaps a bundle. It exits with 1 when something keeps containers from starting. */
public record DoctorVerb(@Nullable String bundle, boolean json) implements Verb {
    @Override
    public Exit run(Workplace workplace) {
        Caller caller = workplace.session().caller();
        String directory = Path.of(caller.resolve(bundle == null ? "." : bundle))
                .normalize()
                .toString();
        List<Finding> findings = new ArrayList<>(Doctor.examine(new Patient("", caller, program()), directory));
        findings.add(cacheOfJava());
        BundleExam exam = bundle == null ? null : exam(directory);
        if (exam != null) {
            findings.addAll(exam.findings());
        }
        workplace
                .session()
                .out(
                        json
                                ? DoctorReport.json(caller, findings, exam)
                                : DoctorReport.text(findings, exam, Screen.of(caller)));
        boolean failed = findings.stream().anyMatch(finding -> finding.level() == Finding.Level.FAILURE);
        return failed ? Exit.code(1) : Exit.OK;
    }

    private static Finding cacheOfJava() {
        return CacheProbe.examine(
                JavaCommand.own(),
                System.getProperty("user.dir"),
                System.getProperty("java.vm.version"),
                System.getProperty("java.vm.info"));
    }

    private static BundleExam exam(String directory) {
        Spec spec = SpecReader.read(directory + "/config.json");
        Root root = spec.root();
        String path = root == null ? "rootfs" : root.path();
        String rootfs = path.startsWith("/") ? path : directory + "/" + path;
        boolean users = spec.linux().namespace(NamespaceType.USER) != null;
        IdMaps maps = users ? BundleTree.configured(spec.linux()) : null;
        return BundleExam.of(new HostFiles(), directory, rootfs, maps);
    }

    /** Where bin/confine of this distribution is; the usual place where that cannot be told. */
    private static String program() {
        try {
            File jar = new File(DoctorVerb.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            File found = new File(jar.getParentFile(), "../bin/confine");
            return found.exists() ? found.toPath().normalize().toString() : "/usr/bin/confine";
        } catch (URISyntaxException | IllegalArgumentException none) {
            return "/usr/bin/confine";
        }
    }
}
