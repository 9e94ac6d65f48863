package dev.confine.runtime.systemd;

import dev.confine.ConfineException;
import dev.confine.spi.Caller;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.matchrules.DBusMatchRule;
import org.freedesktop.dbus.matchrules.DBusMatchRuleBuilder;
import org.freedesktop.dbus.messages.DBusSignal;
import org.freedesktop.dbus.messages.Error;
import org.freedesktop.dbus.messages.Message;
import org.freedesktop.dbus.messages.MethodCall;
import org.freedesktop.dbus.types.UInt16;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.UInt64;
import org.freedesktop.dbus.types.Variant;
import org.jspecify.annotations.Nullable;

/** A service manager behind D-Bus, org.freedesktop.systemd1(5). The only class that knows the library, which takes longer to load than a container to start. */
public final class BusSystemd implements Systemd {
    private static final String NAME = "org.freedesktop.systemd1";
    private static final String PATH = "/org/freedesktop/systemd1";
    private static final String MANAGER = NAME + ".Manager";
    private static final String PROPERTIES = "org.freedesktop.DBus.Properties";
    private static final long PATIENCE = 30_000;
    private static final int CONNECTING = 2_000;
    private static final int ATTEMPTS = 30;
    private static final long PAUSE = 100;

    private final BusPlace place;
    private final DBusConnection connection;
    private final BlockingQueue<DBusSignal> signals = new LinkedBlockingQueue<>();
    private boolean listening;

    BusSystemd(BusPlace place) {
        this.place = place;
        try {
            this.connection = DBusConnectionBuilder.forAddress("unix:path=" + place.socket())
                    .withShared(false)
                    .transportConfig()
                    .withTimeout(CONNECTING)
                    .configureSasl()
                    .withSaslUid(place.uid())
                    .back()
                    .back()
                    .build();
        } catch (DBusException e) {
            throw new ConfineException(
                    "speak to systemd at " + place.socket() + ": " + e.getMessage()
                            + " (use --cgroup-manager cgroupfs to do without)",
                    e);
        }
    }

    /** The manager that answers for this caller. */
    public static Systemd of(Caller caller) {
        return new BusSystemd(BusPlace.of(caller));
    }

    @Override
    public String controlGroup() {
        String path = String.valueOf(property("ControlGroup"));
        return path.equals("/") ? "" : path;
    }

    @Override
    public boolean isUsers() {
        return place.user();
    }

    @Override
    public int version() {
        // 252.38-1~deb12u1, v249 or 255 (255.4-1ubuntu8)
        int version = 0;
        for (char c : String.valueOf(property("Version")).toCharArray()) {
            if (c >= '0' && c <= '9') {
                version = 10 * version + c - '0';
            } else if (version > 0) {
                break;
            }
        }
        return version;
    }

    private @Nullable Object property(String name) {
        Object value = call(PROPERTIES, "Get", "ss", MANAGER, name);
        return value instanceof Variant<?> variant ? variant.getValue() : value;
    }

    @Override
    public void start(String scope, List<UnitProperty> properties) {
        listen();
        for (int attempt = 0; ; attempt++) {
            try {
                signals.clear();
                List<Object[]> none = List.of();
                await(call(
                        MANAGER, "StartTransientUnit", "ssa(sv)a(sa(sv))", scope, "replace", pairs(properties), none));
                return;
            } catch (UnitFailure e) {
                if (!e.is("UnitExists") || attempt == ATTEMPTS) {
                    throw e;
                }
                // one that has ended is forgotten soon, or now
                attempt("ResetFailedUnit", "s", scope);
                pause();
            }
        }
    }

    /** Signals as they come: the library has no class for those of systemd, and need not make objects of one. */
    private void listen() {
        if (listening) {
            return;
        }
        listening = true;
        try {
            DBusMatchRule ended = DBusMatchRuleBuilder.create()
                    .withType("signal")
                    .withInterface(MANAGER)
                    .withMember("JobRemoved")
                    .build();
            connection.addGenericSigHandler(ended, signals::add);
            call(MANAGER, "Subscribe", "");
        } catch (DBusException e) {
            throw new ConfineException("systemd, listen at " + place.socket() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void set(String unit, List<UnitProperty> properties) {
        if (!properties.isEmpty()) {
            call(MANAGER, "SetUnitProperties", "sba(sv)", unit, true, pairs(properties));
        }
    }

    @Override
    public void attach(String scope, String below, List<Long> pids) {
        call(MANAGER, "AttachProcessesToUnit", "ssau", scope, below, converted("au", pids));
    }

    @Override
    public void stop(String unit) {
        listen();
        signals.clear();
        Object job = attempt("StopUnit", "ss", unit, "replace");
        if (job != null) {
            await(job);
        }
        attempt("ResetFailedUnit", "s", unit);
    }

    private @Nullable Object attempt(String method, String signature, Object... arguments) {
        try {
            return call(MANAGER, method, signature, arguments);
        } catch (UnitFailure e) {
            if (!e.is("NoSuchUnit")) {
                throw e;
            }
            return null;
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (IOException e) {
            throw new ConfineException("leave " + place.socket() + ": " + e.getMessage(), e);
        }
    }

    // ---- messages

    /** What systemd answers with an error. */
    private static final class UnitFailure extends ConfineException {
        private static final long serialVersionUID = 1;

        private final String error;

        UnitFailure(String message, String error) {
            super(message);
            this.error = error;
        }

        boolean is(String word) {
            return error.endsWith("." + word);
        }
    }

    /** Sends a call and waits; returns the first value of the answer, or null. */
    private @Nullable Object call(String type, String method, String signature, Object... arguments) {
        try {
            MethodCall call = connection
                    .getMessageFactory()
                    .createMethodCall(
                            null,
                            NAME,
                            PATH,
                            type,
                            method,
                            (byte) 0,
                            signature.isEmpty() ? null : signature,
                            arguments);
            connection.sendMessage(call);
            Message answer = call.getReply(PATIENCE);
            if (answer == null) {
                throw new ConfineException("systemd did not answer " + method + " within " + PATIENCE / 1000 + " s");
            }
            Object[] values = answer.getParameters();
            Object first = values == null || values.length == 0 ? null : values[0];
            if (answer instanceof Error) {
                throw new UnitFailure("systemd, " + method + ": " + first, answer.getName());
            }
            return first;
        } catch (DBusException e) {
            throw new ConfineException("systemd, " + method + ": " + e.getMessage(), e);
        }
    }

    /** Waits until a job has ended well. */
    private void await(@Nullable Object job) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE);
        try {
            while (true) {
                DBusSignal signal = signals.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (signal == null) {
                    throw new ConfineException("systemd did not end its job within " + PATIENCE / 1000 + " s");
                }
                // its number, the job, the unit, the result
                Object[] values = signal.getParameters();
                if (values.length == 4 && path(values[1]).equals(path(job))) {
                    if (!"done".equals(values[3])) {
                        throw new ConfineException("systemd failed at its job for " + values[2] + ": " + values[3]
                                + " (see journalctl -u " + values[2] + ")");
                    }
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConfineException("interrupted while systemd was at its job", e);
        } catch (DBusException e) {
            throw new ConfineException("systemd, JobRemoved: " + e.getMessage(), e);
        }
    }

    private static String path(@Nullable Object value) {
        return value instanceof DBusPath path ? path.getPath() : String.valueOf(value);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<Object[]> pairs(List<UnitProperty> properties) {
        List<Object[]> pairs = new ArrayList<>();
        for (UnitProperty property : properties) {
            Object value = converted(property.signature(), property.value());
            pairs.add(new Object[] {property.name(), new Variant<>(value, property.signature())});
        }
        return pairs;
    }

    /** A value as the library takes it. */
    private static Object converted(String signature, Object value) {
        char type = signature.charAt(0);
        if (value instanceof List<?> list) {
            return type == '(' ? struct(signature, list) : array(signature.substring(1), list);
        }
        if (!(value instanceof Long number)) {
            return value;
        }
        return switch (type) {
            case 'y' -> number.byteValue();
            case 'n' -> number.shortValue();
            case 'i' -> number.intValue();
            case 'q' -> new UInt16(number.intValue());
            case 'u' -> new UInt32(number);
            case 't' -> new UInt64(Long.toUnsignedString(number));
            case 'd' -> number.doubleValue();
            default -> number;
        };
    }

    private static Object array(String element, List<?> list) {
        if (element.equals("y")) {
            byte[] bytes = new byte[list.size()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = ((Number) list.get(i)).byteValue();
            }
            return bytes;
        }
        List<Object> values = new ArrayList<>();
        for (Object value : list) {
            values.add(converted(element, value));
        }
        return values;
    }

    /** Of members that are single letters. */
    private static Object struct(String signature, List<?> list) {
        Object[] members = new Object[list.size()];
        for (int i = 0; i < members.length; i++) {
            members[i] = converted(signature.substring(1 + i, 2 + i), list.get(i));
        }
        return members;
    }
}
