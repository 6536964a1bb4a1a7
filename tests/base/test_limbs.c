// test_limbs.c - arithmetic on limbs: results that CPython gave, and long operands against slow and simple ones.
// SPDX-License-Identifier: MIT
//
// All buffers are allocated with exactly the promised sizes, so that a sanitizer sees every access beyond them; guard limbs
// behind each show writes without one. `test_limbs --pipe` reads rows from standard input and prints results: number_oracle.py.
#include "base/limbs.h"

#include <stdlib.h>
#include <string.h>

#include "base/double_math.h"
#include "base/int_text.h"
#include "text_check.h"

#define GUARD (KR_LIMB_MAX / 3)

// --- Memory ---

static KrLimb *take(size_t n) {
    if (n > (size_t)1 << 26) return printf("size of %zu limbs\n", n), exit(1), NULL;
    KrLimb *p = malloc((n + 1) * sizeof *p);
    memset(p, 0xAA, n * sizeof *p);
    p[n] = GUARD;
    return p;
}

static void give(KrLimb *p, size_t n) {
    CHECK(p[n] == GUARD);
    free(p);
}

typedef struct {
    KrLimb *limb;
    size_t n, size;
    bool negative;
} Big;

static Big big_new(size_t size) { return (Big){ take(size), 0, size, false }; }
static void big_free(Big *a) { give(a->limb, a->size); }

static Big big_random(size_t n) {
    Big a = big_new(n);
    uint32_t kind = check_random(4); // random limbs, ones, zeros, or a mixture
    for (size_t i = 0; i < n; i++) {
        KrLimb limb = (KrLimb)((uint64_t)check_random(UINT32_MAX) << 32 | check_random(UINT32_MAX));
        uint32_t which = kind == 3 ? check_random(3) : kind;
        a.limb[i] = which == 0 ? limb : which == 1 ? KR_LIMB_MAX : 0;
    }
    if (n && !a.limb[n - 1]) a.limb[n - 1] = 1;
    a.n = n;
    return a;
}

// --- Text: a sign and hexadecimal digits ---

static Big big_parse(const char *s) {
    bool negative = *s == '-';
    s += negative;
    while (*s == '0') s++;
    size_t digits = strlen(s), per_limb = sizeof(KrLimb) * 2, n = (digits + per_limb - 1) / per_limb;
    Big a = big_new(n);
    a.n = n, a.negative = negative;
    for (size_t i = 0; i < n; i++) a.limb[i] = 0;
    for (size_t i = 0; i < digits; i++) {
        unsigned digit = kr_digit_value(s[digits - 1 - i]);
        a.limb[i / per_limb] |= (KrLimb)digit << (i % per_limb * 4);
    }
    return a;
}

typedef struct {
    char *text;
    size_t len, size;
} Out;

static void out_char(Out *out, char c) {
    if (out->len + 1 >= out->size) out->text = realloc(out->text, out->size = 2 * out->size + 64);
    out->text[out->len++] = c;
    out->text[out->len] = 0;
}

static void out_text(Out *out, const char *s) {
    while (*s) out_char(out, *s++);
}

static void out_limbs(Out *out, const KrLimb *a, size_t n, bool negative) {
    CHECK(!n || a[n - 1]); // results are normalised
    if (negative) out_char(out, '-');
    if (!n) out_char(out, '0');
    bool started = false;
    for (size_t i = n * sizeof(KrLimb) * 2; i--;) {
        unsigned digit = a[i * 4 / KR_LIMB_BITS] >> (i * 4 % KR_LIMB_BITS) & 15;
        if (digit || started) out_char(out, "0123456789abcdef"[digit]), started = true;
    }
}

static void out_number(Out *out, uint64_t value) {
    char text[KR_INT64_TEXT_MAX + 1];
    text[kr_uint64_to_text(value, 16, text)] = 0;
    out_text(out, text);
}

static void out_double(Out *out, double x) { out_number(out, kr_double_bits(x)); }

static double double_parse(const char *s) {
    uint64_t bits = 0;
    for (; *s; s++) bits = bits << 4 | kr_digit_value(*s);
    return kr_double_from_bits(bits);
}

// --- Operations: up to three arguments, numbers or text ---

typedef struct {
    Big a, b, c;
    const char *arg[3];
    size_t bits; // the second argument as a count
    Out *out;
} Call;

static void op_add(Call *c) { // of signed numbers
    size_t size = (c->a.n > c->b.n ? c->a.n : c->b.n) + 1, n;
    KrLimb *r = take(size);
    bool negative = c->a.negative;
    if (c->a.negative == c->b.negative) {
        n = kr_limbs_add(r, c->a.limb, c->a.n, c->b.limb, c->b.n);
    } else if (kr_limbs_cmp(c->a.limb, c->a.n, c->b.limb, c->b.n) >= 0) {
        n = kr_limbs_sub(r, c->a.limb, c->a.n, c->b.limb, c->b.n);
    } else {
        n = kr_limbs_sub(r, c->b.limb, c->b.n, c->a.limb, c->a.n);
        negative = c->b.negative;
    }
    out_limbs(c->out, r, n, negative && n);
    give(r, size);
}

static void op_mul(Call *c) {
    size_t n = c->a.n + c->b.n, ns = kr_limbs_mul_scratch(c->a.n, c->b.n);
    KrLimb *r = take(n), *scratch = take(ns);
    CHECK(kr_limbs_mul(r, c->a.limb, c->a.n, c->b.limb, c->b.n, scratch, NULL));
    size_t nr = kr_limbs_trim(r, n);
    out_limbs(c->out, r, nr, nr && c->a.negative != c->b.negative);
    give(r, n), give(scratch, ns);
}

static void op_sqr(Call *c) {
    size_t n = 2 * c->a.n, ns = kr_limbs_sqr_scratch(c->a.n);
    KrLimb *r = take(n), *scratch = take(ns);
    CHECK(kr_limbs_sqr(r, c->a.limb, c->a.n, scratch, NULL));
    out_limbs(c->out, r, kr_limbs_trim(r, n), false);
    give(r, n), give(scratch, ns);
}

static void op_divmod(Call *c) {
    size_t nq = (c->a.n > c->b.n ? c->a.n - c->b.n : 0) + 2, nr = c->a.n > c->b.n ? c->a.n : c->b.n;
    size_t ns = kr_limbs_divmod_scratch(c->a.n, c->b.n);
    KrLimb *q = take(nq), *r = take(nr), *scratch = take(ns);
    KrLimbsDivmod d;
    CHECK(kr_limbs_divmod(q, r, &d, c->a.limb, c->a.n, c->a.negative, c->b.limb, c->b.n, c->b.negative, scratch, NULL));
    out_limbs(c->out, q, d.nq, d.q_negative);
    out_char(c->out, ',');
    out_limbs(c->out, r, d.nrem, d.rem_negative);
    give(q, nq), give(r, nr), give(scratch, ns);
}

static void op_shl(Call *c) {
    size_t n = kr_limbs_shl_size(c->a.n, c->bits);
    KrLimb *r = take(n);
    size_t nr = kr_limbs_shl(r, c->a.limb, c->a.n, c->bits);
    out_limbs(c->out, r, nr, c->a.negative);
    bool sticky;
    CHECK(kr_limbs_cmp(r, kr_limbs_shr(r, r, nr, c->bits, &sticky), c->a.limb, c->a.n) == 0 && !sticky); // and back, in place
    give(r, n);
}

static void op_shr(Call *c) {
    size_t limbs = c->bits / KR_LIMB_BITS, n = (c->a.n > limbs ? c->a.n - limbs : 1) + 1;
    KrLimb *r = take(n);
    out_limbs(c->out, r, kr_limbs_shr_floor(r, c->a.limb, c->a.n, c->a.negative, c->bits), c->a.negative);
    give(r, n);
}

typedef size_t BitFunction(KrLimb *r, bool *negative, const KrLimb *a, size_t na, bool a_negative, const KrLimb *b, size_t nb,
                           bool b_negative);

static void bit_operation(Call *c, BitFunction *f) {
    size_t n = (c->a.n > c->b.n ? c->a.n : c->b.n) + 1, nr;
    KrLimb *r = take(n);
    bool negative;
    nr = f(r, &negative, c->a.limb, c->a.n, c->a.negative, c->b.limb, c->b.n, c->b.negative);
    out_limbs(c->out, r, nr, negative);
    give(r, n);
}

static void op_and(Call *c) { bit_operation(c, kr_limbs_and); }
static void op_or(Call *c) { bit_operation(c, kr_limbs_or); }
static void op_xor(Call *c) { bit_operation(c, kr_limbs_xor); }

static void op_not(Call *c) {
    KrLimb *r = take(c->a.n + 1);
    bool negative;
    size_t n = kr_limbs_not(r, &negative, c->a.limb, c->a.n, c->a.negative);
    out_limbs(c->out, r, n, negative);
    give(r, c->a.n + 1);
}

static void op_bits(Call *c) { // length, ones, zeros at the bottom
    out_number(c->out, kr_limbs_bit_length(c->a.limb, c->a.n));
    out_char(c->out, ',');
    out_number(c->out, kr_limbs_popcount(c->a.limb, c->a.n));
    out_char(c->out, ',');
    out_number(c->out, c->a.n ? kr_limbs_trailing_zeros(c->a.limb, c->a.n) : 0);
}

static void op_pow(Call *c) {
    size_t n = kr_limbs_pow_size(c->a.limb, c->a.n, c->bits), ns = kr_limbs_pow_scratch(c->a.limb, c->a.n, c->bits), nr;
    KrLimb *r = take(n), *scratch = take(ns);
    CHECK(kr_limbs_pow(r, &nr, c->a.limb, c->a.n, c->bits, scratch, NULL));
    out_limbs(c->out, r, nr, c->a.negative && nr && (c->bits & 1));
    give(r, n), give(scratch, ns);
}

static void op_modpow(Call *c) {
    size_t ns = kr_limbs_modpow_scratch(c->a.n, c->b.n, c->c.n), nr;
    KrLimb *r = take(c->c.n), *scratch = take(ns);
    CHECK(kr_limbs_modpow(r, &nr, c->a.limb, c->a.n, c->b.limb, c->b.n, c->c.limb, c->c.n, scratch, NULL));
    out_limbs(c->out, r, nr, false);
    give(r, c->c.n), give(scratch, ns);
}

static void op_gcd(Call *c) {
    size_t n = c->a.n > c->b.n ? c->a.n : c->b.n, ns = kr_limbs_gcd_scratch(c->a.n, c->b.n), nr;
    KrLimb *r = take(n), *scratch = take(ns);
    CHECK(kr_limbs_gcd(r, &nr, c->a.limb, c->a.n, c->b.limb, c->b.n, scratch, NULL));
    out_limbs(c->out, r, nr, false);
    give(r, n), give(scratch, ns);
}

static void op_invert(Call *c) {
    size_t ns = kr_limbs_invert_scratch(c->a.n, c->b.n), nr;
    KrLimb *r = take(c->b.n), *scratch = take(ns);
    bool exists;
    CHECK(kr_limbs_invert(r, &nr, &exists, c->a.limb, c->a.n, c->b.limb, c->b.n, scratch, NULL));
    if (exists) out_limbs(c->out, r, nr, false);
    else out_text(c->out, "none");
    give(r, c->b.n), give(scratch, ns);
}

static void op_isqrt(Call *c) {
    size_t n = c->a.n / 2 + 1, ns = kr_limbs_isqrt_scratch(c->a.n), nr;
    KrLimb *r = take(n), *scratch = take(ns);
    CHECK(kr_limbs_isqrt(r, &nr, c->a.limb, c->a.n, scratch, NULL));
    out_limbs(c->out, r, nr, false);
    give(r, n), give(scratch, ns);
}

static void op_str(Call *c) { // base 2 to 36
    unsigned base = (unsigned)c->bits;
    size_t size = kr_limbs_to_text_size(c->a.limb, c->a.n, base), ns = kr_limbs_to_text_scratch(c->a.n, base), len;
    KrLimb *scratch = take(ns);
    char *text = malloc(size + 1);
    text[size] = '!';
    CHECK(kr_limbs_to_text(text, &len, c->a.limb, c->a.n, base, scratch, NULL) && len <= size);
    CHECK(text[size] == '!');
    text[len] = 0;
    if (c->a.negative) out_char(c->out, '-');
    out_text(c->out, text);
    free(text);
    give(scratch, ns);
}

static void op_int(Call *c) { // text, base 0 or 2 to 36
    const char *s = c->arg[0][0] == '~' ? "" : c->arg[0];
    KrIntText t;
    if (!kr_int_text_scan(s, strlen(s), (unsigned)c->bits, &t)) return out_text(c->out, "none");
    size_t n = kr_limbs_from_text_size(t.digits, t.base), ns = kr_limbs_from_text_scratch(t.digits, t.base), nr;
    KrLimb *r = take(n), *scratch = take(ns);
    CHECK(kr_limbs_from_text(r, &nr, t.body, t.len, t.digits, t.base, scratch, NULL));
    out_limbs(c->out, r, nr, t.negative && nr);
    int64_t small, same;
    bool fits = kr_limbs_to_int64(r, nr, t.negative, &same);
    CHECK(kr_int_text_to_int64(&t, &small) == fits && (!fits || small == same));
    give(r, n), give(scratch, ns);
}

static void op_to_bytes(Call *c) { // number, length, "ls" for little and signed
    uint8_t *bytes = malloc(c->bits + 1);
    bytes[c->bits] = 0xAA;
    bool little = strchr(c->arg[2], 'l'), is_signed = strchr(c->arg[2], 's');
    if (!kr_limbs_to_bytes(bytes, c->bits, c->a.limb, c->a.n, c->a.negative, little, is_signed)) out_text(c->out, "none");
    else
        for (size_t i = 0; i < c->bits; i++)
            out_char(c->out, "0123456789abcdef"[bytes[i] >> 4]), out_char(c->out, "0123456789abcdef"[bytes[i] & 15]);
    CHECK(bytes[c->bits] == 0xAA);
    free(bytes);
}

static void op_from_bytes(Call *c) { // hexadecimal bytes, "ls"
    const char *s = c->arg[0][0] == '~' ? "" : c->arg[0];
    size_t len = strlen(s) / 2, n = kr_limbs_from_bytes_size(len);
    uint8_t *bytes = malloc(len + 1);
    for (size_t i = 0; i < len; i++) bytes[i] = (uint8_t)(kr_digit_value(s[2 * i]) << 4 | kr_digit_value(s[2 * i + 1]));
    KrLimb *r = take(n);
    bool negative, little = strchr(c->arg[1], 'l'), is_signed = strchr(c->arg[1], 's');
    size_t nr = kr_limbs_from_bytes(r, &negative, bytes, len, little, is_signed);
    out_limbs(c->out, r, nr, negative);
    give(r, n);
    free(bytes);
}

static void op_float(Call *c) {
    double x = kr_limbs_to_double(c->a.limb, c->a.n);
    out_double(c->out, c->a.negative ? -x : x);
    if (!c->a.n) return;
    size_t exponent;
    double m = kr_limbs_frexp(c->a.limb, c->a.n, &exponent);
    CHECK(m >= 0.5 && m < 1 && (exponent > 1024 || kr_ldexp(m, (int)exponent) == x));
}

static void op_from_float(Call *c) {
    double x = double_parse(c->arg[0]);
    KrLimb *r = take(KR_LIMBS_DOUBLE);
    size_t n = kr_limbs_from_double(r, x);
    out_limbs(c->out, r, n, n && kr_signbit(x));
    give(r, KR_LIMBS_DOUBLE);
}

static void op_cmp_float(Call *c) {
    int order = kr_limbs_cmp_double(c->a.limb, c->a.n, c->a.negative, double_parse(c->arg[1]));
    out_text(c->out, order < 0 ? "less" : order ? "greater" : "equal");
}

static void op_truediv(Call *c) {
    size_t ns = kr_limbs_true_divide_scratch(c->a.n, c->b.n);
    KrLimb *scratch = take(ns);
    double x;
    CHECK(kr_limbs_true_divide(&x, c->a.limb, c->a.n, c->b.limb, c->b.n, scratch, NULL));
    out_double(c->out, c->a.negative != c->b.negative ? -x : x);
    give(scratch, ns);
}

static const struct {
    const char *name;
    void (*run)(Call *c);
    bool a, b, c; // which arguments are numbers
    bool count;   // the second is a decimal count
} operations[] = {
    { "add", op_add, true, true, false, false },
    { "mul", op_mul, true, true, false, false },
    { "sqr", op_sqr, true, false, false, false },
    { "divmod", op_divmod, true, true, false, false },
    { "shl", op_shl, true, false, false, true },
    { "shr", op_shr, true, false, false, true },
    { "and", op_and, true, true, false, false },
    { "or", op_or, true, true, false, false },
    { "xor", op_xor, true, true, false, false },
    { "not", op_not, true, false, false, false },
    { "bits", op_bits, true, false, false, false },
    { "pow", op_pow, true, false, false, true },
    { "modpow", op_modpow, true, true, true, false },
    { "gcd", op_gcd, true, true, false, false },
    { "invert", op_invert, true, true, false, false },
    { "isqrt", op_isqrt, true, false, false, false },
    { "str", op_str, true, false, false, true },
    { "int", op_int, false, false, false, true },
    { "to_bytes", op_to_bytes, true, false, false, true },
    { "from_bytes", op_from_bytes, false, false, false, false },
    { "float", op_float, true, false, false, false },
    { "from_float", op_from_float, false, false, false, false },
    { "cmp_float", op_cmp_float, true, false, false, false },
    { "truediv", op_truediv, true, true, false, false },
};

static char *evaluate(const char *name, const char *a, const char *b, const char *c) {
    Out out = { malloc(64), 0, 64 };
    out.text[0] = 0;
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++) {
        if (strcmp(operations[i].name, name) != 0) continue;
        Call call = { big_parse(operations[i].a ? a : ""),
                      big_parse(operations[i].b ? b : ""),
                      big_parse(operations[i].c ? c : ""),
                      { a, b, c },
                      operations[i].count ? (size_t)strtoul(b, NULL, 10) : 0,
                      &out };
        operations[i].run(&call);
        big_free(&call.a), big_free(&call.b), big_free(&call.c);
        return out.text;
    }
    out_text(&out, "unknown operation");
    return out.text;
}

// --- Results of CPython ---

static void test_expected(void) {
    static const char *const rows[][5] = {
#include "limbs_expected.h"
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *got = evaluate(rows[i][0], rows[i][1], rows[i][2], rows[i][3]);
        if (strcmp(got, rows[i][4]) != 0)
            printf("%s(%s, %s, %s): %s, not %s\n", rows[i][0], rows[i][1], rows[i][2], rows[i][3], got, rows[i][4]);
        CHECK(strcmp(got, rows[i][4]) == 0);
        free(got);
    }
}

static int answer_pipe(void) {
    static char line[1 << 20];
    while (fgets(line, sizeof line, stdin)) {
        char *part[4], *p = strtok(line, " \n");
        size_t n = 0;
        for (; n < 4 && p; p = strtok(NULL, " \n")) part[n++] = p;
        while (n < 4) part[n++] = line + sizeof line - 1; // an empty text
        char *got = evaluate(part[0], part[1], part[2], part[3]);
        puts(got);
        free(got);
    }
    return check_failures != 0;
}

// --- Long operands ---

static void slow_mul(KrLimb *r, const Big *a, const Big *b) {
    memset(r, 0, (a->n + b->n) * sizeof *r);
    for (size_t i = 0; i < a->n; i++) {
        KrLimb *row = take(b->n + 1);
        size_t n = kr_limbs_mul_1(row, b->limb, b->n, a->limb[i], 0);
        kr_limbs_add(r + i, r + i, kr_limbs_trim(r + i, a->n + b->n - i), row, n);
        give(row, b->n + 1);
    }
}

static void check_product(size_t na, size_t nb) {
    Big a = big_random(na), b = big_random(nb);
    size_t n = na + nb, ns = kr_limbs_mul_scratch(na, nb);
    KrLimb *r = take(n), *slow = take(n), *scratch = take(ns);
    CHECK(kr_limbs_mul(r, a.limb, na, b.limb, nb, scratch, NULL));
    slow_mul(slow, &a, &b);
    CHECK(memcmp(r, slow, n * sizeof *r) == 0);
    give(r, n), give(slow, n), give(scratch, ns);
    r = take(2 * na), slow = take(2 * na), scratch = take(ns = kr_limbs_sqr_scratch(na));
    CHECK(kr_limbs_sqr(r, a.limb, na, scratch, NULL));
    slow_mul(slow, &a, &a);
    CHECK(memcmp(r, slow, 2 * na * sizeof *r) == 0);
    give(r, 2 * na), give(slow, 2 * na), give(scratch, ns);
    big_free(&a), big_free(&b);
}

// q * b + rem == a, rem < b.
static void check_quotient(size_t na, size_t nb) {
    Big a = big_random(na), b = big_random(nb);
    size_t nq = na - nb + 1, n = nq + nb, ns = kr_limbs_divrem_scratch(na, nb), nm = kr_limbs_mul_scratch(nq, nb);
    KrLimb *q = take(nq), *rem = take(nb), *scratch = take(ns), *back = take(n + 1), *mul = take(nm);
    CHECK(kr_limbs_divrem(q, rem, a.limb, na, b.limb, nb, scratch, NULL));
    size_t nrem = kr_limbs_trim(rem, nb);
    CHECK(kr_limbs_cmp(rem, nrem, b.limb, nb) < 0);
    CHECK(kr_limbs_mul(back, q, nq, b.limb, nb, mul, NULL));
    CHECK(kr_limbs_cmp(back, kr_limbs_add(back, back, kr_limbs_trim(back, n), rem, nrem), a.limb, na) == 0);
    give(q, nq), give(rem, nb), give(scratch, ns), give(back, n + 1), give(mul, nm);
    big_free(&a), big_free(&b);
}

static void check_text(size_t na, unsigned base) {
    Big a = big_random(na);
    size_t size = kr_limbs_to_text_size(a.limb, na, base), ns = kr_limbs_to_text_scratch(na, base), len, nr;
    char *text = malloc(size);
    KrLimb *scratch = take(ns);
    CHECK(kr_limbs_to_text(text, &len, a.limb, na, base, scratch, NULL) && len <= size);
    give(scratch, ns);
    size_t n = kr_limbs_from_text_size(len, base);
    KrLimb *r = take(n);
    scratch = take(ns = kr_limbs_from_text_scratch(len, base));
    CHECK(kr_limbs_from_text(r, &nr, text, len, len, base, scratch, NULL));
    CHECK(kr_limbs_cmp(r, nr, a.limb, na) == 0);
    give(r, n), give(scratch, ns);
    free(text);
    big_free(&a);
}

static void test_long(void) {
    for (size_t n = 1; n < 260; n += 1 + n / 16) {
        for (size_t m = 1; m <= n; m += 1 + m / 5) {
            check_product(n, m);
            check_quotient(n, m);
        }
        check_product(n, n);
        check_text(n, 10);
        check_text(n, 2 + check_random(35));
    }
    check_product(1300, 1250), check_product(1500, 20), check_product(1200, 500), check_product(900, 400);
    check_quotient(3000, 1100), check_quotient(2300, 2200), check_quotient(3000, 30), check_quotient(9000, 1);
    check_text(2500, 10), check_text(900, 36);
}

// --- Stopping, and sizes that are too large ---

typedef struct {
    int calls, allowed;
} Patience;

static bool patience_check(void *ctx) {
    Patience *p = ctx;
    return ++p->calls <= p->allowed;
}

static void test_poll(void) {
    enum { N = 1500 };
    Big a = big_random(N), b = big_random(N), c = big_random(2 * N);
    size_t ns = 10 * N + 1000, nr;
    KrLimb *r = take(2 * N), *q = take(2 * N), *scratch = take(ns);
    for (int allowed = 0; allowed < 3; allowed++) {
        Patience p = { 0, allowed };
        KrPoll poll = { patience_check, &p };
        CHECK(!kr_limbs_mul(r, a.limb, N, b.limb, N, scratch, &poll) && p.calls == allowed + 1);
        p.calls = 0;
        CHECK(!kr_limbs_divrem(q, r, c.limb, 2 * N, b.limb, N, scratch, &poll) && p.calls == allowed + 1);
        p.calls = 0;
        CHECK(!kr_limbs_gcd(r, &nr, a.limb, N, b.limb, N, scratch, &poll) && p.calls == allowed + 1);
    }
    give(r, 2 * N), give(q, 2 * N), give(scratch, ns);
    big_free(&a), big_free(&b), big_free(&c);
}

static void test_sizes(void) {
    const KrLimb two = 2, large = KR_LIMB_MAX;
    CHECK(kr_limbs_shl_size(1, SIZE_MAX) == KR_LIMBS_TOO_MANY && kr_limbs_shl_size(0, SIZE_MAX) == 0);
    CHECK(kr_limbs_pow_size(&two, 1, SIZE_MAX) == KR_LIMBS_TOO_MANY && kr_limbs_pow_size(&large, 1, SIZE_MAX) == KR_LIMBS_TOO_MANY);
    CHECK(kr_limbs_pow_scratch(&large, 1, SIZE_MAX) == KR_LIMBS_TOO_MANY);
    CHECK(kr_limbs_mul_scratch(SIZE_MAX, 1) == KR_LIMBS_TOO_MANY && kr_limbs_divrem_scratch(SIZE_MAX, 5) == KR_LIMBS_TOO_MANY);
    CHECK(kr_limbs_from_text_size(SIZE_MAX, 10) == KR_LIMBS_TOO_MANY && kr_limbs_from_text_scratch(SIZE_MAX, 10) == KR_LIMBS_TOO_MANY);
    CHECK(kr_limbs_to_text_scratch(SIZE_MAX, 10) == KR_LIMBS_TOO_MANY && kr_limbs_isqrt_scratch(SIZE_MAX) == KR_LIMBS_TOO_MANY);
    CHECK(kr_limbs_modpow_scratch(1, 1, SIZE_MAX / 2) == KR_LIMBS_TOO_MANY && kr_limbs_gcd_scratch(SIZE_MAX, 1) == KR_LIMBS_TOO_MANY);
    CHECK(kr_limbs_invert_scratch(1, SIZE_MAX) == KR_LIMBS_TOO_MANY && kr_limbs_true_divide_scratch(1, SIZE_MAX) == KR_LIMBS_TOO_MANY);
}

static void test_int64(void) {
    static const int64_t values[] = { 0, 1, -1, INT64_MAX, INT64_MIN, INT64_MIN + 1, INT64_C(1) << 32, -(INT64_C(1) << 31) };
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        KrLimb r[KR_LIMBS_INT64];
        bool negative;
        int64_t back;
        size_t n = kr_limbs_from_int64(r, values[i], &negative);
        CHECK(kr_limbs_to_int64(r, n, negative, &back) && back == values[i]);
        CHECK(kr_limbs_to_int64(r, n, !negative, &back) == (values[i] != INT64_MIN));
    }
}

int main(int argc, char **argv) {
    if (argc > 1 && strcmp(argv[1], "--pipe") == 0) return answer_pipe();
    test_expected();
    test_long();
    test_poll();
    test_sizes();
    test_int64();
    return check_result("test_limbs");
}
