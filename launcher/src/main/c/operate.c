#include "channel.h"
#include "machine.h"
#include "sys.h"
#include "text.h"

/* Where an address lies in the data, or NULL when size bytes there are not all data. */
static unsigned char *place(const struct machine *m, int64_t address, uint64_t size)
{
	uint64_t offset = (uint64_t)address - (uintptr_t)m->data;

	if (offset > m->size.data || size > m->size.data - offset)
		return NULL;
	return m->data + offset;
}

static int64_t sum(int64_t left, int64_t right)
{
	return (int64_t)((uint64_t)left + (uint64_t)right);
}

long operate_load(const struct machine *m, const struct instruction *i, int64_t *value)
{
	unsigned char *at = place(m, sum(value_of(m, i, 0), value_of(m, i, 1)), i->width);
	uint64_t loaded = 0;

	if (!at)
		return -E_FAULT;
	__builtin_memcpy(&loaded, at, i->width);
	*value = (int64_t)loaded;
	return 0;
}

long operate_store(const struct machine *m, const struct instruction *i)
{
	unsigned char *at = place(m, sum(value_of(m, i, 0), value_of(m, i, 1)), i->width);
	int64_t value = value_of(m, i, 2);

	if (!at)
		return -E_FAULT;
	__builtin_memcpy(at, &value, i->width);
	return 0;
}

long operate_format(const struct machine *m, const struct instruction *i)
{
	char digits[DECIMAL_LIMIT];
	uint64_t length = text_decimal(digits, value_of(m, i, 0));
	unsigned char *at = place(m, value_of(m, i, 1), length);

	if (!at || length > (uint64_t)value_of(m, i, 2))
		return -E_FAULT;
	__builtin_memcpy(at, digits, length);
	return (long)length;
}

long operate_send(const struct machine *m, const struct instruction *i)
{
	int64_t value = value_of(m, i, 1);

	if (m->with->socket < 0)
		return 0;
	return channel_send(m->with->socket, FRAME_VALUE, (uint32_t)i->args[0], &value, sizeof value);
}

long operate_send_bytes(const struct machine *m, const struct instruction *i)
{
	uint64_t length = (uint64_t)value_of(m, i, 2);
	unsigned char *at = place(m, value_of(m, i, 1), length);

	if (!at)
		return -E_FAULT;
	if (length > PROGRAM_FRAME_LIMIT)
		return -E_MSGSIZE;
	if (m->with->socket < 0)
		return 0;
	return channel_send(m->with->socket, FRAME_BYTES, (uint32_t)i->args[0], at, (uint32_t)length);
}

/* Until there is something to read; a signal comes first. */
static long wait_for_java(int socket, int signals)
{
	struct pollfd fds[2] = {{socket, POLL_IN, 0}, {signals, POLL_IN, 0}};
	long result;

	do {
		result = sys_poll(fds, 2);
	} while (result == -E_INTR);
	if (result < 0)
		return result;
	return fds[1].revents ? -E_INTR : 0;
}

/* The payload of a DATA frame whose header is still in the socket; the number of bytes. */
static long take_data(struct conversation *with, struct frame *frame, unsigned char *to, uint64_t size)
{
	bool ignored;
	long result = channel_read(with->socket, frame, sizeof *frame);

	if (result < 0)
		return result;
	if (frame->length > size) {
		result = channel_copy(with->socket, frame->length, -1, &ignored);
		return result < 0 ? result : -E_MSGSIZE;
	}
	result = channel_read(with->socket, to, frame->length);
	return result < 0 ? result : (long)frame->length;
}

long operate_receive(const struct machine *m, const struct instruction *i)
{
	struct conversation *with = m->with;
	uint64_t size = (uint64_t)value_of(m, i, 1);
	unsigned char *to = place(m, value_of(m, i, 0), size);
	struct frame frame;
	long result;

	if (with->socket < 0)
		return -E_PIPE;
	if (!to)
		return -E_FAULT;
	do {
		result = wait_for_java(with->socket, (int)value_of(m, i, 2));
		if (result == 0)
			result = channel_peek(with->socket, &frame);
		if (result < 0)
			return result;
		if (frame.type == FRAME_DATA)
			return take_data(with, &frame, to, size);
		if (frame.type != FRAME_STDOUT && frame.type != FRAME_STDERR)
			return -E_CANCELED;
		result = channel_read(with->socket, &frame, sizeof frame);
		if (result == 0)
			result = conversation_output(with, &frame);
	} while (result == 0);
	return result;
}
