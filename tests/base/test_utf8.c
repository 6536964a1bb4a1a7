// test_utf8.c - UTF-8 against the table of well-formed sequences and against slow versions of each function.
// SPDX-License-Identifier: MIT
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#include "text_check.h"

static void test_round_trip(void) {
    for (uint32_t cp = 0; cp <= KR_CODE_POINT_MAX; cp++) {
        char out[KR_UTF8_MAX];
        size_t width = kr_utf8_encode(cp, out), forward = 0, backward = width;
        uint32_t decoded = 0;
        CHECK(width == kr_utf8_width(cp) && width == kr_utf8_width_at(out[0]));
        CHECK(kr_utf8_next(out, &forward) == cp && forward == width);
        CHECK(kr_utf8_prev(out, &backward) == cp && backward == 0);
        CHECK(kr_utf8_decode(out, width, 0, true, &decoded) == width && decoded == cp);
        CHECK((kr_utf8_decode(out, width, 0, false, &decoded) == 0) == kr_is_surrogate(cp));
        KrUtf8Scan scan;
        CHECK(kr_utf8_scan(out, width, true, &scan) && scan.count == 1 && scan.ascii == (cp < 0x80));
        CHECK(scan.surrogates == kr_is_surrogate(cp));
        CHECK(kr_utf8_scan(out, width, false, &scan) == !kr_is_surrogate(cp));
        for (size_t cut = 1; cut < width; cut++) {
            CHECK(!kr_utf8_scan(out, cut, true, &scan) && scan.fault == KR_UTF8_TRUNCATED && scan.start == 0 && scan.end == cut);
            CHECK(kr_utf8_decode(out, cut, 0, true, &decoded) == 0);
        }
    }
    char out[KR_UTF8_MAX];
    CHECK(kr_utf8_encode(KR_CODE_POINT_MAX + 1, out) == 0 && kr_utf8_encode(UINT32_MAX, out) == 0);
}

// Places and reasons as CPython's UnicodeDecodeError gives them.
static void test_faults(void) {
    static const struct {
        const char *data;
        KrUtf8Fault fault;
        size_t start, end, count;
    } row[] = {
        { "ab\x80", KR_UTF8_BAD_START, 2, 3, 2 },
        { "\xC0\x80", KR_UTF8_BAD_START, 0, 1, 0 },
        { "\xC1\xBF", KR_UTF8_BAD_START, 0, 1, 0 },
        { "\xF5\x80\x80\x80", KR_UTF8_BAD_START, 0, 1, 0 },
        { "\xFF", KR_UTF8_BAD_START, 0, 1, 0 },
        { "\xC3(", KR_UTF8_BAD_CONTINUATION, 0, 1, 0 },
        { "\xE0\x9F\xBF", KR_UTF8_BAD_CONTINUATION, 0, 1, 0 },
        { "\xED\xA0\x80", KR_UTF8_BAD_CONTINUATION, 0, 1, 0 },
        { "\xE2\x82(", KR_UTF8_BAD_CONTINUATION, 0, 2, 0 },
        { "\xF0\x8F\xBF\xBF", KR_UTF8_BAD_CONTINUATION, 0, 1, 0 },
        { "\xF4\x90\x80\x80", KR_UTF8_BAD_CONTINUATION, 0, 1, 0 },
        { "x\xC3\xA4\xF0\x9F\x98(", KR_UTF8_BAD_CONTINUATION, 3, 6, 2 },
        { "\xE2\x82", KR_UTF8_TRUNCATED, 0, 2, 0 },
        { "\xC3\xA4\xF0", KR_UTF8_TRUNCATED, 2, 3, 1 },
        { "\xF0\x9F\x98", KR_UTF8_TRUNCATED, 0, 3, 0 },
        { "0123456789012345678901234567890123456789\xE9", KR_UTF8_TRUNCATED, 40, 41, 40 },
    };
    for (size_t i = 0; i < KR_COUNT_OF(row); i++) {
        KrUtf8Scan scan;
        CHECK(!kr_utf8_scan(row[i].data, strlen(row[i].data), false, &scan));
        CHECK(scan.fault == row[i].fault && scan.start == row[i].start && scan.end == row[i].end);
        CHECK(scan.count == row[i].count && scan.ascii == (scan.count == scan.start));
    }
    KrUtf8Scan scan;
    CHECK(kr_utf8_scan("", 0, false, &scan) && scan.count == 0 && scan.ascii && scan.fault == KR_UTF8_OK);
    CHECK(strcmp(kr_utf8_fault_text(KR_UTF8_TRUNCATED), "unexpected end of data") == 0);
}

// A text of random code points, mostly of one width, in a block of exactly its size, so that a sanitizer sees every overrun.
static char *random_text(size_t points, size_t *offset, size_t *len) {
    static const uint32_t below[] = { 0x80, 0x800, 0x10000, 0x110000 };
    char *big = malloc(points * KR_UTF8_MAX + 1);
    uint32_t usual = below[check_random(4)];
    *len = 0;
    for (size_t i = 0; i < points; i++) {
        uint32_t limit = check_random(8) ? usual : below[check_random(4)];
        offset[i] = *len;
        *len += kr_utf8_encode(check_random(limit), big + *len);
    }
    offset[points] = *len;
    char *text = malloc(*len ? *len : 1);
    memcpy(text, big, *len);
    free(big);
    return text;
}

static void test_positions(void) {
    size_t offset[301];
    for (int round = 0; round < 2000; round++) {
        size_t points = check_random(round % 50 ? 40 : 300), len;
        char *text = random_text(points, offset, &len);
        KrUtf8Scan scan;
        CHECK(kr_utf8_scan(text, len, true, &scan) && scan.count == points && scan.ascii == (len == points));
        CHECK(kr_utf8_count(text, len) == points);
        size_t from = check_random((uint32_t)points + 1), n = check_random((uint32_t)points + 3);
        CHECK(kr_utf8_count(text + offset[from], len - offset[from]) == points - from);
        size_t ahead = from + n < points ? from + n : points, behind = n < from ? from - n : 0;
        CHECK(kr_utf8_offset(text, len, offset[from], n) == offset[ahead]);
        CHECK(kr_utf8_offset_back(text, offset[from], n) == offset[behind]);
        size_t at = 0, prefix = 0;
        while (prefix < len && (unsigned char)text[prefix] < 0x80) prefix++;
        CHECK(kr_ascii_prefix(text, len) == prefix);
        CHECK(kr_is_ascii(text, len) == (prefix == len));
        for (size_t i = 0; i < points; i++) {
            CHECK(at == offset[i]);
            (void)kr_utf8_next(text, &at);
        }
        free(text);
    }
}

// Sums of many words must not overflow from one byte of a word into the next.
static void test_long_count(void) {
    size_t len = 300000;
    char *text = malloc(len);
    memset(text, 'x', len);
    CHECK(kr_utf8_count(text, len) == len && kr_is_ascii(text, len));
    CHECK(kr_utf8_offset(text, len, 7, 200001) == 200008);
    for (size_t i = 0; i + 1 < len; i += 2) memcpy(text + i, "\xC3\xA4", 2);
    CHECK(kr_utf8_count(text, len) == len / 2);
    CHECK(kr_utf8_offset(text, len, 0, 100001) == 200002 && kr_utf8_offset_back(text, len, 100001) == len - 200002);
    free(text);
}

// Random bytes: no fault may reach outside the data, and what comes before it must be good.
static void test_noise(void) {
    static const unsigned char likely[] = { 'a', 0x80, 0xBF, 0xC3, 0xE0, 0xED, 0xA0, 0xF0, 0xF4, 0x90, 0x8F, 0xFF };
    for (int round = 0; round < 20000; round++) {
        size_t len = check_random(24);
        char *data = malloc(len ? len : 1);
        for (size_t i = 0; i < len; i++) data[i] = (char)(check_random(3) ? likely[check_random(sizeof likely)] : check_random(256));
        KrUtf8Scan scan, before;
        bool ok = kr_utf8_scan(data, len, round & 1, &scan);
        size_t good = ok ? len : scan.start, at = 0, count = 0;
        CHECK(ok == (scan.fault == KR_UTF8_OK) && (ok || (scan.start < scan.end && scan.end <= len)));
        CHECK(kr_utf8_scan(data, good, round & 1, &before) && before.count == scan.count && before.ascii == scan.ascii);
        uint32_t cp;
        for (size_t step; at < len && (step = kr_utf8_decode(data, len, at, round & 1, &cp)) != 0; at += step) count++;
        CHECK(at == good && count == scan.count);
        free(data);
    }
}

int main(void) {
    test_round_trip();
    test_faults();
    test_positions();
    test_long_count();
    test_noise();
    return check_result("utf8");
}
