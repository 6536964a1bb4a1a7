// math_integer.c - functions of module math on whole numbers: divisors, roots, and ways to choose.
//
// What fits 64 bits is computed in them; longer products are trees of products of like size, so that they profit from fast multiplication.
// SPDX-License-Identifier: MIT
#include "math_part.h"

// ---- Divisors and roots ----------------------------------------------------------------------------------------------------------

static uint64_t gcd_u64(uint64_t a, uint64_t b) {
    if (!a || !b) return a | b;
    unsigned twos = (unsigned)__builtin_ctzll(a | b);
    a >>= __builtin_ctzll(a);
    while (b) {
        b >>= __builtin_ctzll(b);
        uint64_t small = a < b ? a : b;
        b = a < b ? b - a : a - b;
        a = small;
    }
    return a << twos;
}

static uint64_t magnitude(int64_t i) { return i < 0 ? 0 - (uint64_t)i : (uint64_t)i; }

static KrValue gcd_of(KrVm *vm, KrValue a, KrValue b) {
    int64_t x, y;
    if (kr_int_fits(a, &x) && kr_int_fits(b, &y)) return kr_int_from_u64(vm, gcd_u64(magnitude(x), magnitude(y)));
    return kr_int_gcd(vm, a, b);
}

static KrValue lcm_of(KrVm *vm, KrValue a, KrValue b) {
    if (kr_same(a, kr_int_box(0)) || kr_same(b, kr_int_box(0))) return kr_int_box(0);
    KrValue g = gcd_of(vm, a, b), part = kr_is_error(g) ? g : kr_binary(vm, KR_FLOORDIV, a, g);
    KrValue v = kr_is_error(part) ? part : kr_binary(vm, KR_MUL, part, b);
    return kr_is_error(v) ? v : kr_unary(vm, KR_ABS, v);
}

static KrValue fold(KrVm *vm, KrValue tuple, KrValue v, KrValue (*combine)(KrVm *vm, KrValue a, KrValue b)) {
    size_t len;
    const KrValue *item = kr_tuple_items(tuple, &len);
    for (size_t i = 0; i < len; i++) {
        KrValue next = kr_index(vm, item[i]);
        v = kr_is_error(next) ? next : i ? combine(vm, v, next) : kr_unary(vm, KR_ABS, next);
        if (kr_is_error(v) || !kr_poll(vm, 1)) return KR_ERROR;
    }
    return v;
}

KR_MATH(gcd) {
    size_t len;
    const KrValue *item = kr_tuple_items(arg[0], &len);
    (void)self;
    if (KR_LIKELY(len == 2) && kr_both_int(item[0], item[1])) return gcd_of(vm, item[0], item[1]);
    return fold(vm, arg[0], kr_int_box(0), gcd_of);
}

KR_MATH(lcm) { return (void)self, fold(vm, arg[0], kr_int_box(1), lcm_of); }

static uint64_t isqrt_u64(uint64_t n) {
    uint64_t root = (uint64_t)__builtin_sqrt((double)n);
    if (root > UINT32_MAX) root = UINT32_MAX;
    while (root * root > n) root--;
    while (root < UINT32_MAX && (root + 1) * (root + 1) <= n) root++;
    return root;
}

KR_MATH(isqrt) {
    (void)self;
    uint64_t small;
    KrValue n = kr_index(vm, arg[0]);
    if (kr_is_error(n)) return n;
    if (kr_int_is_negative(n)) return kr_raise(vm, &kr_value_error, "isqrt() argument must be nonnegative");
    return kr_int_fits_u64(n, &small) ? kr_int_from_u64(vm, isqrt_u64(small)) : kr_int_isqrt(vm, n);
}

// ---- Products --------------------------------------------------------------------------------------------------------------------

static unsigned bits_of(uint64_t n) { return n ? 64 - (unsigned)__builtin_clzll(n) : 0; }

// first * (first + step) * ... of count factors.
static KrValue progression(KrVm *vm, uint64_t first, uint64_t count, uint64_t step) {
    if (count <= 64 && count * bits_of(first + (count ? count - 1 : 0) * step) <= 64) {
        uint64_t product = 1;
        for (uint64_t i = 0; i < count; i++) product *= first + i * step;
        return kr_poll(vm, 1) ? kr_int_from_u64(vm, product) : KR_ERROR;
    }
    if (count == 1) return kr_int_from_u64(vm, first);
    uint64_t half = count / 2;
    KrValue a = progression(vm, first, half, step), b = kr_is_error(a) ? a : progression(vm, first + half * step, count - half, step);
    return kr_is_error(b) ? b : kr_binary(vm, KR_MUL, a, b);
}

// n! without its factors of 2: the product, for i from 0 on, of the odd numbers up to n >> i.
static KrValue odd_factorial(KrVm *vm, uint64_t n) {
    KrValue inner = kr_int_box(1), outer = inner;
    uint64_t done = 1; // the largest odd number that is in inner
    for (int i = (int)bits_of(n) - 1; i >= 0; i--) {
        uint64_t last = ((n >> i) - 1) | 1;
        if (n >> i < 3) continue;
        KrValue more = progression(vm, done + 2, (last - done) / 2, 2);
        done = last;
        inner = kr_is_error(more) ? more : kr_binary(vm, KR_MUL, inner, more);
        outer = kr_is_error(inner) ? inner : kr_binary(vm, KR_MUL, outer, inner);
        if (kr_is_error(outer)) break;
    }
    return outer;
}

static KrValue factorial_of(KrVm *vm, KrValue n) {
    static const uint64_t small[] = { 1,
                                      1,
                                      2,
                                      6,
                                      24,
                                      120,
                                      720,
                                      5040,
                                      40320,
                                      362880,
                                      3628800,
                                      39916800,
                                      479001600,
                                      6227020800,
                                      87178291200,
                                      1307674368000,
                                      20922789888000,
                                      355687428096000,
                                      6402373705728000,
                                      121645100408832000,
                                      2432902008176640000 };
    uint64_t i;
    if (kr_int_is_negative(n)) return kr_raise(vm, &kr_value_error, "factorial() not defined for negative values");
    if (!kr_int_fits_u64(n, &i) || i > INTPTR_MAX)
        return kr_raise(vm, &kr_overflow_error, "factorial() argument should not exceed %z", INTPTR_MAX);
    if (i < KR_COUNT_OF(small)) return kr_int_from_u64(vm, small[i]);
    KrValue odd = odd_factorial(vm, i);
    return kr_is_error(odd) ? odd : kr_binary(vm, KR_LSHIFT, odd, kr_int_box((intptr_t)(i - (uint64_t)__builtin_popcountll(i))));
}

KR_MATH(factorial) {
    (void)self;
    KrValue n = kr_index(vm, arg[0]);
    return kr_is_error(n) ? n : factorial_of(vm, n);
}

// ---- Ways to choose --------------------------------------------------------------------------------------------------------------

static bool natural(KrVm *vm, KrValue v, const char *name, KrValue *out) {
    *out = v;
    return !kr_int_is_negative(v) || kr_fail(kr_raise(vm, &kr_value_error, "%s must be a non-negative integer", name));
}

static bool two_naturals(KrVm *vm, const KrValue *arg, KrValue *n, KrValue *k) {
    *n = kr_index(vm, arg[0]);
    *k = kr_is_error(*n) ? *n : kr_index(vm, arg[1]);
    return !kr_is_error(*k) && natural(vm, *n, "n", n) && natural(vm, *k, "k", k);
}

// n * (n - 1) * ... of k factors.
static KrValue falling(KrVm *vm, KrValue n, uint64_t k) {
    uint64_t small;
    if (k == 0) return kr_int_box(1);
    if (kr_int_fits_u64(n, &small)) return small < k ? kr_int_box(0) : progression(vm, small - k + 1, k, 1);
    if (k == 1) return n;
    KrValue half = kr_int_from_u64(vm, k / 2), rest = kr_is_error(half) ? half : kr_binary(vm, KR_SUB, n, half);
    KrValue a = kr_is_error(rest) || !kr_poll(vm, 1) ? KR_ERROR : falling(vm, n, k / 2),
            b = kr_is_error(a) ? a : falling(vm, rest, k - k / 2);
    return kr_is_error(b) ? b : kr_binary(vm, KR_MUL, a, b);
}

KR_MATH(perm) {
    KrValue n, k;
    uint64_t count;
    bool fewer;
    if (kr_is_none(arg[1])) return kr_math_factorial(vm, self, arg);
    if (!two_naturals(vm, arg, &n, &k) || !kr_compare_bool(vm, n, k, KR_LT, &fewer)) return KR_ERROR;
    if (fewer) return kr_int_box(0);
    if (!kr_int_fits_u64(k, &count) || count > INT64_MAX)
        return kr_raise(vm, &kr_overflow_error, "k must not exceed %s", "9223372036854775807");
    return falling(vm, n, count);
}

// n over k, if no step of the way needs more than 64 bits.
static bool choose_u64(uint64_t n, uint64_t k, uint64_t *out) {
    uint64_t v = 1;
    for (uint64_t i = 0; i < k; i++) {
        if (__builtin_mul_overflow(v, n - i, &v)) return false;
        v /= i + 1;
    }
    return *out = v, true;
}

// n over k by way of j = k / 2: C(n, k) == C(n, j) * C(n - j, k - j) // C(k, j).
static KrValue choose(KrVm *vm, KrValue n, uint64_t k) {
    uint64_t small, ways;
    if (k == 0) return kr_int_box(1);
    if (k == 1) return n;
    if (kr_int_fits_u64(n, &small) && k < 64 && choose_u64(small, k, &ways)) return kr_int_from_u64(vm, ways);
    uint64_t j = k / 2;
    KrValue left = kr_int_from_u64(vm, j), whole = kr_int_from_u64(vm, k);
    if (kr_is_error(left) || kr_is_error(whole) || !kr_poll(vm, 1)) return KR_ERROR;
    KrValue rest = kr_binary(vm, KR_SUB, n, left), a = kr_is_error(rest) ? rest : choose(vm, n, j);
    KrValue b = kr_is_error(a) ? a : choose(vm, rest, k - j), product = kr_is_error(b) ? b : kr_binary(vm, KR_MUL, a, b);
    KrValue by = kr_is_error(product) ? product : choose(vm, whole, j);
    return kr_is_error(by) ? by : kr_binary(vm, KR_FLOORDIV, product, by);
}

KR_MATH(comb) {
    KrValue n, k, other;
    uint64_t count;
    bool less;
    (void)self;
    if (!two_naturals(vm, arg, &n, &k)) return KR_ERROR;
    other = kr_binary(vm, KR_SUB, n, k);
    if (kr_is_error(other)) return other;
    if (kr_int_is_negative(other)) return kr_int_box(0);
    if (!kr_compare_bool(vm, other, k, KR_LT, &less)) return KR_ERROR;
    if (less) k = other;
    if (!kr_int_fits_u64(k, &count) || count > INT64_MAX)
        return kr_raise(vm, &kr_overflow_error, "min(n - k, k) must not exceed %s", "9223372036854775807");
    return choose(vm, n, count);
}
