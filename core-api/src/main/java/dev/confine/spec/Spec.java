package dev.confine.spec;

/** The whole of config.json. */
public record Spec(String ociVersion) {}
