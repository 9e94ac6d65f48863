package dev.confine.runtime.json;

/** The text is not JSON. Who reads it turns this into an error that names the file. */
public final class JsonSyntaxException extends RuntimeException {
    private final transient Place place;

    JsonSyntaxException(String message, Place place) {
        super(message);
        this.place = place;
    }

    /** Where it stops being JSON. */
    public Place place() {
        return place;
    }

    /** In words for a user, without the place. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
