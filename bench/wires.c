/*
 * Many sockets read with one turn of the event loop: an addon for Node that does for the generator
 * what libuv's streams do, without a call into JavaScript for each read. What was read from up to
 * `MOST_ROWS` sockets is handed over at once, as rows of [id, length, offset]; a length of 0 says that
 * the wire is closed, one below 0 is the error it broke with. That is the last row of a wire, and there
 * is always one, but for a wire that was cut.
 */
#define _GNU_SOURCE
#define NAPI_VERSION 9
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <node_api.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <uv.h>

enum { READ_BYTES = 65536, MOST_ROWS = 512, COLUMNS = 3, GONE = -1 };

typedef struct {
  int fd;
  /* What writing has found wrong with it, or 0: the kernel tells it once. */
  int error;
  bool is_paused;
  /* All is said: what still comes is of no interest. */
  bool is_ended;
  /* What the kernel did not take at once, and how much of it it has taken since. */
  char *waiting;
  size_t length, written;
} Wire;

static Wire *wires;
static uint32_t count, capacity, living;
static int poll_fd;
static uv_poll_t poll_handle;

static napi_env env;
static napi_async_context context;
static napi_ref take_ref, bytes_ref, table_ref;
static char *bytes;
static size_t size, used;
static int32_t *table;
static int32_t rows;

static void must(bool holds, const char *what) {
  if (!holds) napi_fatal_error(what, NAPI_AUTO_LENGTH, "it failed", NAPI_AUTO_LENGTH);
}

static void add_row(uint32_t id, int32_t length) {
  int32_t *row = table + COLUMNS * rows++;
  row[0] = (int32_t)id;
  row[1] = length;
  row[2] = (int32_t)used;
}

static void drop(Wire *wire) {
  if (wire->fd == GONE) return;
  close(wire->fd);
  free(wire->waiting);
  *wire = (Wire){.fd = GONE};
  if (--living == 0) uv_unref((uv_handle_t *)&poll_handle);
}

/*
 * Asks to be told of news that are of use now: only of news, as to ask each time about what was read
 * already costs as much as a tenth of the reading. What is there when it asks is news.
 */
static void watch(uint32_t id) {
  Wire *wire = &wires[id];
  uint32_t events = (wire->is_paused ? 0 : EPOLLIN | EPOLLRDHUP) | (wire->length > 0 ? EPOLLOUT : 0);
  struct epoll_event event = {.events = events | EPOLLET, .data.u32 = id};
  if (epoll_ctl(poll_fd, EPOLL_CTL_MOD, wire->fd, &event) != 0) {
    must(epoll_ctl(poll_fd, EPOLL_CTL_ADD, wire->fd, &event) == 0, "epoll_ctl");
  }
}

/* How much the kernel took: all of it where the socket is broken, which is told when it is read. */
static size_t put(Wire *wire, const char *from, size_t length) {
  ssize_t taken = send(wire->fd, from, length, MSG_NOSIGNAL | MSG_DONTWAIT);
  if (taken >= 0) return (size_t)taken;
  if (errno == EAGAIN) return 0;
  wire->error = errno;
  return length;
}

static void hand_over(void) {
  if (rows == 0) return;
  napi_value take, receiver, argument;
  must(napi_get_reference_value(env, take_ref, &take) == napi_ok, "take");
  must(napi_get_global(env, &receiver) == napi_ok, "global");
  must(napi_create_int32(env, rows, &argument) == napi_ok, "rows");
  rows = 0;
  used = 0;
  napi_status status = napi_make_callback(env, context, receiver, take, 1, &argument, NULL);
  if (status == napi_pending_exception) {
    napi_value error;
    must(napi_get_and_clear_last_exception(env, &error) == napi_ok, "exception");
    napi_fatal_exception(env, error);
  }
}

static void close_told(uint32_t id, int error) {
  if (rows == MOST_ROWS) hand_over();
  if (wires[id].fd == GONE) return;
  add_row(id, -error);
  drop(&wires[id]);
}

static void write_on(uint32_t id) {
  Wire *wire = &wires[id];
  size_t taken = put(wire, wire->waiting + wire->written, wire->length - wire->written);
  wire->written += taken;
  if (wire->written < wire->length) return;
  wire->written = wire->length = 0;
  if (wire->is_ended) close_told(id, wire->error);
  else watch(id);
}

/* Less than was asked for is all there was; but where a hang-up is among the news it comes after that. */
static void read_on(uint32_t id, bool is_hung_up) {
  ssize_t length;
  do {
    if (size - used < READ_BYTES || rows == MOST_ROWS) hand_over();
    Wire *wire = &wires[id];
    if (wire->fd == GONE || wire->is_paused) return;
    length = recv(wire->fd, bytes + used, READ_BYTES, MSG_DONTWAIT);
    if (length == 0 || (length < 0 && errno != EAGAIN)) {
      close_told(id, length == 0 ? wire->error : errno);
    } else if (length > 0 && !wire->is_ended) {
      add_row(id, (int32_t)length);
      used += (size_t)length;
    }
  } while (length == READ_BYTES || (length > 0 && is_hung_up));
}

static void on_ready(uv_poll_t *handle, int status, int events) {
  (void)handle, (void)status, (void)events;
  struct epoll_event ready[MOST_ROWS];
  int found = epoll_wait(poll_fd, ready, MOST_ROWS, 0);
  napi_handle_scope scope;
  must(napi_open_handle_scope(env, &scope) == napi_ok, "scope");
  for (int i = 0; i < found; i++) {
    uint32_t id = ready[i].data.u32;
    if (wires[id].fd != GONE && (ready[i].events & EPOLLOUT)) write_on(id);
    if (wires[id].fd != GONE && (ready[i].events & ~(uint32_t)EPOLLOUT)) {
      read_on(id, (ready[i].events & ~(uint32_t)(EPOLLIN | EPOLLOUT)) != 0);
    }
  }
  hand_over();
  must(napi_close_handle_scope(env, scope) == napi_ok, "scope");
}

static void arguments(napi_env of, napi_callback_info info, size_t wanted, napi_value *into) {
  size_t given = wanted;
  must(napi_get_cb_info(of, info, &given, into, NULL, NULL) == napi_ok, "arguments");
  must(given == wanted, "the number of arguments");
}

/* The wire that is meant, or nothing when it is closed. */
static Wire *wire_of(napi_env of, napi_value number, uint32_t *id) {
  must(napi_get_value_uint32(of, number, id) == napi_ok && *id < count, "the number of a wire");
  return wires[*id].fd == GONE ? NULL : &wires[*id];
}

/* start(bytes: Buffer, table: Int32Array, take: (rows: number) => void) */
static napi_value start(napi_env of, napi_callback_info info) {
  napi_value given[3], name;
  size_t cells;
  napi_typedarray_type type;
  arguments(of, info, 3, given);
  must(take_ref == NULL, "to start twice");
  env = of;
  must(napi_get_buffer_info(of, given[0], (void **)&bytes, &size) == napi_ok, "bytes");
  must(napi_get_typedarray_info(of, given[1], &type, &cells, (void **)&table, NULL, NULL) == napi_ok, "table");
  must(size >= READ_BYTES && cells >= COLUMNS * MOST_ROWS && type == napi_int32_array, "room");
  must(napi_create_reference(of, given[0], 1, &bytes_ref) == napi_ok, "bytes");
  must(napi_create_reference(of, given[1], 1, &table_ref) == napi_ok, "table");
  must(napi_create_reference(of, given[2], 1, &take_ref) == napi_ok, "take");
  must(napi_create_string_utf8(of, "wires", NAPI_AUTO_LENGTH, &name) == napi_ok, "name");
  must(napi_async_init(of, NULL, name, &context) == napi_ok, "context");
  uv_loop_t *loop;
  must(napi_get_uv_event_loop(of, &loop) == napi_ok, "loop");
  poll_fd = epoll_create1(EPOLL_CLOEXEC);
  must(poll_fd >= 0 && uv_poll_init(loop, &poll_handle, poll_fd) == 0, "epoll");
  must(uv_poll_start(&poll_handle, UV_READABLE, on_ready) == 0, "poll");
  uv_unref((uv_handle_t *)&poll_handle);
  return NULL;
}

/* open(host: string, port: number): the number of the wire, or the error below 0. IPv4 alone. */
static napi_value open_wire(napi_env of, napi_callback_info info) {
  napi_value given[2], answer;
  char host[64];
  uint32_t port;
  arguments(of, info, 2, given);
  must(napi_get_value_string_utf8(of, given[0], host, sizeof host, NULL) == napi_ok, "host");
  must(napi_get_value_uint32(of, given[1], &port) == napi_ok, "port");
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  int fd = -1, yes = 1, result = -EINVAL;
  if (inet_pton(AF_INET, host, &address.sin_addr) == 1) {
    fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0 || (connect(fd, (struct sockaddr *)&address, sizeof address) != 0 && errno != EINPROGRESS)) {
      result = -errno;
      if (fd >= 0) close(fd);
    } else {
      setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
      if (count == capacity) {
        capacity = capacity == 0 ? 1024 : 2 * capacity;
        wires = realloc(wires, capacity * sizeof *wires);
        must(wires != NULL, "memory");
      }
      result = (int)count++;
      wires[result] = (Wire){.fd = fd};
      watch((uint32_t)result);
      if (living++ == 0) uv_ref((uv_handle_t *)&poll_handle);
    }
  }
  must(napi_create_int32(of, result, &answer) == napi_ok, "answer");
  return answer;
}

/* write(id: number, bytes: Buffer) */
static napi_value write_wire(napi_env of, napi_callback_info info) {
  napi_value given[2];
  uint32_t id;
  char *from;
  size_t length;
  arguments(of, info, 2, given);
  must(napi_get_buffer_info(of, given[1], (void **)&from, &length) == napi_ok, "bytes");
  Wire *wire = wire_of(of, given[0], &id);
  if (wire == NULL || wire->is_ended) return NULL;
  size_t taken = wire->length == 0 ? put(wire, from, length) : 0;
  if (taken == length) return NULL;
  wire->waiting = realloc(wire->waiting, wire->length + length - taken);
  must(wire->waiting != NULL, "memory");
  memcpy(wire->waiting + wire->length, from + taken, length - taken);
  wire->length += length - taken;
  watch(id);
  return NULL;
}

/* read(id: number, on: boolean) */
static napi_value read_wire(napi_env of, napi_callback_info info) {
  napi_value given[2];
  uint32_t id;
  bool is_on;
  arguments(of, info, 2, given);
  must(napi_get_value_bool(of, given[1], &is_on) == napi_ok, "on");
  Wire *wire = wire_of(of, given[0], &id);
  if (wire == NULL || wire->is_ended) return NULL;
  wire->is_paused = !is_on;
  watch(id);
  return NULL;
}

/* end(id: number): closes as soon as all that was written is out; answers whether that is now, without a row */
static napi_value end_wire(napi_env of, napi_callback_info info) {
  napi_value given[1];
  uint32_t id;
  arguments(of, info, 1, given);
  Wire *wire = wire_of(of, given[0], &id);
  bool is_now = wire != NULL && wire->length == 0;
  if (is_now) {
    drop(wire);
  } else if (wire != NULL) {
    wire->is_ended = true;
    wire->is_paused = false;
    watch(id);
  }
  napi_value answer;
  must(napi_get_boolean(of, is_now, &answer) == napi_ok, "answer");
  return answer;
}

/* cut(id: number): closes at once */
static napi_value cut_wire(napi_env of, napi_callback_info info) {
  napi_value given[1];
  uint32_t id;
  arguments(of, info, 1, given);
  Wire *wire = wire_of(of, given[0], &id);
  if (wire != NULL) drop(wire);
  return NULL;
}

NAPI_MODULE_INIT() {
  const struct {
    const char *name;
    napi_callback call;
  } functions[] = {{"start", start},     {"open", open_wire}, {"write", write_wire},
                   {"read", read_wire}, {"end", end_wire},   {"cut", cut_wire}};
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
    napi_value function;
    must(napi_create_function(env, functions[i].name, NAPI_AUTO_LENGTH, functions[i].call, NULL, &function) == napi_ok,
         "function");
    must(napi_set_named_property(env, exports, functions[i].name, function) == napi_ok, "exports");
  }
  return exports;
}
