// binascii_base64.c - base64 (RFC 4648, section 4) of module binascii.
// SPDX-License-Identifier: MIT
#include "binascii_part.h"

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

enum { NONE = 64, PIECE = 12288 }; // PIECE: bytes of data between two polls, a multiple of 3

#define N16 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64
static const uint8_t value_of[256] = {
    N16, N16, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 62, 64, 64, 64, 63,  52,  53,  54,  55,  56,  57,  58,  59, 60,
    61,  64,  64, 64, 64, 64, 64, 64, 0,  1,  2,  3,  4,  5,  6,  7,  8,  9,   10,  11,  12,  13,  14,  15,  16,  17, 18,
    19,  20,  21, 22, 23, 24, 25, 64, 64, 64, 64, 64, 64, 26, 27, 28, 29, 30,  31,  32,  33,  34,  35,  36,  37,  38, 39,
    40,  41,  42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 64, 64, 64, 64, 64, N16, N16, N16, N16, N16, N16, N16, N16,
};

// ---- Encoding --------------------------------------------------------------------------------------------------------------------

static char *encode(const uint8_t *p, size_t len, char *to) {
    for (; len >= 3; p += 3, len -= 3) {
        unsigned bits = (unsigned)p[0] << 16 | (unsigned)p[1] << 8 | p[2];
        *to++ = letters[bits >> 18];
        *to++ = letters[bits >> 12 & 63];
        *to++ = letters[bits >> 6 & 63];
        *to++ = letters[bits & 63];
    }
    if (len == 0) return to;
    unsigned bits = (unsigned)p[0] << 16 | (len == 2 ? (unsigned)p[1] << 8 : 0);
    *to++ = letters[bits >> 18];
    *to++ = letters[bits >> 12 & 63];
    *to++ = len == 2 ? letters[bits >> 6 & 63] : '=';
    *to++ = '=';
    return to;
}

KR_BINASCII(b2a_base64) {
    KrBuffer b;
    bool newline;
    (void)self;
    if (!kr_get_buffer(vm, arg[0], &b, KR_BUFFER_READ)) return KR_ERROR;
    bool ok = kr_truth(vm, arg[1], &newline);
    KrValue bytes = !ok ? KR_ERROR : b.len > PTRDIFF_MAX / 2 ? kr_raise_memory(vm) : kr_bytes(vm, NULL, (b.len + 2) / 3 * 4 + newline);
    char *to = kr_is_error(bytes) ? NULL : (char *)kr_bytes_data(bytes, NULL);
    for (size_t at = 0, n; to && at < b.len; at += n) {
        n = b.len - at < PIECE ? b.len - at : PIECE;
        to = encode((const uint8_t *)b.data + at, n, to);
        if (n == PIECE && !kr_poll(vm, 64)) to = NULL;
    }
    kr_release_buffer(vm, &b);
    if (!to) return KR_ERROR;
    if (newline) *to = '\n';
    return bytes;
}

// ---- Decoding --------------------------------------------------------------------------------------------------------------------

typedef struct {
    const uint8_t *from, *at, *end;
    uint8_t *start, *to;
    unsigned bits, filled, pads; // of the quad that is being read
    bool strict, padded, done;
} Decoder;

static bool refuse(KrVm *vm, const char *why) { return kr_fail(kr_raise(vm, &kr_binascii_error, "%s", why)); }

// Whole quads of letters, up to the first that is something else.
static void decode_quads(Decoder *d, const uint8_t *stop) {
    const uint8_t *p = d->at;
    uint8_t *to = d->to;
    for (; stop - p >= 4; p += 4, to += 3) {
        unsigned a = value_of[p[0]], b = value_of[p[1]], c = value_of[p[2]], e = value_of[p[3]];
        if ((a | b | c | e) & NONE) break;
        unsigned bits = a << 18 | b << 12 | c << 6 | e;
        to[0] = (uint8_t)(bits >> 16);
        to[1] = (uint8_t)(bits >> 8);
        to[2] = (uint8_t)bits;
    }
    d->at = p;
    d->to = to;
}

static bool pad(KrVm *vm, Decoder *d) {
    d->padded = true;
    if (d->strict && d->filled == 0) return refuse(vm, d->at - d->from == 1 ? "Leading padding not allowed" : "Excess padding not allowed");
    if (d->filled < 2 || d->filled + ++d->pads < 4) return true;
    if (d->strict && d->at < d->end) return refuse(vm, "Excess data after padding");
    return d->done = true;
}

static bool decode_one(KrVm *vm, Decoder *d) {
    uint8_t c = *d->at++;
    if (c == '=') return pad(vm, d);
    if (value_of[c] == NONE) return !d->strict || refuse(vm, "Only base64 data is allowed");
    if (d->strict && d->padded) return refuse(vm, "Discontinuous padding not allowed");
    d->pads = 0;
    d->bits = d->bits << 6 | value_of[c];
    if (d->filled) *d->to++ = (uint8_t)(d->bits >> (6 - 2 * d->filled));
    d->filled = (d->filled + 1) % 4;
    return true;
}

static bool decode(KrVm *vm, Decoder *d) {
    while (d->at < d->end && !d->done) {
        const uint8_t *stop = d->end - d->at < PIECE ? d->end : d->at + PIECE;
        for (bool quads = true; d->at < stop && !d->done;) {
            if (quads && d->filled == 0 && !d->padded) decode_quads(d, stop);
            quads = false;
            for (int i = 0; i < 80 && d->at < stop && !d->done; i++, quads = quads || d->filled == 0)
                if (!decode_one(vm, d)) return false;
            quads = d->filled == 0;
        }
        if (!kr_poll(vm, 64)) return false;
    }
    if (d->done || d->filled == 0) return true;
    if (d->filled > 1) return refuse(vm, "Incorrect padding");
    return kr_fail(kr_raise(vm, &kr_binascii_error,
                            "Invalid base64-encoded string: number of data characters (%u) cannot be 1 more than a multiple of 4",
                            (size_t)(d->to - d->start) / 3 * 4 + 1));
}

KR_BINASCII(a2b_base64) {
    KrBuffer b;
    bool strict;
    (void)self;
    if (!kr_binascii_ascii(vm, arg[0], &b)) return KR_ERROR;
    size_t room = b.len / 4 * 3 + 3;
    KrValue bytes = kr_truth(vm, arg[1], &strict) ? kr_bytes(vm, NULL, room) : KR_ERROR;
    if (!kr_is_error(bytes)) {
        uint8_t *to = kr_bytes_data(bytes, NULL);
        Decoder d = { .from = b.data, .at = b.data, .end = (const uint8_t *)b.data + b.len, .start = to, .to = to, .strict = strict };
        bytes = decode(vm, &d) ? kr_binascii_shorten(vm, bytes, (size_t)(d.to - to), room) : KR_ERROR;
    }
    kr_release_buffer(vm, &b);
    return bytes;
}
