// str_case.c - case mappings of text: str.upper() and its like.
// SPDX-License-Identifier: MIT
#include "base/unicode.h"
#include "base/utf8.h"
#include "base/word.h"
#include "object/str_method.h"
#include "object/text.h"
#include "object/vm_state.h"

enum { TO_LOWER = 1, TO_UPPER = 2, SWAP = 3, POLL_BYTES = 4096 };

// 0x20 in each byte of ASCII text that is a letter from first to last, 26 of them: the bit that changes its case.
static KrWord case_bits(KrWord word, unsigned first) {
    return ((word + KR_WORD_ONES * (0x80 - first)) & ~(word + KR_WORD_ONES * (0x80 - first - 26)) & KR_WORD_HIGHS) >> 2;
}

static KrWord map_word(KrWord word, unsigned how) {
    KrWord flip = 0;
    if (how & TO_LOWER) flip |= case_bits(word, 'A');
    if (how & TO_UPPER) flip |= case_bits(word, 'a');
    return word ^ flip;
}

static KrValue map_ascii(KrVm *vm, const KrStrObject *s, unsigned how) {
    KrStrObject *out = kr_str_new(vm, s->len, true);
    if (!out) return KR_ERROR;
    size_t i = 0;
    for (; s->len - i >= KR_WORD_BYTES; i += KR_WORD_BYTES) kr_word_store(out->own + i, map_word(kr_word_load(kr_str_data(s) + i), how));
    for (; i < s->len; i++) out->own[i] = (char)map_word((unsigned char)kr_str_data(s)[i], how);
    return kr_from_ptr(out);
}

// The lower case of the character at text[at], which ends at next.
static size_t lower_at(const KrStrObject *s, size_t at, uint32_t cp, uint32_t *out) {
    if (cp != KR_CAPITAL_SIGMA) return kr_unicode_to_lower(cp, out);
    out[0] = kr_unicode_sigma_is_final(kr_str_data(s), s->len, at) ? KR_SMALL_FINAL_SIGMA : KR_SMALL_SIGMA;
    return 1;
}

// How one character is mapped; *inside tells whether it follows a cased one, and is updated.
typedef size_t (*Mapper)(const KrStrObject *s, size_t at, uint32_t cp, bool *inside, uint32_t *out);

static KrValue map_text(KrVm *vm, KrValue self, Mapper mapper) {
    const KrStrObject *s = kr_str_of(self);
    KrText t;
    kr_text_init(vm, &t);
    bool inside = false;
    for (size_t at = 0, next = 0, polled = 0; at < s->len; at = next) {
        if (at >= polled) {
            if (!kr_poll(vm, POLL_BYTES / 2)) return KR_ERROR;
            polled = at + POLL_BYTES;
        }
        uint32_t out[KR_CASE_MAX], cp = kr_utf8_next(kr_str_data(s), &next);
        size_t count = mapper(s, at, cp, &inside, out);
        for (size_t i = 0; i < count; i++) kr_text_add_char(&t, out[i]);
    }
    return kr_text_str(&t);
}

static size_t map_upper(const KrStrObject *s, size_t at, uint32_t cp, bool *inside, uint32_t *out) {
    return (void)s, (void)at, (void)inside, kr_unicode_to_upper(cp, out);
}

static size_t map_lower(const KrStrObject *s, size_t at, uint32_t cp, bool *inside, uint32_t *out) {
    return (void)inside, lower_at(s, at, cp, out);
}

static size_t map_fold(const KrStrObject *s, size_t at, uint32_t cp, bool *inside, uint32_t *out) {
    return (void)s, (void)at, (void)inside, kr_unicode_to_fold(cp, out);
}

static size_t map_swap(const KrStrObject *s, size_t at, uint32_t cp, bool *inside, uint32_t *out) {
    (void)inside;
    if (kr_unicode_is_upper(cp)) return lower_at(s, at, cp, out);
    if (kr_unicode_is_lower(cp)) return kr_unicode_to_upper(cp, out);
    out[0] = cp;
    return 1;
}

static size_t map_title(const KrStrObject *s, size_t at, uint32_t cp, bool *inside, uint32_t *out) {
    size_t count = *inside ? lower_at(s, at, cp, out) : kr_unicode_to_title(cp, out);
    *inside = kr_unicode_is_cased(cp);
    return count;
}

static size_t map_capital(const KrStrObject *s, size_t at, uint32_t cp, bool *inside, uint32_t *out) {
    size_t count = *inside ? lower_at(s, at, cp, out) : kr_unicode_to_title(cp, out);
    *inside = true;
    return count;
}

static bool is_ascii(KrValue self) { return (kr_str_of(self)->flags & KR_STR_ASCII) != 0; }

KR_STR_METHOD(upper) {
    (void)arg;
    return is_ascii(self) ? map_ascii(vm, kr_str_of(self), TO_UPPER) : map_text(vm, self, map_upper);
}

KR_STR_METHOD(lower) {
    (void)arg;
    return is_ascii(self) ? map_ascii(vm, kr_str_of(self), TO_LOWER) : map_text(vm, self, map_lower);
}

KR_STR_METHOD(casefold) {
    (void)arg;
    return is_ascii(self) ? map_ascii(vm, kr_str_of(self), TO_LOWER) : map_text(vm, self, map_fold);
}

KR_STR_METHOD(swapcase) {
    (void)arg;
    return is_ascii(self) ? map_ascii(vm, kr_str_of(self), SWAP) : map_text(vm, self, map_swap);
}

KR_STR_METHOD(title) { return (void)arg, map_text(vm, self, map_title); }
KR_STR_METHOD(capitalize) { return (void)arg, map_text(vm, self, map_capital); }
