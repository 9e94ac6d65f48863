#ifndef SYS_X86_64_H
#define SYS_X86_64_H
/* System calls and the process entry on x86_64. */

#define ARCHITECTURE 1

/* calls the launcher makes itself that no program may name */
enum { NR_MMAP = 9, NR_MUNMAP = 11, NR_GETEUID = 107, NR_GETEGID = 108 };

static inline long machine_call(long nr, long a, long b, long c, long d, long e, long f)
{
	register long r10 __asm__("r10") = d;
	register long r8 __asm__("r8") = e;
	register long r9 __asm__("r9") = f;
	long result;

	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "0"(nr), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
			 : "rcx", "r11", "memory");
	return result;
}

#define ENTRY                                \
	__asm__(".globl _start\n"            \
		"_start:\n"                  \
		"	xor %ebp, %ebp\n"    \
		"	mov %rsp, %rdi\n"    \
		"	and $-16, %rsp\n"    \
		"	call launcher_start\n" \
		"	hlt\n")

#endif
