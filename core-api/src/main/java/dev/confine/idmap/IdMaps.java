package dev.confine.idmap;

/** The two maps of a user namespace. */
public record IdMaps(IdMap uids, IdMap gids) {}
