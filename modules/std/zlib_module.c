// zlib_module.c - the zlib module: its table, and checksums.
// SPDX-License-Identifier: MIT
#include "base/crc32.h"
#include "zlib_part.h"

const KrType kr_zlib_error = { KR_TYPE_HEAD(kr_zlib_error), .name = "error", .module = "zlib", .base = &kr_exception, KR_EXCEPTION_REST };

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

static const KrMethod functions[] = {
    { "compress(data, /, level=-1, wbits=15)", kr_zlib_compress,
      KR_DOC("Returns a bytes object containing compressed data.\n\nlevel: 0 to 9, from fast to small; -1: 6. "
             "wbits: 9 to 15 zlib, -15 to -9 no header, 25 to 31 gzip."),
      0 },
    { "compressobj(level=-1, method=8, wbits=15, memLevel=8, strategy=0, zdict=<unset>)", kr_zlib_compressobj,
      KR_DOC("Return a compressor object.\n\nlevel and wbits: as for compress(). strategy: Z_DEFAULT_STRATEGY, Z_FILTERED, Z_HUFFMAN_ONLY, "
             "Z_RLE or Z_FIXED. "
             "zdict: bytes that are likely to occur in the data, the likeliest last."),
      0 },
    { "decompress(data, /, wbits=15, bufsize=16384)", kr_zlib_decompress,
      KR_DOC(
          "Returns a bytes object containing the uncompressed data.\n\nwbits: 8 to 15 zlib, -15 to -8 no header, 24 to 31 gzip, 40 to 47 "
          "either. bufsize: the size to begin with."),
      0 },
    { "decompressobj(wbits=15, zdict=<unset>)", kr_zlib_decompressobj,
      KR_DOC("Return a decompressor object.\n\nwbits: as for decompress(). zdict: the dictionary that the data was compressed with."), 0 },
    { "crc32(data, value=0, /)", zlib_crc32, KR_DOC("Compute a CRC-32 checksum of data, which goes on from value."), 0 },
    { "adler32(data, value=1, /)", zlib_adler32, KR_DOC("Compute an Adler-32 checksum of data, which goes on from value."), 0 },
    { 0 },
};

static const KrConst constants[] = {
    { "error", KR_CONST_TYPE, { .p = &kr_zlib_error } },
    { "_ZlibDecompressor", KR_CONST_TYPE, { .p = &kr_zlib_decompressor_type } },
    { "DEF_MEM_LEVEL", KR_CONST_INT, { .i = 8 } },
    { "ZLIB_VERSION", KR_CONST_STR, { .p = "1.2.13" } }, // whose behaviour it has
    { "ZLIB_RUNTIME_VERSION", KR_CONST_STR, { .p = "1.2.13" } },
    { "Z_NO_COMPRESSION", KR_CONST_INT, { .i = 0 } },
    { "Z_BEST_SPEED", KR_CONST_INT, { .i = 1 } },
    { "Z_BEST_COMPRESSION", KR_CONST_INT, { .i = 9 } },
    { "Z_DEFAULT_COMPRESSION", KR_CONST_INT, { .i = -1 } },
    { "Z_DEFAULT_STRATEGY", KR_CONST_INT, { .i = 0 } },
    { "Z_FILTERED", KR_CONST_INT, { .i = 1 } },
    { "Z_HUFFMAN_ONLY", KR_CONST_INT, { .i = 2 } },
    { "Z_RLE", KR_CONST_INT, { .i = 3 } },
    { "Z_FIXED", KR_CONST_INT, { .i = 4 } },
    { "Z_NO_FLUSH", KR_CONST_INT, { .i = 0 } },
    { "Z_PARTIAL_FLUSH", KR_CONST_INT, { .i = 1 } },
    { "Z_SYNC_FLUSH", KR_CONST_INT, { .i = 2 } },
    { "Z_FULL_FLUSH", KR_CONST_INT, { .i = 3 } },
    { "Z_FINISH", KR_CONST_INT, { .i = 4 } },
    { "Z_BLOCK", KR_CONST_INT, { .i = 5 } },
    { "Z_TREES", KR_CONST_INT, { .i = 6 } },
    { "MAX_WBITS", KR_CONST_INT, { .i = 15 } },
    { "DEFLATED", KR_CONST_INT, { .i = 8 } },
    { "DEF_BUF_SIZE", KR_CONST_INT, { .i = 16384 } },
    { 0 },
};

const KrModuleDef kr_zlib_module = { "zlib", KR_DOC("Compression and decompression: zlib, gzip and raw DEFLATE data; and checksums."),
                                     functions, constants, NULL };
