// test_double.c - text and arithmetic of doubles: results that CPython gave, and properties of random ones.
// SPDX-License-Identifier: MIT
//
// `test_double --pipe` reads rows from standard input and prints results, for number_oracle.py.
#include "base/double_math.h"
#include "base/double_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text_check.h"

static double double_arg(const char *s) { return kr_double_from_bits(strtoull(s, NULL, 16)); }

static void put_double(char *out, double x) {
    if (kr_isnan(x)) strcpy(out, "nan");
    else sprintf(out, "%llx", (unsigned long long)kr_double_bits(x));
}

// Calls a text function with a buffer of exactly the promised size.
static void op_format(double x, char type, const char *arg, char *out) {
    int precision, flags;
    sscanf(arg, "%d:%d", &precision, &flags);
    size_t size = kr_double_format_size(x, type, precision);
    char *text = malloc(size + 1);
    text[size] = '!';
    size_t len = kr_double_format(x, type, precision, (unsigned)flags, text);
    CHECK(len <= size && text[size] == '!');
    memcpy(out, text, len);
    out[len] = 0;
    free(text);
}

static void op_repr(double x, char *out) {
    char *text = malloc(KR_DOUBLE_REPR_MAX);
    size_t len = kr_double_repr(x, text);
    CHECK(len <= KR_DOUBLE_REPR_MAX);
    memcpy(out, text, len);
    out[len] = 0;
    free(text);
}

static void op_hex(double x, char *out) {
    char *text = malloc(KR_DOUBLE_HEX_MAX);
    size_t len = kr_double_to_hex(x, text);
    CHECK(len <= KR_DOUBLE_HEX_MAX);
    memcpy(out, text, len);
    out[len] = 0;
    free(text);
}

// A copy without the final NUL, so that reading too far is noticed.
static char *exact_copy(const char *s, size_t len) {
    char *copy = malloc(len ? len : 1);
    memcpy(copy, s, len);
    return copy;
}

static void op_parse(const char *s, char *out) {
    size_t len = strlen(s);
    char *copy = exact_copy(s, len);
    double x;
    if (kr_double_from_text(copy, len, &x)) put_double(out, x);
    else strcpy(out, "none");
    free(copy);
}

static void op_from_hex(const char *s, char *out) {
    size_t len = strlen(s);
    char *copy = exact_copy(s, len);
    double x;
    KrHexResult result = kr_double_from_hex(copy, len, &x);
    if (result == KR_HEX_OK) put_double(out, x);
    else strcpy(out, result == KR_HEX_INVALID ? "none" : "overflow");
    free(copy);
}

static void op_frexp(double x, char *out) {
    int e;
    put_double(out, kr_frexp(x, &e));
    sprintf(out + strlen(out), ",%d", e);
}

static const struct {
    const char *name;
    double (*one)(double x);
    double (*two)(double x, double y);
} math_functions[] = {
    { "trunc", kr_trunc, NULL }, { "floor", kr_floor, NULL },   { "ceil", kr_ceil, NULL },      { "round_even", kr_round_even, NULL },
    { "sqrt", kr_sqrt, NULL },   { "fmod", NULL, kr_fmod },     { "mod", NULL, kr_double_mod }, { "floordiv", NULL, kr_double_floordiv },
    { "pow", NULL, kr_pow },     { "exact_pow", NULL, kr_pow },
};

static void evaluate(const char *name, const char *a, const char *b, const char *c, char *out) {
    double x = double_arg(a);
    if (strcmp(name, "repr") == 0) return op_repr(x, out);
    if (strcmp(name, "parse") == 0) return op_parse(a, out);
    if (strcmp(name, "format") == 0) return op_format(x, *b, c, out);
    if (strcmp(name, "round") == 0) return put_double(out, kr_double_round(x, atoi(b)));
    if (strcmp(name, "hex") == 0) return op_hex(x, out);
    if (strcmp(name, "from_hex") == 0) return op_from_hex(a, out);
    if (strcmp(name, "ldexp") == 0) return put_double(out, kr_ldexp(x, atoi(b)));
    if (strcmp(name, "frexp") == 0) return op_frexp(x, out);
    for (size_t i = 0; i < sizeof math_functions / sizeof *math_functions; i++)
        if (strcmp(name, math_functions[i].name) == 0)
            return put_double(out, math_functions[i].one ? math_functions[i].one(x) : math_functions[i].two(x, double_arg(b)));
    strcpy(out, "unknown operation");
}

// --- Results of CPython ---

// Powers may differ from the C library's in the last place.
static bool is_close(const char *name, const char *got, const char *want) {
    if (strcmp(got, want) == 0) return true;
    if (strcmp(name, "pow") != 0 || *got == 'n' || *want == 'n') return false;
    int64_t difference = (int64_t)(strtoull(got, NULL, 16) - strtoull(want, NULL, 16));
    return difference >= -1 && difference <= 1;
}

static void test_expected(void) {
    static const char *const rows[][5] = {
#include "double_expected.h"
    };
    static char got[4096];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        evaluate(rows[i][0], rows[i][1], rows[i][2], rows[i][3], got);
        bool right = is_close(rows[i][0], got, rows[i][4]);
        if (!right) printf("%s(%s, %s, %s): %s, not %s\n", rows[i][0], rows[i][1], rows[i][2], rows[i][3], got, rows[i][4]);
        CHECK(right);
    }
}

static int answer_pipe(void) {
    static char line[1 << 16], got[1 << 14];
    while (fgets(line, sizeof line, stdin)) {
        char *part[4] = { "", "", "", "" }, *p = strtok(line, " \n");
        for (size_t n = 0; n < 4 && p; p = strtok(NULL, " \n")) part[n++] = p;
        evaluate(part[0], part[1], part[2], part[3], got);
        puts(got);
    }
    return check_failures != 0;
}

// --- Properties ---

static double random_double(void) {
    uint64_t bits = (uint64_t)check_random(UINT32_MAX) << 32 | check_random(UINT32_MAX);
    if (check_random(4) == 0) bits &= ~KR_DOUBLE_INF_BITS | (uint64_t)0x3F << 52; // small exponents
    double x = kr_double_from_bits(bits);
    return kr_isfinite(x) ? x : 1.0;
}

// Shortest text reads back; one digit less does not.
static void test_round_trip(void) {
    for (int i = 0; i < 20000; i++) {
        double x = kr_fabs(random_double()), back;
        char digits[32], text[64];
        int point;
        size_t len = kr_double_digits(x, KR_DIGITS_SHORTEST, 0, digits, &point);
        if (!len) continue;
        sprintf(text, "0.%.*se%d", (int)len, digits, point);
        CHECK(kr_double_from_text(text, strlen(text), &back) && back == x);
        len = kr_double_digits(x, KR_DIGITS_SIGNIFICANT, (int)len - 1, digits, &point);
        sprintf(text, "0.%.*se%d", (int)len, digits, point);
        CHECK(kr_double_from_text(text, strlen(text), &back) && (back != x || strlen(text) < 6));
    }
}

// The fast and the exact way give the same digits: the C library's, which are exact too.
static void test_against_printf(void) {
    static char got[2048], want[2048];
    for (int i = 0; i < 20000; i++) {
        double x = random_double();
        int precision = (int)check_random(check_random(10) ? 20 : 800);
        char type = "efg"[check_random(3)], format[] = { '%', '.', '*', type, 0 };
        if (type == 'f' && kr_fabs(x) > 1e300) precision = 0;
        size_t len = kr_double_format(x, type, precision, 0, got);
        got[len] = 0;
        snprintf(want, sizeof want, format, precision, x);
        CHECK(strcmp(got, want) == 0);
    }
}

static void test_special(void) {
    const double inf = kr_double_inf(), nan = kr_double_nan();
    CHECK(kr_isnan(nan) && !kr_isnan(inf) && kr_isinf(inf) && kr_isinf(-inf) && !kr_isinf(nan) && !kr_isfinite(nan) && kr_isfinite(0));
    CHECK(kr_signbit(-0.0) && !kr_signbit(0.0) && kr_copysign(3, -0.0) == -3 && kr_fabs(-2.5) == 2.5);
    CHECK(kr_pow(nan, 0) == 1 && kr_pow(1, nan) == 1 && kr_isnan(kr_pow(nan, 1)) && kr_isnan(kr_pow(-1.5, 0.5)));
    CHECK(kr_pow(0, -1) == inf && kr_pow(-0.0, -3) == -inf && kr_pow(-0.0, -2) == inf && kr_pow(-0.0, 3) == 0 &&
          kr_signbit(kr_pow(-0.0, 3)));
    CHECK(kr_pow(-1, inf) == 1 && kr_pow(0.5, inf) == 0 && kr_pow(0.5, -inf) == inf && kr_pow(-inf, 3) == -inf && kr_pow(inf, -1) == 0);
    CHECK(kr_pow(2, -1074) == 5e-324 && kr_pow(2, -1075) == 0 && kr_pow(2, 1024) == inf && kr_pow(-2, 1025) == -inf &&
          kr_pow(10, 22) == 1e22);
    CHECK(kr_isnan(kr_fmod(inf, 1)) && kr_isnan(kr_fmod(1, 0)) && kr_fmod(5, inf) == 5 && kr_fmod(-5, 3) == -2);
    CHECK(kr_isnan(kr_sqrt(-1)) && kr_signbit(kr_sqrt(-0.0)) && kr_sqrt(inf) == inf && kr_sqrt(5e-324) > 2e-162);
    CHECK(kr_double_from_parts(1, -1075, false) == 0 && kr_double_from_parts(3, -1075, false) == 1e-323);
    CHECK(kr_double_from_parts(UINT64_MAX, 960, false) == inf && kr_double_from_parts(1, INT32_MAX, false) == inf);
    CHECK(kr_double_from_parts(1, INT32_MIN, false) == 0);
    double x;
    CHECK(kr_double_from_decimal(15, -1, false, &x) && x == 1.5);
    CHECK(kr_double_from_decimal(1234567890123456789, -5, true, &x) && x == 12345678901234.56789);
    CHECK(!kr_double_from_decimal(9007199254740993, 0, true, &x)); // the next digits decide
}

int main(int argc, char **argv) {
    if (argc > 1 && strcmp(argv[1], "--pipe") == 0) return answer_pipe();
    test_expected();
    test_round_trip();
    test_against_printf();
    test_special();
    return check_result("test_double");
}
