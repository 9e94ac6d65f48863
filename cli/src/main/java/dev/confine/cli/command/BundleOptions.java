package dev.confine.cli.command;

import dev.confine.cli.args.BundleArguments;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the specification of create and run is. */
final class BundleOptions {
    @Option(
            names = {"-b", "--bundle"},
            paramLabel = "DIR",
            description = "The bundle (default: the current directory).")
    private String bundle = ".";

    @Option(
            names = {"-f", "--config"},
            paramLabel = "FILE",
            description = "The configuration (default: config.json in the bundle).")
    private @Nullable String config;

    @Mixin
    private MapOptions maps = new MapOptions();

    BundleArguments arguments() {
        return new BundleArguments(bundle, config, maps.arguments());
    }
}
