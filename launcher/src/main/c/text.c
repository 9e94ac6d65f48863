#include "text.h"

#include "sys.h"

size_t text_length(const char *text)
{
	size_t length = 0;

	while (text[length])
		length++;
	return length;
}

bool text_starts(const char *text, const char *start)
{
	while (*start && *text == *start) {
		text++;
		start++;
	}
	return !*start;
}

bool text_append(char *buffer, size_t size, const char *text)
{
	size_t have = text_length(buffer);
	size_t more = text_length(text);

	if (more >= size - have)
		return false;
	__builtin_memcpy(buffer + have, text, more + 1);
	return true;
}

size_t text_decimal(char *to, int64_t value)
{
	char reversed[DECIMAL_LIMIT];
	uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	size_t digits = 0;
	size_t length = 0;

	do {
		reversed[digits++] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest);
	if (value < 0)
		to[length++] = '-';
	while (digits)
		to[length++] = reversed[--digits];
	return length;
}

int text_number(const char *text)
{
	int number = 0;

	for (; *text >= '0' && *text <= '9'; text++)
		number = number * 10 + (*text - '0');
	return number;
}

const char *text_variable(char **environment, const char *name)
{
	for (; *environment; environment++)
		if (text_starts(*environment, name))
			return *environment + text_length(name);
	return NULL;
}

void text_complain(const char *what, long error)
{
	char line[4096] = "confine: ";
	char number[DECIMAL_LIMIT + 1] = "";

	text_append(line, sizeof line - 40, what);
	if (error) {
		number[text_decimal(number, error)] = 0;
		text_append(line, sizeof line, ": errno ");
		text_append(line, sizeof line, number);
	}
	text_append(line, sizeof line, "\n");
	sys3(NR_WRITE, 2, (long)line, (long)text_length(line));
}
