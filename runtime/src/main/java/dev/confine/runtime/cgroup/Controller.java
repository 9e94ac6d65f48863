package dev.confine.runtime.cgroup;

/** The controllers that limits belong to, by the names they have in v1 and v2; v2 has no counterpart of some. */
enum Controller {
    MEMORY("memory", "memory"),
    CPU("cpu", "cpu"),
    CPUSET("cpuset", "cpuset"),
    IO("blkio", "io"),
    HUGETLB("hugetlb", "hugetlb"),
    RDMA("rdma", "rdma"),
    NET_CLS("net_cls", ""),
    NET_PRIO("net_prio", ""),
    PIDS("pids", "pids");

    private final String v1;
    private final String v2;

    Controller(String v1, String v2) {
        this.v1 = v1;
        this.v2 = v2;
    }

    String v1() {
        return v1;
    }

    String v2() {
        return v2;
    }

    boolean isOf(Hierarchy hierarchy) {
        return hierarchy.has(hierarchy.unified() ? v2 : v1);
    }
}
