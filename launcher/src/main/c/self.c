#include "self.h"

#include "hello.h"
#include "sys.h"
#include "text.h"

#define SELF "/proc/self/exe"

enum { PATH_LIMIT = 4096 };
enum { GET_SEALS = 1034, ADD_SEALS = 1033 };
enum { SEAL_SEAL = 1, SEAL_SHRINK = 2, SEAL_GROW = 4, SEAL_WRITE = 8, SEALS = SEAL_SEAL | SEAL_SHRINK | SEAL_GROW | SEAL_WRITE };

_Noreturn void self_refuse(const char *what, long error)
{
	text_complain(what, error < 0 ? -error : error);
	sys_exit(1);
}

static bool is_sealed(int file)
{
	long seals = sys3(NR_FCNTL, file, GET_SEALS, 0);

	return seals >= 0 && (seals & SEALS) == SEALS;
}

/* Cuts the last component of an absolute path off. */
static void to_parent(char *path)
{
	size_t end = text_length(path);

	while (end > 1 && path[end - 1] != '/')
		end--;
	path[end > 1 ? end - 1 : end] = 0;
}

static bool has(const char *directory, const char *name)
{
	char path[PATH_LIMIT] = "";

	return text_append(path, sizeof path, directory) && text_append(path, sizeof path, name) &&
	       sys_call(NR_FACCESSAT2, CURRENT_DIRECTORY, (long)path, 0, 0, 0, 0) == 0;
}

/* Whether it knows a JVM, or how to find one. */
static bool has_java(const char *directory)
{
	return has(directory, "/java.args") || has(directory, "/find-java");
}

/*
 * The environment's entry for the copy: lib/confine beside the bin we were started from, when it is there, as it is installed under
 * /usr/local, else lib, as it is in the distribution.
 */
static void find_library(char *entry, size_t size)
{
	char *path = entry + sizeof LIBRARY_VARIABLE - 1;
	size_t room = size - sizeof LIBRARY_VARIABLE;
	size_t lib;
	long length;

	__builtin_memcpy(entry, LIBRARY_VARIABLE, sizeof LIBRARY_VARIABLE);
	length = sys_call(NR_READLINKAT, CURRENT_DIRECTORY, (long)SELF, (long)path, (long)room, 0, 0);
	if (length < 0 || (size_t)length == room)
		self_refuse("cannot read the link " SELF, length < 0 ? length : 0);
	path[length] = 0;
	to_parent(path);
	to_parent(path);
	if (!path[1])
		path[0] = 0;
	if (!text_append(path, room, "/lib"))
		self_refuse("it lies too deep in the file system", 0);
	lib = text_length(path);
	if (!text_append(path, room, "/confine") || !has_java(path))
		path[lib] = 0;
}

/* Entries of our own that somebody else made mean nothing. */
static bool is_ours(const char *entry)
{
	return text_starts(entry, LIBRARY_VARIABLE) || text_starts(entry, ENGINE_VARIABLE);
}

/* Never freed, because exec follows. */
char **self_environment(char **envp)
{
	enum { ENTRY_LIMIT = sizeof LIBRARY_VARIABLE + PATH_LIMIT };
	size_t count = 0;
	size_t kept = 1;
	char **copy;

	while (envp[count])
		count++;
	copy = sys_map((count + 3) * sizeof *copy + ENTRY_LIMIT);
	if (!copy)
		self_refuse("cannot copy the environment", E_NOMEM);
	copy[0] = (char *)(copy + count + 3);
	find_library(copy[0], ENTRY_LIMIT);
	for (size_t i = 0; i < count; i++)
		if (!is_ours(envp[i]))
			copy[kept++] = envp[i];
	return copy;
}

static int memory_file(void)
{
	enum { CLOEXEC = 1, ALLOW_SEALING = 2, EXECUTABLE = 0x10 };
	long file = sys3(NR_MEMFD_CREATE, (long)"confine", CLOEXEC | ALLOW_SEALING | EXECUTABLE, 0);

	if (file == -E_INVAL) /* Linux < 6.3 has no such flag, and needs none */
		file = sys3(NR_MEMFD_CREATE, (long)"confine", CLOEXEC | ALLOW_SEALING, 0);
	if (file < 0)
		self_refuse("cannot make an executable file in memory (see sysctl vm.memfd_noexec)", file);
	return (int)file;
}

static void fill(int copy, int original)
{
	enum { PIECE = 1 << 20 };
	long count;

	do {
		count = sys_call(NR_SENDFILE, copy, original, 0, PIECE, 0, 0);
	} while (count > 0 || count == -E_INTR);
	if (count == 0)
		count = sys3(NR_FCNTL, copy, ADD_SEALS, SEALS);
	if (count < 0)
		self_refuse("cannot copy itself to memory", count);
}

bool self_is_sealed(void)
{
	long self = sys_open(SELF, READ_ONLY);
	bool sealed;

	if (self < 0)
		self_refuse("cannot open " SELF, self);
	sealed = is_sealed((int)self);
	sys_close((int)self);
	return sealed;
}

_Noreturn void self_seal(char **argv, char **envp)
{
	long original = sys_open(SELF, READ_ONLY);
	long result;
	int copy;

	if (original < 0)
		self_refuse("cannot open " SELF, original);
	copy = memory_file();
	fill(copy, (int)original);
	result = sys_call(NR_EXECVEAT, copy, (long)"", (long)argv, (long)envp, EMPTY_PATH, 0);
	self_refuse("cannot execute its copy in memory", result);
}
