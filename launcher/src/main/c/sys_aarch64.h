#ifndef SYS_AARCH64_H
#define SYS_AARCH64_H
/* System calls and the process entry on aarch64. */

#define ARCHITECTURE 2

/* calls the launcher makes itself that no program may name */
enum { NR_MMAP = 222, NR_MUNMAP = 215, NR_GETEUID = 175, NR_GETEGID = 177 };

static inline long machine_call(long nr, long a, long b, long c, long d, long e, long f)
{
	register long x8 __asm__("x8") = nr;
	register long x0 __asm__("x0") = a;
	register long x1 __asm__("x1") = b;
	register long x2 __asm__("x2") = c;
	register long x3 __asm__("x3") = d;
	register long x4 __asm__("x4") = e;
	register long x5 __asm__("x5") = f;

	__asm__ volatile("svc #0"
			 : "+r"(x0)
			 : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5)
			 : "memory", "cc");
	return x0;
}

#define ENTRY                                \
	__asm__(".globl _start\n"            \
		"_start:\n"                  \
		"	mov x29, #0\n"       \
		"	mov x30, #0\n"       \
		"	mov x0, sp\n"        \
		"	and sp, x0, #-16\n"  \
		"	bl launcher_start\n" \
		"	brk #0\n")

#endif
