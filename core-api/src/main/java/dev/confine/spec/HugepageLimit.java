package dev.confine.spec;

/**
 * A limit of huge pages, {@code config-linux.md#huge-page-limits}.
 *
 * @param pageSize such as {@code 2MB}
 * @param limit in bytes, unsigned 64 bits
 */
public record HugepageLimit(String pageSize, long limit) {}
