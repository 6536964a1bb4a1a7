// search.c - finding and counting bytes and byte strings inside byte strings.
// SPDX-License-Identifier: MIT
//
// A needle of two bytes or more is looked for by its first and last byte together, a word of places at a time, which nearly
// always decides. Text made to defeat that (long near-matches) exhausts a budget that grows with the bytes passed; the rest is
// then searched with the two-way algorithm: M. Crochemore, D. Perrin, Two-way string-matching, J. ACM 38 (1991). It takes
// linear time and no memory.
#include "base/search.h"

#include <string.h>

#include "base/word.h"

typedef const unsigned char *Bytes;

size_t kr_byte_find(const void *data, size_t len, uint8_t byte) {
    Bytes p = data;
    KrWord pattern = kr_word_of(byte);
    size_t at = 0;
    while (len - at >= 2 * KR_WORD_BYTES) {
        KrWord first = kr_word_zeros(kr_word_load(p + at) ^ pattern);
        KrWord second = kr_word_zeros(kr_word_load(p + at + KR_WORD_BYTES) ^ pattern);
        if (first) return at + kr_word_first(first);
        if (second) return at + KR_WORD_BYTES + kr_word_first(second);
        at += 2 * KR_WORD_BYTES;
    }
    for (; at < len; at++)
        if (p[at] == byte) return at;
    return KR_NOT_FOUND;
}

size_t kr_byte_rfind(const void *data, size_t len, uint8_t byte) {
    Bytes p = data;
    KrWord pattern = kr_word_of(byte);
    size_t at = len;
    while (at >= KR_WORD_BYTES && !kr_word_zeros(kr_word_load(p + at - KR_WORD_BYTES) ^ pattern)) at -= KR_WORD_BYTES;
    while (at > 0)
        if (p[--at] == byte) return at;
    return KR_NOT_FOUND;
}

size_t kr_byte_count(const void *data, size_t len, uint8_t byte) {
    Bytes p = data;
    KrWord pattern = kr_word_of(byte);
    size_t count = 0, at = 0;
    for (; len - at >= KR_WORD_BYTES; at += KR_WORD_BYTES) count += kr_word_sum(kr_word_zeros(kr_word_load(p + at) ^ pattern) >> 7);
    for (; at < len; at++) count += p[at] == byte;
    return count;
}

// A byte string read forwards or backwards: the search from the right is the search from the left in a mirror.
static KR_HOT_INLINE unsigned char mirror_at(Bytes p, size_t len, size_t i, bool mirror) { return mirror ? p[len - 1 - i] : p[i]; }

// Start of the greatest suffix of the needle, in the order of bytes or in the reverse one, and that suffix's period.
static KR_HOT_INLINE size_t greatest_suffix(Bytes needle, size_t len, bool reverse_order, bool mirror, size_t *period) {
    size_t start = 0, other = 1, matched = 0, step = 1; // other + matched is compared with start + matched
    while (other + matched < len) {
        unsigned char a = mirror_at(needle, len, other + matched, mirror);
        unsigned char b = mirror_at(needle, len, start + matched, mirror);
        if (a == b) {
            matched++;
            if (matched < step) continue;
            other += step;
            matched = 0;
        } else if (reverse_order ? a > b : a < b) {
            other += matched + 1;
            matched = 0;
            step = other - start;
        } else {
            start = other++;
            matched = 0;
            step = 1;
        }
    }
    *period = step;
    return start;
}

// The needle cut where its left part cannot occur inside a match of the right part other than at a multiple of the period.
typedef struct {
    size_t cut;
    size_t period;
    bool periodic; // the whole needle has this period, so that a shift by it keeps what has been matched
} Factors;

static KR_HOT_INLINE Factors critical_factors(Bytes needle, size_t len, bool mirror) {
    size_t period, other_period;
    size_t cut = greatest_suffix(needle, len, false, mirror, &period);
    size_t other_cut = greatest_suffix(needle, len, true, mirror, &other_period);
    if (other_cut > cut) {
        cut = other_cut;
        period = other_period;
    }
    bool periodic = cut + period <= len;
    for (size_t i = 0; periodic && i < cut; i++) periodic = mirror_at(needle, len, i, mirror) == mirror_at(needle, len, i + period, mirror);
    if (!periodic) period = (cut > len - cut ? cut : len - cut) + 1; // any shift up to this is safe
    return (Factors){ cut, period, periodic };
}

static KR_HOT_INLINE size_t two_way(Bytes hay, size_t hay_len, Bytes needle, size_t len, bool mirror) {
    Factors f = critical_factors(needle, len, mirror);
    size_t at = 0, known = 0; // the first known bytes of the needle are known to match at at
    while (hay_len - at >= len) {
        size_t i = known > f.cut ? known : f.cut;
        while (i < len && mirror_at(needle, len, i, mirror) == mirror_at(hay, hay_len, at + i, mirror)) i++;
        if (i < len) {
            at += i - f.cut + 1;
            known = 0;
            continue;
        }
        i = f.cut;
        while (i > known && mirror_at(needle, len, i - 1, mirror) == mirror_at(hay, hay_len, at + i - 1, mirror)) i--;
        if (i <= known) return at;
        at += f.period;
        known = f.periodic ? len - f.period : 0;
    }
    return KR_NOT_FOUND;
}

// Kept out of line: they run on hostile input only.
static KR_COLD size_t two_way_forward(Bytes hay, size_t hay_len, Bytes needle, size_t len) {
    return two_way(hay, hay_len, needle, len, false);
}

static KR_COLD size_t two_way_backward(Bytes hay, size_t hay_len, Bytes needle, size_t len) {
    size_t found = two_way(hay, hay_len, needle, len, true);
    return found == KR_NOT_FOUND ? KR_NOT_FOUND : hay_len - found - len;
}

// 0x80 for each of the places from p on where both the first and the last byte of a needle of len bytes match.
static KrWord candidates(Bytes p, size_t len, KrWord first, KrWord last) {
    KrWord differ = (kr_word_load(p) ^ first) | (kr_word_load(p + len - 1) ^ last);
    return kr_word_zeros(differ);
}

// Bytes compared in vain, beyond four for each byte passed, before the two-way algorithm takes over.
#define BUDGET 512

// Compares the inside of the needle with a candidate whose ends match; adds the bytes compared to *spent.
static bool inside_matches(Bytes p, Bytes needle, size_t len, size_t *spent) {
    size_t i = 1;
    while (i + 1 < len && p[i] == needle[i]) i++;
    *spent += i + 1;
    return i + 1 >= len;
}

size_t kr_bytes_find(const void *hay, size_t hay_len, const void *needle, size_t needle_len) {
    Bytes h = hay, n = needle;
    if (needle_len == 0) return 0;
    if (needle_len > hay_len) return KR_NOT_FOUND;
    if (needle_len == 1) return kr_byte_find(h, hay_len, n[0]);
    size_t places = hay_len - needle_len + 1, at = 0, spent = 0;
    KrWord first = kr_word_of(n[0]), last = kr_word_of(n[needle_len - 1]);
    while (places - at >= KR_WORD_BYTES) {
        for (KrWord marks = candidates(h + at, needle_len, first, last); marks; marks &= marks - 1) {
            size_t place = at + kr_word_first(marks);
            if (inside_matches(h + place, n, needle_len, &spent)) return place;
        }
        at += KR_WORD_BYTES;
        if (KR_UNLIKELY(spent > BUDGET && spent / 4 > at)) {
            size_t found = two_way_forward(h + at, hay_len - at, n, needle_len);
            return found == KR_NOT_FOUND ? KR_NOT_FOUND : at + found;
        }
    }
    for (; at < places; at++)
        if (h[at] == n[0] && memcmp(h + at, n, needle_len) == 0) return at;
    return KR_NOT_FOUND;
}

size_t kr_bytes_rfind(const void *hay, size_t hay_len, const void *needle, size_t needle_len) {
    Bytes h = hay, n = needle;
    if (needle_len == 0) return hay_len;
    if (needle_len > hay_len) return KR_NOT_FOUND;
    if (needle_len == 1) return kr_byte_rfind(h, hay_len, n[0]);
    size_t at = hay_len - needle_len + 1, spent = 0; // places before at are still to be looked at
    KrWord first = kr_word_of(n[0]), last = kr_word_of(n[needle_len - 1]);
    while (at >= KR_WORD_BYTES) {
        KrWord marks = candidates(h + at - KR_WORD_BYTES, needle_len, first, last);
        for (size_t i = KR_WORD_BYTES; marks && i > 0; i--) {
            size_t place = at - KR_WORD_BYTES + i - 1;
            if ((marks >> (8 * i - 1) & 1) && inside_matches(h + place, n, needle_len, &spent)) return place;
        }
        at -= KR_WORD_BYTES;
        if (KR_UNLIKELY(spent > BUDGET && spent / 4 > hay_len - at)) return two_way_backward(h, at + needle_len - 1, n, needle_len);
    }
    while (at-- > 0)
        if (h[at] == n[0] && memcmp(h + at, n, needle_len) == 0) return at;
    return KR_NOT_FOUND;
}

size_t kr_bytes_count(const void *hay, size_t hay_len, const void *needle, size_t needle_len, size_t max) {
    size_t at = 0;
    if (needle_len == 0) return hay_len < max ? hay_len + 1 : max;
    if (needle_len == 1 && max == SIZE_MAX) return kr_byte_count(hay, hay_len, *(Bytes)needle);
    return kr_bytes_count_from(hay, hay_len, needle, needle_len, max, &at);
}

size_t kr_bytes_count_from(const void *hay, size_t hay_len, const void *needle, size_t needle_len, size_t max, size_t *at) {
    size_t count = 0;
    while (count < max) {
        size_t found = kr_bytes_find((Bytes)hay + *at, hay_len - *at, needle, needle_len);
        if (found == KR_NOT_FOUND) break;
        count++;
        *at += found + needle_len;
    }
    return count;
}
