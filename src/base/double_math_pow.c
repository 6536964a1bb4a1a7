// double_math_pow.c - kr_pow: x ** y as 2 ** (y * log2(x)), the logarithm in two doubles.
// SPDX-License-Identifier: MIT
//
// A pair of doubles stands for their sum. Products are kept exact by cutting factors to their upper 26 bits (Dekker, "A floating-
// point technique for extending the available precision", 1971). The logarithm is good to 2^-66 relative to itself, usually
// much better; all that follows adds two hundredths of a unit to the half unit of the last rounding.
#include "base/double_math.h"

typedef struct {
    double high, low;
} Pair;

// The mantissa is reduced to [45/64, 45/32), cut into pieces of 1/128 below 1 and 1/64 above. A piece's centre c is 512 / inverse;
// log2(c) is high * 2^-31 + low. Next to 1, c is 1: there the logarithm is small.
static const struct {
    double low;
    int32_t high;
    uint16_t inverse;
} log2_centre[64] = {
    { -0x1.ffcd5ce63f9a1p-37, -1073410869, 724 },
    { -0x1.471103e8f00d4p-33, -1038986470, 716 },
    { 0x1.ee4d9d8a2734fp-33, -1004175273, 708 },
    { 0x1.5fd720a980bccp-33, -973391275, 701 },
    { -0x1.26572e012e526p-33, -942298328, 694 },
    { 0x1.f9bcb999fe93dp-34, -906377184, 686 },
    { -0x1.2b568bb43ac9ap-35, -874600864, 679 },
    { -0x1.f1708b4b2b505p-34, -842495250, 672 },
    { 0x1.18f092317b4fcp-34, -810053446, 665 },
    { -0x1.331c3e1e30d37p-33, -781973217, 659 },
    { 0x1.884591add8712p-34, -748888009, 652 },
    { -0x1.9bc655883c0d6p-33, -720245302, 646 },
    { -0x1.d21286fbc7f75p-33, -686490652, 639 },
    { -0x1.4e74cd90a812p-33, -657262473, 633 },
    { -0x1.989dafbfd96d5p-33, -627755926, 627 },
    { -0x1.4ab19345e5b79p-33, -597965658, 621 },
    { 0x1.6e1f4c2417f39p-34, -567886160, 615 },
    { 0x1.97cce22742f4ap-33, -542594885, 610 },
    { -0x1.39a9331f27cf5p-33, -511970279, 604 },
    { 0x1.1cefff688f15fp-33, -486216482, 599 },
    { 0x1.0a1601ccfac2bp-33, -455026648, 593 },
    { -0x1.f9c37c0beb3a3p-33, -428793095, 588 },
    { 0x1.883a4b9fb28b3p-33, -402335514, 583 },
    { -0x1.204f3c3fc5bfep-33, -370285255, 577 },
    { 0x1.f022cb3b1c5bp-33, -343321082, 572 },
    { -0x1.bf7ee6c6abd53p-34, -316120169, 567 },
    { -0x1.d16be4a29c441p-35, -294186173, 563 },
    { 0x1.e9feb6df65974p-33, -266548488, 558 },
    { 0x1.d88562cd20d29p-33, -238662035, 553 },
    { -0x1.18cd6ab9c8c92p-34, -210522295, 548 },
    { -0x1.92262cf998a7p-33, -187825021, 544 },
    { 0x1.9a646d057bac9p-35, -159217579, 539 },
    { -0x1.b90a9890f4d7bp-33, -136139900, 535 },
    { 0x1.f6a08e4ae71edp-33, -112889030, 531 },
    { -0x1.a16898809d2dcp-35, -83577893, 526 },
    { -0x1.4287c33337408p-33, -59927671, 522 },
    { 0x1.5a13ced12f965p-36, -36095523, 518 },
    { 0, 0, 512 },
    { 0, 0, 512 },
    { 0x1.8ad5f05247c1bp-34, 73477689, 500 },
    { 0x1.1aac2e51b044cp-33, 117158469, 493 },
    { -0x1.b2a6c47902801p-33, 167845310, 485 },
    { -0x1.5120d8486e922p-34, 212886909, 478 },
    { 0x1.9b7d75482417fp-33, 258593002, 471 },
    { -0x1.0e6123a74764bp-34, 298313598, 465 },
    { -0x1.1c832d1562d62p-33, 345307236, 458 },
    { -0x1.c303da0f31a35p-34, 386162738, 452 },
    { 0x1.e3f6042d5196bp-34, 427564209, 446 },
    { -0x1.667f21fa8423fp-44, 469526440, 440 },
    { 0x1.b09b3def2062fp-34, 512064829, 434 },
    { 0x1.5fa37ec2a9102p-34, 555195419, 428 },
    { -0x1.4c5afcb9d166ep-33, 591601996, 423 },
    { 0x1.09078c87447e3p-33, 635862234, 417 },
    { -0x1.e09aeb8cb1acp-33, 673234992, 412 },
    { -0x1.ac0b1ec5e9affp-35, 711064082, 407 },
    { 0x1.862776b24200dp-34, 749360787, 402 },
    { -0x1.042c95b635b95p-34, 788136813, 397 },
    { 0x1.fde9933354dbfp-33, 827404309, 392 },
    { 0x1.6c6b26f28dbf4p-34, 859180629, 388 },
    { 0x1.baa7eb830988cp-35, 899364902, 383 },
    { 0x1.254cb9d5e17a6p-34, 931891857, 379 },
    { 0x1.ad12b628e2d06p-34, 973036738, 374 },
    { -0x1.3c8ea7b1cddaep-33, 1006350651, 370 },
    { 0x1.1f855b4987c5dp-38, 1040026678, 366 },
};

// 2 ** (i / 32).
static const double exp2_high[32] = {
    1,
    0x1.059b0d3158574p+0,
    0x1.0b5586cf9890fp+0,
    0x1.11301d0125b51p+0,
    0x1.172b83c7d517bp+0,
    0x1.1d4873168b9aap+0,
    0x1.2387a6e756238p+0,
    0x1.29e9df51fdee1p+0,
    0x1.306fe0a31b715p+0,
    0x1.371a7373aa9cbp+0,
    0x1.3dea64c123422p+0,
    0x1.44e086061892dp+0,
    0x1.4bfdad5362a27p+0,
    0x1.5342b569d4f82p+0,
    0x1.5ab07dd485429p+0,
    0x1.6247eb03a5585p+0,
    0x1.6a09e667f3bcdp+0,
    0x1.71f75e8ec5f74p+0,
    0x1.7a11473eb0187p+0,
    0x1.82589994cce13p+0,
    0x1.8ace5422aa0dbp+0,
    0x1.93737b0cdc5e5p+0,
    0x1.9c49182a3f09p+0,
    0x1.a5503b23e255dp+0,
    0x1.ae89f995ad3adp+0,
    0x1.b7f76f2fb5e47p+0,
    0x1.c199bdd85529cp+0,
    0x1.cb720dcef9069p+0,
    0x1.d5818dcfba487p+0,
    0x1.dfc97337b9b5fp+0,
    0x1.ea4afa2a490dap+0,
    0x1.f50765b6e454p+0,
};
static const float exp2_low[32] = {
    0,
    0x1.d73e2ap-55f,
    0x1.8a62e4p-54f,
    -0x1.6c5104p-54f,
    -0x1.19041cp-55f,
    0x1.e016ep-54f,
    0x1.9b07ecp-54f,
    0x1.612e8ap-55f,
    0x1.6f46aep-55f,
    -0x1.63aeacp-54f,
    0x1.ada092p-55f,
    0x1.89b7ap-59f,
    0x1.d4397ap-56f,
    -0x1.07abe2p-55f,
    0x1.6324cp-54f,
    -0x1.383c18p-54f,
    -0x1.bdd342p-54f,
    -0x1.16e478p-55f,
    -0x1.41577ep-55f,
    -0x1.d4c1dep-54f,
    0x1.6e9f16p-54f,
    -0x1.75fc78p-57f,
    0x1.c7c46cp-56f,
    -0x1.d2f6eep-54f,
    0x1.7a1cd4p-54f,
    -0x1.5584f8p-56f,
    0x1.110658p-55f,
    0x1.503cbep-56f,
    0x1.2ed02ep-55f,
    -0x1.1a5cd4p-54f,
    -0x1.e9c232p-54f,
    0x1.9d3e12p-54f,
};

#define MANTISSA_START ((uint64_t)0x3FE68 << 44) // the bits of 45/64

// The upper 26 bits.
static inline double upper(double x) { return kr_double_from_bits(kr_double_bits(x) & ~(uint64_t)0x7FFFFFF); }

// a + b and its rounding error.
static inline Pair pair_sum(double a, double b) {
    double sum = a + b, b_part = sum - a;
    return (Pair){ sum, (a - (sum - b_part)) + (b - b_part) };
}

// ln(1 + r) - r + r^2 / 2, |r| <= 1/64.
static inline double ln_rest(double r) {
    double r2 = r * r;
    double odd = 1.0 / 3 + r2 * (1.0 / 5 + r2 * (1.0 / 7 + r2 * (1.0 / 9 + r2 * (1.0 / 11))));
    double even = 1.0 / 4 + r2 * (1.0 / 6 + r2 * (1.0 / 8 + r2 * (1.0 / 10)));
    return r2 * r * (odd - r * even);
}

// log2(1 + r); high has 52 bits, so that little is lost when something large is added.
static inline Pair log2_near_1(Pair r) {
    const double per_e = 0x1.71547652b82fep+0, per_e_upper = 0x1.715476p+0, per_e_lower = 0x1.4ae0bf85ddf44p-26; // 1 / ln(2)
    double x = upper(r.high), half_square = 0.5 * x * x;                                                         // exact
    double ln = r.high - half_square;
    // The error of the difference, and the rest of r and of its square.
    double ln_low = (r.high - ln - half_square) + (r.low - 0.5 * (r.high - x) * (r.high + x) - r.high * r.low) + ln_rest(r.high);
    double ln_upper = upper(ln);
    return (Pair){ ln_upper * per_e_upper, ln_upper * per_e_lower + (ln - ln_upper + ln_low) * per_e };
}

// x positive and finite.
static inline Pair log2_pair(double x) {
    int k = 0;
    if (x < 0x1p-1022) x *= 0x1p52, k = -52;
    uint64_t bits = kr_double_bits(x), above = bits - MANTISSA_START;
    unsigned piece = (unsigned)(above >> 46) & 63;
    k += (int)(((above >> 52) + 2048) % 4096) - 2048; // negative below the start
    double m = kr_double_from_bits(bits - (above & ((uint64_t)0xFFF << 52)));
    // m / c - 1 in two exact parts: the upper 21 bits of m times 10 bits, and the rest times 10 bits.
    double m_upper = kr_double_from_bits(kr_double_bits(m) & ((uint64_t)0xFFFFFFFF << 32));
    double inverse = log2_centre[piece].inverse * 0x1p-9;
    Pair near_1 = log2_near_1(pair_sum(m_upper * inverse - 1, (m - m_upper) * inverse));
    double whole = k + log2_centre[piece].high * 0x1p-31; // exact
    Pair sum = pair_sum(whole, near_1.high);
    return (Pair){ sum.high, sum.low + (near_1.low + log2_centre[piece].low) };
}

// 2 ** (high + low), -1080 <= high < 1025.
static inline double exp2_pair(Pair p) {
    const double shift = 0x1.8p52; // a sum with it is rounded to an integer
    const double ln2 = 0x1.62e42fefa39efp-1, ln2_upper = 0x1.62e42f8p-1, ln2_lower = 0x1.be8e7bcd5e4f2p-27;
    double steps = p.high * 32 + shift - shift;
    int n = (int)steps, k = (n - (n & 31)) / 32;
    double t = (p.high - steps / 32) + p.low, t_upper = upper(t); // |t| <= 1/64
    double scale = exp2_high[n & 31];
    // scale * (2^t - 1) is scale * (linear + rest), by the exponential series of t * ln(2).
    double linear = t_upper * ln2_upper;
    double series =
        t * t *
        (0x1.ebfbdff82c58fp-3 + t * 0x1.c6b08d704a0cp-5 +
         t * t * (0x1.3b2ab6fba4e77p-7 + t * 0x1.5d87fe78a6731p-10 + t * t * (0x1.430912f86c787p-13 + t * 0x1.ffcbfc588b0c7p-17)));
    double rest = t_upper * ln2_lower + (t - t_upper) * ln2 + series;
    double add = scale * linear, add_low = (double)exp2_low[n & 31] + scale * rest;
    double result = scale + (add + add_low);
    if (k > -1022 && k < 1023) return result * kr_double_from_bits((uint64_t)(k + 1023) << 52);
    // Near the limits kr_ldexp rounds again: an odd last bit keeps it from seeing a tie that is none.
    double low = (scale - result) + add + add_low;
    uint64_t bits = kr_double_bits(result);
    if (low != 0 && !(bits & 1)) bits = low > 0 ? bits | 1 : bits - 1;
    return kr_ldexp(kr_double_from_bits(bits), k);
}

// --- Special cases ---

// 0: not an integer, 1: odd, 2: even.
static int parity(double y) {
    double magnitude = kr_fabs(y);
    if (magnitude >= 0x1p53) return 2;
    if (kr_trunc(y) != y) return 0;
    return (uint64_t)magnitude & 1 ? 1 : 2;
}

// x or y is 0, infinite or NaN, and neither x is 1 nor y is 0.
static double pow_special(double x, double y) {
    if (kr_isnan(x) || kr_isnan(y)) return kr_double_nan();
    double magnitude = kr_fabs(x);
    if (kr_isinf(y)) {
        if (magnitude == 1) return 1;
        return (magnitude > 1) == (y > 0) ? kr_double_inf() : 0;
    }
    double result = (x == 0) == (y < 0) ? kr_double_inf() : 0;
    return parity(y) == 1 ? kr_copysign(result, x) : result;
}

// x positive, x and y finite and not 0.
static double pow_positive(double x, double y) {
    if (y == 2) return x * x;
    if (y == 1) return x;
    if (y == -1) return 1 / x;
    double size = kr_fabs(y);
    if (size < 0x1p-70) return 1; // whatever x: |log2(x)| < 1075
    if (size > 0x1p64) return x == 1 ? 1 : (x > 1) == (y > 0) ? kr_double_inf() : 0;
    Pair log2 = log2_pair(x);
    double y_upper = upper(y), log2_upper = upper(log2.high);
    Pair p = { y_upper * log2_upper, y_upper * (log2.high - log2_upper) + (y - y_upper) * log2.high + y * log2.low };
    if (p.high >= 1025) return kr_double_inf();
    return p.high < -1080 ? 0 : exp2_pair(p);
}

double kr_pow(double x, double y) {
    if (x == 1 || y == 0) return 1;
    if (x == 0 || !kr_isfinite(x) || !kr_isfinite(y)) return pow_special(x, y);
    if (x > 0) return pow_positive(x, y);
    int kind = parity(y);
    if (!kind) return kr_double_nan();
    double result = pow_positive(-x, y);
    return kind == 1 ? -result : result;
}
