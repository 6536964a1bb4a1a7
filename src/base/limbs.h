// limbs.h - arbitrary-precision numbers as little-endian arrays of machine words; the arithmetic behind int.
// SPDX-License-Identifier: MIT
//
// A magnitude is (limbs, count): limb 0 is the least significant. It is normalised when its top limb is not 0; zero has count 0.
// Operands are normalised unless said otherwise. Functions that return a size_t return the normalised length of the result;
// the others say how many limbs they fill, and kr_limbs_trim finds the length. Signs are passed beside the magnitude.
//
// Nothing here allocates. A function that needs working memory takes `scratch`, of as many limbs as the function with _scratch
// in its name says (perhaps 0: then it may be NULL). Sizes saturate: KR_LIMBS_TOO_MANY means that the result cannot be
// represented, and must be treated as out of memory. No operand may be longer than KR_LIMBS_MAX.
//
// A function that takes `poll` can run long. It asks poll (which may be NULL) every 100 us or less, and stops, returning false
// with undefined results, when the answer is false. The linear ones (add, shift, ...) do not poll: they run at memory speed.
//
// Results must not overlap operands or scratch, except where "in place" is said: then the result may start where that operand
// starts. Work is done by limbs.c (linear), limbs_bits.c (two's complement, bytes), limbs_mul.c, limbs_div.c, limbs_pow.c,
// limbs_gcd.c, limbs_root.c, limbs_text.c and limbs_double.c.
#ifndef KRAIT_BASE_LIMBS_H
#define KRAIT_BASE_LIMBS_H

#include "krait_config.h"

typedef uintptr_t KrLimb;

#define KR_LIMB_BITS      ((unsigned)(sizeof(KrLimb) * 8))
#define KR_LIMB_MAX       UINTPTR_MAX
#define KR_LIMBS_MAX      (SIZE_MAX / (32 * sizeof(KrLimb))) // so that counts of bits, bytes and scratch fit a size_t
#define KR_LIMBS_TOO_MANY SIZE_MAX

// check gives false to stop the operation.
typedef struct {
    bool (*check)(void *ctx);
    void *ctx;
} KrPoll;

static inline bool kr_limbs_poll(const KrPoll *poll) { return !poll || poll->check(poll->ctx); }

// --- Linear: limbs.c ---

// Count without the zero limbs at the top.
size_t kr_limbs_trim(const KrLimb *a, size_t n);
// -1, 0 or 1.
int kr_limbs_cmp(const KrLimb *a, size_t na, const KrLimb *b, size_t nb);
// r has max(na, nb) + 1 limbs. In place for a and b.
size_t kr_limbs_add(KrLimb *r, const KrLimb *a, size_t na, const KrLimb *b, size_t nb);
// a >= b; r has na limbs. In place for a and b.
size_t kr_limbs_sub(KrLimb *r, const KrLimb *a, size_t na, const KrLimb *b, size_t nb);
// r has na + 1 limbs. In place.
size_t kr_limbs_add_1(KrLimb *r, const KrLimb *a, size_t na, KrLimb b);
// a >= b; r has na limbs. In place.
size_t kr_limbs_sub_1(KrLimb *r, const KrLimb *a, size_t na, KrLimb b);
// a * b + c. r has na + 1 limbs. In place.
size_t kr_limbs_mul_1(KrLimb *r, const KrLimb *a, size_t na, KrLimb b, KrLimb c);

// Limbs that a << bits needs, at least; KR_LIMBS_TOO_MANY when more than KR_LIMBS_MAX.
size_t kr_limbs_shl_size(size_t na, size_t bits);
// r has kr_limbs_shl_size limbs. In place.
size_t kr_limbs_shl(KrLimb *r, const KrLimb *a, size_t na, size_t bits);
// Towards 0. r has na - bits / KR_LIMB_BITS limbs (none if negative). In place. *sticky (may be NULL): a bit that is 1 was lost.
size_t kr_limbs_shr(KrLimb *r, const KrLimb *a, size_t na, size_t bits, bool *sticky);

size_t kr_limbs_bit_length(const KrLimb *a, size_t na);
// Ones in the magnitude: int.bit_count().
size_t kr_limbs_popcount(const KrLimb *a, size_t na);
// Zero bits at the bottom; a is not 0.
size_t kr_limbs_trailing_zeros(const KrLimb *a, size_t na);

// The magnitude and sign of a machine integer, and back (false when it does not fit). r has KR_LIMBS_INT64 limbs.
#define KR_LIMBS_INT64 (sizeof(int64_t) / sizeof(KrLimb))
size_t kr_limbs_from_int64(KrLimb *r, int64_t value, bool *negative);
size_t kr_limbs_from_uint64(KrLimb *r, uint64_t value);
bool kr_limbs_to_int64(const KrLimb *a, size_t na, bool negative, int64_t *value);
bool kr_limbs_to_uint64(const KrLimb *a, size_t na, uint64_t *value);

// --- Two's complement and bytes: limbs_bits.c ---

// Python's &, | and ^ on signed operands. r has max(na, nb) + 1 limbs. In place for a and b.
size_t kr_limbs_and(KrLimb *r, bool *negative, const KrLimb *a, size_t na, bool a_negative, const KrLimb *b, size_t nb, bool b_negative);
size_t kr_limbs_or(KrLimb *r, bool *negative, const KrLimb *a, size_t na, bool a_negative, const KrLimb *b, size_t nb, bool b_negative);
size_t kr_limbs_xor(KrLimb *r, bool *negative, const KrLimb *a, size_t na, bool a_negative, const KrLimb *b, size_t nb, bool b_negative);
// Python's ~. r has na + 1 limbs. In place.
size_t kr_limbs_not(KrLimb *r, bool *negative, const KrLimb *a, size_t na, bool a_negative);
// Python's >>, which rounds towards minus infinity; the sign stays, and -1 is the limit. r has max(1, na - bits / KR_LIMB_BITS)
// + 1 limbs. In place.
size_t kr_limbs_shr_floor(KrLimb *r, const KrLimb *a, size_t na, bool a_negative, size_t bits);

// Limbs for len bytes.
size_t kr_limbs_from_bytes_size(size_t len);
// int.from_bytes. len <= KR_LIMBS_MAX * sizeof(KrLimb).
size_t kr_limbs_from_bytes(KrLimb *r, bool *negative, const uint8_t *bytes, size_t len, bool little, bool is_signed);
// int.to_bytes: exactly len bytes. False when the value does not fit; a negative value never fits unless is_signed.
bool kr_limbs_to_bytes(uint8_t *bytes, size_t len, const KrLimb *a, size_t na, bool negative, bool little, bool is_signed);

// --- Products: limbs_mul.c, limbs_pow.c ---

// r has na + nb limbs, all of which are written. a == b makes it a square. Operands need not be normalised.
size_t kr_limbs_mul_scratch(size_t na, size_t nb);
bool kr_limbs_mul(KrLimb *r, const KrLimb *a, size_t na, const KrLimb *b, size_t nb, KrLimb *scratch, const KrPoll *poll);
// r has 2 * n limbs, all of which are written.
size_t kr_limbs_sqr_scratch(size_t n);
bool kr_limbs_sqr(KrLimb *r, const KrLimb *a, size_t n, KrLimb *scratch, const KrPoll *poll);

// a ** e. r has kr_limbs_pow_size limbs, a bound that is tight for long powers; *nr gets the normalised length.
size_t kr_limbs_pow_size(const KrLimb *a, size_t na, size_t e);
size_t kr_limbs_pow_scratch(const KrLimb *a, size_t na, size_t e);
bool kr_limbs_pow(KrLimb *r, size_t *nr, const KrLimb *a, size_t na, size_t e, KrLimb *scratch, const KrPoll *poll);

// a ** e % m, m not 0. r has nm limbs; *nr gets the normalised length.
size_t kr_limbs_modpow_scratch(size_t na, size_t ne, size_t nm);
bool kr_limbs_modpow(KrLimb *r, size_t *nr, const KrLimb *a, size_t na, const KrLimb *e, size_t ne, const KrLimb *m, size_t nm,
                     KrLimb *scratch, const KrPoll *poll);

// --- Quotients: limbs_div.c ---

// Quotient into q (na limbs, may be NULL, in place), remainder returned. d is not 0; a need not be normalised.
KrLimb kr_limbs_divrem_1(KrLimb *q, const KrLimb *a, size_t na, KrLimb d);
// na >= nb >= 1, b normalised. Fills q (na - nb + 1 limbs) and rem (nb limbs). a and rem may be the same.
size_t kr_limbs_divrem_scratch(size_t na, size_t nb);
bool kr_limbs_divrem(KrLimb *q, KrLimb *rem, const KrLimb *a, size_t na, const KrLimb *b, size_t nb, KrLimb *scratch, const KrPoll *poll);

// Python's divmod: the remainder has the sign of b. Any lengths, b not 0. q has max(na - nb, 0) + 2 limbs, rem max(na, nb) limbs.
typedef struct {
    size_t nq, nrem; // normalised
    bool q_negative, rem_negative;
} KrLimbsDivmod;
size_t kr_limbs_divmod_scratch(size_t na, size_t nb);
bool kr_limbs_divmod(KrLimb *q, KrLimb *rem, KrLimbsDivmod *result, const KrLimb *a, size_t na, bool a_negative, const KrLimb *b, size_t nb,
                     bool b_negative, KrLimb *scratch, const KrPoll *poll);

// --- Number theory: limbs_gcd.c, limbs_root.c ---

// r has max(na, nb) limbs; *nr gets the normalised length. gcd(0, b) is b.
size_t kr_limbs_gcd_scratch(size_t na, size_t nb);
bool kr_limbs_gcd(KrLimb *r, size_t *nr, const KrLimb *a, size_t na, const KrLimb *b, size_t nb, KrLimb *scratch, const KrPoll *poll);

// The x with a * x % m == 1 % m and 0 <= x < m, m not 0. r has nm limbs. *exists is false, and r undefined, when gcd(a, m) is not 1.
size_t kr_limbs_invert_scratch(size_t na, size_t nm);
bool kr_limbs_invert(KrLimb *r, size_t *nr, bool *exists, const KrLimb *a, size_t na, const KrLimb *m, size_t nm, KrLimb *scratch,
                     const KrPoll *poll);

// Square root towards 0. r has na / 2 + 1 limbs; *nr gets the normalised length.
size_t kr_limbs_isqrt_scratch(size_t na);
bool kr_limbs_isqrt(KrLimb *r, size_t *nr, const KrLimb *a, size_t na, KrLimb *scratch, const KrPoll *poll);

// --- Text: limbs_text.c ---

// Characters that kr_limbs_to_text can write, KR_LIMBS_TOO_MANY if they cannot be counted.
size_t kr_limbs_to_text_size(const KrLimb *a, size_t na, unsigned base);
size_t kr_limbs_to_text_scratch(size_t na, unsigned base);
// Digits without sign or prefix, lower case, "0" for zero. Base is 2 to 36. *len gets their number; no NUL is written.
bool kr_limbs_to_text(char *out, size_t *len, const KrLimb *a, size_t na, unsigned base, KrLimb *scratch, const KrPoll *poll);

// Limbs for that many digits (underscores not counted).
size_t kr_limbs_from_text_size(size_t digits, unsigned base);
size_t kr_limbs_from_text_scratch(size_t digits, unsigned base);
// text[0..len) consists of exactly `digits` digits, which must be valid in that base, and of underscores, which are skipped
// (int_text.h checks and counts). r has kr_limbs_from_text_size limbs; *nr gets the normalised length.
bool kr_limbs_from_text(KrLimb *r, size_t *nr, const char *text, size_t len, size_t digits, unsigned base, KrLimb *scratch,
                        const KrPoll *poll);

// --- Doubles: limbs_double.c ---

// The nearest double, ties to even; infinity when the magnitude is too large (OverflowError).
double kr_limbs_to_double(const KrLimb *a, size_t na);
// The magnitude of x without its fraction; x is finite. r has KR_LIMBS_DOUBLE limbs.
#define KR_LIMBS_DOUBLE (1024 / 8 / sizeof(KrLimb))
size_t kr_limbs_from_double(KrLimb *r, double x);
// Compares a signed number with x exactly: -1, 0 or 1. x is not a NaN.
int kr_limbs_cmp_double(const KrLimb *a, size_t na, bool negative, double x);
// math.frexp of a large int, for logarithms: a == m * 2 ** *exponent, 0.5 <= m < 1 after rounding to nearest; a is not 0.
double kr_limbs_frexp(const KrLimb *a, size_t na, size_t *exponent);

// a / b, correctly rounded, ties to even, b not 0; *x is infinity when the quotient is too large (OverflowError).
size_t kr_limbs_true_divide_scratch(size_t na, size_t nb);
bool kr_limbs_true_divide(double *x, const KrLimb *a, size_t na, const KrLimb *b, size_t nb, KrLimb *scratch, const KrPoll *poll);

#endif
