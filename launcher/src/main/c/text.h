#ifndef TEXT_H
#define TEXT_H
/* Strings and numbers as text, as far as a program without libc needs them. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DECIMAL_LIMIT = 20 }; /* digits and sign of an int64_t */

size_t text_length(const char *text);
bool text_starts(const char *text, const char *start);

/* Copies text to the end of what the buffer of this size holds; false, and nothing copied, where it has no room. */
bool text_append(char *buffer, size_t size, const char *text);

/* Writes the decimal without a NUL and returns its length, at most DECIMAL_LIMIT. */
size_t text_decimal(char *to, int64_t value);

/* The number that the digits at its start make; small. */
int text_number(const char *text);

/* The value of the first entry that starts with the name and its =, or NULL. */
const char *text_variable(char **environment, const char *name);

/* "confine: WHAT: errno N" on fd 2, without the number where it is 0. */
void text_complain(const char *what, long error);

#endif
