#include "handshake.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

static uint32_t rotl(uint32_t value, int bits) { return (value << bits) | (value >> (32 - bits)); }

/* SHA-1 of a text that fits, with its padding, in two blocks. */
static void sha1(const char *text, size_t length, uint8_t digest[20]) {
  uint8_t block[128] = {0};
  memcpy(block, text, length);
  block[length] = 0x80;
  size_t blocks = length + 9 > 64 ? 2 : 1;
  uint64_t bits = (uint64_t)length * 8;
  for (int i = 0; i < 8; i++) block[blocks * 64 - 1 - i] = (uint8_t)(bits >> (8 * i));

  uint32_t h[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
  for (size_t b = 0; b < blocks; b++) {
    uint32_t w[80];
    for (int i = 0; i < 16; i++) {
      const uint8_t *p = block + b * 64 + i * 4;
      w[i] = (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
    }
    for (int i = 16; i < 80; i++) w[i] = rotl(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    uint32_t a = h[0], c1 = h[1], c2 = h[2], c3 = h[3], c4 = h[4];
    for (int i = 0; i < 80; i++) {
      uint32_t f, k;
      if (i < 20) f = (c1 & c2) | (~c1 & c3), k = 0x5a827999;
      else if (i < 40) f = c1 ^ c2 ^ c3, k = 0x6ed9eba1;
      else if (i < 60) f = (c1 & c2) | (c1 & c3) | (c2 & c3), k = 0x8f1bbcdc;
      else f = c1 ^ c2 ^ c3, k = 0xca62c1d6;
      uint32_t next = rotl(a, 5) + f + c4 + k + w[i];
      c4 = c3, c3 = c2, c2 = rotl(c1, 30), c1 = a, a = next;
    }
    h[0] += a, h[1] += c1, h[2] += c2, h[3] += c3, h[4] += c4;
  }
  for (int i = 0; i < 20; i++) digest[i] = (uint8_t)(h[i / 4] >> (24 - 8 * (i % 4)));
}

static void base64(const uint8_t *bytes, size_t length, char *out) {
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (size_t i = 0; i < length; i += 3) {
    uint32_t three = (uint32_t)bytes[i] << 16;
    if (i + 1 < length) three |= (uint32_t)bytes[i + 1] << 8;
    if (i + 2 < length) three |= bytes[i + 2];
    *out++ = digits[three >> 18];
    *out++ = digits[three >> 12 & 63];
    *out++ = i + 1 < length ? digits[three >> 6 & 63] : '=';
    *out++ = i + 2 < length ? digits[three & 63] : '=';
  }
  *out = 0;
}

int handshake(const char *request, char *answer, size_t size, char room[ROOM_CHARS]) {
  const char *key = strstr(request, "Sec-WebSocket-Key: ");
  if (key == NULL || sscanf(request, "GET /?room=%63[a-z0-9.-]", room) != 1) return -1;
  char salted[128];
  int length = snprintf(salted, sizeof salted, "%.24s258EAFA5-E914-47DA-95CA-C5AB0DC85B11", key + 19);
  uint8_t digest[20];
  sha1(salted, (size_t)length, digest);
  char accept[32];
  base64(digest, sizeof digest, accept);
  return snprintf(answer, size,
                  "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                  "Sec-WebSocket-Accept: %s\r\n\r\n\x81\x07welcome",
                  accept);
}
