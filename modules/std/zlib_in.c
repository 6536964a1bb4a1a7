// zlib_in.c - decompression as a stream: zlib (RFC 1950) and gzip (RFC 1952) heads and tails around DEFLATE data, in any pieces.
//
// Between calls a stream keeps the last 32 KB that came out, to which the data may refer. All memory is the collector's.
// SPDX-License-Identifier: MIT
#include "base/crc32.h"
#include "zlib_part.h"

enum { PIECE = 32768 }; // bytes between polls

static KrValue wrong(KrVm *vm, const char *what) { return kr_raise(vm, &kr_zlib_error, "Error -3 while decompressing data: %s", what); }

static KrValue wrong_data(KrVm *vm, KrInflateResult r) {
    static const char *const text[] = { [KR_INFLATE_BLOCK] = "invalid block type",
                                        [KR_INFLATE_STORED] = "invalid stored block lengths",
                                        [KR_INFLATE_COUNTS] = "too many length or distance symbols",
                                        [KR_INFLATE_CODES] = "invalid code lengths set",
                                        [KR_INFLATE_REPEAT] = "invalid bit length repeat",
                                        [KR_INFLATE_NO_STOP] = "invalid code -- missing end-of-block",
                                        [KR_INFLATE_LITERALS] = "invalid literal/lengths set",
                                        [KR_INFLATE_DISTANCES] = "invalid distances set",
                                        [KR_INFLATE_SYMBOL] = "invalid literal/length code",
                                        [KR_INFLATE_AWAY] = "invalid distance code",
                                        [KR_INFLATE_DISTANCE] = "invalid distance too far back" };
    return wrong(vm, text[r]);
}

static uint32_t number(const uint8_t *p, bool big) {
    return big ? (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3]
               : (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
}

uint32_t kr_zlib_sum(KrVm *vm, uint32_t sum, bool crc, const uint8_t *p, size_t len) {
    (void)vm;
    return crc ? kr_crc32(sum, p, len) : kr_adler32(sum, p, len);
}

// By wbits, as zlib's inflateInit2 reads it.
bool kr_zlib_in_begin(KrVm *vm, KrZlibIn *s, intptr_t wbits, KrValue dictionary) {
    bool known = wbits < 0 ? wbits >= -15 && wbits <= -8 : wbits <= 47 && ((wbits & 15) == 0 || (wbits & 15) >= 8);
    if (!known) return false;
    *s = (KrZlibIn){ .dictionary = dictionary, .either = wbits >= 32, .window_bits = (uint8_t)(wbits < 0 ? -wbits : wbits & 15) };
    s->wrapping = wbits < 0 ? KR_ZLIB_RAW : wbits >= 16 && wbits < 32 ? KR_ZLIB_GZIP : KR_ZLIB_ZLIB;
    s->state = wbits < 0 ? KR_ZLIB_DATA : KR_ZLIB_HEAD;
    s->sum = s->wrapping == KR_ZLIB_ZLIB;
    kr_inflate_begin(&s->z);
    if (wbits >= 0 || kr_is_unset(dictionary)) return true;
    size_t len;
    const uint8_t *p = kr_bytes_data(dictionary, &len);
    s->history_len = len < KR_INFLATE_WINDOW ? len : KR_INFLATE_WINDOW;
    if (!(s->history = kr_buffer_alloc(vm, KR_INFLATE_WINDOW))) return false;
    if (s->history_len) memcpy(s->history, p + len - s->history_len, s->history_len);
    return true;
}

void kr_zlib_in_trace(KrTracer *tracer, const KrZlibIn *s) {
    kr_trace_buffer(tracer, s->held);
    kr_trace_buffer(tracer, s->history);
    kr_trace(tracer, s->dictionary);
}

static void keep(KrVm *vm, void *owner, uint8_t **slot, uint8_t *data) {
    if (owner) kr_store_buffer(vm, owner, slot, data);
    else *slot = data;
}

static bool hold(KrVm *vm, void *owner, KrZlibIn *s, uint8_t byte) {
    if (s->held_len == s->room) {
        size_t room = s->room ? s->room * 2 : 64;
        uint8_t *data = kr_buffer_alloc(vm, room);
        if (!data) return false;
        if (s->held_len) memcpy(data, s->held, s->held_len);
        keep(vm, owner, &s->held, data);
        s->room = room;
    }
    return s->held[s->held_len++] = byte, true;
}

// ---- Heads -----------------------------------------------------------------------------------------------------------------------

typedef enum { MORE, DONE, FAILED } Step;

static Step use_dictionary(KrVm *vm, void *owner, KrZlibIn *s) {
    size_t len;
    if (s->held_len < 6) return MORE;
    if (kr_is_unset(s->dictionary)) return (void)kr_raise(vm, &kr_zlib_error, "Error 2 while decompressing data"), FAILED;
    const uint8_t *p = kr_bytes_data(s->dictionary, &len);
    if (kr_adler32(1, p, len) != number(s->held + 2, true))
        return (void)kr_raise(vm, &kr_zlib_error, "Error -3 while setting zdict: invalid input data"), FAILED;
    uint8_t *history = kr_buffer_alloc(vm, KR_INFLATE_WINDOW);
    if (!history) return FAILED;
    s->history_len = len < KR_INFLATE_WINDOW ? len : KR_INFLATE_WINDOW;
    if (s->history_len) memcpy(history, p + len - s->history_len, s->history_len);
    keep(vm, owner, &s->history, history);
    return DONE;
}

static Step zlib_head(KrVm *vm, void *owner, KrZlibIn *s) {
    const uint8_t *p = s->held;
    if (s->held_len < 2) return MORE;
    if ((p[0] << 8 | p[1]) % 31) return (void)wrong(vm, "incorrect header check"), FAILED;
    if ((p[0] & 15) != 8) return (void)wrong(vm, "unknown compression method"), FAILED;
    if ((p[0] >> 4) + 8u > (s->window_bits ? s->window_bits : 15)) return (void)wrong(vm, "invalid window size"), FAILED;
    return p[1] & 32 ? use_dictionary(vm, owner, s) : DONE;
}

static size_t text_end(const KrZlibIn *s, size_t at) { // behind a text that ends with a NUL; SIZE_MAX: it has not ended
    while (at < s->held_len && s->held[at]) at++;
    return at < s->held_len ? at + 1 : SIZE_MAX;
}

static Step gzip_head(KrVm *vm, const KrZlibIn *s) { // RFC 1952, section 2.3
    const uint8_t *p = s->held;
    size_t at = 10;
    if (s->held_len >= 2 && (p[0] != 0x1F || p[1] != 0x8B)) return (void)wrong(vm, "incorrect header check"), FAILED;
    if (s->held_len >= 4 && p[2] != 8) return (void)wrong(vm, "unknown compression method"), FAILED;
    if (s->held_len >= 4 && p[3] & 0xE0) return (void)wrong(vm, "unknown header flags set"), FAILED;
    if (s->held_len < 10) return MORE;
    if (p[3] & 4) at = s->held_len < 12 ? SIZE_MAX : 12u + (p[10] | (size_t)p[11] << 8);
    if (p[3] & 8 && at < s->held_len) at = text_end(s, at);
    else if (p[3] & 8) return MORE;
    if (p[3] & 16 && at < s->held_len) at = text_end(s, at);
    else if (p[3] & 16) return MORE;
    if (at == SIZE_MAX || s->held_len < at + (p[3] & 2)) return MORE;
    if (p[3] & 2 && (kr_crc32(0, p, at) & 0xFFFF) != (p[at] | (uint32_t)p[at + 1] << 8))
        return (void)wrong(vm, "header crc mismatch"), FAILED;
    return DONE;
}

static bool read_head(KrVm *vm, void *owner, KrZlibIn *s, const uint8_t **in, const uint8_t *end) {
    while (*in < end) {
        if (!hold(vm, owner, s, *(*in)++)) return false;
        if (s->either && s->held_len < 2) continue;
        if (s->either)
            s->either = false, s->wrapping = s->held[0] == 0x1F && s->held[1] == 0x8B ? KR_ZLIB_GZIP : KR_ZLIB_ZLIB,
            s->sum = s->wrapping == KR_ZLIB_ZLIB;
        Step step = s->wrapping == KR_ZLIB_GZIP ? gzip_head(vm, s) : zlib_head(vm, owner, s);
        if (step == FAILED) return false;
        if (step == MORE) continue;
        s->held_len = 0;
        s->state = KR_ZLIB_DATA;
        return true;
    }
    return true;
}

static bool read_tail(KrVm *vm, void *owner, KrZlibIn *s, const uint8_t **in, const uint8_t *end) {
    size_t len = s->wrapping == KR_ZLIB_RAW ? 0 : s->wrapping == KR_ZLIB_ZLIB ? 4 : 8;
    while (s->held_len < len) {
        if (*in == end) return true;
        if (!hold(vm, owner, s, *(*in)++)) return false;
        if (s->held_len == 4 && number(s->held, len == 4) != s->sum) return kr_fail(wrong(vm, "incorrect data check"));
    }
    if (len == 8 && number(s->held + 4, false) != s->total) return kr_fail(wrong(vm, "incorrect length check"));
    s->state = KR_ZLIB_END;
    return true;
}

// ---- Data ------------------------------------------------------------------------------------------------------------------------

// More room for io, up to `limit` bytes in all. False: raised.
static bool more_room(KrVm *vm, KrInflateIo *io, size_t *room, size_t limit) {
    if (io->out_len < *room) {
        io->out_room = *room - io->out_len < PIECE ? *room : io->out_len + PIECE;
        return kr_poll_limits(vm, PIECE / 16);
    }
    if (*room > (size_t)PTRDIFF_MAX / 2) return kr_fail(kr_raise_memory(vm));
    size_t larger = *room * 2 < limit ? *room * 2 : limit;
    uint8_t *data = kr_buffer_alloc(vm, larger);
    if (!data) return false;
    if (io->out_len) memcpy(data, io->out, io->out_len);
    io->out = data;
    *room = larger;
    return more_room(vm, io, room, limit);
}

// Decompresses behind what is in io already; where it stopped is in *r.
static bool inflate(KrVm *vm, KrZlibIn *s, KrInflateIo *io, size_t room, size_t limit, KrInflateResult *r) {
    do {
        size_t from = io->out_len;
        io->out_room = from; // the end of the data can be read without any
        if (from < limit && !more_room(vm, io, &room, limit)) return false;
        *r = kr_inflate(&s->z, io);
        size_t n = io->out_len - from;
        s->total += (uint32_t)n;
        if (s->wrapping != KR_ZLIB_RAW) s->sum = kr_zlib_sum(vm, s->sum, s->wrapping == KR_ZLIB_GZIP, io->out + from, n);
    } while (*r == KR_INFLATE_FULL && io->out_len < limit);
    return true;
}

static bool save_history(KrVm *vm, void *owner, KrZlibIn *s, const KrInflateIo *io) {
    size_t n = io->out_len < KR_INFLATE_WINDOW ? io->out_len : KR_INFLATE_WINDOW;
    if (!s->history) {
        uint8_t *data = kr_buffer_alloc(vm, KR_INFLATE_WINDOW);
        if (!data) return false;
        keep(vm, owner, &s->history, data);
    }
    if (n) memcpy(s->history, io->out + io->out_len - n, n);
    return s->history_len = n, true;
}

static KrValue read_data(KrVm *vm, void *owner, KrZlibIn *s, const uint8_t **in, const uint8_t *end, size_t first_room, size_t most) {
    size_t before = s->history_len, limit = most < SIZE_MAX - before ? before + most : SIZE_MAX;
    size_t room = before + (first_room ? first_room : 1);
    if (room > limit) room = limit;
    KrInflateIo io = { .in = *in, .in_end = end, .out = kr_buffer_alloc(vm, room ? room : 1), .out_len = before };
    KrInflateResult r;
    if (!io.out) return KR_ERROR;
    if (before) memcpy(io.out, s->history, before);
    if (!inflate(vm, s, &io, room, limit, &r)) return KR_ERROR;
    *in = io.in;
    if (r > KR_INFLATE_FULL) return wrong_data(vm, r);
    if (r == KR_INFLATE_END) s->state = KR_ZLIB_TAIL;
    else if (owner && !save_history(vm, owner, s, &io)) return KR_ERROR;
    return kr_bytes(vm, io.out + before, io.out_len - before);
}

KrValue kr_zlib_in(KrVm *vm, void *owner, KrZlibIn *s, const uint8_t **in, const uint8_t *end, size_t first_room, size_t most) {
    KrValue out = KR_UNSET;
    if (s->state == KR_ZLIB_HEAD && !read_head(vm, owner, s, in, end)) return KR_ERROR;
    if (s->state == KR_ZLIB_DATA) out = read_data(vm, owner, s, in, end, first_room, most);
    if (kr_is_error(out)) return out;
    if (s->state == KR_ZLIB_TAIL && !read_tail(vm, owner, s, in, end)) return KR_ERROR;
    return kr_is_unset(out) ? kr_bytes(vm, "", 0) : out;
}
