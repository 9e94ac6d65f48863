package dev.confine.runtime.compile;

/**
 * What to tell a person when a step fails with an errno.
 *
 * @param step index into the program's steps
 * @param errno above zero
 * @param text the reason and what to do, without the step and the errno's name
 * @param path of the host, whose file system is to be named as well; empty where that does not matter
 */
public record Cure(int step, int errno, String text, String path) {}
