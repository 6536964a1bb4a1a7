// str_predicate.c - str.isalpha() and its like.
// SPDX-License-Identifier: MIT
#include "base/unicode.h"
#include "base/utf8.h"
#include "object/str_method.h"

// Whether all characters are of a kind, and there is one at least.
static KrValue all_of(KrValue self, bool (*is)(uint32_t cp)) {
    const KrStrObject *s = kr_str_of(self);
    for (size_t at = 0; at < s->len;)
        if (!is(kr_utf8_next(kr_str_data(s), &at))) return KR_FALSE;
    return kr_bool(s->len > 0);
}

KR_STR_METHOD(isalnum) { return (void)vm, (void)arg, all_of(self, kr_unicode_is_alnum); }
KR_STR_METHOD(isalpha) { return (void)vm, (void)arg, all_of(self, kr_unicode_is_alpha); }
KR_STR_METHOD(isdecimal) { return (void)vm, (void)arg, all_of(self, kr_unicode_is_decimal); }
KR_STR_METHOD(isdigit) { return (void)vm, (void)arg, all_of(self, kr_unicode_is_digit); }
KR_STR_METHOD(isnumeric) { return (void)vm, (void)arg, all_of(self, kr_unicode_is_numeric); }
KR_STR_METHOD(isspace) { return (void)vm, (void)arg, all_of(self, kr_unicode_is_space); }

KR_STR_METHOD(isprintable) {
    (void)vm, (void)arg;
    return kr_str_of(self)->len == 0 ? KR_TRUE : all_of(self, kr_unicode_is_printable);
}

KR_STR_METHOD(isascii) { return (void)vm, (void)arg, kr_bool(kr_str_of(self)->flags & KR_STR_ASCII); }

KR_STR_METHOD(isidentifier) {
    (void)vm, (void)arg;
    const KrStrObject *s = kr_str_of(self);
    size_t at = 0;
    if (s->len == 0 || !kr_unicode_is_identifier_start(kr_utf8_next(kr_str_data(s), &at))) return KR_FALSE;
    while (at < s->len)
        if (!kr_unicode_is_identifier_part(kr_utf8_next(kr_str_data(s), &at))) return KR_FALSE;
    return KR_TRUE;
}

// At least one letter of the wanted case, and none of another.
static KrValue cased_as(KrValue self, bool (*wanted)(uint32_t cp)) {
    const KrStrObject *s = kr_str_of(self);
    bool found = false;
    for (size_t at = 0; at < s->len;) {
        uint32_t cp = kr_utf8_next(kr_str_data(s), &at);
        if (wanted(cp)) found = true;
        else if (kr_unicode_is_lower(cp) || kr_unicode_is_title(cp)) return KR_FALSE;
    }
    return kr_bool(found);
}

KR_STR_METHOD(islower) { return (void)vm, (void)arg, cased_as(self, kr_unicode_is_lower); }
KR_STR_METHOD(isupper) { return (void)vm, (void)arg, cased_as(self, kr_unicode_is_upper); }

// Upper or title case where a word begins, lower case inside.
KR_STR_METHOD(istitle) {
    (void)vm, (void)arg;
    const KrStrObject *s = kr_str_of(self);
    bool found = false, inside = false;
    for (size_t at = 0; at < s->len;) {
        uint32_t cp = kr_utf8_next(kr_str_data(s), &at);
        bool capital = kr_unicode_is_title(cp), small = kr_unicode_is_lower(cp);
        if (capital ? inside : small && !inside) return KR_FALSE;
        inside = capital || small;
        found = found || inside;
    }
    return kr_bool(found);
}
