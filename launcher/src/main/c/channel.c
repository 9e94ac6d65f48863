#include "channel.h"

#include "sys.h"

static long lost(long result)
{
	return result == -E_CONNRESET || result == 0 ? -E_PIPE : result;
}

long channel_read(int socket, void *to, uint64_t size)
{
	unsigned char *at = to;

	while (size) {
		long count = sys3(NR_READ, socket, (long)at, (long)size);

		if (count == -E_INTR)
			continue;
		if (count <= 0)
			return lost(count);
		at += count;
		size -= (uint64_t)count;
	}
	return 0;
}

long channel_peek(int socket, struct frame *frame)
{
	long count;

	do {
		count = sys_call(NR_RECVFROM, socket, (long)frame, sizeof *frame, MESSAGE_PEEK, 0, 0);
	} while (count == -E_INTR);
	if (count <= 0)
		return lost(count);
	return count == sizeof *frame ? 0 : -E_PROTO;
}

long channel_send(int socket, uint32_t type, uint32_t tag, const void *payload, uint32_t length)
{
	struct frame frame = {type, tag, length};
	struct iovec iov[2] = {{&frame, sizeof frame}, {(void *)(uintptr_t)payload, length}};
	struct msghdr message = {.iov = iov, .iov_count = 2};

	while (iov[0].length + iov[1].length) {
		long count = sys3(NR_SENDMSG, socket, (long)&message, MESSAGE_NOSIGNAL);

		if (count == -E_INTR)
			continue;
		if (count <= 0)
			return lost(count);
		for (int i = 0; i < 2; i++) {
			uint64_t sent = (uint64_t)count < iov[i].length ? (uint64_t)count : iov[i].length;

			if (!sent)
				continue;
			iov[i].base = (char *)iov[i].base + sent;
			iov[i].length -= sent;
			count -= (long)sent;
		}
	}
	return 0;
}

static bool write_all(int fd, const char *from, uint64_t size)
{
	while (size) {
		long count = sys3(NR_WRITE, fd, (long)from, (long)size);

		if (count == -E_AGAIN) {
			struct pollfd ready = {fd, POLL_OUT, 0};

			sys_poll(&ready, 1);
			continue;
		}
		if (count == -E_INTR)
			continue;
		if (count <= 0)
			return false;
		from += count;
		size -= (uint64_t)count;
	}
	return true;
}

long channel_copy(int socket, uint32_t length, int fd, bool *unwritten)
{
	char part[4096];
	bool writes = fd >= 0;

	while (length) {
		uint32_t size = length < sizeof part ? length : (uint32_t)sizeof part;
		long result = channel_read(socket, part, size);

		if (result < 0)
			return result;
		if (writes && !write_all(fd, part, size)) {
			*unwritten = true;
			writes = false;
		}
		length -= size;
	}
	return 0;
}
