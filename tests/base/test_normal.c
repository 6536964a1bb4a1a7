// test_normal.c - the four normal forms of every code point and of random texts, against CPython's.
// SPDX-License-Identifier: MIT
#include "base/unicode_normal.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "text_check.h"

#include "normal_expected.h"

// The normal form of a text, in memory of exactly the size asked for.
static char *normalize(const char *text, size_t len, KrNormalForm form, size_t *out_len) {
    size_t count;
    CHECK(kr_normal_size(text, len, form, &count));
    uint32_t *buffer = malloc((count ? count : 1) * sizeof *buffer);
    size_t left = kr_normal_fill(text, len, form, buffer);
    CHECK(left <= count);
    *out_len = kr_normal_utf8_size(buffer, left);
    char *out = malloc(*out_len ? *out_len : 1);
    kr_normal_utf8_write(buffer, left, out);
    free(buffer);
    if (kr_normal_quick(text, len, form)) CHECK(*out_len == len && memcmp(out, text, len) == 0);
    return out;
}

static void test_all_code_points(void) {
    for (int form = KR_NFC; form <= KR_NFKD; form++) {
        uint64_t state = UINT64_C(14695981039346656037);
        for (uint32_t cp = 0; cp <= KR_CODE_POINT_MAX; cp++) {
            char text[KR_UTF8_MAX];
            uint32_t buffer[32];
            size_t len = kr_utf8_encode(cp, text), count;
            CHECK(kr_normal_size(text, len, (KrNormalForm)form, &count) && count <= 18);
            size_t left = kr_normal_fill(text, len, (KrNormalForm)form, buffer);
            for (size_t i = 0; i < left; i++) state = (state ^ buffer[i]) * UINT64_C(1099511628211);
            state = (state ^ 0x110000) * UINT64_C(1099511628211);
            if (kr_normal_quick(text, len, (KrNormalForm)form)) CHECK(left == 1 && buffer[0] == cp);
        }
        CHECK(state == expected_digest[form]);
    }
}

static void test_texts(void) {
    for (size_t i = 0; i < KR_COUNT_OF(expected_text); i++)
        for (int form = KR_NFC; form <= KR_NFKD; form++) {
            const char *text = expected_text[i][0], *want = expected_text[i][form + 1];
            size_t len;
            char *out = normalize(text, strlen(text), (KrNormalForm)form, &len);
            CHECK(len == strlen(want) && memcmp(out, want, len) == 0);
            free(out);
        }
}

// A long row of marks in the wrong order must not take quadratic time, and keeps the order of equal ones.
static void test_many_marks(void) {
    size_t pairs = 200000, len;
    char *text = malloc(4 * pairs + 1);
    text[0] = 'q';
    for (size_t i = 0; i < pairs; i++) memcpy(text + 1 + 4 * i, "\xCC\x81\xCC\x96", 4); // classes 230 and 220
    char *out = normalize(text, 4 * pairs + 1, KR_NFD, &len);
    CHECK(len == 4 * pairs + 1 && memcmp(out + 1, "\xCC\x96\xCC\x96", 4) == 0 && memcmp(out + len - 4, "\xCC\x81\xCC\x81", 4) == 0);
    free(out);
    free(text);
}

// Cut into chunks, the result must be the same.
static void test_identifiers(void) {
    for (int round = 0; round < 400; round++) {
        static char text[4000], out[24000];
        size_t len = 0, want_len, points = 1 + check_random(600);
        for (size_t i = 0; i < points; i++) {
            const char *piece = expected_text[check_random(KR_COUNT_OF(expected_text))][0];
            size_t size = strlen(piece);
            if (len + size > sizeof text) break;
            memcpy(text + len, piece, size);
            len += size;
        }
        char *want = normalize(text, len, KR_NFKC, &want_len);
        size_t need = kr_normal_identifier(text, len, out, sizeof out);
        if (need == 0) {
            CHECK(want_len == len && memcmp(want, text, len) == 0);
        } else {
            CHECK(need == want_len && memcmp(out, want, need) == 0);
            CHECK(kr_normal_identifier(text, len, out, 5) == need);
        }
        free(want);
    }
}

static void answer_pipe(void) {
    static char line[2000], text[1000];
    while (fgets(line, sizeof line, stdin)) {
        size_t len = strcspn(line, "\n") / 2;
        for (size_t i = 0; i < len; i++) {
            const char digits[3] = { line[2 * i], line[2 * i + 1], 0 };
            text[i] = (char)strtol(digits, NULL, 16);
        }
        for (int form = KR_NFC; form <= KR_NFKD; form++) {
            size_t out_len;
            char *out = normalize(text, len, (KrNormalForm)form, &out_len);
            for (size_t i = 0; i < out_len; i++) printf("%02x", (unsigned char)out[i]);
            putchar(form < KR_NFKD ? ' ' : '\n');
            free(out);
        }
    }
}

int main(int argc, char **argv) {
    if (argc > 1 && strcmp(argv[1], "--pipe") == 0) {
        answer_pipe();
        return 0;
    }
    test_all_code_points();
    test_texts();
    test_many_marks();
    test_identifiers();
    return check_result("normal");
}
