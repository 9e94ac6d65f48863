package dev.confine.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Limits of block devices, {@code config-linux.md#block-io}: weights 10 to 1000, rates in bytes or operations a second. */
public record BlockIO(
        @Nullable Integer weight,
        @Nullable Integer leafWeight,
        List<WeightDevice> weightDevice,
        List<ThrottleDevice> throttleReadBpsDevice,
        List<ThrottleDevice> throttleWriteBpsDevice,
        List<ThrottleDevice> throttleReadIOPSDevice,
        List<ThrottleDevice> throttleWriteIOPSDevice) {
    public static final BlockIO NONE = new BlockIO(null, null, List.of(), List.of(), List.of(), List.of(), List.of());

    public BlockIO {
        weightDevice = List.copyOf(weightDevice);
        throttleReadBpsDevice = List.copyOf(throttleReadBpsDevice);
        throttleWriteBpsDevice = List.copyOf(throttleWriteBpsDevice);
        throttleReadIOPSDevice = List.copyOf(throttleReadIOPSDevice);
        throttleWriteIOPSDevice = List.copyOf(throttleWriteIOPSDevice);
    }

    /** With what {@code change} gives in place of its own; a list as a whole. */
    BlockIO with(BlockIO change) {
        return new BlockIO(
                change.weight == null || change.weight == 0 ? weight : change.weight,
                change.leafWeight == null || change.leafWeight == 0 ? leafWeight : change.leafWeight,
                Resources.given(change.weightDevice, weightDevice),
                Resources.given(change.throttleReadBpsDevice, throttleReadBpsDevice),
                Resources.given(change.throttleWriteBpsDevice, throttleWriteBpsDevice),
                Resources.given(change.throttleReadIOPSDevice, throttleReadIOPSDevice),
                Resources.given(change.throttleWriteIOPSDevice, throttleWriteIOPSDevice));
    }

    /** Whether nothing is given. */
    public boolean isEmpty() {
        return weight == null
                && leafWeight == null
                && weightDevice.isEmpty()
                && throttleReadBpsDevice.isEmpty()
                && throttleWriteBpsDevice.isEmpty()
                && throttleReadIOPSDevice.isEmpty()
                && throttleWriteIOPSDevice.isEmpty();
    }
}
