#include "conversation.h"

#include "channel.h"
#include "machine.h"
#include "sys.h"
#include "text.h"

enum { EXITED_127 = 127 << 8 }; /* a wait status: java could not be started, and that was said already */

/* Its wait status; 0 for one that this process did not start. */
static int end_of_java(const struct conversation *with)
{
	int status = 0;
	long result;

	if (!with->java)
		return 0;
	do {
		result = sys_call(NR_WAIT4, with->java, (long)&status, 0, 0, 0, 0);
	} while (result == -E_INTR);
	return status;
}

_Noreturn void conversation_exit(struct conversation *with, int code)
{
	if (with->child)
		sys_exit(code);
	if (with->socket >= 0)
		sys_close(with->socket);
	end_of_java(with);
	sys_exit(code == 0 && with->unwritten ? 1 : code);
}

long conversation_output(struct conversation *with, const struct frame *frame)
{
	bool ignored;

	if (frame->type == FRAME_STDOUT)
		return channel_copy(with->socket, frame->length, 1, &with->unwritten);
	return channel_copy(with->socket, frame->length, frame->type == FRAME_STDERR ? 2 : -1, &ignored);
}

enum { OVER = 1 };

/* One frame; OVER after AGAIN, below zero when the conversation cannot go on. */
static long obey(struct conversation *with, const struct frame *frame)
{
	if (frame->length > FRAME_LIMIT)
		return -E_PROTO;
	switch (frame->type) {
	case FRAME_PROGRAM:
		return machine_obey(with, frame->length);
	case FRAME_EXIT:
		conversation_exit(with, (int)(frame->tag & 0xff));
	case FRAME_STDOUT:
	case FRAME_STDERR:
	case FRAME_DATA:
	case FRAME_CANCEL:
		return conversation_output(with, frame);
	case FRAME_AGAIN:
		return OVER;
	default:
		return -E_PROTO;
	}
}

bool conversation_hold(struct conversation *with)
{
	struct frame frame;
	long result;
	int status;

	do {
		result = channel_read(with->socket, &frame, sizeof frame);
		if (result == 0)
			result = obey(with, &frame);
	} while (result == 0);
	sys_close(with->socket);
	status = end_of_java(with);
	if (result == OVER)
		return true;
	if (result == -E_PROTO)
		text_complain("java said what it cannot mean; bin/confine and lib are not of the same build", 0);
	else if (status != EXITED_127)
		text_complain(with->java ? "java ended unexpectedly" : "the engine ended unexpectedly", 0);
	return false;
}
