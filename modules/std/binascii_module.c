// binascii_module.c - the binascii module: hexadecimal digits, uuencoding and checksums. Base64 and quoted-printable have files of their own.
// SPDX-License-Identifier: MIT
#include "binascii_part.h"

#include "base/crc32.h"

const char kr_hex_upper[] = "0123456789ABCDEF", kr_hex_lower[] = "0123456789abcdef";

const KrType kr_binascii_error = { KR_TYPE_HEAD(kr_binascii_error), .name = "Error", .module = "binascii", .base = &kr_value_error,
                                   KR_EXCEPTION_REST };
static const KrType incomplete_type = { KR_TYPE_HEAD(incomplete_type), .name = "Incomplete", .module = "binascii", .base = &kr_exception,
                                        KR_EXCEPTION_REST };

#define FUNCTION(name) static KrValue binascii_##name(KrVm *vm, KrValue self, const KrValue *arg)
#define FAIL(...)      kr_raise(vm, &kr_binascii_error, __VA_ARGS__)

// ---- Arguments and results -------------------------------------------------------------------------------------------------------

bool kr_binascii_ascii(KrVm *vm, KrValue v, KrBuffer *out) {
    size_t len;
    if (kr_is_str(v)) {
        const char *text = kr_str_text(v, &len);
        if (kr_str_length(v) != len) return kr_fail(kr_raise(vm, &kr_value_error, "string argument should contain only ASCII characters"));
        *out = (KrBuffer){ .data = (void *)(uintptr_t)text, .len = len, .item_size = 1, .read_only = true, .owner = v };
        return true;
    }
    if (kr_get_buffer(vm, v, out, KR_BUFFER_READ)) return true;
    if (!kr_raised_is(vm, &kr_type_error) && !kr_raised_is(vm, &kr_buffer_error)) return false;
    (void)kr_take_raised(vm);
    return kr_fail(kr_raise(vm, &kr_type_error, "argument should be bytes, buffer or ASCII string, not '%T'", v));
}

KrValue kr_binascii_shorten(KrVm *vm, KrValue bytes, size_t len, size_t room) {
    return len == room ? bytes : kr_bytes(vm, kr_bytes_data(bytes, NULL), len);
}

// ---- Hexadecimal -----------------------------------------------------------------------------------------------------------------

#define NONE_8 -1, -1, -1, -1, -1, -1, -1, -1
#define NONE   NONE_8, NONE_8
const int8_t kr_hex_value[256] = {
    NONE, NONE, NONE, 0,      1,    2,  3,  4,  5,  6,  7,  8,  9,  -1,     -1,   -1,   -1,   -1,   -1,   -1,   10,   11,   12,   13,
    14,   15,   -1,   NONE_8, NONE, -1, 10, 11, 12, 13, 14, 15, -1, NONE_8, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE,
};

// The byte between groups; *separated is false without one.
static bool separator(KrVm *vm, KrValue v, bool *separated, char *out) {
    size_t len, bytes;
    *separated = !kr_is_unset(v);
    if (!*separated) return true;
    if (!kr_len(vm, v, &len)) return false;
    if (len != 1) return kr_fail(kr_raise(vm, &kr_value_error, "sep must be length 1."));
    if (kr_is_bytes(v)) return *out = (char)*kr_bytes_data(v, &bytes), true;
    if (!kr_is_str(v)) return kr_fail(kr_raise(vm, &kr_type_error, "sep must be str or bytes."));
    const uint8_t *text = (const uint8_t *)kr_str_text(v, &bytes);
    if (bytes > 2 || (bytes == 2 && text[0] > 0xC3)) return kr_fail(kr_raise(vm, &kr_value_error, "sep must be ASCII."));
    *out = (char)(bytes == 1 ? text[0] : (text[0] & 3) << 6 | (text[1] & 63));
    return true;
}

static bool group_size(KrVm *vm, KrValue v, int *out) {
    KrValue index = kr_index(vm, v);
    int64_t n;
    if (kr_is_error(index)) return false;
    if (!kr_int_fits(index, &n) || n > INT32_MAX || n < INT32_MIN)
        return kr_fail(kr_raise(vm, &kr_overflow_error, "Python int too large to convert to C int"));
    return *out = (int)n, true;
}

// Groups are counted from the end if their size is positive, from the start if it is negative.
static bool write_hex(KrVm *vm, const uint8_t *from, size_t len, size_t first, size_t group, char sep, char *to) {
    size_t next = group ? first : SIZE_MAX; // where the next separator goes
    for (size_t at = 0, n; !group && at < len; at += n) {
        n = len - at < 16384 ? len - at : 16384;
        for (size_t i = at; i < at + n; i++, to += 2) to[0] = kr_hex_lower[from[i] >> 4], to[1] = kr_hex_lower[from[i] & 15];
        if (n == 16384 && !kr_poll(vm, 256)) return false;
    }
    if (!group) return true;
    for (size_t i = 0; i < len; i++) {
        if (i == next) *to++ = sep, next += group;
        *to++ = kr_hex_lower[from[i] >> 4];
        *to++ = kr_hex_lower[from[i] & 15];
        if (!kr_binascii_poll(vm, i)) return false;
    }
    return true;
}

FUNCTION(hexlify) {
    KrBuffer b;
    bool separated;
    char sep = 0;
    int size;
    (void)self;
    if (!group_size(vm, arg[2], &size) || !kr_get_buffer(vm, arg[0], &b, KR_BUFFER_READ)) return KR_ERROR;
    bool ok = separator(vm, arg[1], &separated, &sep);
    size_t group = !ok || !separated ? 0 : size < 0 ? (size_t) - (int64_t)size : (size_t)size;
    if (group >= b.len) group = 0;
    size_t seps = group ? (b.len - 1) / group : 0, first = size < 0 ? group : group ? b.len - seps * group : 0;
    if (ok && b.len > PTRDIFF_MAX / 3) ok = kr_fail(kr_raise_memory(vm));
    KrValue bytes = ok ? kr_bytes(vm, NULL, b.len * 2 + seps) : KR_ERROR;
    ok = !kr_is_error(bytes) && write_hex(vm, b.data, b.len, first, group, sep, (char *)kr_bytes_data(bytes, NULL));
    kr_release_buffer(vm, &b);
    return ok ? bytes : KR_ERROR;
}

static bool read_hex(KrVm *vm, const uint8_t *from, size_t len, uint8_t *to) {
    int wrong = 0;
    for (size_t i = 0; i < len && wrong >= 0; i++) {
        int high = kr_hex_digit(from[2 * i]), low = kr_hex_digit(from[2 * i + 1]);
        wrong = high | low; // negative if one of them is
        to[i] = (uint8_t)((unsigned)high << 4 | (unsigned)low);
        if (!kr_binascii_poll(vm, i)) return false;
    }
    return wrong >= 0 || kr_fail(FAIL("Non-hexadecimal digit found"));
}

FUNCTION(unhexlify) {
    KrBuffer b;
    (void)self;
    if (!kr_binascii_ascii(vm, arg[0], &b)) return KR_ERROR;
    KrValue bytes = b.len % 2 ? FAIL("Odd-length string") : kr_bytes(vm, NULL, b.len / 2);
    bool ok = !kr_is_error(bytes) && read_hex(vm, b.data, b.len / 2, kr_bytes_data(bytes, NULL));
    kr_release_buffer(vm, &b);
    return ok ? bytes : KR_ERROR;
}

// ---- uuencoding ------------------------------------------------------------------------------------------------------------------

// A line: its first character says how many bytes follow. Missing ones are spaces that were lost on the way, and so zeros.
static bool read_uu(KrVm *vm, const uint8_t *p, const uint8_t *end, size_t count, uint8_t *to) {
    unsigned bits = 0, left = 0;
    for (; count; p += p < end) {
        unsigned c = p < end && *p != '\n' && *p != '\r' ? *p : ' ';
        if (c < ' ' || c > ' ' + 64) return kr_fail(FAIL("Illegal char"));
        bits = bits << 6 | ((c - ' ') & 63);
        left += 6;
        if (left < 8) continue;
        left -= 8;
        *to++ = (uint8_t)(bits >> left);
        count--;
    }
    for (; p < end; p++)
        if (*p != ' ' && *p != '`' && *p != '\n' && *p != '\r') return kr_fail(FAIL("Trailing garbage"));
    return true;
}

FUNCTION(a2b_uu) {
    KrBuffer b;
    (void)self;
    if (!kr_binascii_ascii(vm, arg[0], &b)) return KR_ERROR;
    const uint8_t *p = b.data;
    size_t count = b.len ? (*p - (unsigned)' ') & 63 : 32; // CPython sees a NUL at the end of the text
    KrValue bytes = kr_bytes(vm, NULL, count);
    bool ok = !kr_is_error(bytes) && read_uu(vm, p + (b.len != 0), p + b.len, count, kr_bytes_data(bytes, NULL));
    kr_release_buffer(vm, &b);
    return ok ? bytes : KR_ERROR;
}

static char uu_character(unsigned bits, bool backtick) { return backtick && !bits ? '`' : (char)(' ' + bits); }

FUNCTION(b2a_uu) {
    KrBuffer b;
    bool backtick;
    char line[1 + 60 + 1], *to = line;
    (void)self;
    if (!kr_truth(vm, arg[1], &backtick) || !kr_get_buffer(vm, arg[0], &b, KR_BUFFER_READ)) return KR_ERROR;
    const uint8_t *p = b.data;
    size_t len = b.len;
    *to++ = uu_character((unsigned)len & 63, backtick);
    for (size_t i = 0; len <= 45 && i < len; i += 3) {
        unsigned bits = (unsigned)p[i] << 16 | (i + 1 < len ? (unsigned)p[i + 1] << 8 : 0) | (i + 2 < len ? p[i + 2] : 0);
        for (int shift = 18; shift >= 0; shift -= 6) *to++ = uu_character(bits >> shift & 63, backtick);
    }
    kr_release_buffer(vm, &b);
    if (len > 45) return FAIL("At most 45 bytes at once");
    *to++ = '\n';
    return kr_bytes(vm, line, (size_t)(to - line));
}

// ---- Checksums -------------------------------------------------------------------------------------------------------------------

// x to the power of 16 + 12 + 5 + 0: what the eight bits that leave the register do to the others, all at once.
static uint32_t crc_ccitt(uint32_t crc, const void *data, size_t len) {
    const uint8_t *p = data;
    for (size_t i = 0; i < len; i++) {
        uint32_t x = (crc >> 8 ^ p[i]) & 0xFF;
        x ^= x >> 4;
        crc = (crc << 8 ^ x << 12 ^ x << 5 ^ x) & 0xFFFF;
    }
    return crc;
}

static KrValue checksum(KrVm *vm, const KrValue *arg, uint32_t mask, uint32_t (*sum)(uint32_t, const void *, size_t)) {
    enum { PIECE = 32768 };
    KrBuffer b;
    int64_t low;
    KrValue start = kr_index(vm, arg[1]), all = kr_is_error(start) ? start : kr_int(vm, mask);
    if (!kr_is_error(all)) all = kr_binary(vm, KR_AND, start, all);
    if (kr_is_error(all) || !kr_to_int64(vm, all, &low) || !kr_get_buffer(vm, arg[0], &b, KR_BUFFER_READ)) return KR_ERROR;
    bool ok = true;
    uint32_t value = (uint32_t)low;
    for (size_t at = 0, n; ok && at < b.len; at += n) {
        n = b.len - at < PIECE ? b.len - at : PIECE;
        value = sum(value, (const char *)b.data + at, n);
        ok = n < PIECE || kr_poll(vm, PIECE / 64);
    }
    kr_release_buffer(vm, &b);
    return ok ? kr_int(vm, value) : KR_ERROR;
}

FUNCTION(crc32) { return (void)self, checksum(vm, arg, UINT32_MAX, kr_crc32); }
FUNCTION(crc_hqx) { return (void)self, checksum(vm, arg, 0xFFFF, crc_ccitt); }

// ---- The module ------------------------------------------------------------------------------------------------------------------

#define HEXLIFY_DOC \
    "Hexadecimal representation of binary data.\n\nsep: a byte or character between the bytes, or, with bytes_per_sep, between groups of " \
    "so " \
    "many bytes,\nwhich are counted from the right; from the left if it is negative."

static const KrMethod functions[] = {
    { "a2b_base64(data, /, *, strict_mode=False)", kr_binascii_a2b_base64,
      KR_DOC("Decode base64.\n\nCharacters that are not base64 are skipped; in strict mode they, and padding in wrong places, are errors."),
      0 },
    { "a2b_hex(hexstr, /)", binascii_unhexlify, KR_DOC("Binary data of hexadecimal digits, of which there are an even number."), 0 },
    { "a2b_qp(data, header=False)", kr_binascii_a2b_qp, KR_DOC("Decode quoted-printable data; in headers _ is a space."), 0 },
    { "a2b_uu(data, /)", binascii_a2b_uu, KR_DOC("Decode a line of uuencoded data."), 0 },
    { "b2a_base64(data, /, *, newline=True)", kr_binascii_b2a_base64, KR_DOC("Encode as one line of base64, with or without a newline."),
      0 },
    { "b2a_hex(data, sep=<unset>, bytes_per_sep=1)", binascii_hexlify, KR_DOC(HEXLIFY_DOC), 0 },
    { "b2a_qp(data, quotetabs=False, istext=True, header=False)", kr_binascii_b2a_qp,
      KR_DOC("Encode as quoted-printable.\n\nquotetabs: also spaces and tabs; istext=False: also line ends; header: spaces become _."), 0 },
    { "b2a_uu(data, /, *, backtick=False)", binascii_b2a_uu,
      KR_DOC("Encode up to 45 bytes as a line of uuencoded data; zeros may be ` instead of spaces."), 0 },
    { "crc32(data, crc=0, /)", binascii_crc32, KR_DOC("The CRC-32 of data, going on from crc."), 0 },
    { "crc_hqx(data, crc, /)", binascii_crc_hqx, KR_DOC("The 16-bit CRC-CCITT of data, going on from crc."), 0 },
    { "hexlify(data, sep=<unset>, bytes_per_sep=1)", binascii_hexlify, KR_DOC(HEXLIFY_DOC), 0 },
    { "unhexlify(hexstr, /)", binascii_unhexlify, KR_DOC("Binary data of hexadecimal digits, of which there are an even number."), 0 },
    { 0 },
};

static const KrConst constants[] = {
    { "Error", KR_CONST_TYPE, { .p = &kr_binascii_error } },
    { "Incomplete", KR_CONST_TYPE, { .p = &incomplete_type } },
    { 0 },
};

const KrModuleDef kr_binascii_module = { "binascii", KR_DOC("Conversion between binary data and ASCII"), functions, constants, NULL };
