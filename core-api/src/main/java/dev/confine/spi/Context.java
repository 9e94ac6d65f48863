package dev.confine.spi;

/**
 * What a lifecycle works with.
 *
 * @param session the command
 * @param root the state directory, absolute
 * @param log where warnings go
 * @param cgroups who makes the cgroups of new containers
 */
public record Context(Session session, String root, Log log, CgroupDriver cgroups) {}
