// zlib_module.c - the zlib module: decompression and checksums. There is no compress() yet.
// SPDX-License-Identifier: MIT
#include "base/crc32.h"
#include "base/inflate.h"
#include "object/exception_type.h"
#include "object/object.h"

// ---- Checksums -----------------------------------------------------------------------------------------------------------------

enum { CHUNK = 32768 }; // bytes between polls

// The low 32 bits of an int, whatever its size.
static bool low_32_bits(KrVm *vm, KrValue v, uint32_t *out) {
    KrValue mask = kr_int(vm, 0xFFFFFFFF), low = kr_is_error(mask) ? mask : kr_index(vm, v);
    int64_t n;
    if (!kr_is_error(low)) low = kr_binary(vm, KR_AND, low, mask);
    if (kr_is_error(low) || !kr_to_int64(vm, low, &n)) return false;
    return *out = (uint32_t)n, true;
}

static KrValue checksum(KrVm *vm, const KrValue *arg, uint32_t (*sum)(uint32_t, const void *, size_t)) {
    KrBuffer b;
    uint32_t value;
    bool ok = true;
    if (!low_32_bits(vm, arg[1], &value) || !kr_get_buffer(vm, arg[0], &b, KR_BUFFER_READ)) return KR_ERROR;
    for (size_t at = 0, n; ok && at < b.len; at += n) {
        n = b.len - at < CHUNK ? b.len - at : CHUNK;
        value = sum(value, (const char *)b.data + at, n);
        ok = kr_poll(vm, CHUNK / 64);
    }
    kr_release_buffer(vm, &b);
    return ok ? kr_int(vm, value) : KR_ERROR;
}

static KrValue zlib_crc32(KrVm *vm, KrValue self, const KrValue *arg) { return (void)self, checksum(vm, arg, kr_crc32); }
static KrValue zlib_adler32(KrVm *vm, KrValue self, const KrValue *arg) { return (void)self, checksum(vm, arg, kr_adler32); }

// ---- Errors --------------------------------------------------------------------------------------------------------------------

static const KrType error_type = {
    KR_TYPE_HEAD(error_type),
    .name = "error",
    .module = "zlib",
    .base = &kr_exception,
    .flags = KR_EXCEPTION_FLAGS,
    .size = sizeof(KrExceptionObject),
    .trace = kr_exception_trace,
    .make = &kr_exception_new,
};

static KrValue raise_data(KrVm *vm, const char *what) { return kr_raise(vm, &error_type, "Error -3 while decompressing data: %s", what); }

static KrValue raise_short(KrVm *vm) {
    return kr_raise(vm, &error_type, "Error -5 while decompressing data: incomplete or truncated stream");
}

static KrValue raise_result(KrVm *vm, KrInflateResult r) {
    switch (r) {
    case KR_INFLATE_BLOCK: return raise_data(vm, "invalid block type");
    case KR_INFLATE_STORED: return raise_data(vm, "invalid stored block lengths");
    case KR_INFLATE_TABLES: return raise_data(vm, "invalid code lengths set");
    case KR_INFLATE_SYMBOL: return raise_data(vm, "invalid distance code");
    case KR_INFLATE_DISTANCE: return raise_data(vm, "invalid distance too far back");
    default: return raise_short(vm);
    }
}

// ---- What stands around the data -----------------------------------------------------------------------------------------------

typedef enum { RAW, ZLIB, GZIP } Wrapping;

// By wbits, as zlib's inflateInit2 reads it.
static bool wrapping_of(KrVm *vm, intptr_t wbits, const uint8_t *p, const uint8_t *end, Wrapping *out, unsigned *window) {
    *window = (unsigned)(wbits < 0 ? -wbits : wbits & 15);
    bool known = wbits < 0 ? wbits >= -15 && wbits <= -8 : wbits <= 47 && ((wbits & 15) == 0 || (wbits & 15) >= 8);
    if (!known) return kr_fail(kr_raise(vm, &error_type, "Error -2 while preparing to decompress data: inconsistent stream state"));
    *out = wbits < 0 ? RAW : wbits < 16 ? ZLIB : GZIP;
    if (wbits >= 32) *out = end - p >= 2 && p[0] == 0x1F && p[1] == 0x8B ? GZIP : ZLIB;
    return true;
}

static bool zlib_header(KrVm *vm, const uint8_t **at, const uint8_t *end, unsigned window) {
    const uint8_t *p = *at;
    if (end - p < 2) return kr_fail(raise_short(vm));
    if ((p[0] << 8 | p[1]) % 31) return kr_fail(raise_data(vm, "incorrect header check"));
    if ((p[0] & 15) != 8) return kr_fail(raise_data(vm, "unknown compression method"));
    if ((p[0] >> 4) + 8u > (window ? window : 15)) return kr_fail(raise_data(vm, "invalid window size"));
    if (p[1] & 32) return kr_fail(kr_raise(vm, &error_type, "Error 2 while decompressing data"));
    return *at = p + 2, true;
}

static bool skip_text(const uint8_t **p, const uint8_t *end) { // that ends with a NUL
    while (*p < end && **p) ++*p;
    return (*p)++ < end;
}

static bool gzip_header(KrVm *vm, const uint8_t **at, const uint8_t *end) { // RFC 1952, section 2.3
    const uint8_t *p = *at;
    if (end - p >= 2 && (p[0] != 0x1F || p[1] != 0x8B)) return kr_fail(raise_data(vm, "incorrect header check"));
    if (end - p < 10) return kr_fail(raise_short(vm));
    unsigned flags = p[3];
    if (p[2] != 8) return kr_fail(raise_data(vm, "unknown compression method"));
    if (flags & 0xE0) return kr_fail(raise_data(vm, "unknown header flags set"));
    p += 10;
    bool ok = true;
    if (flags & 4) {
        ok = end - p >= 2 && end - p - 2 >= (p[0] | p[1] << 8);
        p += ok ? 2 + (p[0] | p[1] << 8) : 0;
    }
    if (ok && flags & 8) ok = skip_text(&p, end);
    if (ok && flags & 16) ok = skip_text(&p, end);
    if (ok && flags & 2) ok = end - p >= 2, p += 2;
    return *at = p, ok || kr_fail(raise_short(vm));
}

static uint32_t number(const uint8_t *p, bool big) {
    return big ? (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3]
               : (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
}

static bool check_end(KrVm *vm, Wrapping kind, const KrInflateIo *io) {
    if (kind == RAW) return true;
    if (io->in_end - io->in < (kind == GZIP ? 8 : 4)) return kr_fail(raise_short(vm));
    uint32_t sum = kind == GZIP ? kr_crc32(0, io->out, io->out_len) : kr_adler32(1, io->out, io->out_len);
    if (number(io->in, kind == ZLIB) != sum) return kr_fail(raise_data(vm, "incorrect data check"));
    if (kind == GZIP && number(io->in + 4, false) != (uint32_t)io->out_len) return kr_fail(raise_data(vm, "incorrect length check"));
    return true;
}

// ---- decompress() --------------------------------------------------------------------------------------------------------------

// Gives `io` more room in a larger bytes object; it polls, so that no long work goes on unseen.
static bool more_room(KrVm *vm, KrInflateIo *io, KrValue *bytes, size_t *room) {
    if (io->out_len < *room) {
        io->out_room = *room - io->out_len < CHUNK ? *room : io->out_len + CHUNK;
        return kr_poll(vm, CHUNK / 16);
    }
    if (*room > SIZE_MAX / 2) return kr_fail(kr_raise_memory(vm));
    KrValue larger = kr_bytes(vm, NULL, *room *= 2);
    if (kr_is_error(larger)) return false;
    uint8_t *data = kr_bytes_data(larger, NULL);
    memcpy(data, io->out, io->out_len);
    io->out = data;
    *bytes = larger;
    return more_room(vm, io, bytes, room);
}

static KrValue inflate_all(KrVm *vm, KrInflateIo *io, size_t room, Wrapping kind) {
    KrInflate z;
    KrValue bytes = kr_bytes(vm, NULL, room);
    if (kr_is_error(bytes)) return bytes;
    KrInflateResult r;
    kr_inflate_begin(&z);
    io->out = kr_bytes_data(bytes, NULL);
    do {
        if (!more_room(vm, io, &bytes, &room)) return KR_ERROR;
        r = kr_inflate(&z, io);
    } while (r == KR_INFLATE_FULL);
    if (r != KR_INFLATE_END) return raise_result(vm, r);
    if (!check_end(vm, kind, io)) return KR_ERROR;
    return kr_bytes(vm, io->out, io->out_len);
}

static KrValue zlib_decompress(KrVm *vm, KrValue self, const KrValue *arg) {
    intptr_t wbits, size;
    KrBuffer b;
    Wrapping kind;
    unsigned window;
    (void)self;
    if (!kr_to_index(vm, arg[1], &wbits) || !kr_to_index(vm, arg[2], &size)) return KR_ERROR;
    if (size < 0) return kr_raise(vm, &kr_value_error, "bufsize must be non-negative");
    if (!kr_get_buffer(vm, arg[0], &b, KR_BUFFER_READ)) return KR_ERROR;
    KrInflateIo io = { .in = b.data, .in_end = (const uint8_t *)b.data + b.len };
    KrValue v = KR_ERROR;
    if (wrapping_of(vm, wbits, io.in, io.in_end, &kind, &window) &&
        (kind == RAW || (kind == ZLIB ? zlib_header(vm, &io.in, io.in_end, window) : gzip_header(vm, &io.in, io.in_end))))
        v = inflate_all(vm, &io, size ? (size_t)size : 1, kind);
    kr_release_buffer(vm, &b);
    return v;
}

static const KrMethod functions[] = {
    { "decompress(data, /, wbits=15, bufsize=16384)", zlib_decompress,
      KR_DOC(
          "Returns a bytes object containing the uncompressed data.\n\nwbits: 8 to 15 zlib, -15 to -8 no header, 24 to 31 gzip, 40 to 47 "
          "either. bufsize: the size to begin with."),
      0 },
    { "crc32(data, value=0, /)", zlib_crc32, KR_DOC("Compute a CRC-32 checksum of data, which goes on from value."), 0 },
    { "adler32(data, value=1, /)", zlib_adler32, KR_DOC("Compute an Adler-32 checksum of data, which goes on from value."), 0 },
    { 0 },
};

static const KrConst constants[] = {
    { "error", KR_CONST_TYPE, { .p = &error_type } },
    { "MAX_WBITS", KR_CONST_INT, { .i = 15 } },
    { "DEFLATED", KR_CONST_INT, { .i = 8 } },
    { "DEF_BUF_SIZE", KR_CONST_INT, { .i = 16384 } },
    { 0 },
};

const KrModuleDef kr_zlib_module = { "zlib", KR_DOC("Decompression of zlib, gzip and raw data, and checksums."), functions, constants,
                                     NULL };
