// utf8.h - UTF-8 and generalised UTF-8: checking, decoding, counting and finding code points.
// SPDX-License-Identifier: MIT
//
// Two encodings are meant in this file. Strict UTF-8 is RFC 3629: shortest form only, nothing above U+10FFFF, no surrogates.
// Generalised UTF-8, which str holds, also encodes a lone surrogate as three bytes (ED A0 80 .. ED BF BF) and never merges two
// of them. Functions that take "text" trust it to be generalised UTF-8 and do no checks; functions that take "data" check.
// Offsets and lengths are in bytes, counts in code points.
#ifndef KRAIT_BASE_UTF8_H
#define KRAIT_BASE_UTF8_H

#include "krait_config.h"

#define KR_CODE_POINT_MAX 0x10FFFFu // the last code point of Unicode
#define KR_UTF8_MAX       4         // bytes that one code point needs at most

typedef enum {
    KR_UTF8_OK,
    KR_UTF8_BAD_START,        // "invalid start byte"
    KR_UTF8_BAD_CONTINUATION, // "invalid continuation byte"
    KR_UTF8_TRUNCATED,        // "unexpected end of data"
} KrUtf8Fault;

// What one pass over untrusted data finds out. When fault is not KR_UTF8_OK, count, ascii and surrogates describe the bytes
// before start, and start..end are the bytes that UnicodeDecodeError names and that errors='replace' replaces.
typedef struct {
    size_t count;      // code points
    bool ascii;        // no byte above 0x7F
    bool surrogates;   // at least one lone surrogate
    KrUtf8Fault fault; // what is wrong at start
    size_t start;
    size_t end;
} KrUtf8Scan;

// Checks data[0..len) and fills in *scan; true when all of it is well-formed. allow_surrogates selects generalised UTF-8.
bool kr_utf8_scan(const char *data, size_t len, bool allow_surrogates, KrUtf8Scan *scan);

// Decodes the code point at data[at], at < len, into *cp and returns its length; 0, with *cp untouched, when it is malformed.
size_t kr_utf8_decode(const char *data, size_t len, size_t at, bool allow_surrogates, uint32_t *cp);

// CPython's reason text for a fault.
const char *kr_utf8_fault_text(KrUtf8Fault fault);

// Writes a code point, surrogates included, to out (room for KR_UTF8_MAX) and returns its length; 0 above KR_CODE_POINT_MAX.
size_t kr_utf8_encode(uint32_t cp, char *out);

// Code points in text[0..len).
size_t kr_utf8_count(const char *text, size_t len);

// Byte offset of the n-th code point after the one at offset from (n = 0 gives from); len when there are not that many.
size_t kr_utf8_offset(const char *text, size_t len, size_t from, size_t n);

// Byte offset of the n-th code point before offset from; 0 when there are not that many.
size_t kr_utf8_offset_back(const char *text, size_t from, size_t n);

// Bytes before the first one above 0x7F; len when there is none.
size_t kr_ascii_prefix(const char *data, size_t len);

static inline bool kr_is_ascii(const char *data, size_t len) { return kr_ascii_prefix(data, len) == len; }

static inline bool kr_is_surrogate(uint32_t cp) { return cp >= 0xD800 && cp <= 0xDFFF; }

// Whether a byte of text is inside a code point rather than at its start.
static inline bool kr_utf8_is_continuation(char byte) { return ((unsigned char)byte & 0xC0) == 0x80; }

// Length of cp, at most KR_CODE_POINT_MAX, in generalised UTF-8.
static inline size_t kr_utf8_width(uint32_t cp) { return cp < 0x80 ? 1 : cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4; }

// Length of the code point of text whose first byte this is.
static inline size_t kr_utf8_width_at(char first) {
    unsigned char byte = (unsigned char)first;
    return byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

uint32_t kr_utf8_next_wide(const char *text, size_t *at); // kr_utf8_next of what is not ASCII

// The code point at text[*at]; moves *at past it.
static inline uint32_t kr_utf8_next(const char *text, size_t *at) {
    unsigned char first = (unsigned char)text[*at];
    return KR_LIKELY(first < 0x80) ? (++*at, first) : kr_utf8_next_wide(text, at);
}

// The code point that ends at text[*at], *at > 0; moves *at to its start.
static inline uint32_t kr_utf8_prev(const char *text, size_t *at) {
    size_t start = *at - 1;
    while (start > 0 && kr_utf8_is_continuation(text[start])) start--;
    *at = start;
    size_t end = start;
    return kr_utf8_next(text, &end);
}

#endif
