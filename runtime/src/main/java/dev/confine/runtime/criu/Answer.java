package dev.confine.runtime.criu;

/**
 * What criu answers ({@code criu_resp}).
 *
 * @param type a number of {@code criu_req_type}
 * @param success whether it did what it was asked for
 * @param errno why not, or 0
 * @param reason why not in words, or empty
 * @param step of a notification, how far it is, {@code post-restore}; else empty
 * @param pid of the container's first process, where it tells; or 0
 */
public record Answer(int type, boolean success, int errno, String reason, String step, long pid) {
    private static final int TYPE = 1;
    private static final int SUCCESS = 2;
    private static final int RESTORE = 4;
    private static final int NOTIFY = 5;
    private static final int ERRNO = 7;
    private static final int REASON = 9;

    /**
     * Reads it.
     *
     * @throws dev.confine.ConfineException when it is none
     */
    public static Answer parse(byte[] content) {
        MessageReader message = new MessageReader(content);
        int type = 0;
        boolean success = false;
        int errno = 0;
        String reason = "";
        String step = "";
        long pid = 0;
        for (int field = message.next(); field != 0; field = message.next()) {
            switch (field) {
                case TYPE -> type = (int) message.number();
                case SUCCESS -> success = message.number() != 0;
                case ERRNO -> errno = (int) message.number();
                case REASON -> reason = message.text();
                case RESTORE -> pid = number(message.message(), 1);
                case NOTIFY -> {
                    step = text(message.message(), 1);
                    pid = number(message.message(), 2);
                }
                default -> {}
            }
        }
        return new Answer(type, success, errno, reason, step, pid);
    }

    private static long number(MessageReader message, int wanted) {
        long number = 0;
        for (int field = message.next(); field != 0; field = message.next()) {
            number = field == wanted ? message.number() : number;
        }
        return number;
    }

    private static String text(MessageReader message, int wanted) {
        String text = "";
        for (int field = message.next(); field != 0; field = message.next()) {
            text = field == wanted ? message.text() : text;
        }
        return text;
    }

    /** Whether it wants to be told to go on, and has more to say. */
    public boolean isNotification() {
        return type == Request.NOTIFY;
    }
}
