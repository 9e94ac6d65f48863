#ifndef CHANNEL_H
#define CHANNEL_H
/* Frames on the socket to Java. Everything returns 0 or -errno, and -EPIPE when the other end is gone. */

#include <stdbool.h>
#include <stdint.h>

#include "wire.h"

/* All of size bytes. */
long channel_read(int socket, void *to, uint64_t size);

/* The header of the next frame, which stays in the socket. */
long channel_peek(int socket, struct frame *frame);

/* A frame with this payload; up to PROGRAM_FRAME_LIMIT no other process's frame comes between its parts. */
long channel_send(int socket, uint32_t type, uint32_t tag, const void *payload, uint32_t length);

/* Takes a payload off the socket and writes it to fd, or nowhere when fd is -1. A write that fails makes *unwritten true and is no failure. */
long channel_copy(int socket, uint32_t length, int fd, bool *unwritten);

#endif
