"""The bundles that are measured: one root file system, and a config.json for each case, the same for every runtime."""

import copy
import json
import os
import shutil

CAPABILITIES = ["CAP_AUDIT_WRITE", "CAP_KILL", "CAP_NET_BIND_SERVICE"]
SECCOMP = "/usr/share/containers/seccomp.json"
MAPPED = 65536


def plain(args=("/bin/true",)):
    return {
        "ociVersion": "1.0.2",
        "process": {
            "terminal": False,
            "user": {"uid": 0, "gid": 0},
            "args": list(args),
            "env": ["PATH=/bin", "HOME=/"],
            "cwd": "/",
            "capabilities": {name: CAPABILITIES for name in ("bounding", "effective", "permitted")},
            "rlimits": [{"type": "RLIMIT_NOFILE", "hard": 1024, "soft": 1024}],
            "noNewPrivileges": True,
        },
        "root": {"path": "rootfs", "readonly": True},
        "hostname": "bench",
        "mounts": [
            {"destination": "/proc", "type": "proc", "source": "proc"},
            {"destination": "/dev", "type": "tmpfs", "source": "tmpfs", "options": ["nosuid", "strictatime", "mode=755", "size=65536k"]},
            {
                "destination": "/dev/pts",
                "type": "devpts",
                "source": "devpts",
                "options": ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"],
            },
            {
                "destination": "/dev/shm",
                "type": "tmpfs",
                "source": "shm",
                "options": ["nosuid", "noexec", "nodev", "mode=1777", "size=65536k"],
            },
            {"destination": "/dev/mqueue", "type": "mqueue", "source": "mqueue", "options": ["nosuid", "noexec", "nodev"]},
            {"destination": "/sys", "type": "sysfs", "source": "sysfs", "options": ["nosuid", "noexec", "nodev", "ro"]},
        ],
        "linux": {
            "namespaces": [{"type": t} for t in ("pid", "network", "ipc", "uts", "mount")],
            "maskedPaths": [
                "/proc/acpi",
                "/proc/asound",
                "/proc/kcore",
                "/proc/keys",
                "/proc/latency_stats",
                "/proc/timer_list",
                "/proc/timer_stats",
                "/proc/sched_debug",
                "/sys/firmware",
                "/proc/scsi",
            ],
            "readonlyPaths": ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"],
        },
    }


def mapped(config, host=100000, size=MAPPED):
    config = copy.deepcopy(config)
    mapping = [{"containerID": 0, "hostID": host, "size": size}]
    config["linux"]["namespaces"].append({"type": "user"})
    config["linux"].update(uidMappings=mapping, gidMappings=mapping)
    return config


def rootless(config, uid, gid, first, size):
    """As an ordinary user has it: the own id as root, the subordinate ones after it."""
    config = mapped(config)
    for name, own in (("uidMappings", uid), ("gidMappings", gid)):
        config["linux"][name] = [
            {"containerID": 0, "hostID": own, "size": 1},
            {"containerID": 1, "hostID": first, "size": size},
        ]
    return config


def limited(config):
    config = copy.deepcopy(config)
    config["linux"]["resources"] = {
        "memory": {"limit": 256 << 20},
        "cpu": {"shares": 512, "quota": 50000, "period": 100000},
        "pids": {"limit": 100},
    }
    return config


def mounts(config, count):
    config = copy.deepcopy(config)
    for i in range(len(config["mounts"]), count):
        config["mounts"].append({"destination": f"/mnt/{i}", "type": "bind", "source": "rootfs/bin", "options": ["rbind", "ro"]})
    return config


def filtered(config):
    """With the default profile of Docker and podman, as their package has it, without its conditions on capabilities; None where it is not installed."""
    if not os.path.exists(SECCOMP):
        return None
    with open(SECCOMP, encoding="utf-8") as file:
        profile = json.load(file)
    calls = []
    for rule in profile["syscalls"]:
        conditions = {**rule.get("includes", {})}
        if rule.get("excludes") or "amd64" not in conditions.pop("arches", ["amd64"]) or conditions:
            continue
        call = {"names": rule["names"], "action": rule["action"]}
        if rule.get("args"):
            call["args"] = rule["args"]
        if "errnoRet" in rule:
            call["errnoRet"] = rule["errnoRet"]
        calls.append(call)
    config = copy.deepcopy(config)
    config["linux"]["seccomp"] = {
        "defaultAction": profile["defaultAction"],
        "defaultErrnoRet": 38,
        "architectures": ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"],
        "syscalls": calls,
    }
    return config


def root_file_system(directory):
    os.makedirs(f"{directory}/bin")
    for name in ("proc", "dev", "sys", "mnt"):
        os.mkdir(f"{directory}/{name}")
    shutil.copy("/bin/busybox", f"{directory}/bin/busybox")
    for name in ("sh", "true", "sleep"):
        os.symlink("busybox", f"{directory}/bin/{name}")
    for i in range(100):
        os.mkdir(f"{directory}/mnt/{i}")


class Bundles:
    """A directory for each case below one that everybody may enter; all share a root file system."""

    def __init__(self, directory):
        self.directory = directory
        os.chmod(directory, 0o755)
        root_file_system(f"{directory}/rootfs")

    def write(self, name, config):
        bundle = f"{self.directory}/{name}"
        os.makedirs(bundle, exist_ok=True)
        config = copy.deepcopy(config)
        config["root"]["path"] = f"{self.directory}/rootfs"
        for mount in config["mounts"]:
            if mount["source"].startswith("rootfs/"):
                mount["source"] = f"{self.directory}/{mount['source']}"
        with open(f"{bundle}/config.json", "w", encoding="utf-8") as file:
            json.dump(config, file)
        return bundle
