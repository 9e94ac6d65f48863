package dev.confine.runtime.cgroup;

import java.util.List;

/** Hosts for tests: v1 with a tree of v2 beside it, and v2 alone. */
final class Hosts {
    private Hosts() {}

    static FakeTree hybridTree() {
        FakeTree tree = new FakeTree();
        for (String mount : List.of(
                "cpuset", "cpu,cpuacct", "memory", "memory/a/b", "devices", "freezer", "pids", "systemd", "unified")) {
            tree.with("/cg/" + mount + "/cgroup.procs", "");
        }
        return tree.with("/cg/cpuset/cpuset.cpus", "0-1\n")
                .with("/cg/cpuset/cpuset.mems", "0\n")
                .with("/cg/unified/cgroup.controllers", "hugetlb\n");
    }

    static List<Hierarchy> hybrid(Tree tree) {
        return Hierarchies.read("""
                31 23 0:28 / /cg rw - tmpfs tmpfs rw
                34 31 0:31 / /cg/cpuset rw,relatime - cgroup cgroup rw,cpuset
                32 31 0:29 / /cg/cpu,cpuacct rw,relatime shared:9 - cgroup cgroup rw,cpu,cpuacct
                35 31 0:32 / /cg/memory rw,relatime - cgroup cgroup rw,memory
                36 31 0:33 / /cg/devices rw,relatime - cgroup cgroup rw,devices
                37 31 0:34 / /cg/freezer rw,relatime - cgroup cgroup rw,freezer
                38 31 0:35 / /cg/pids rw,relatime - cgroup cgroup rw,pids
                40 31 0:37 / /cg/systemd rw,relatime - cgroup cgroup rw,name=systemd
                41 31 0:38 / /cg/unified rw,relatime - cgroup2 cgroup2 rw
                42 31 0:38 / /elsewhere rw,relatime - cgroup2 cgroup2 rw
                """, """
                8:pids:/
                7:freezer:/
                6:devices:/
                5:name=systemd:/
                4:memory:/a/b
                3:cpuset:/
                2:cpu,cpuacct:/
                0::/
                """, tree);
    }

    static FakeTree unifiedTree() {
        FakeTree tree = new FakeTree();
        tree.with("/cg/cgroup.controllers", "cpuset cpu io memory hugetlb pids rdma\n");
        tree.with("/cg/cgroup.subtree_control", "cpuset cpu io memory pids\n");
        tree.with("/cg/cgroup.procs", "1\n");
        for (String directory : List.of("user.slice", "user.slice/app", "user.slice/app/shell.scope")) {
            tree.with("/cg/" + directory + "/cgroup.procs", "");
            tree.with("/cg/" + directory + "/cgroup.subtree_control", "memory pids\n");
        }
        return tree;
    }

    static List<Hierarchy> unified(Tree tree) {
        return Hierarchies.read(
                "30 23 0:26 / /cg rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n",
                "0::/user.slice/app/shell.scope\n",
                tree);
    }
}
