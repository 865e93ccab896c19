#ifndef HANDSHAKE_H
#define HANDSHAKE_H

#include <stddef.h>

#define ROOM_CHARS 64

/* Answers an upgrade request and reads its room; the answer's length, or -1 when it is none. */
int handshake(const char *request, char *answer, size_t size, char room[ROOM_CHARS]);

#endif
