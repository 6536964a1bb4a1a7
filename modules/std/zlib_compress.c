// zlib_compress.c - compress() and compressobj(): DEFLATE data with the heads and tails of zlib (RFC 1950) and gzip (RFC 1952).
// SPDX-License-Identifier: MIT
#include "base/crc32.h"
#include "base/deflate.h"
#include "zlib_part.h"

enum { PIECE = 16384 }; // bytes of input between polls

typedef struct {
    KrDeflate *z; // memory of the collector
    KrZlibWrapping wrapping;
    bool begun; // the head was written
    int level;
    uint8_t window_bits;
    uint32_t sum, total, dictionary; // of the input; dictionary: its checksum, 0 without one
} Out;

typedef struct {
    KrObject head;
    Out out;
} Object;

static Object *object_of(KrValue v) { return (Object *)kr_ptr(v); }
static void object_trace(KrTracer *tracer, KrObject *o) { kr_trace_buffer(tracer, ((Object *)o)->out.z); }

// False: wbits or level is not one, or there was no memory, which is raised.
static bool begin(KrVm *vm, Out *out, int64_t level, int64_t wbits, int strategy) {
    *out = (Out){ .wrapping = wbits < 0 ? KR_ZLIB_RAW : wbits > 15 ? KR_ZLIB_GZIP : KR_ZLIB_ZLIB, .level = (int)level };
    int64_t bits = wbits < 0 ? -wbits : wbits > 15 ? wbits - 16 : wbits;
    if (level < -1 || level > 9 || bits < 8 || bits > 15 || (bits == 8 && out->wrapping != KR_ZLIB_ZLIB)) return false;
    out->window_bits = bits == 8 ? 9 : (uint8_t)bits;
    out->sum = out->wrapping == KR_ZLIB_ZLIB;
    out->z = (KrDeflate *)(void *)kr_buffer_alloc(vm, sizeof(KrDeflate));
    if (!out->z) return false;
    kr_deflate_begin(out->z, out->level, out->window_bits, (KrDeflateStrategy)strategy);
    return true;
}

// ---- Writing ---------------------------------------------------------------------------------------------------------------------

static bool grow(KrVm *vm, KrDeflateIo *io, size_t more) {
    if (io->out_room - io->out_len >= more) return true;
    size_t room = io->out_room * 2;
    if (room - io->out_len < more) room = io->out_len + more;
    uint8_t *data = kr_buffer_alloc(vm, room);
    if (!data) return false;
    if (io->out_len) memcpy(data, io->out, io->out_len);
    io->out = data;
    io->out_room = room;
    return true;
}

static void put_number(KrDeflateIo *io, uint32_t n, bool big) {
    for (unsigned i = 0; i < 4; i++) io->out[io->out_len++] = (uint8_t)(n >> (big ? 24 - 8 * i : 8 * i));
}

static void put_head(Out *out, KrDeflateIo *io) { // at most 10 bytes
    int level = out->level < 0 ? 6 : out->level;
    if (out->begun || out->wrapping == KR_ZLIB_RAW) return;
    out->begun = true;
    if (out->wrapping == KR_ZLIB_GZIP) {
        const uint8_t head[10] = { 0x1F, 0x8B, 8, 0, 0, 0, 0, 0, level == 9 ? 2 : level < 2 ? 4 : 0, 3 };
        memcpy(io->out + io->out_len, head, sizeof head);
        io->out_len += sizeof head;
        return;
    }
    unsigned effort = level < 2 ? 0 : level < 6 ? 1 : level == 6 ? 2 : 3;
    unsigned head = (8u | (out->window_bits - 8u) << 4) << 8 | effort << 6 | (out->dictionary ? 32 : 0);
    head += 31 - head % 31;
    io->out[io->out_len++] = (uint8_t)(head >> 8);
    io->out[io->out_len++] = (uint8_t)head;
    if (out->dictionary) put_number(io, out->dictionary, true);
}

static void put_tail(const Out *out, KrDeflateIo *io) {
    if (out->wrapping == KR_ZLIB_RAW) return;
    put_number(io, out->sum, out->wrapping == KR_ZLIB_ZLIB);
    if (out->wrapping == KR_ZLIB_GZIP) put_number(io, out->total, false);
}

static bool run(KrVm *vm, Out *out, KrDeflateIo *io, KrDeflateFlush flush) {
    while (!kr_deflate(out->z, io, flush))
        if (!grow(vm, io, kr_deflate_need(out->z)) || !kr_poll_limits(vm, PIECE / 16)) return false;
    return true;
}

// Compresses data, and flushes behind it: bytes.
static KrValue write(KrVm *vm, Out *out, const uint8_t *data, size_t len, KrDeflateFlush flush) {
    KrDeflateIo io = { 0 };
    bool was_finished = out->z->finished;
    if (!grow(vm, &io, 64)) return KR_ERROR;
    if (len || flush) put_head(out, &io);
    for (size_t at = 0, n; at < len; at += n) {
        n = len - at < PIECE ? len - at : PIECE;
        out->total += (uint32_t)n;
        out->sum = out->wrapping == KR_ZLIB_GZIP ? kr_crc32(out->sum, data + at, n) : kr_adler32(out->sum, data + at, n);
        io.in = data + at;
        io.in_end = io.in + n;
        if (!run(vm, out, &io, KR_DEFLATE_NO_FLUSH) || !kr_poll_limits(vm, PIECE / 4)) return KR_ERROR;
    }
    io.in = io.in_end = NULL;
    if (flush && !run(vm, out, &io, flush)) return KR_ERROR;
    if (flush == KR_DEFLATE_FINISH && !was_finished) {
        if (!grow(vm, &io, 8)) return KR_ERROR;
        put_tail(out, &io);
    }
    return kr_bytes(vm, io.out, io.out_len);
}

KR_ZLIB(compress) {
    int64_t level, wbits;
    KrBuffer b;
    Out out;
    (void)self;
    if (!kr_to_int64(vm, arg[1], &level) || !kr_to_int64(vm, arg[2], &wbits) || !kr_get_buffer(vm, arg[0], &b, KR_BUFFER_READ))
        return KR_ERROR;
    bool begun = begin(vm, &out, level, wbits, KR_DEFLATE_DEFAULT);
    KrValue v = begun           ? write(vm, &out, b.data, b.len, KR_DEFLATE_FINISH)
                : kr_raised(vm) ? KR_ERROR
                                : kr_raise(vm, &kr_zlib_error, "Bad compression level");
    kr_release_buffer(vm, &b);
    return v;
}

// ---- compressobj() ---------------------------------------------------------------------------------------------------------------

enum { LEVEL, METHOD, WBITS, MEMORY, STRATEGY, DICTIONARY };

static bool set_dictionary(KrVm *vm, Out *out, KrValue v) {
    KrBuffer b;
    if (kr_is_unset(v)) return true;
    if (!kr_get_buffer(vm, v, &b, KR_BUFFER_READ)) return false;
    bool ok = out->wrapping != KR_ZLIB_GZIP;
    if (ok) {
        kr_deflate_dictionary(out->z, b.data, b.len);
        if (out->wrapping == KR_ZLIB_ZLIB) out->dictionary = kr_adler32(1, b.data, b.len);
    }
    kr_release_buffer(vm, &b);
    return ok || kr_fail(kr_raise(vm, &kr_value_error, "Invalid dictionary"));
}

KR_ZLIB(compressobj) {
    int64_t n[5];
    Out out;
    (void)self;
    for (int i = LEVEL; i <= STRATEGY; i++)
        if (!kr_to_int64(vm, arg[i], &n[i])) return KR_ERROR;
    bool known = n[METHOD] == 8 && n[MEMORY] >= 1 && n[MEMORY] <= 9 && n[STRATEGY] >= 0 && n[STRATEGY] <= KR_DEFLATE_FIXED;
    if (!known || !begin(vm, &out, n[LEVEL], n[WBITS], (int)n[STRATEGY]))
        return kr_raised(vm) ? KR_ERROR : kr_raise(vm, &kr_value_error, "Invalid initialization option");
    if (!set_dictionary(vm, &out, arg[DICTIONARY])) return KR_ERROR;
    KrValue made = kr_alloc_instance(vm, &kr_zlib_compress_type);
    if (kr_is_error(made)) return made;
    object_of(made)->out = out;
    return made;
}

static KrValue object_compress(KrVm *vm, KrValue self, const KrValue *arg) {
    KrBuffer b;
    Out *out = &object_of(self)->out;
    if (!kr_get_buffer(vm, arg[0], &b, KR_BUFFER_READ)) return KR_ERROR;
    KrValue v = out->z->finished ? kr_raise(vm, &kr_zlib_error, "Error -2 while compressing data: inconsistent stream state")
                                 : write(vm, out, b.data, b.len, KR_DEFLATE_NO_FLUSH);
    kr_release_buffer(vm, &b);
    return v;
}

static KrValue object_flush(KrVm *vm, KrValue self, const KrValue *arg) {
    int64_t mode;
    Out *out = &object_of(self)->out;
    if (!kr_to_int64(vm, arg[0], &mode)) return KR_ERROR;
    if (mode == KR_DEFLATE_NO_FLUSH) return kr_bytes(vm, "", 0);
    if (mode < 0 || mode > KR_DEFLATE_BLOCK || out->z->finished)
        return kr_raise(vm, &kr_zlib_error, "Error -2 while flushing: inconsistent stream state");
    return write(vm, out, NULL, 0, (KrDeflateFlush)mode);
}

static KrValue object_copy(KrVm *vm, KrValue self, const KrValue *arg) {
    Out out = object_of(self)->out;
    (void)arg;
    if (out.z->finished) return kr_raise(vm, &kr_value_error, "Inconsistent stream state");
    KrDeflate *z = (KrDeflate *)(void *)kr_buffer_alloc(vm, sizeof *z);
    if (!z) return KR_ERROR;
    memcpy(z, out.z, sizeof *z);
    out.z = z;
    KrValue made = kr_alloc_instance(vm, &kr_zlib_compress_type);
    if (kr_is_error(made)) return made;
    object_of(made)->out = out;
    return made;
}

static const KrMethod methods[] = {
    { "compress(data, /)", object_compress, KR_DOC("Return a bytes object containing compressed data, as far as there is some already."),
      0 },
    { "flush(mode=4, /)", object_flush,
      KR_DOC("Return a bytes object containing any remaining compressed data.\n\nmode: Z_FINISH ends the stream, Z_SYNC_FLUSH and "
             "Z_FULL_FLUSH let it go on."),
      0 },
    { "copy()", object_copy, KR_DOC("Return a copy of the compression object."), 0 },
    { "__copy__()", object_copy, "", 0 },
    { "__deepcopy__(memo, /)", object_copy, "", 0 },
    { 0 },
};

const KrType kr_zlib_compress_type = {
    KR_TYPE_HEAD(kr_zlib_compress_type),
    .name = "zlib.Compress",
    .flags = KR_TYPE_NO_NEW,
    .size = sizeof(Object),
    .trace = object_trace,
    .methods = methods,
};
