#ifndef SYS_H
#define SYS_H
/*
 * The kernel, as the launcher itself uses it. Results are raw: -errno on failure. What programs ask of the kernel passes
 * through sys_program_call alone. In the hosted tests both are the harness's.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "opcodes.h"

#if defined(__x86_64__)
#include "sys_x86_64.h"
#elif defined(__aarch64__)
#include "sys_aarch64.h"
#else
#error "no sys_<arch>.h for this machine"
#endif

#ifdef HOSTED
long hosted_call(long nr, long a, long b, long c, long d, long e, long f);
long hosted_program_call(long nr, long a, long b, long c, long d, long e, long f);
void hosted_tick(void);
#define sys_call hosted_call
#define sys_program_call hosted_program_call
#define sys_tick hosted_tick /* before each instruction, so that a test can end a program that never does */
#else
#define sys_call machine_call
#define sys_program_call machine_call
#define sys_tick() ((void)0)
#endif

enum {
	E_NOENT = 2,
	E_INTR = 4,
	E_AGAIN = 11,
	E_NOMEM = 12,
	E_FAULT = 14,
	E_INVAL = 22,
	E_NOSYS = 38,
	E_2BIG = 7,
	E_PIPE = 32,
	E_PROTO = 71,
	E_MSGSIZE = 90,
	E_CONNRESET = 104,
	E_CANCELED = 125,
};

/* the same on every architecture the launcher is built for */
enum { CURRENT_DIRECTORY = -100, READ_ONLY = 0, READ_WRITE = 2, CLOSE_ON_EXEC = 02000000, EMPTY_PATH = 0x1000 };
enum { POLL_IN = 1, POLL_OUT = 4, MESSAGE_PEEK = 2, MESSAGE_NOSIGNAL = 0x4000 };

struct iovec {
	void *base;
	uint64_t length;
};

struct msghdr {
	void *name;
	uint64_t name_length;
	struct iovec *iov;
	uint64_t iov_count;
	void *control;
	uint64_t control_length;
	uint64_t flags;
};

struct pollfd {
	int32_t fd;
	int16_t events;
	int16_t revents;
};

static inline long sys1(long nr, long a)
{
	return sys_call(nr, a, 0, 0, 0, 0, 0);
}

static inline long sys3(long nr, long a, long b, long c)
{
	return sys_call(nr, a, b, c, 0, 0, 0);
}

static inline long sys_open(const char *path, long flags)
{
	return sys3(NR_OPENAT, CURRENT_DIRECTORY, (long)path, flags | CLOSE_ON_EXEC);
}

static inline void sys_close(int fd)
{
	sys1(NR_CLOSE, fd);
}

static inline long sys_poll(struct pollfd *fds, long count)
{
	return sys3(NR_PPOLL, (long)fds, count, 0);
}

/* Zeroed memory of this process alone, or NULL. */
static inline void *sys_map(uint64_t size)
{
	enum { READ_AND_WRITE = 3, PRIVATE_ANONYMOUS = 0x22 };
	long at = sys_call(NR_MMAP, 0, (long)size, READ_AND_WRITE, PRIVATE_ANONYMOUS, -1, 0);

	return at < 0 && at > -4096 ? NULL : (void *)at;
}

static inline void sys_unmap(void *at, uint64_t size)
{
	sys3(NR_MUNMAP, (long)at, (long)size, 0);
}

_Noreturn static inline void sys_exit(int code)
{
	for (;;)
		sys1(NR_EXIT_GROUP, code);
}

#endif
