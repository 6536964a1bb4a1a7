// unicode_normal.c - the normalisation forms of Unicode: Unicode Standard Annex 15, and section 3.12 of the standard for Hangul.
// SPDX-License-Identifier: MIT
//
// While it is worked on, an entry of the buffer holds the combining class above the code point, so that it is looked up once.
#include "base/unicode_normal.h"

#include "base/unicode_normal_table.h"
#include "base/utf8.h"

#if KR_UNICODE_FULL

enum { // Hangul syllables are computed
    L_BASE = 0x1100,
    V_BASE = 0x1161,
    T_BASE = 0x11A7,
    S_BASE = 0xAC00,
    L_COUNT = 19,
    V_COUNT = 21,
    T_COUNT = 28,
    S_COUNT = L_COUNT * V_COUNT * T_COUNT,
};

#define CLASS_SHIFT  24
#define POINT(entry) ((entry)&0xFFFFFF)
#define CLASS(entry) ((entry) >> CLASS_SHIFT)

static bool is_compat(KrNormalForm form) { return form == KR_NFKC || form == KR_NFKD; }
static bool is_composed(KrNormalForm form) { return form == KR_NFC || form == KR_NFKC; }

static bool is_syllable(uint32_t cp) { return cp - S_BASE < S_COUNT; }

uint8_t kr_unicode_combining(uint32_t cp) {
    size_t low = 0, high = kr_combining_run_count; // the run is before high
    if (cp < 0x300) return 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (kr_combining_run[middle] >> 8 > cp) high = middle;
        else low = middle + 1;
    }
    if (low == 0 || cp - (kr_combining_run[low - 1] >> 8) >= kr_combining_length[low - 1]) return 0;
    return (uint8_t)kr_combining_run[low - 1];
}

// ---- Decomposition -------------------------------------------------------------------------------------------------------------

static uint32_t pool_point(size_t at) {
    uint32_t unit = kr_decomposition_pool[at];
    uint32_t n = unit - KR_DECOMPOSITION_ASTRAL;
    return n < kr_decomposition_astral_count ? kr_decomposition_astral[n] : unit;
}

static const KrDecompositionRun *find_run(uint32_t cp, bool compat) {
    size_t low = 0, high = kr_decomposition_run_count;
    if (cp < 0xA0) return NULL;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (kr_decomposition_run[middle].key >> 8 > cp) high = middle;
        else low = middle + 1;
    }
    const KrDecompositionRun *run = low ? &kr_decomposition_run[low - 1] : NULL;
    if (!run || cp - (run->key >> 8) >= run->count || ((run->key & KR_DECOMPOSITION_COMPAT) && !compat)) return NULL;
    return run;
}

// One step of the decomposition of cp, which is in run.
static size_t step(uint32_t cp, const KrDecompositionRun *run, uint32_t *out) {
    size_t len = run->key & KR_DECOMPOSITION_LENGTH, index = cp - (run->key >> 8);
    if (run->key & KR_DECOMPOSITION_SHARED) {
        out[0] = pool_point(run->pool_at) + (uint32_t)index;
        return 1;
    }
    for (size_t i = 0; i < len; i++) out[i] = pool_point(run->pool_at + index * len + i);
    return len;
}

size_t kr_unicode_decomposition(uint32_t cp, uint32_t out[KR_DECOMPOSITION_STEP]) {
    const KrDecompositionRun *run = find_run(cp, true);
    return run ? step(cp, run, out) : 0;
}

// The full decomposition of cp, in out when it is not NULL; returns its length. The recursion is three deep in Unicode's data.
static size_t decompose(uint32_t cp, bool compat, uint32_t *out) {
    if (is_syllable(cp)) {
        uint32_t s = cp - S_BASE, t = s % T_COUNT;
        if (out) {
            out[0] = L_BASE + s / (V_COUNT * T_COUNT);
            out[1] = V_BASE + s / T_COUNT % V_COUNT;
            if (t) out[2] = T_BASE + t;
        }
        return t ? 3 : 2;
    }
    const KrDecompositionRun *run = find_run(cp, compat);
    if (!run) {
        if (out) out[0] = cp | (uint32_t)kr_unicode_combining(cp) << CLASS_SHIFT;
        return 1;
    }
    uint32_t part[KR_DECOMPOSITION_MAX];
    size_t count = step(cp, run, part), len = 0;
    for (size_t i = 0; i < count; i++) len += decompose(part[i], compat, out ? out + len : NULL);
    return len;
}

bool kr_normal_size(const char *text, size_t len, KrNormalForm form, size_t *count) {
    *count = 0;
    for (size_t at = 0; at < len;) {
        *count += decompose(kr_utf8_next(text, &at), is_compat(form), NULL);
        if (*count > SIZE_MAX / 2 / sizeof(uint32_t)) return false;
    }
    return true;
}

// ---- Canonical order -----------------------------------------------------------------------------------------------------------

static void reverse(uint32_t *from, uint32_t *to) {
    while (from + 1 < to) {
        uint32_t entry = *from;
        *from++ = *--to;
        *to = entry;
    }
}

static uint32_t *rotate(uint32_t *from, uint32_t *middle, uint32_t *to) {
    reverse(from, middle);
    reverse(middle, to);
    reverse(from, to);
    return from + (to - middle);
}

// The first entry in [from, to) whose class is not below class (or_equal: is above it).
static uint32_t *bound(uint32_t *from, uint32_t *to, uint32_t class, bool or_equal) {
    while (from < to) {
        uint32_t *middle = from + (to - from) / 2;
        if (CLASS(*middle) < class || (or_equal && CLASS(*middle) == class)) from = middle + 1;
        else to = middle;
    }
    return from;
}

// Merges two sorted neighbours in place, by rotations: no memory, and no input makes it slow.
static void merge(uint32_t *from, uint32_t *middle, uint32_t *to) {
    while (from < middle && middle < to) {
        if (middle - from == 1 && to - middle == 1) {
            if (CLASS(*middle) < CLASS(*from)) reverse(from, to);
            return;
        }
        uint32_t *left, *right;
        if (middle - from > to - middle) {
            left = from + (middle - from) / 2;
            right = bound(middle, to, CLASS(*left), false);
        } else {
            right = middle + (to - middle) / 2;
            left = bound(from, middle, CLASS(*right), true);
        }
        uint32_t *joint = rotate(left, middle, right);
        merge(from, left, joint);
        from = joint;
        middle = right;
    }
}

// A stable sort by combining class.
static void sort(uint32_t *from, size_t count) {
    if (count > 16) {
        sort(from, count / 2);
        sort(from + count / 2, count - count / 2);
        merge(from, from + count / 2, from + count);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        uint32_t entry = from[i];
        size_t at = i;
        for (; at > 0 && CLASS(from[at - 1]) > CLASS(entry); at--) from[at] = from[at - 1];
        from[at] = entry;
    }
}

static void order_marks(uint32_t *buffer, size_t count) {
    for (size_t at = 0; at < count;) {
        size_t start = at;
        bool ordered = true;
        for (; at < count && CLASS(buffer[at]) != 0; at++)
            if (at > start && CLASS(buffer[at - 1]) > CLASS(buffer[at])) ordered = false;
        if (!ordered) sort(buffer + start, at - start);
        if (at == start) at++;
    }
}

// ---- Composition ---------------------------------------------------------------------------------------------------------------

static bool is_second(uint32_t cp) {
    size_t low = 0, high = kr_composition_second_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (kr_composition_second[middle] < cp) low = middle + 1;
        else high = middle;
    }
    return low < kr_composition_second_count && kr_composition_second[low] == cp;
}

// The code point whose decomposition is at this place of the pool: runs are in the order of the pool, too.
static uint32_t owner_of(size_t pool_at) {
    size_t low = 0, high = kr_decomposition_run_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (kr_decomposition_run[middle].pool_at > pool_at) high = middle;
        else low = middle + 1;
    }
    const KrDecompositionRun *run = &kr_decomposition_run[low - 1];
    return (run->key >> 8) + (uint32_t)((pool_at - run->pool_at) / (run->key & KR_DECOMPOSITION_LENGTH));
}

static uint32_t compose_hangul(uint32_t first, uint32_t second) {
    if (first - L_BASE < L_COUNT && second - V_BASE < V_COUNT) return S_BASE + ((first - L_BASE) * V_COUNT + (second - V_BASE)) * T_COUNT;
    if (is_syllable(first) && (first - S_BASE) % T_COUNT == 0 && second - T_BASE - 1 < T_COUNT - 1) return first + (second - T_BASE);
    return 0;
}

// The composite of two code points, or 0.
static uint32_t compose(uint32_t first, uint32_t second) {
    if (!is_second(second)) return compose_hangul(first, second);
    size_t low = 0, high = kr_composition_pair_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2, at = kr_composition_pair[middle];
        uint32_t a = pool_point(at), b = pool_point(at + 1);
        if (a == first && b == second) return owner_of(at);
        if (a < first || (a == first && b < second)) low = middle + 1;
        else high = middle;
    }
    return 0;
}

// Composes in place. A mark joins the last starter unless one of its own class, or a higher one, stands in between.
static size_t compose_all(uint32_t *buffer, size_t count) {
    size_t len = 0, starter = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        uint32_t class = CLASS(buffer[i]);
        bool adjacent = starter != SIZE_MAX && len == starter + 1;
        bool open = adjacent || (starter != SIZE_MAX && CLASS(buffer[len - 1]) < class);
        uint32_t composite = open ? compose(POINT(buffer[starter]), POINT(buffer[i])) : 0;
        if (composite) {
            buffer[starter] = composite;
            continue;
        }
        if (class == 0) starter = len;
        buffer[len++] = buffer[i];
    }
    return len;
}

size_t kr_normal_fill(const char *text, size_t len, KrNormalForm form, uint32_t *buffer) {
    size_t count = 0;
    for (size_t at = 0; at < len;) count += decompose(kr_utf8_next(text, &at), is_compat(form), buffer + count);
    order_marks(buffer, count);
    if (is_composed(form)) count = compose_all(buffer, count);
    for (size_t i = 0; i < count; i++) buffer[i] = POINT(buffer[i]);
    return count;
}

// Whether cp is unchanged by the form wherever it stands, combining classes apart.
static bool stands_alone(uint32_t cp, KrNormalForm form) {
    if (!is_composed(form)) return !is_syllable(cp) && !find_run(cp, is_compat(form));
    if (cp - V_BASE < V_COUNT || cp - T_BASE < T_COUNT || is_second(cp)) return false;
    const KrDecompositionRun *run = find_run(cp, is_compat(form));
    if (!run) return true;
    uint32_t part[KR_DECOMPOSITION_MAX];
    if ((run->key & KR_DECOMPOSITION_COMPAT) || step(cp, run, part) != 2) return false;
    return compose(part[0], part[1]) == cp && stands_alone(part[0], form);
}

bool kr_normal_quick(const char *text, size_t len, KrNormalForm form) {
    uint8_t last = 0;
    for (size_t at = kr_ascii_prefix(text, len); at < len;) {
        uint32_t cp = kr_utf8_next(text, &at);
        if (cp < 0xA0) {
            last = 0;
            continue;
        }
        uint8_t class = kr_unicode_combining(cp);
        if ((class != 0 && class < last) || !stands_alone(cp, form)) return false;
        last = class;
    }
    return true;
}

size_t kr_normal_utf8_size(const uint32_t *buffer, size_t count) {
    size_t size = 0;
    for (size_t i = 0; i < count; i++) size += kr_utf8_width(buffer[i]);
    return size;
}

void kr_normal_utf8_write(const uint32_t *buffer, size_t count, char *out) {
    for (size_t i = 0; i < count; i++) out += kr_utf8_encode(buffer[i], out);
}

// ---- Identifiers ---------------------------------------------------------------------------------------------------------------

#define CHUNK_MAX 256 // code points on the stack

// Whether what comes before cp cannot change what cp becomes: text may be cut here.
static bool is_boundary(uint32_t cp) {
    if (cp < 0x300) return true;
    uint32_t out[KR_DECOMPOSITION_MAX];
    (void)decompose(cp, true, out);
    uint32_t first = POINT(out[0]);
    return CLASS(out[0]) == 0 && !is_second(first) && first - V_BASE >= V_COUNT && first - T_BASE >= T_COUNT;
}

// The end of a chunk that begins at from: as much as CHUNK_MAX code points hold, up to a boundary; from when there is none.
static size_t chunk_end(const char *text, size_t len, size_t from) {
    size_t count = 0, end = from;
    for (size_t at = from; at < len;) {
        size_t start = at;
        uint32_t cp = kr_utf8_next(text, &at);
        if (start > from && is_boundary(cp)) end = start;
        count += decompose(cp, true, NULL);
        if (count > CHUNK_MAX) return end;
    }
    return len;
}

size_t kr_normal_identifier(const char *text, size_t len, char *out, size_t cap) {
    uint32_t buffer[CHUNK_MAX];
    size_t need = 0;
    if (kr_normal_quick(text, len, KR_NFKC)) return 0;
    for (size_t at = 0, end; at < len; at = end) {
        end = chunk_end(text, len, at);
        if (end == at) return 0;
        size_t count = kr_normal_fill(text + at, end - at, KR_NFKC, buffer), size = kr_normal_utf8_size(buffer, count);
        if (need <= cap && size <= cap - need) kr_normal_utf8_write(buffer, count, out + need);
        need += size;
    }
    return need;
}

#endif
