// limbs_text.c - magnitudes as text in base 2 to 36, and back.
// SPDX-License-Identifier: MIT
//
// Powers of two move bits. Other bases cut the digits into chunks, as many digits as a limb holds. Long numbers are split in
// halves at powers of the chunk, which are computed once, so that the time is that of a few large products and quotients.
#include "base/limbs.h"

#include "base/int_text.h"
#include "base/limbs_word.h"

enum { // chunks from which splitting wins over one limb again and again; it takes eight times the room
    SPLIT_TO_TEXT = KR_DEVICE ? 1024 : 16,
    SPLIT_FROM_TEXT = KR_DEVICE ? 1024 : 80,
    LEVELS = sizeof(size_t) * 8,
};

typedef struct {
    unsigned base, digits; // digits in a chunk
    KrLimb power;          // base ** digits
    KrLimbDivisor divisor; // the same, for dividing
} Chunk;

// power[i] is chunk.power ** chunks[i]; chunks[i] is half of chunks[i + 1], rounded down.
typedef struct {
    Chunk chunk;
    unsigned levels;
    const KrLimb *power[LEVELS];
    size_t n[LEVELS], chunks[LEVELS];
    const KrPoll *poll;
} Powers;

static Chunk chunk_of(unsigned base) {
    if (base == 10) {
        const unsigned digits = KR_LIMB_BITS == 64 ? 19 : 9;
        return (
            Chunk){ .base = base, .digits = digits, .power = (KrLimb)(KR_LIMB_BITS == 64 ? UINT64_C(10000000000000000000) : 1000000000) };
    }
    Chunk c = { .base = base, .digits = 1, .power = base };
    for (; c.power <= KR_LIMB_MAX / base; c.digits++) c.power *= base;
    return c;
}

static bool is_power_of_2(unsigned base) { return (base & (base - 1)) == 0; }

// Computes the powers for splitting a number of that many chunks into pieces below `split`, at *scratch, which is moved on.
// They take less than chunks + levels limbs; the products, 4 limbs for each of chunks / 4.
static bool powers_compute(Powers *p, size_t chunks, size_t split, KrLimb **scratch) {
    KrLimb *next = *scratch;
    p->levels = 0;
    while (chunks >> p->levels >= split) p->levels++;
    for (unsigned i = 0; i < p->levels; i++) {
        size_t e = chunks >> (p->levels - i), n;
        if (i == 0) {
            n = 1, next[0] = p->chunk.power;
            for (size_t k = 1; k < e; k++) n = kr_limbs_mul_1(next, next, n, p->chunk.power, 0);
        } else {
            size_t half = p->n[i - 1];
            if (!kr_limbs_sqr(next, p->power[i - 1], half, next + 2 * half, p->poll)) return false;
            n = kr_limbs_trim(next, 2 * half);
            if (e & 1) n = kr_limbs_mul_1(next, next, n, p->chunk.power, 0);
        }
        p->power[i] = next, p->n[i] = n, p->chunks[i] = e;
        next += n;
    }
    *scratch = next;
    return true;
}

// --- To text ---

static size_t bits_to_text(char *out, const KrLimb *a, size_t na, unsigned bits) {
    size_t len = (kr_limbs_bit_length(a, na) + bits - 1) / bits;
    KrLimb limb = 0, mask = ((KrLimb)1 << bits) - 1;
    unsigned have = 0;
    const KrLimb *next = a;
    for (char *p = out + len; p > out;) {
        KrLimb digit = limb;
        if (have < bits) { // the digit's upper bits are in the next limb
            limb = next < a + na ? *next++ : 0;
            digit |= limb << have;
            limb >>= bits - have;
            have += KR_LIMB_BITS - bits;
        } else {
            limb >>= bits;
            have -= bits;
        }
        *--p = "0123456789abcdefghijklmnopqrstuv"[digit & mask];
    }
    return len;
}

// Divides a, which it destroys, by the chunk's power again and again. The digits end at `end`; returns how many, at least width.
static size_t write_base(char *end, size_t width, KrLimb *a, size_t na, const Chunk *c) {
    char *p = end;
    while (na > 1 || (na && a[0] >= c->power)) {
        KrLimb rem = kr_limbs_divrem_by(a, a, na, &c->divisor, 0);
        na = kr_limbs_trim(a, na);
        char *start = kr_uint64_to_text_before(rem, c->base, p);
        p -= c->digits;
        memset(p, '0', (size_t)(start - p));
    }
    if (na) p = kr_uint64_to_text_before(a[0], c->base, p);
    size_t len = (size_t)(end - p);
    if (len >= width) return len;
    memset(end - width, '0', width - len);
    return width;
}

// The same for long a, which stays as it is, with the first `level` powers.
static bool write_split(char *end, size_t width, size_t *len, const KrLimb *a, size_t na, unsigned level, KrLimb *scratch,
                        const Powers *p) {
    while (level && kr_limbs_cmp(a, na, p->power[level - 1], p->n[level - 1]) < 0) level--;
    if (!level) {
        kr_limbs_copy(scratch, a, na);
        *len = write_base(end, width, scratch, na, &p->chunk);
        return true;
    }
    level--;
    size_t np = p->n[level], low_width = p->chunk.digits * p->chunks[level];
    KrLimb *high = scratch, *low = high + na - np + 1;
    scratch = low + np;
    if (!kr_limbs_divrem(high, low, a, na, p->power[level], np, scratch, p->poll)) return false;
    if (!write_split(end, low_width, len, low, kr_limbs_trim(low, np), level, scratch, p)) return false;
    size_t high_width = width > low_width ? width - low_width : 0, nhigh = kr_limbs_trim(high, na - np + 1);
    if (!write_split(end - low_width, high_width, len, high, nhigh, level, scratch, p)) return false;
    *len += low_width;
    return true;
}

// An upper bound, from 1 / log2(base) rounded up to 16 bits.
size_t kr_limbs_to_text_size(const KrLimb *a, size_t na, unsigned base) {
    static const uint16_t per_bit[35] = {
        // ceil(65536 / log2(base)) - 1, for base 2 to 36
        65535, 41348, 32767, 28224, 25352, 23344, 21845, 20674, 19728, 18944, 18280, 17710, 17212, 16774, 16383, 16033, 15716, 15427,
        15163, 14920, 14696, 14487, 14293, 14112, 13942, 13782, 13632, 13490, 13355, 13228, 13107, 12991, 12881, 12776, 12676,
    };
    if (na > KR_LIMBS_MAX) return KR_LIMBS_TOO_MANY;
    size_t bits = kr_limbs_bit_length(a, na), factor = (size_t)per_bit[base - 2] + 1;
    return (bits >> 16) * factor + (((bits & 0xFFFF) * factor) >> 16) + 2;
}

// The powers take na limbs and some; at each level of the recursion the two parts take na + 1 limbs, then half of that; the
// division 2 na / 2 + 5 na / 2 and some.
size_t kr_limbs_to_text_scratch(size_t na, unsigned base) {
    if (is_power_of_2(base)) return 0;
    if (na < SPLIT_TO_TEXT) return na;
    return na > KR_LIMBS_MAX ? KR_LIMBS_TOO_MANY : 8 * na + 4 * LEVELS;
}

bool kr_limbs_to_text(char *out, size_t *len, const KrLimb *a, size_t na, unsigned base, KrLimb *scratch, const KrPoll *poll) {
    if (na <= 1) return *len = kr_uint64_to_text(na ? a[0] : 0, base, out), true;
    if (is_power_of_2(base)) return *len = bits_to_text(out, a, na, kr_limb_ctz(base)), true;
    size_t size = kr_limbs_to_text_size(a, na, base);
    Chunk c = chunk_of(base);
    c.divisor = kr_limb_divisor(c.power);
    if (na < SPLIT_TO_TEXT) {
        kr_limbs_copy(scratch, a, na);
        *len = write_base(out + size, 0, scratch, na, &c);
    } else {
        Powers p;
        p.chunk = c, p.poll = poll;
        if (!powers_compute(&p, size / c.digits + 1, SPLIT_TO_TEXT, &scratch)) return false;
        if (!write_split(out + size, 0, len, a, na, p.levels, scratch, &p)) return false;
    }
    memmove(out, out + size - *len, *len);
    return true;
}

// --- From text ---

typedef struct {
    const char *next;
    bool plain; // no underscores
} Cursor;

// Eight decimal digits, the pairs, fours and eight being put together by multiplications in all places at once.
static uint64_t read_8(const char *s) {
    const uint8_t *b = (const uint8_t *)s;
    uint64_t v = (uint64_t)b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[2] << 16 | (uint64_t)b[3] << 24 | (uint64_t)b[4] << 32 |
                 (uint64_t)b[5] << 40 | (uint64_t)b[6] << 48 | (uint64_t)b[7] << 56;
    v = (v & 0x0F0F0F0F0F0F0F0F) * 2561 >> 8;
    v = (v & 0x00FF00FF00FF00FF) * 6553601 >> 16;
    return (v & 0x0000FFFF0000FFFF) * 42949672960001 >> 32;
}

static KrLimb read_chunk(Cursor *c, unsigned digits, unsigned base) {
    KrLimb v = 0;
    if (base == 10 && c->plain)
        for (; digits >= 8; digits -= 8, c->next += 8) v = v * 100000000 + (KrLimb)read_8(c->next);
    while (digits) {
        unsigned digit = kr_digit_value(*c->next++);
        if (digit >= base) continue; // an underscore
        v = v * base + digit;
        digits--;
    }
    return v;
}

static size_t read_base(KrLimb *r, Cursor *cursor, size_t digits, const Chunk *c) {
    unsigned first = (unsigned)(digits % c->digits);
    size_t n = 0;
    KrLimb limb = read_chunk(cursor, first, c->base);
    if (limb) r[n++] = limb;
    for (size_t i = digits / c->digits; i--;) {
        limb = read_chunk(cursor, c->digits, c->base);
        if (n) n = kr_limbs_mul_1(r, r, n, c->power, limb);
        else if (limb) r[n++] = limb;
    }
    return n;
}

static bool read_split(KrLimb *r, size_t *nr, Cursor *cursor, size_t digits, unsigned level, KrLimb *scratch, const Powers *p) {
    while (level && digits <= p->chunk.digits * p->chunks[level - 1]) level--;
    if (!level) return *nr = read_base(r, cursor, digits, &p->chunk), true;
    level--;
    size_t low_digits = p->chunk.digits * p->chunks[level], np = p->n[level];
    KrLimb *high = scratch, *low = high + kr_limbs_from_text_size(digits - low_digits, p->chunk.base);
    size_t nhigh, nlow;
    scratch = low + p->chunks[level];
    if (!read_split(high, &nhigh, cursor, digits - low_digits, level, scratch, p)) return false;
    if (!read_split(low, &nlow, cursor, low_digits, level, scratch, p)) return false;
    if (!kr_limbs_mul(r, high, nhigh, p->power[level], np, scratch, p->poll)) return false;
    *nr = kr_limbs_add(r, r, kr_limbs_trim(r, nhigh + np), low, nlow);
    return true;
}

static size_t bits_from_text(KrLimb *r, const char *text, size_t len, unsigned bits) {
    KrLimb limb = 0;
    size_t n = 0;
    unsigned have = 0;
    for (const char *p = text + len; p > text;) {
        KrLimb digit = kr_digit_value(*--p);
        if (digit == 255) continue;
        limb |= digit << have;
        have += bits;
        if (have < KR_LIMB_BITS) continue;
        r[n++] = limb;
        have -= KR_LIMB_BITS;
        limb = digit >> (bits - have); // bits >= 1 and have < bits: what did not fit
    }
    if (have) r[n++] = limb;
    return kr_limbs_trim(r, n);
}

size_t kr_limbs_from_text_size(size_t digits, unsigned base) {
    if (digits > SIZE_MAX / 8) return KR_LIMBS_TOO_MANY;
    if (is_power_of_2(base)) return kr_size_limbs(digits * kr_limb_ctz(base) / KR_LIMB_BITS + 1);
    return kr_size_limbs(digits / chunk_of(base).digits + 1);
}

// The powers take n limbs and some, the parts at each level of the recursion n + 2 and then half of that, the product 4 n / 2.
size_t kr_limbs_from_text_scratch(size_t digits, unsigned base) {
    size_t n = kr_limbs_from_text_size(digits, base);
    if (is_power_of_2(base) || n < SPLIT_FROM_TEXT) return 0;
    return n > KR_LIMBS_MAX ? KR_LIMBS_TOO_MANY : 6 * n + 4 * LEVELS;
}

bool kr_limbs_from_text(KrLimb *r, size_t *nr, const char *text, size_t len, size_t digits, unsigned base, KrLimb *scratch,
                        const KrPoll *poll) {
    if (is_power_of_2(base)) return *nr = bits_from_text(r, text, len, kr_limb_ctz(base)), true;
    Cursor cursor = { text, len == digits };
    Powers p;
    p.chunk = chunk_of(base), p.poll = poll;
    size_t chunks = digits / p.chunk.digits + 1;
    if (chunks < SPLIT_FROM_TEXT) return *nr = read_base(r, &cursor, digits, &p.chunk), true;
    if (!powers_compute(&p, chunks, SPLIT_FROM_TEXT, &scratch)) return false;
    return read_split(r, nr, &cursor, digits, p.levels, scratch, &p);
}
