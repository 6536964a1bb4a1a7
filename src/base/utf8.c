// utf8.c - UTF-8 and generalised UTF-8: checking, decoding, counting and finding code points.
// SPDX-License-Identifier: MIT
#include "base/utf8.h"

#include "base/word.h"

static const unsigned char *bytes_of(const char *text) { return (const unsigned char *)text; }

size_t kr_ascii_prefix(const char *data, size_t len) {
    size_t at = 0;
    while (len - at >= 4 * KR_WORD_BYTES) { // four loads for one test: most data is ASCII, or not from the beginning
        const char *p = data + at;
        KrWord any =
            kr_word_load(p) | kr_word_load(p + KR_WORD_BYTES) | kr_word_load(p + 2 * KR_WORD_BYTES) | kr_word_load(p + 3 * KR_WORD_BYTES);
        if (any & KR_WORD_HIGHS) break;
        at += 4 * KR_WORD_BYTES;
    }
    while (len - at >= KR_WORD_BYTES) {
        KrWord high = kr_word_load(data + at) & KR_WORD_HIGHS;
        if (high) return at + kr_word_first(high);
        at += KR_WORD_BYTES;
    }
    while (at < len && bytes_of(data)[at] < 0x80) at++;
    return at;
}

// Length of the well-formed sequence at p, whose first byte is not ASCII; 0 when it is malformed, with the fault and the
// number of bytes that belong to it. Ranges of the second byte: Unicode 15.1, table 3-7.
static size_t sequence_length(const unsigned char *p, size_t left, bool allow_surrogates, KrUtf8Fault *fault, size_t *bad) {
    unsigned first = p[0], low = 0x80, high = 0xBF;
    if (first < 0xC2 || first > 0xF4) {
        *fault = KR_UTF8_BAD_START;
        *bad = 1;
        return 0;
    }
    size_t need = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (first == 0xE0) low = 0xA0;
    else if (first == 0xED && !allow_surrogates) high = 0x9F;
    else if (first == 0xF0) low = 0x90;
    else if (first == 0xF4) high = 0x8F;
    for (size_t i = 1; i < need; i++) {
        if (i >= left || p[i] < low || p[i] > high) {
            *fault = i >= left ? KR_UTF8_TRUNCATED : KR_UTF8_BAD_CONTINUATION;
            *bad = i;
            return 0;
        }
        low = 0x80;
        high = 0xBF;
    }
    return need;
}

bool kr_utf8_scan(const char *data, size_t len, bool allow_surrogates, KrUtf8Scan *scan) {
    const unsigned char *p = bytes_of(data);
    size_t at = kr_ascii_prefix(data, len);
    *scan = (KrUtf8Scan){ .count = at, .ascii = at == len };
    while (at < len) {
        if (p[at] < 0x80) { // between other scripts ASCII comes in short runs: words, then bytes
            size_t run = at;
            while (len - at >= KR_WORD_BYTES && !(kr_word_load(p + at) & KR_WORD_HIGHS)) at += KR_WORD_BYTES;
            while (at < len && p[at] < 0x80) at++;
            scan->count += at - run;
            continue;
        }
        scan->ascii = false;
        size_t bad;
        size_t step = sequence_length(p + at, len - at, allow_surrogates, &scan->fault, &bad);
        if (step == 0) {
            scan->start = at;
            scan->end = at + bad;
            scan->ascii = scan->count == at;
            return false;
        }
        if (p[at] == 0xED && p[at + 1] >= 0xA0) scan->surrogates = true;
        scan->count++;
        at += step;
    }
    return true;
}

uint32_t kr_utf8_next_wide(const char *text, size_t *at) {
    const unsigned char *p = bytes_of(text) + *at;
    if (p[0] < 0xE0) {
        *at += 2;
        return (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3Fu);
    }
    if (p[0] < 0xF0) {
        *at += 3;
        return (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3Fu);
    }
    *at += 4;
    return (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 | (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3Fu);
}

size_t kr_utf8_decode(const char *data, size_t len, size_t at, bool allow_surrogates, uint32_t *cp) {
    const unsigned char *p = bytes_of(data) + at;
    size_t step = 1;
    if (p[0] >= 0x80) {
        KrUtf8Fault fault;
        size_t bad;
        step = sequence_length(p, len - at, allow_surrogates, &fault, &bad);
        if (step == 0) return 0;
    }
    *cp = kr_utf8_next(data, &at);
    return step;
}

const char *kr_utf8_fault_text(KrUtf8Fault fault) {
    static const char *const text[] = {
        [KR_UTF8_OK] = "",
        [KR_UTF8_BAD_START] = "invalid start byte",
        [KR_UTF8_BAD_CONTINUATION] = "invalid continuation byte",
        [KR_UTF8_TRUNCATED] = "unexpected end of data",
    };
    return text[fault];
}

size_t kr_utf8_encode(uint32_t cp, char *out) {
    if (cp > KR_CODE_POINT_MAX) return 0;
    size_t width = kr_utf8_width(cp);
    if (width == 1) {
        out[0] = (char)cp;
        return 1;
    }
    static const unsigned char first_mark[] = { 0, 0, 0xC0, 0xE0, 0xF0 };
    for (size_t i = width - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (cp & 0x3F));
        cp >>= 6;
    }
    out[0] = (char)(first_mark[width] | cp);
    return width;
}

// 1 in each byte that starts a code point, that is, which is not 10xxxxxx.
static KrWord start_bytes(KrWord word) { return ((~word >> 7) | (word >> 6)) & KR_WORD_ONES; }

size_t kr_utf8_count(const char *text, size_t len) {
    size_t count = 0, at = 0;
    while (len - at >= KR_WORD_BYTES) {
        // Each byte of sum counts one column of words, so it takes 255 of them before the first carry. Its bytes are then
        // too big for kr_word_sum together: pairs are added first.
        size_t words = (len - at) / KR_WORD_BYTES;
        if (words > 255) words = 255;
        KrWord sum = 0;
        for (size_t i = 0; i < words; i++) sum += start_bytes(kr_word_load(text + at + i * KR_WORD_BYTES));
        const KrWord even = (KrWord)-1 / 0xFFFF * 0xFF;
        KrWord pairs = (sum & even) + ((sum >> 8) & even);
        count += (pairs * ((KrWord)-1 / 0xFFFF)) >> (8 * (KR_WORD_BYTES - 2));
        at += words * KR_WORD_BYTES;
    }
    for (; at < len; at++) count += !kr_utf8_is_continuation(text[at]);
    return count;
}

size_t kr_utf8_offset(const char *text, size_t len, size_t from, size_t n) {
    size_t at = from;
    // A word with at most n starts cannot contain the start of the n-th one after it.
    while (len - at >= KR_WORD_BYTES) {
        size_t starts = kr_word_sum(start_bytes(kr_word_load(text + at)));
        if (starts > n) break;
        n -= starts;
        at += KR_WORD_BYTES;
    }
    for (; at < len; at++) {
        if (kr_utf8_is_continuation(text[at])) continue;
        if (n == 0) break;
        n--;
    }
    return at;
}

size_t kr_utf8_offset_back(const char *text, size_t from, size_t n) {
    size_t at = from;
    while (at >= KR_WORD_BYTES) {
        size_t starts = kr_word_sum(start_bytes(kr_word_load(text + at - KR_WORD_BYTES)));
        if (starts >= n) break;
        n -= starts;
        at -= KR_WORD_BYTES;
    }
    while (n > 0 && at > 0) n -= !kr_utf8_is_continuation(text[--at]);
    return at;
}
