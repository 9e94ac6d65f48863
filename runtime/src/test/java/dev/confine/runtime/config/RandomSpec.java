package dev.confine.runtime.config;

import dev.confine.spec.Spec;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Any configuration that a file can hold, whether it makes sense or not. Walks the records, so that no component is forgotten. */
final class RandomSpec {
    private static final String[] TEXTS = {
        "x", "/a b", "é\"\\/", "\n\t\u001f", "😀", "~1/~0", "0", "null", "a".repeat(300)
    };
    private static final long[] NUMBERS = {0, 1, 7, 1000, 0x7fff_ffffL, 0xffff_ffffL};
    private static final long[] SIGNED = {-1, Long.MIN_VALUE, Long.MAX_VALUE};
    /** Components of 64 bits, signed or not; all other numbers are unsigned 32 bits at most. */
    private static final Set<String> LONG = Set.of(
            "Box.height",
            "Box.width",
            "Rlimit.soft",
            "Rlimit.hard",
            "Scheduler.runtime",
            "Scheduler.deadline",
            "Scheduler.period",
            "TimeOffset.secs",
            "Device.major",
            "Device.minor",
            "DeviceCgroup.major",
            "DeviceCgroup.minor",
            "Memory.limit",
            "Memory.reservation",
            "Memory.swap",
            "Memory.kernel",
            "Memory.kernelTCP",
            "Memory.swappiness",
            "Cpu.shares",
            "Cpu.quota",
            "Cpu.burst",
            "Cpu.period",
            "Cpu.realtimeRuntime",
            "Cpu.realtimePeriod",
            "Cpu.idle",
            "WeightDevice.major",
            "WeightDevice.minor",
            "ThrottleDevice.major",
            "ThrottleDevice.minor",
            "ThrottleDevice.rate",
            "HugepageLimit.limit",
            "Pids.limit",
            "SyscallArg.value",
            "SyscallArg.valueTwo");

    private final Random random;

    RandomSpec(long seed) {
        random = new Random(seed);
    }

    Spec spec() {
        return record(Spec.class);
    }

    private <R> R record(Class<R> type) {
        List<Class<?>> types = new ArrayList<>();
        List<@Nullable Object> values = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            types.add(component.getType());
            boolean absent = isNullable(component.getAnnotatedType()) && random.nextBoolean();
            values.add(
                    absent
                            ? null
                            : value(component.getGenericType(), type.getSimpleName() + "." + component.getName()));
        }
        try {
            return type.getDeclaredConstructor(types.toArray(new Class<?>[0])).newInstance(values.toArray());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static boolean isNullable(AnnotatedElement type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private Object value(Type type, String name) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return generic.getRawType() == Map.class ? map(arguments[1], name) : list(arguments[0], name);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord()) {
            return record(plain);
        }
        if (plain.isEnum()) {
            Object[] all = Objects.requireNonNull(plain.getEnumConstants());
            return all[random.nextInt(all.length)];
        }
        return scalar(plain, name);
    }

    private List<Object> list(Type element, String name) {
        List<Object> list = new ArrayList<>();
        for (int left = random.nextInt(3); left > 0; left--) {
            list.add(value(element, name));
        }
        return list;
    }

    private Map<String, Object> map(Type element, String name) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int left = random.nextInt(3); left > 0; left--) {
            map.put(text(), value(element, name));
        }
        return map;
    }

    private Object scalar(Class<?> type, String name) {
        if (type == String.class) {
            return random.nextInt(3) == 0 ? "" : text();
        }
        if (type == boolean.class) {
            return random.nextBoolean();
        }
        return type == int.class || type == Integer.class ? (Object) number32(name) : (Object) number64(name);
    }

    private String text() {
        return TEXTS[random.nextInt(TEXTS.length)];
    }

    private int number32(String name) {
        return switch (name) {
            case "User.umask" -> random.nextInt(0777 + 1);
            case "SyscallArg.index" -> random.nextInt(6);
            case "Hook.timeout" -> 1 + random.nextInt(1000);
            default -> random.nextInt(1001);
        };
    }

    private long number64(String name) {
        long[] choice = LONG.contains(name) && random.nextInt(3) == 0 ? SIGNED : NUMBERS;
        return choice[random.nextInt(choice.length)];
    }
}
