// test_inflate.c - DEFLATE against what CPython's zlib compressed (inflate_oracle.py), in pieces of every size, and damaged.
// SPDX-License-Identifier: MIT
#include "base/inflate.h"

#include <stdlib.h>
#include <string.h>

#include "base/crc32.h"
#include "text_check.h"

typedef struct {
    const char *name;
    size_t size; // of the text
    uint32_t crc;
    size_t len; // of data
    const uint8_t *data;
} Row;

typedef struct {
    const char *hex;
    char said;
    uint32_t crc;
} Verdict;

#include "inflate_expected.h"

enum { ROOM = 400000 };
static uint8_t out[ROOM];

// Decompresses with input and output handed over in pieces.
static KrInflateResult run(const uint8_t *data, size_t len, size_t in_piece, size_t out_piece, size_t *size) {
    static KrInflate z;
    KrInflateIo io = { data, data, out, 0, 0 };
    KrInflateResult r = KR_INFLATE_INPUT;
    kr_inflate_begin(&z);
    while (r == KR_INFLATE_INPUT || r == KR_INFLATE_FULL) {
        size_t left = (size_t)(data + len - io.in), n = left < in_piece ? left : in_piece;
        if (r == KR_INFLATE_INPUT && !left && io.in_end == data + len && in_piece) {
            r = kr_inflate(&z, &io);
            if (r == KR_INFLATE_INPUT) break;
            continue;
        }
        if (r == KR_INFLATE_INPUT) io.in_end = io.in + n;
        if (r == KR_INFLATE_FULL || !io.out_room) io.out_room = io.out_len + out_piece < ROOM ? io.out_len + out_piece : ROOM;
        if (io.out_len == ROOM) break;
        r = kr_inflate(&z, &io);
    }
    *size = io.out_len;
    if (r == KR_INFLATE_END) CHECK(io.in <= data + len && io.in_end >= io.in);
    return r;
}

static void whole_and_in_pieces(const Row *row) {
    static const size_t piece[] = { SIZE_MAX / 4, 1, 2, 3, 7, 64, 4096 };
    for (size_t i = 0; i < sizeof piece / sizeof *piece; i++)
        for (size_t j = 0; j < sizeof piece / sizeof *piece; j++) {
            size_t size;
            CHECK(run(row->data, row->len, piece[i], piece[j], &size) == KR_INFLATE_END);
            CHECK(size == row->size);
            CHECK(kr_crc32(0, out, size) == row->crc);
        }
}

// The end of the stream is known exactly: what follows is not touched.
static void followed(const Row *row) {
    static KrInflate z;
    uint8_t *data = malloc(row->len + 5);
    memcpy(data, row->data, row->len);
    memset(data + row->len, 0xAA, 5);
    KrInflateIo io = { data, data + row->len + 5, out, 0, ROOM };
    kr_inflate_begin(&z);
    CHECK(kr_inflate(&z, &io) == KR_INFLATE_END);
    CHECK(io.in == data + row->len);
    free(data);
}

// Cut off anywhere it asks for more; with bits turned over it ends, in its room.
static void damaged(const Row *row) {
    size_t size, step = row->len / 300 + 1;
    for (size_t n = 0; n < row->len; n += step) CHECK(run(row->data, n, SIZE_MAX / 4, SIZE_MAX / 4, &size) == KR_INFLATE_INPUT);
    uint8_t *data = malloc(row->len + 1);
    for (size_t n = 0; n < row->len; n += step) {
        memcpy(data, row->data, row->len);
        data[n] ^= (uint8_t)(1u << (n % 8));
        KrInflateResult r = run(data, row->len, SIZE_MAX / 4, ROOM, &size);
        CHECK(size <= ROOM && r <= KR_INFLATE_DISTANCE);
    }
    free(data);
}

// Small streams, damaged by the oracle, and what zlib said of them: 'e' an error, 'i' incomplete, 'c' complete.
static void judged(const Verdict *v) {
    uint8_t data[512];
    size_t n = 0, size;
    for (; v->hex[n * 2]; n++) {
        char digits[3] = { v->hex[n * 2], v->hex[n * 2 + 1], 0 };
        data[n] = (uint8_t)strtoul(digits, NULL, 16);
    }
    KrInflateResult r = run(data, n, SIZE_MAX / 4, ROOM, &size);
    char said = r == KR_INFLATE_END ? 'c' : r == KR_INFLATE_INPUT ? 'i' : 'e';
    CHECK(said == v->said);
    if (said != v->said) printf("%s: %c, zlib %c\n", v->hex, said, v->said);
    if (said == 'c') CHECK(kr_crc32(0, out, size) == v->crc);
}

int main(void) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        whole_and_in_pieces(&rows[i]);
        followed(&rows[i]);
        damaged(&rows[i]);
    }
    for (size_t i = 0; i < sizeof verdicts / sizeof *verdicts; i++) judged(&verdicts[i]);
    CHECK(kr_adler32(1, "Wikipedia", 9) == 0x11E60398);
    CHECK(kr_adler32(1, "", 0) == 1);
    return check_result("inflate");
}
