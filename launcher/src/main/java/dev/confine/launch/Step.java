package dev.confine.launch;

/**
 * A stretch of the program as a person would name it, and the value of config.json that caused it. It does not reach the launcher:
 * instructions carry its index.
 *
 * @param what for example {@code mount proc on /proc}
 * @param pointer a JSON pointer into config.json, or empty where no single value caused the step
 */
public record Step(String what, String pointer) {}
