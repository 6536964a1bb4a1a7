// double_text_power.h - powers of ten as 128-bit fractions and a binary exponent.
// SPDX-License-Identifier: MIT
//
// Only double_text_*.c include this.
#ifndef KRAIT_BASE_DOUBLE_TEXT_POWER_H
#define KRAIT_BASE_DOUBLE_TEXT_POWER_H

#include "base/limbs_word.h"

#define KR_POWER10_MIN (-351)
#define KR_POWER10_MAX 350

// The upper 128 bits of 10 ** k, cut off, the highest bit set: 10 ** k is this, or up to one unit more, times
// 2 ** (kr_power10_log2(k) - 127). KR_POWER10_MIN <= k <= KR_POWER10_MAX.
KrWide kr_power10(int k);

// No bits were cut off.
static inline bool kr_power10_is_exact(int k) { return k >= 0 && k <= 55; }

// floor(log2(10 ** k)) and floor(log10(2 ** e)), for |k|, |e| < 1200: adding 2^31 keeps what is shifted positive.
static inline int kr_power10_log2(int k) { return (int)(((uint32_t)(k * 1741647) + (1u << 31)) >> 19) - 4096; }
static inline int kr_power2_log10(int e) { return (int)(((uint32_t)(e * 1262611) + (1u << 31)) >> 22) - 512; }

#endif
