// str_predicate.c - str.isalpha() and its like.
// SPDX-License-Identifier: MIT
#include "base/unicode.h"
#include "base/utf8.h"
#include "object/str_method.h"
#include "object/vm_state.h"

enum { POLL_BYTES = 8192 };

// Whether the walk may go on from at; *polled is where it asks again.
static bool may_go_on(KrVm *vm, size_t at, size_t *polled) {
    if (KR_LIKELY(at < *polled)) return true;
    *polled = at + POLL_BYTES;
    return kr_poll(vm, POLL_BYTES / 8);
}

static KrValue all_of_ascii(KrVm *vm, const KrStrObject *s, unsigned kinds) {
    const char *text = kr_str_data(s);
    for (size_t at = 0, end; at < s->len; at = end) {
        end = s->len - at < POLL_BYTES ? s->len : at + POLL_BYTES;
        for (size_t i = at; i < end; i++)
            if (!(kr_ascii_class[(unsigned char)text[i]] & kinds)) return KR_FALSE;
        if (end < s->len && !kr_poll(vm, POLL_BYTES / 16)) return KR_ERROR;
    }
    return kr_bool(s->len > 0);
}

// Whether all characters are of a kind (`kinds`: KR_ASCII_ bits, where they are ASCII), and there is one at least.
static KrValue all_of(KrVm *vm, KrValue self, bool (*is)(uint32_t cp), unsigned kinds) {
    const KrStrObject *s = kr_str_of(self);
    if (s->flags & KR_STR_ASCII) return all_of_ascii(vm, s, kinds);
    for (size_t at = 0, polled = POLL_BYTES; at < s->len;) {
        if (!is(kr_utf8_next(kr_str_data(s), &at))) return KR_FALSE;
        if (!may_go_on(vm, at, &polled)) return KR_ERROR;
    }
    return kr_bool(s->len > 0);
}

KR_STR_METHOD(isalnum) { return (void)arg, all_of(vm, self, kr_unicode_is_alnum, KR_ASCII_ALPHA | KR_ASCII_DIGIT); }
KR_STR_METHOD(isalpha) { return (void)arg, all_of(vm, self, kr_unicode_is_alpha, KR_ASCII_ALPHA); }
KR_STR_METHOD(isdecimal) { return (void)arg, all_of(vm, self, kr_unicode_is_decimal, KR_ASCII_DIGIT); }
KR_STR_METHOD(isdigit) { return (void)arg, all_of(vm, self, kr_unicode_is_digit, KR_ASCII_DIGIT); }
KR_STR_METHOD(isnumeric) { return (void)arg, all_of(vm, self, kr_unicode_is_numeric, KR_ASCII_DIGIT); }
KR_STR_METHOD(isspace) { return (void)arg, all_of(vm, self, kr_unicode_is_space, KR_ASCII_SPACE); }

KR_STR_METHOD(isprintable) {
    (void)arg;
    return kr_str_of(self)->len == 0 ? KR_TRUE : all_of(vm, self, kr_unicode_is_printable, KR_ASCII_PRINTABLE);
}

KR_STR_METHOD(isascii) { return (void)vm, (void)arg, kr_bool(kr_str_of(self)->flags & KR_STR_ASCII); }

KR_STR_METHOD(isidentifier) {
    (void)arg;
    const KrStrObject *s = kr_str_of(self);
    size_t at = 0, polled = POLL_BYTES;
    if (s->len == 0 || !kr_unicode_is_identifier_start(kr_utf8_next(kr_str_data(s), &at))) return KR_FALSE;
    while (at < s->len) {
        if (!kr_unicode_is_identifier_part(kr_utf8_next(kr_str_data(s), &at))) return KR_FALSE;
        if (!may_go_on(vm, at, &polled)) return KR_ERROR;
    }
    return KR_TRUE;
}

// At least one letter of the wanted case, and none of another.
static KrValue cased_as(KrVm *vm, KrValue self, bool (*wanted)(uint32_t cp)) {
    const KrStrObject *s = kr_str_of(self);
    bool found = false;
    for (size_t at = 0, polled = POLL_BYTES; at < s->len;) {
        if (!may_go_on(vm, at, &polled)) return KR_ERROR;
        uint32_t cp = kr_utf8_next(kr_str_data(s), &at);
        if (wanted(cp)) found = true;
        else if (kr_unicode_is_lower(cp) || kr_unicode_is_title(cp)) return KR_FALSE;
    }
    return kr_bool(found);
}

KR_STR_METHOD(islower) { return (void)arg, cased_as(vm, self, kr_unicode_is_lower); }
KR_STR_METHOD(isupper) { return (void)arg, cased_as(vm, self, kr_unicode_is_upper); }

// Upper or title case where a word begins, lower case inside.
KR_STR_METHOD(istitle) {
    (void)arg;
    const KrStrObject *s = kr_str_of(self);
    bool found = false, inside = false;
    for (size_t at = 0, polled = POLL_BYTES; at < s->len;) {
        if (!may_go_on(vm, at, &polled)) return KR_ERROR;
        uint32_t cp = kr_utf8_next(kr_str_data(s), &at);
        bool capital = kr_unicode_is_title(cp), small = kr_unicode_is_lower(cp);
        if (capital ? inside : small && !inside) return KR_FALSE;
        inside = capital || small;
        found = found || inside;
    }
    return kr_bool(found);
}
