#include "java.h"

#include "sys.h"
#include "text.h"

enum { ARGUMENTS_LIMIT = 512, TEXT_LIMIT = 64 << 10, PATH_LIMIT = 4096 };

/* of the JVM's process before it executes java; the front never touches them, so they cost it nothing */
static char lines[TEXT_LIMIT];
static char text[TEXT_LIMIT];
static char *arguments[ARGUMENTS_LIMIT + 1];

struct clone_args {
	uint64_t flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls;
};

static char *environment[] = {(char *)(uintptr_t)"LC_CTYPE=C.UTF-8", NULL};

/* All of a file as a string, or -errno. */
static long read_file(const char *path)
{
	long fd = sys_open(path, READ_ONLY);
	long size = 0;
	long count;

	if (fd < 0)
		return fd;
	do {
		count = sys3(NR_READ, fd, (long)lines + size, TEXT_LIMIT - size);
		size += count > 0 ? count : 0;
	} while (count > 0 && size < TEXT_LIMIT);
	sys_close((int)fd);
	if (count < 0)
		return count;
	if (size == TEXT_LIMIT)
		return -E_2BIG;
	lines[size] = 0;
	return 0;
}

struct line {
	char *at;
	char *limit;
};

static bool append(struct line *to, const char *from, size_t size)
{
	if (size >= (size_t)(to->limit - to->at))
		return false;
	__builtin_memcpy(to->at, from, size);
	to->at += size;
	return true;
}

/* The line with the directory in place of an @ at its start, and of one before a slash in a path that follows = or : */
static bool expand(struct line *to, const char *from, size_t size, const char *library)
{
	for (size_t i = 0; i < size; i++) {
		bool starts = i > 0 && (from[i - 1] == '=' || from[i - 1] == ':') && i + 1 < size && from[i + 1] == '/';
		bool stands = from[i] == '@' && (i == 0 || starts);

		if (!append(to, stands ? library : from + i, stands ? text_length(library) : 1))
			return false;
	}
	return append(to, "", 1);
}

/* Makes the arguments of the lines that are not empty. */
static long split(const char *library)
{
	struct line to = {text, text + TEXT_LIMIT};
	const char *from = lines;
	int count = 0;

	while (*from) {
		size_t size = 0;

		while (from[size] && from[size] != '\n')
			size++;
		if (size) {
			if (count == ARGUMENTS_LIMIT)
				return -E_2BIG;
			arguments[count++] = to.at;
			if (!expand(&to, from, size, library))
				return -E_2BIG;
		}
		from += size + (from[size] ? 1 : 0);
	}
	return count ? 0 : -E_INVAL;
}

static long execute(const char *path, char **argv)
{
	return sys3(NR_EXECVE, (long)path, (long)argv, (long)environment);
}

/* java as the file has it, else lib/find-java with its name. Returns only where neither can be executed: -errno. */
static long execute_java(const char *library, const char *file)
{
	char finder[PATH_LIMIT] = "";
	char *finder_arguments[3] = {finder, (char *)(uintptr_t)file, NULL};
	long result = read_file(file);

	if (result == 0)
		result = split(library);
	if (result == 0)
		execute(arguments[0], arguments);
	if (!text_append(finder, sizeof finder, library) || !text_append(finder, sizeof finder, "/find-java"))
		return -E_INVAL;
	return execute(finder, finder_arguments);
}

_Noreturn static void be_java(int socket, const char *library, const char *file)
{
	enum { EVERYTHING = 0x7fffffff, NOT_STARTED = 127 };
	char what[PATH_LIMIT] = "cannot start java: ";
	long result;

	sys1(NR_UMASK, 077);
	result = sys3(NR_DUP3, socket, 0, 0);
	if (result == 0)
		result = sys3(NR_CLOSE_RANGE, 3, EVERYTHING, 0);
	if (result == 0)
		result = sys1(NR_CHDIR, (long)library);
	text_append(what, sizeof what, library);
	if (result == 0) {
		result = execute_java(library, file);
		text_append(what, sizeof what, "/find-java");
	}
	text_complain(what, -result);
	sys_exit(NOT_STARTED);
}

static long fork_process(void)
{
	enum { CHILD_ENDED = 17 };
	struct clone_args args = {.exit_signal = CHILD_ENDED};

	return sys3(NR_CLONE3, (long)&args, sizeof args, 0);
}

long java_start(struct conversation *with, const char *library, const char *file)
{
	enum { UNIX = 1, STREAM = 1 };
	int ends[2] = {-1, -1};
	long result = sys_call(NR_SOCKETPAIR, UNIX, STREAM | CLOSE_ON_EXEC, 0, (long)ends, 0, 0);

	if (result < 0)
		return result;
	result = fork_process();
	if (result == 0)
		be_java(ends[1], library, file);
	sys_close(ends[1]);
	with->socket = ends[0];
	with->java = (int)result;
	return result < 0 ? result : 0;
}
