package dev.confine.bench;

import dev.confine.idmap.Extent;
import dev.confine.idmap.IdMap;
import dev.confine.idmap.IdMaps;
import dev.confine.launch.verify.Verifier;
import dev.confine.runtime.compile.Blueprint;
import dev.confine.runtime.compile.Blueprint.Mode;
import dev.confine.runtime.compile.Compiled;
import dev.confine.runtime.compile.Compiler;
import dev.confine.runtime.config.SpecReader;
import dev.confine.spec.Spec;
import dev.confine.spi.Caller;
import dev.confine.spi.CreateRequest;
import dev.confine.state.ContainerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From config.json to a launch program that is proved, in a warm JVM. */
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
public class CompileBenchmark {
    @Param({"10", "100", "1000"})
    public int mounts;

    @Param({"1", "100", "340"})
    public int mapLines;

    private String file = "";
    private Blueprint blueprint;
    private Compiled compiled;

    @Setup
    public void prepare() throws IOException {
        Path config = Files.createTempFile("confine-bench", ".json");
        Files.writeString(config, config());
        file = config.toString();
        config.toFile().deleteOnExit();
        Spec spec = SpecReader.read(file);
        Caller root = new Caller(7, 0, 0, List.of(), 022, -1, 0, "/", List.of(), Map.of());
        CreateRequest request = new CreateRequest(
                ContainerId.parse("bench"), "/bundle", spec, new byte[0], null, null, null, 0, false, false, false);
        List<Extent> extents = new ArrayList<>();
        for (int i = 0; i < mapLines; i++) {
            extents.add(new Extent(10L * i, 100_000 + 20L * i, 10));
        }
        IdMap map = IdMap.of(extents);
        blueprint = new Blueprint(request, root, "/run/confine/bench", Mode.RUN, new IdMaps(map, map));
        compiled = Compiler.compile(blueprint);
    }

    private String config() {
        StringBuilder json = new StringBuilder("""
                {"ociVersion": "1.3.0", "root": {"path": "rootfs"}, "process": {"user": {"uid": 0, "gid": 0}, "args": ["true"], "cwd": "/"}, "mounts": [
                """);
        for (int i = 0; i < mounts; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"destination\": \"/mnt/")
                    .append(i)
                    .append("\", \"type\": \"bind\", \"source\": \"/usr\", \"options\": [\"rbind\", \"ro\"]}");
        }
        json.append("], \"linux\": {\"namespaces\": [{\"type\": \"mount\"}, {\"type\": \"user\"}]");
        for (String map : List.of("uidMappings", "gidMappings")) {
            json.append(", \"").append(map).append("\": [");
            for (int i = 0; i < mapLines; i++) {
                json.append(i == 0 ? "" : ",")
                        .append("{\"containerID\": ")
                        .append(10 * i)
                        .append(", \"hostID\": ")
                        .append(100_000 + 20 * i)
                        .append(", \"size\": 10}");
            }
            json.append(']');
        }
        return json.append("}}").toString();
    }

    @Benchmark
    public Spec read() {
        return SpecReader.read(file);
    }

    @Benchmark
    public Compiled compile() {
        return Compiler.compile(blueprint);
    }

    @Benchmark
    public Object verify() {
        return Verifier.check(compiled.program());
    }
}
