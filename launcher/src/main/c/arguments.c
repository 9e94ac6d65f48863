#include "arguments.h"

#include "sys.h"
#include "text.h"

enum { ARGUMENTS_LIMIT = 512, TEXT_LIMIT = 64 << 10 };

/* of the JVM's process before it executes java; the front never touches them, so they cost it nothing */
static char lines[TEXT_LIMIT];
static char text[TEXT_LIMIT];
static char *arguments[ARGUMENTS_LIMIT + 1];

struct statx_time {
	int64_t seconds;
	uint32_t nanoseconds;
	int32_t reserved;
};

struct statx {
	uint32_t mask, block_size;
	uint64_t attributes;
	uint32_t links, uid, gid;
	uint16_t mode, spare;
	uint64_t inode, size, blocks, attributes_mask;
	struct statx_time accessed, born, changed, modified;
	uint64_t rest[16];
};
_Static_assert(sizeof(struct statx) == 256, "what the kernel writes");

static long status(long directory, const char *path, struct statx *to)
{
	enum { BASIC = 0x7ff };

	return sys_call(NR_STATX, directory, (long)path, *path ? 0 : EMPTY_PATH, BASIC, (long)to, 0);
}

/* Whether nobody but the caller has written it, as far as its mode says. */
static bool is_own(long fd)
{
	enum { TYPE = 0170000, REGULAR = 0100000, OTHERS_WRITE = 022 };
	struct statx file = {0};

	return status(fd, "", &file) == 0 && file.uid == (uint32_t)sys1(NR_GETEUID, 0) &&
	       (file.mode & (TYPE | OTHERS_WRITE)) == REGULAR;
}

/* All of a file as a string, or -errno. */
static long read_file(const char *path, bool own)
{
	long fd = sys_open(path, READ_ONLY);
	long size = 0;
	long count;

	if (fd < 0)
		return fd;
	if (own && !is_own(fd)) {
		sys_close((int)fd);
		return -E_INVAL;
	}
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

static const char *behind_space(const char *at)
{
	while (*at && *at != ' ')
		at++;
	return *at ? at + 1 : at;
}

/* Whether a file still is what a condition says: its size, the second in which it was changed, its name. */
static bool holds(const char *condition)
{
	char now[2 * DECIMAL_LIMIT + 3];
	struct statx file = {0};
	size_t length;

	if (status(CURRENT_DIRECTORY, behind_space(behind_space(condition)), &file) < 0)
		return false;
	length = text_decimal(now, (int64_t)file.size);
	now[length++] = ' ';
	length += text_decimal(now + length, file.modified.seconds);
	now[length++] = ' ';
	now[length] = 0;
	return text_starts(condition, now);
}

/* Makes the arguments of the lines that are not empty; a line that begins with # is a condition, and they are none where it does not hold. */
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
			if (*from == '#') {
				if (!holds(arguments[--count] + 1))
					return -E_INVAL;
				to.at = arguments[count];
			}
		}
		from += size + (from[size] ? 1 : 0);
	}
	arguments[count] = NULL;
	return count ? 0 : -E_INVAL;
}

char **arguments_read(const char *file, const char *library, bool own)
{
	return read_file(file, own) == 0 && split(library) == 0 ? arguments : NULL;
}
