package dev.confine.runtime.json;

/** What a {@link JsonScanner} stands at. */
public enum Token {
    OBJECT,
    OBJECT_END,
    LIST,
    LIST_END,
    /** The name of a property; its value is next. */
    NAME,
    TEXT,
    /** A number without fraction and exponent. */
    INTEGER,
    /** Any other number. */
    DECIMAL,
    TRUE,
    FALSE,
    NULL
}
