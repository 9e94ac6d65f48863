package dev.confine.runtime.systemd;

import java.util.ArrayList;
import java.util.List;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.Struct;
import org.freedesktop.dbus.annotations.DBusInterfaceName;
import org.freedesktop.dbus.annotations.DBusMemberName;
import org.freedesktop.dbus.annotations.Position;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import org.freedesktop.dbus.interfaces.DBusInterface;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;

/** What of systemd's interface confine uses, on a bus of the test's own. It remembers what it is told. */
@DBusInterfaceName("org.freedesktop.systemd1.Manager")
public interface FakeManager extends DBusInterface {
    @DBusMemberName("Subscribe")
    void subscribe();

    @DBusMemberName("StartTransientUnit")
    DBusPath startTransientUnit(String unit, String mode, List<Property> properties, List<Auxiliary> others);

    @DBusMemberName("SetUnitProperties")
    void setUnitProperties(String unit, boolean untilItEnds, List<Property> properties);

    @DBusMemberName("AttachProcessesToUnit")
    void attachProcessesToUnit(String unit, String below, List<UInt32> pids);

    @DBusMemberName("StopUnit")
    DBusPath stopUnit(String unit, String mode);

    @DBusMemberName("ResetFailedUnit")
    void resetFailedUnit(String unit);

    /** A name and its value. */
    final class Property extends Struct {
        @Position(0)
        public final String name;

        @Position(1)
        public final Variant<?> value;

        public Property(String name, Variant<?> value) {
            this.name = name;
            this.value = value;
        }
    }

    /** A unit that is started with another. */
    final class Auxiliary extends Struct {
        @Position(0)
        public final String name;

        @Position(1)
        public final List<Property> properties;

        public Auxiliary(String name, List<Property> properties) {
            this.name = name;
            this.properties = properties;
        }
    }

    /** The answers. */
    final class Answers implements FakeManager, org.freedesktop.dbus.interfaces.Properties {
        final List<String> told = new ArrayList<>();
        String result = "done";
        int unitsThere;
        private final DBusConnection connection;

        Answers(DBusConnection connection) {
            this.connection = connection;
        }

        @Override
        public void subscribe() {
            // once is enough
        }

        @Override
        public DBusPath startTransientUnit(
                String unit, String mode, List<Property> properties, List<Auxiliary> others) {
            if (unitsThere > 0) {
                unitsThere--;
                throw new UnitExists(unit + " already exists");
            }
            tell("StartTransientUnit " + unit + " " + mode, properties);
            return job(unit);
        }

        private DBusPath job(String unit) {
            DBusPath job = new DBusPath("/org/freedesktop/systemd1/job/7");
            removed(6, new DBusPath("/another"), "other.scope", "failed");
            removed(7, job, unit, result);
            return job;
        }

        /** As of a class that the library does not know, which is how systemd's arrive. */
        private void removed(long id, DBusPath job, String unit, String ending) {
            try {
                connection.sendMessage(connection
                        .getMessageFactory()
                        .createSignal(
                                null,
                                "/org/freedesktop/systemd1",
                                "org.freedesktop.systemd1.Manager",
                                "JobRemoved",
                                "uoss",
                                new UInt32(id),
                                job,
                                unit,
                                ending));
            } catch (DBusException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void setUnitProperties(String unit, boolean untilItEnds, List<Property> properties) {
            tell("SetUnitProperties " + unit + " " + untilItEnds, properties);
        }

        @Override
        public void attachProcessesToUnit(String unit, String below, List<UInt32> pids) {
            told.add("AttachProcessesToUnit " + unit + " " + below + " " + pids);
        }

        @Override
        public DBusPath stopUnit(String unit, String mode) {
            told.add("StopUnit " + unit + " " + mode);
            throw new NoSuchUnit(unit + " not loaded");
        }

        @Override
        public void resetFailedUnit(String unit) {
            told.add("ResetFailedUnit " + unit);
        }

        private void tell(String call, List<Property> properties) {
            StringBuilder text = new StringBuilder(call);
            for (Property property : properties) {
                text.append(' ')
                        .append(property.name)
                        .append(':')
                        .append(property.value.getSig())
                        .append('=')
                        .append(text(property.value.getValue()));
            }
            told.add(text.toString());
        }

        private static String text(Object value) {
            if (value instanceof byte[] bytes) {
                return java.util.Arrays.toString(bytes);
            }
            if (value instanceof Object[] array) {
                List<String> texts = new ArrayList<>();
                for (Object member : array) {
                    texts.add(text(member));
                }
                return texts.toString();
            }
            if (value instanceof List<?> list) {
                return text(list.toArray());
            }
            return String.valueOf(value);
        }

        @Override
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        public <A> A Get(String type, String name) {
            return (A) (name.equals("Version") ? "v252.38-1~deb12u1" : "/user.slice/x");
        }

        @Override
        public <A> void Set(String type, String name, A value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public java.util.Map<String, Variant<?>> GetAll(String type) {
            return java.util.Map.of();
        }

        @Override
        public boolean isRemote() {
            return false;
        }

        @Override
        public String getObjectPath() {
            return "/org/freedesktop/systemd1";
        }
    }

    /** What the bus makes an error of this name of. */
    final class UnitExists extends DBusExecutionException {
        private static final long serialVersionUID = 1;

        public UnitExists(String message) {
            super(message);
        }
    }

    /** What the bus makes an error of this name of. */
    final class NoSuchUnit extends DBusExecutionException {
        private static final long serialVersionUID = 1;

        public NoSuchUnit(String message) {
            super(message);
        }
    }
}
