// divide.c - division of doubles, which the Cortex-M4 has no instruction for: the compiler's own function goes bit by bit, this one takes
// eleven bits of the quotient from each 32-bit division. Doubles come and go as their bits, as the ABI's runtime functions have them.
// SPDX-License-Identifier: MIT
#include "krait_config.h"

enum { FRACTION_BITS = 52, EXPONENT_MAX = 2047, BIAS = 1023, DIGIT_BITS = 11 };
#define HIDDEN    (UINT64_C(1) << FRACTION_BITS)
#define INFINITE  (UINT64_C(2047) << FRACTION_BITS)
#define QUIET_NAN (UINT64_C(4095) << (FRACTION_BITS - 1))
#define SIGN      (UINT64_C(1) << 63)

uint64_t __aeabi_ddiv(uint64_t a, uint64_t b);

// The quotient of two fractions with their hidden bits, a >= b: 55 bits, the first of them set, and another bit below for what remains.
static uint64_t divide_fractions(uint64_t a, uint64_t b) {
    uint32_t head = (uint32_t)(b >> 32) + 1;
    uint64_t quotient = 1, rest = a - b;
    for (int i = 0; i < 5; i++) {
        uint32_t digit = (uint32_t)(rest >> (32 - DIGIT_BITS)) / head; // at most one too small
        rest = (rest << DIGIT_BITS) - digit * b;
        if (rest >= b) rest -= b, digit++;
        quotient = quotient << DIGIT_BITS | digit;
    }
    return quotient << 1 | (rest != 0);
}

// value: a fraction with extra bits below, the last of them standing for all that is below it; to nearest, ties to even.
static uint64_t round_off(uint64_t value, unsigned extra) {
    uint64_t half = UINT64_C(1) << (extra - 1), below = value & (2 * half - 1);
    value >>= extra;
    return value + (below > half || (below == half && (value & 1)));
}

static int normalize(uint64_t *fraction) { // of a subnormal number: its exponent
    int exponent = 1;
    for (; !(*fraction & HIDDEN); exponent--) *fraction <<= 1;
    return exponent;
}

static KR_NOINLINE uint64_t divide_special(uint64_t a, uint64_t b, uint64_t sign) { // NaN, infinity or zero
    uint64_t x = a & ~SIGN, y = b & ~SIGN;
    if (x > INFINITE) return a | HIDDEN >> 1;
    if (y > INFINITE) return b | HIDDEN >> 1;
    if (x == y) return QUIET_NAN; // 0/0 or inf/inf
    return sign | (x == INFINITE || !y ? INFINITE : 0);
}

uint64_t __aeabi_ddiv(uint64_t a, uint64_t b) {
    int exponent_a = (int)(a >> FRACTION_BITS) & EXPONENT_MAX, exponent_b = (int)(b >> FRACTION_BITS) & EXPONENT_MAX;
    uint64_t x = a & (HIDDEN - 1), y = b & (HIDDEN - 1), sign = (a ^ b) & SIGN;
    if (exponent_a == EXPONENT_MAX || exponent_b == EXPONENT_MAX || !(a << 1) || !(b << 1)) return divide_special(a, b, sign);
    if (exponent_a) x |= HIDDEN;
    else exponent_a = normalize(&x);
    if (exponent_b) y |= HIDDEN;
    else exponent_b = normalize(&y);
    int exponent = exponent_a - exponent_b + BIAS;
    if (x < y) x <<= 1, exponent--;
    uint64_t quotient = divide_fractions(x, y); // 57 bits
    if (exponent >= EXPONENT_MAX) return sign | INFINITE;
    if (exponent > 0) return sign | (((uint64_t)(exponent - 1) << FRACTION_BITS) + round_off(quotient, 4));
    if (exponent < -FRACTION_BITS - 1) return sign;
    unsigned extra = 5 - (unsigned)exponent;
    return sign | (extra < 64 ? round_off(quotient, extra) : 0);
}
