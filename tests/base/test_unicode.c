// test_unicode.c - every property and mapping of every code point, against digests of CPython's answers.
// SPDX-License-Identifier: MIT
#include "base/unicode.h"

#include <string.h>

#include "base/utf8.h"
#include "text_check.h"

// Writes the answer for one code point, 1 to 3 numbers, and returns how many.
typedef size_t (*Answer)(uint32_t cp, uint32_t *out);

#define ANSWER(name, value) \
    static size_t name(uint32_t cp, uint32_t *out) { \
        out[0] = (uint32_t)(value); \
        return 1; \
    }
ANSWER(category, kr_unicode_category(cp))
ANSWER(is_upper, kr_unicode_is_upper(cp))
ANSWER(is_lower, kr_unicode_is_lower(cp))
ANSWER(is_title, kr_unicode_is_title(cp))
ANSWER(is_alpha, kr_unicode_is_alpha(cp))
ANSWER(is_alnum, kr_unicode_is_alnum(cp))
ANSWER(is_decimal, kr_unicode_is_decimal(cp))
ANSWER(is_digit, kr_unicode_is_digit(cp))
ANSWER(is_numeric, kr_unicode_is_numeric(cp))
ANSWER(is_printable, kr_unicode_is_printable(cp))
ANSWER(is_space, kr_unicode_is_space(cp))
ANSWER(is_line_break, kr_unicode_is_line_break(cp))
ANSWER(is_identifier_start, kr_unicode_is_identifier_start(cp))
ANSWER(is_identifier_part, kr_unicode_is_identifier_part(cp))
ANSWER(is_cased_or_ignorable, kr_unicode_is_cased(cp) || kr_unicode_is_case_ignorable(cp))
ANSWER(decimal_value, kr_unicode_decimal_value(cp))
ANSWER(digit_value, kr_unicode_digit_value(cp))

// A sigma after cp alone is final when cp is cased and not ignorable.
ANSWER(is_cased, kr_unicode_is_cased(cp) && !kr_unicode_is_case_ignorable(cp))

static const Answer column[] = {
    category,
    is_upper,
    is_lower,
    is_title,
    is_alpha,
    is_alnum,
    is_decimal,
    is_digit,
    is_numeric,
    is_printable,
    is_space,
    is_line_break,
    is_identifier_start,
    is_identifier_part,
    is_cased_or_ignorable,
    is_cased,
    decimal_value,
    digit_value,
    kr_unicode_to_upper,
    kr_unicode_to_lower,
    kr_unicode_to_title,
    kr_unicode_to_fold,
};

static const struct {
    const char *name;
    uint64_t digest;
} expected[] = {
#include "unicode_expected.h"
};

static void test_all_code_points(void) {
    for (size_t i = 0; i < KR_COUNT_OF(column); i++) {
        uint64_t state = UINT64_C(14695981039346656037);
        for (uint32_t cp = 0; cp <= KR_CODE_POINT_MAX; cp++) {
            uint32_t out[KR_CASE_MAX];
            size_t count = column[i](cp, out);
            for (size_t j = 0; j < count; j++) state = (state ^ out[j]) * UINT64_C(1099511628211);
        }
        if (state != expected[i].digest) printf("%s differs from CPython\n", expected[i].name);
        CHECK(state == expected[i].digest);
    }
}

static void dump(void) {
    for (uint32_t cp = 0; cp <= KR_CODE_POINT_MAX; cp++)
        for (size_t i = 0; i < KR_COUNT_OF(column); i++) {
            uint32_t out[KR_CASE_MAX];
            size_t count = column[i](cp, out);
            for (size_t j = 0; j < count; j++) printf("%s%d", j ? "," : "", (int)out[j]);
            putchar(i + 1 < KR_COUNT_OF(column) ? ' ' : '\n');
        }
}

static void test_out_of_range(void) {
    uint32_t out[KR_CASE_MAX];
    CHECK(kr_unicode_category(0x110000) == KR_CATEGORY_CN && kr_unicode_category(UINT32_MAX) == KR_CATEGORY_CN);
    CHECK(!kr_unicode_is_printable(0x110000) && !kr_unicode_is_space(UINT32_MAX) && kr_unicode_decimal_value(UINT32_MAX) == -1);
    CHECK(kr_unicode_to_upper(UINT32_MAX, out) == 1 && out[0] == UINT32_MAX);
    CHECK(strcmp(kr_unicode_category_name(KR_CATEGORY_SO), "So") == 0);
}

static bool is_final(const char *text) {
    const char *sigma = strstr(text, "\xCE\xA3");
    return kr_unicode_sigma_is_final(text, strlen(text), (size_t)(sigma - text));
}

static void test_final_sigma(void) {
    CHECK(!is_final("\xCE\xA3"));
    CHECK(is_final("a\xCE\xA3"));
    CHECK(!is_final("a\xCE\xA3z"));
    CHECK(is_final("a\xCE\xA3 z"));
    CHECK(is_final("a.\xCE\xA3"));
    CHECK(!is_final("a\xCE\xA3.z"));
    CHECK(!is_final("a \xCE\xA3"));
    CHECK(!is_final("...\xCE\xA3"));
}

int main(int argc, char **argv) {
    if (argc > 1 && strcmp(argv[1], "--dump") == 0) {
        dump();
        return 0;
    }
    test_all_code_points();
    test_out_of_range();
    test_final_sigma();
    return check_result("unicode");
}
