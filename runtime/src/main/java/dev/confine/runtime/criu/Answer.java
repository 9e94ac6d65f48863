package dev.confine.runtime.criu;

/**
 * What criu answers ({@code criu_resp}).
 *
 * @param type a number of {@code criu_req_type}
 * @param success whether it did what it was asked for
 * @param errno why not, or 0
 * @param reason why not in words, or empty
 */
public record Answer(int type, boolean success, int errno, String reason) {
    private static final int TYPE = 1;
    private static final int SUCCESS = 2;
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
        for (int field = message.next(); field != 0; field = message.next()) {
            switch (field) {
                case TYPE -> type = (int) message.number();
                case SUCCESS -> success = message.number() != 0;
                case ERRNO -> errno = (int) message.number();
                case REASON -> reason = message.text();
                default -> {}
            }
        }
        return new Answer(type, success, errno, reason);
    }

    /** Whether it wants to be told to go on, and has more to say. */
    public boolean isNotification() {
        return type == Request.NOTIFY;
    }
}
