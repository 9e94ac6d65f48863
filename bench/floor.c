/*
 * The floor: what a container costs when nobody parses, decides or checks anything. It makes the system calls that a runtime makes for the bundles of this
 * benchmark, and no others: floor [-u] ROOTFS PROGRAM. With -u there is a user namespace, which maps 65536 ids from 100000 on.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/mount.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#define MS_PRIVATE_FLAG (1 << 18)
#define MS_SLAVE_FLAG (1 << 19)

static long must(long result, const char *what)
{
	if (result < 0) {
		fprintf(stderr, "floor: %s: %s\n", what, strerror(errno));
		_exit(125);
	}
	return result;
}

#define CALL(nr, ...) must(syscall(nr, __VA_ARGS__), #nr)

static void write_file(const char *path, const char *text)
{
	int fd = (int)must(open(path, O_WRONLY | O_CLOEXEC), path);

	must(write(fd, text, strlen(text)), path);
	close(fd);
}

static int in_root(int root, const char *path)
{
	uint64_t how[3] = {O_PATH | O_CLOEXEC, 0, 0x10 | 0x02}; /* RESOLVE_IN_ROOT, RESOLVE_NO_MAGICLINKS */

	return (int)syscall(SYS_openat2, root, path, how, sizeof how);
}

static void attributes(int mount, unsigned flags, uint64_t set, uint64_t propagation)
{
	struct mount_attr attr = {set, 0, propagation, 0};

	CALL(SYS_mount_setattr, mount, "", AT_EMPTY_PATH | flags, &attr, sizeof attr);
}

static void attach(int mount, int target)
{
	CALL(SYS_move_mount, mount, "", target, "", MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH);
	close(mount);
	close(target);
}

/* A new file system at path; pairs of option and value follow, a NULL ends them. */
static void mount_new(int root, const char *type, const char *path, unsigned attrs, ...)
{
	int context = (int)CALL(SYS_fsopen, type, FSOPEN_CLOEXEC);
	const char *key;
	va_list options;
	int target;

	va_start(options, attrs);
	while ((key = va_arg(options, const char *))) {
		const char *value = va_arg(options, const char *);

		CALL(SYS_fsconfig, context, value ? FSCONFIG_SET_STRING : FSCONFIG_SET_FLAG, key, value, 0);
	}
	va_end(options);
	CALL(SYS_fsconfig, context, FSCONFIG_CMD_CREATE, NULL, NULL, 0);
	int mount = (int)CALL(SYS_fsmount, context, FSMOUNT_CLOEXEC, attrs);
	close(context);
	target = in_root(root, path);
	if (target < 0) {
		must(mkdirat(root, path + 1, 0755), path);
		target = (int)must(in_root(root, path), path);
	}
	attach(mount, target);
}

static void device(int dev, bool bind, const char *name, unsigned major, unsigned minor)
{
	char path[64];
	int target, mount;

	if (!bind) {
		must(mknodat(dev, name, S_IFCHR | 0666, makedev(major, minor)), name);
		return;
	}
	snprintf(path, sizeof path, "/dev/%s", name);
	must(mknodat(dev, name, S_IFREG | 0666, 0), name);
	target = (int)must(in_root(dev, name), name);
	mount = (int)CALL(SYS_open_tree, AT_FDCWD, path, OPEN_TREE_CLONE | O_CLOEXEC);
	attributes(mount, 0, MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC, MS_PRIVATE_FLAG);
	attach(mount, target);
}

static void devices(int root, bool bind)
{
	int dev = (int)must(in_root(root, "/dev"), "/dev");

	device(dev, bind, "null", 1, 3);
	device(dev, bind, "zero", 1, 5);
	device(dev, bind, "full", 1, 7);
	device(dev, bind, "random", 1, 8);
	device(dev, bind, "urandom", 1, 9);
	device(dev, bind, "tty", 5, 0);
	must(symlinkat("/proc/self/fd", dev, "fd"), "fd");
	must(symlinkat("/proc/self/fd/0", dev, "stdin"), "stdin");
	must(symlinkat("/proc/self/fd/1", dev, "stdout"), "stdout");
	must(symlinkat("/proc/self/fd/2", dev, "stderr"), "stderr");
	must(symlinkat("pts/ptmx", dev, "ptmx"), "ptmx");
	close(dev);
}

static void hide(int root)
{
	static const char *const readonly[] = {"/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"};
	static const char *const masked[] = {"/proc/acpi", "/proc/asound", "/proc/kcore", "/proc/keys", "/proc/latency_stats",
					     "/proc/timer_list", "/proc/timer_stats", "/proc/sched_debug", "/sys/firmware",
					     "/proc/scsi"};

	for (size_t i = 0; i < sizeof readonly / sizeof *readonly; i++) {
		int fd = in_root(root, readonly[i]);
		if (fd < 0)
			continue;
		int mount = (int)CALL(SYS_open_tree, fd, "", OPEN_TREE_CLONE | O_CLOEXEC | AT_RECURSIVE | AT_EMPTY_PATH);
		attributes(mount, AT_RECURSIVE, MOUNT_ATTR_RDONLY, MS_PRIVATE_FLAG);
		attach(mount, fd);
	}
	for (size_t i = 0; i < sizeof masked / sizeof *masked; i++) {
		int fd = in_root(root, masked[i]);
		struct stat status;
		int mount;
		if (fd < 0)
			continue;
		must(fstat(fd, &status), masked[i]);
		if (S_ISDIR(status.st_mode)) {
			int context = (int)CALL(SYS_fsopen, "tmpfs", FSOPEN_CLOEXEC);
			CALL(SYS_fsconfig, context, FSCONFIG_CMD_CREATE, NULL, NULL, 0);
			mount = (int)CALL(SYS_fsmount, context, FSMOUNT_CLOEXEC, MOUNT_ATTR_RDONLY);
			close(context);
		} else {
			mount = (int)CALL(SYS_open_tree, AT_FDCWD, "/dev/null", OPEN_TREE_CLONE | O_CLOEXEC);
			attributes(mount, 0, MOUNT_ATTR_RDONLY, MS_PRIVATE_FLAG);
		}
		attach(mount, fd);
	}
}

static void identity(void)
{
	struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
	/* CAP_KILL, CAP_NET_BIND_SERVICE, CAP_AUDIT_WRITE */
	uint32_t kept = 1u << 5 | 1u << 10 | 1u << 29;
	struct __user_cap_data_struct sets[2] = {{kept, kept, 0}, {0, 0, 0}};
	struct rlimit files = {1024, 1024};

	must(setrlimit(RLIMIT_NOFILE, &files), "setrlimit");
	for (int i = 0; i <= 40; i++)
		if (i > 31 || !(kept >> i & 1))
			prctl(PR_CAPBSET_DROP, i, 0, 0, 0);
	CALL(SYS_setgroups, 0, NULL);
	CALL(SYS_setresgid, 0, 0, 0);
	CALL(SYS_setresuid, 0, 0, 0);
	CALL(SYS_capset, &header, sets);
}

static void contain(int tree, int start, bool user, const char *program)
{
	char go;
	struct mount_attr slave = {0, 0, MS_SLAVE_FLAG, 0};
	int root = tree;

	must(read(start, &go, 1), "wait");
	if (user) {
		CALL(SYS_setresgid, 0, 0, 0);
		CALL(SYS_setresuid, 0, 0, 0);
	}
	CALL(SYS_mount_setattr, AT_FDCWD, "/", AT_RECURSIVE, &slave, sizeof slave);
	CALL(SYS_move_mount, root, "", AT_FDCWD, "/", MOVE_MOUNT_F_EMPTY_PATH);
	mount_new(root, "proc", "/proc", 0, NULL);
	mount_new(root, "tmpfs", "/dev", MOUNT_ATTR_NOSUID, "mode", "755", "size", "65536k", NULL);
	mount_new(root, "devpts", "/dev/pts", MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC, "newinstance", NULL, "ptmxmode", "0666", "mode",
		  "0620", "gid", "5", NULL);
	mount_new(root, "tmpfs", "/dev/shm", MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC | MOUNT_ATTR_NODEV, "mode", "1777", "size", "65536k",
		  NULL);
	mount_new(root, "mqueue", "/dev/mqueue", MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC | MOUNT_ATTR_NODEV, NULL);
	mount_new(root, "sysfs", "/sys", MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC | MOUNT_ATTR_NODEV | MOUNT_ATTR_RDONLY, NULL);
	devices(root, user);
	must(sethostname("bench", 5), "sethostname");
	hide(root);
	attributes(root, 0, MOUNT_ATTR_RDONLY, 0);
	must(fchdir(root), "fchdir");
	CALL(SYS_pivot_root, ".", ".");
	CALL(SYS_umount2, ".", 2);
	must(chdir("/"), "chdir");
	identity();
	must(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs");
	CALL(SYS_close_range, 3, ~0u, 0);
	execl(program, program, (char *)NULL);
	must(-1, program);
}

int main(int argc, char **argv)
{
	bool user = argc > 1 && !strcmp(argv[1], "-u");
	struct clone_args clone = {0};
	int start[2], status;
	char path[64];

	if (argc != 3 + user) {
		fputs("usage: floor [-u] ROOTFS PROGRAM\n", stderr);
		return 2;
	}
	argv += user;
	must(pipe2(start, O_CLOEXEC), "pipe");
	int tree = (int)CALL(SYS_open_tree, AT_FDCWD, argv[1], OPEN_TREE_CLONE | O_CLOEXEC | AT_RECURSIVE);
	clone.flags = CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWNS | (user ? CLONE_NEWUSER : 0);
	clone.exit_signal = SIGCHLD;
	pid_t child = (pid_t)CALL(SYS_clone3, &clone, sizeof clone);
	if (child == 0)
		contain(tree, start[0], user, argv[2]);
	if (user) {
		snprintf(path, sizeof path, "/proc/%d/uid_map", child);
		write_file(path, "0 100000 65536\n");
		snprintf(path, sizeof path, "/proc/%d/gid_map", child);
		write_file(path, "0 100000 65536\n");
	}
	must(write(start[1], "g", 1), "go");
	must(waitpid(child, &status, 0), "wait");
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
