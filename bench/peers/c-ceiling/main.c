/*
 * c-ceiling: how fast this machine fans out at all. One epoll loop; every
 * message read in one turn is gathered per room, then each member gets one
 * send of the whole gathering. No storage, no heartbeat, no limits but one.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "handshake.h"

enum { READ_BYTES = 65536, HEAD_BYTES = 2048, LATE_BYTES = 1 << 20, TURN = 256, ROOMS = 4096 };

struct buffer {
  unsigned char *bytes;
  size_t length, capacity;
};

struct member {
  int fd, open;
  struct room *room;
  struct member **place; /* its own entry in the room */
  struct buffer in, late; /* a cut frame; what the kernel did not take */
};

struct room {
  char name[ROOM_CHARS];
  struct member **members;
  size_t count, capacity;
  struct buffer out;
};

static struct room rooms[ROOMS];
static size_t room_count;
static struct room *dirty[ROOMS];
static size_t dirty_count;
static int loop;

static void put(struct buffer *to, const void *bytes, size_t length) {
  if (to->length + length > to->capacity) {
    to->capacity = 2 * (to->length + length);
    to->bytes = realloc(to->bytes, to->capacity);
    if (to->bytes == NULL) exit(1);
  }
  memcpy(to->bytes + to->length, bytes, length);
  to->length += length;
}

static void take(struct buffer *from, size_t length) {
  memmove(from->bytes, from->bytes + length, from->length - length);
  from->length -= length;
  if (from->length == 0) {
    free(from->bytes);
    *from = (struct buffer){0};
  }
}

static struct room *room_called(const char *name) {
  for (size_t i = 0; i < room_count; i++)
    if (strcmp(rooms[i].name, name) == 0) return &rooms[i];
  if (room_count == ROOMS) exit(1);
  strcpy(rooms[room_count].name, name);
  return &rooms[room_count++];
}

static void enter(struct member *who, struct room *room) {
  if (room->count == room->capacity) {
    room->capacity = room->capacity ? 2 * room->capacity : 16;
    room->members = realloc(room->members, room->capacity * sizeof *room->members);
    if (room->members == NULL) exit(1);
    for (size_t i = 0; i < room->count; i++) room->members[i]->place = &room->members[i];
  }
  who->room = room;
  who->place = &room->members[room->count];
  room->members[room->count++] = who;
}

static void release(struct member *who) {
  free(who->in.bytes);
  free(who->late.bytes);
  free(who);
}

/* Out of its room, and its socket closed; whoever holds it then releases it. */
static void leave(struct member *who) {
  if (who->fd < 0) return;
  close(who->fd);
  who->fd = -1;
  if (who->room != NULL) {
    struct member *last = who->room->members[--who->room->count];
    *who->place = last;
    last->place = who->place;
  }
}

static void watch(struct member *who, int operation, unsigned events) {
  struct epoll_event event = {.events = events, .data.ptr = who};
  epoll_ctl(loop, operation, who->fd, &event);
}

static void write_late(struct member *who) {
  ssize_t sent = send(who->fd, who->late.bytes, who->late.length, MSG_NOSIGNAL);
  if (sent < 0) {
    if (errno != EAGAIN) leave(who);
    return;
  }
  take(&who->late, (size_t)sent);
  if (who->late.length == 0) watch(who, EPOLL_CTL_MOD, EPOLLIN);
}

static void deliver(struct room *room) {
  for (size_t i = room->count; i-- > 0;) {
    struct member *to = room->members[i];
    size_t from = 0;
    if (to->late.length == 0) {
      ssize_t sent = send(to->fd, room->out.bytes, room->out.length, MSG_NOSIGNAL);
      if (sent < 0 && errno != EAGAIN) {
        leave(to);
        release(to);
        continue;
      }
      from = sent < 0 ? 0 : (size_t)sent;
      if (from == room->out.length) continue;
      watch(to, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
    }
    put(&to->late, room->out.bytes + from, room->out.length - from);
    if (to->late.length > LATE_BYTES) {
      leave(to);
      release(to);
    }
  }
  room->out.length = 0;
}

static void say(struct room *room, unsigned char *text, size_t length) {
  unsigned char header[4] = {0x81, (unsigned char)length};
  if (length > 125) {
    header[1] = 126;
    header[2] = (unsigned char)(length >> 8);
    header[3] = (unsigned char)length;
  }
  if (room->out.length == 0) dirty[dirty_count++] = room;
  put(&room->out, header, length > 125 ? 4 : 2);
  put(&room->out, text, length);
}

/* Takes one frame from the start of `in`; its length, 0 when it is cut, -1 to hang up. */
static long take_frame(struct member *who, unsigned char *in, size_t available) {
  if (available < 6) return 0;
  size_t length = in[1] & 127, header = 2;
  if (length == 127 || !(in[1] & 128)) return -1;
  if (length == 126) {
    length = (size_t)in[2] << 8 | in[3];
    header = 4;
  }
  if (available < header + 4 + length) return 0;
  unsigned char *mask = in + header, *text = mask + 4;
  for (size_t i = 0; i < length; i++) text[i] ^= mask[i & 3];
  if ((in[0] & 15) == 8) return -1;
  if ((in[0] & 15) == 1) say(who->room, text, length);
  return (long)(header + 4 + length);
}

static void open_up(struct member *who) {
  put(&who->in, "", 1);
  who->in.length--;
  char *request = (char *)who->in.bytes, answer[512], room[ROOM_CHARS];
  char *end = strstr(request, "\r\n\r\n");
  if (end == NULL) {
    if (who->in.length > HEAD_BYTES) leave(who);
    return;
  }
  int length = handshake(request, answer, sizeof answer, room);
  if (length < 0 || send(who->fd, answer, (size_t)length, MSG_NOSIGNAL) != length) {
    leave(who);
    return;
  }
  enter(who, room_called(room));
  who->open = 1;
  take(&who->in, (size_t)(end + 4 - request));
}

static void hear(struct member *who) {
  static unsigned char bytes[READ_BYTES];
  ssize_t got = recv(who->fd, bytes, sizeof bytes, 0);
  if (got <= 0) {
    if (got == 0 || errno != EAGAIN) leave(who);
    return;
  }
  put(&who->in, bytes, (size_t)got);
  if (!who->open) open_up(who);
  size_t at = 0;
  while (who->fd >= 0 && who->open && at < who->in.length) {
    long length = take_frame(who, who->in.bytes + at, who->in.length - at);
    if (length == 0) break;
    if (length < 0) leave(who);
    else at += (size_t)length;
  }
  if (at > 0) take(&who->in, at);
}

static void greet(int door) {
  int fd, on = 1;
  while ((fd = accept4(door, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    struct member *who = calloc(1, sizeof *who);
    if (who == NULL) exit(1);
    who->fd = fd;
    watch(who, EPOLL_CTL_ADD, EPOLLIN);
  }
}

int main(void) {
  struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof here;
  int door = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (bind(door, (struct sockaddr *)&here, size) || listen(door, 4096)) return 1;
  getsockname(door, (struct sockaddr *)&here, &size);
  loop = epoll_create1(0);
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL}, events[TURN];
  epoll_ctl(loop, EPOLL_CTL_ADD, door, &event);
  printf("listening on http://127.0.0.1:%d\n", ntohs(here.sin_port));
  fflush(stdout);
  for (;;) {
    int count = epoll_wait(loop, events, TURN, -1);
    for (int i = 0; i < count; i++) {
      struct member *who = events[i].data.ptr;
      if (who == NULL) {
        greet(door);
        continue;
      }
      if (who->fd >= 0 && events[i].events & EPOLLOUT) write_late(who);
      if (who->fd >= 0 && events[i].events & ~(unsigned)EPOLLOUT) hear(who);
      if (who->fd < 0) release(who);
    }
    for (size_t i = 0; i < dirty_count; i++) deliver(dirty[i]);
    dirty_count = 0;
  }
}
