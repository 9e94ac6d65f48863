/* What the compiler calls without being asked. */

#include <stddef.h>

void *memcpy(void *restrict to, const void *restrict from, size_t size);
void *memset(void *to, int value, size_t size);

void *memcpy(void *restrict to, const void *restrict from, size_t size)
{
	unsigned char *at = to;
	const unsigned char *source = from;

	while (size--)
		*at++ = *source++;
	return to;
}

void *memset(void *to, int value, size_t size)
{
	unsigned char *at = to;

	while (size--)
		*at++ = (unsigned char)value;
	return to;
}
