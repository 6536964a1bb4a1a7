// unicodedata_module.c - the module unicodedata: properties and names of characters, and normal forms of text (Unicode 15.1).
// SPDX-License-Identifier: MIT
#include "base/unicode.h"
#include "base/unicode_data.h"
#include "base/unicode_name.h"
#include "base/unicode_normal.h"
#include "base/utf8.h"
#include "krait.h"
#include "object/str.h"

#if KR_UNICODE_FULL

#define FUNCTION(name) static KrValue data_##name(KrVm *vm, KrValue self, const KrValue *arg)

// A str of one character; what: for the message.
static bool character(KrVm *vm, KrValue v, const char *what, uint32_t *cp) {
    if (!kr_is_str(v)) return kr_fail(kr_raise(vm, &kr_type_error, "%s must be a unicode character, not %T", what, v));
    size_t len, at = 0;
    const char *text = kr_str_text(v, &len);
    if (kr_str_length(v) != 1) return kr_fail(kr_raise(vm, &kr_type_error, "%s must be a unicode character, not str", what));
    return *cp = kr_utf8_next(text, &at), true;
}

FUNCTION(decimal) {
    uint32_t cp;
    (void)self;
    if (!character(vm, arg[0], "decimal() argument 1", &cp)) return KR_ERROR;
    int value = kr_unicode_is_decimal(cp) ? kr_unicode_decimal_value(cp) : -1;
    if (value >= 0) return kr_int_box(value);
    return kr_is_unset(arg[1]) ? kr_raise(vm, &kr_value_error, "not a decimal") : arg[1];
}

FUNCTION(digit) {
    uint32_t cp;
    (void)self;
    if (!character(vm, arg[0], "digit() argument 1", &cp)) return KR_ERROR;
    int value = kr_unicode_is_digit(cp) ? kr_unicode_digit_value(cp) : -1;
    if (value >= 0) return kr_int_box(value);
    return kr_is_unset(arg[1]) ? kr_raise(vm, &kr_value_error, "not a digit") : arg[1];
}

FUNCTION(numeric) {
    uint32_t cp;
    double value;
    (void)self;
    if (!character(vm, arg[0], "numeric() argument 1", &cp)) return KR_ERROR;
    if (kr_unicode_numeric_value(cp, &value)) return kr_float(vm, value);
    return kr_is_unset(arg[1]) ? kr_raise(vm, &kr_value_error, "not a numeric character") : arg[1];
}

FUNCTION(category) {
    uint32_t cp;
    (void)self;
    return character(vm, arg[0], "category() argument", &cp) ? kr_str_c(vm, kr_unicode_category_name(kr_unicode_category(cp))) : KR_ERROR;
}

FUNCTION(bidirectional) {
    uint32_t cp;
    (void)self;
    return character(vm, arg[0], "bidirectional() argument", &cp) ? kr_str_c(vm, kr_unicode_bidirectional(cp)) : KR_ERROR;
}

FUNCTION(combining) {
    uint32_t cp;
    (void)self;
    return character(vm, arg[0], "combining() argument", &cp) ? kr_int_box(kr_unicode_combining(cp)) : KR_ERROR;
}

FUNCTION(mirrored) {
    uint32_t cp;
    (void)self;
    return character(vm, arg[0], "mirrored() argument", &cp) ? kr_int_box(kr_unicode_is_mirrored(cp)) : KR_ERROR;
}

FUNCTION(east_asian_width) {
    uint32_t cp;
    (void)self;
    return character(vm, arg[0], "east_asian_width() argument", &cp) ? kr_str_c(vm, kr_unicode_east_asian_width(cp)) : KR_ERROR;
}

FUNCTION(decomposition) {
    uint32_t cp, part[KR_DECOMPOSITION_STEP];
    char text[12 + KR_DECOMPOSITION_STEP * 7] = "", *to = text;
    (void)self;
    if (!character(vm, arg[0], "decomposition() argument", &cp)) return KR_ERROR;
    size_t count = kr_unicode_decomposition(cp, part);
    const char *tag = count ? kr_unicode_decomposition_tag(cp) : NULL;
    for (; tag && *tag; tag++) *to++ = *tag;
    for (size_t i = 0; i < count; i++) {
        if (to > text) *to++ = ' ';
        for (int shift = part[i] > 0xFFFFF ? 20 : part[i] > 0xFFFF ? 16 : 12; shift >= 0; shift -= 4)
            *to++ = "0123456789ABCDEF"[part[i] >> shift & 15];
    }
    return kr_str(vm, text, (size_t)(to - text));
}

FUNCTION(name) {
    uint32_t cp;
    char name[KR_NAME_MAX];
    (void)self;
    if (!character(vm, arg[0], "name() argument 1", &cp)) return KR_ERROR;
    size_t len = kr_unicode_name(cp, name);
    if (len) return kr_str(vm, name, len);
    return kr_is_unset(arg[1]) ? kr_raise(vm, &kr_value_error, "no such name") : arg[1];
}

FUNCTION(lookup) {
    uint32_t cp;
    size_t len;
    char utf8[4];
    (void)self;
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "a bytes-like object is required, not '%T'", arg[0]);
    const char *name = kr_str_text(arg[0], &len);
    if (len > 256) return kr_raise(vm, &kr_key_error, "name too long");
    if (!kr_unicode_name_lookup(name, len, &cp)) return kr_raise(vm, &kr_key_error, "undefined character name '%S'", arg[0]);
    return kr_str(vm, utf8, kr_utf8_encode(cp, utf8));
}

static bool form_of(KrVm *vm, KrValue v, KrNormalForm *form) {
    static const char *const name[] = { "NFC", "NFD", "NFKC", "NFKD" };
    for (int i = 0; i < 4; i++)
        if (kr_str_is(v, name[i])) return *form = (KrNormalForm)i, true;
    return kr_fail(kr_raise(vm, &kr_value_error, "invalid normalization form"));
}

static bool text_of(KrVm *vm, const KrValue *arg, const char *function) {
    for (int i = 0; i < 2; i++)
        if (!kr_is_str(arg[i]))
            return kr_fail(kr_raise(vm, &kr_type_error, "%s() argument %d must be str, not %T", function, i + 1, arg[i]));
    return true;
}

// text in a form; text itself when it is so already.
static KrValue normal(KrVm *vm, KrValue v, KrNormalForm form) {
    size_t len, count;
    const char *text = kr_str_text(v, &len);
    if (kr_normal_quick(text, len, form)) return v;
    if (!kr_normal_size(text, len, form, &count) || count > SIZE_MAX / sizeof(uint32_t)) return kr_raise_memory(vm);
    uint32_t *buffer = kr_buffer_alloc(vm, (count + 1) * sizeof *buffer);
    if (!buffer) return KR_ERROR;
    count = kr_normal_fill(text, len, form, buffer);
    size_t size = kr_normal_utf8_size(buffer, count);
    char *out = kr_buffer_alloc(vm, size + 1);
    if (!out) return KR_ERROR;
    kr_normal_utf8_write(buffer, count, out);
    return size == len && memcmp(text, out, len) == 0 ? v : kr_str(vm, out, size);
}

FUNCTION(normalize) {
    KrNormalForm form;
    (void)self;
    return text_of(vm, arg, "normalize") && form_of(vm, arg[0], &form) ? normal(vm, arg[1], form) : KR_ERROR;
}

FUNCTION(is_normalized) {
    KrNormalForm form;
    (void)self;
    if (!text_of(vm, arg, "is_normalized") || !form_of(vm, arg[0], &form)) return KR_ERROR;
    KrValue v = normal(vm, arg[1], form);
    return kr_is_error(v) ? v : kr_bool(kr_same(v, arg[1]));
}

static const KrMethod functions[] = {
    { "decimal(chr, default=<unset>, /)", data_decimal, KR_DOC("Return the value of a decimal digit; otherwise default, or ValueError."),
      0 },
    { "digit(chr, default=<unset>, /)", data_digit, KR_DOC("Return the value of a digit; otherwise default, or ValueError."), 0 },
    { "numeric(chr, default=<unset>, /)", data_numeric,
      KR_DOC("Return the value of a character that stands for a number, as a float; otherwise default, or ValueError."), 0 },
    { "category(chr, /)", data_category, KR_DOC("Return the general category: 'Lu' and so on."), 0 },
    { "bidirectional(chr, /)", data_bidirectional, KR_DOC("Return the bidirectional class, '' if there is none."), 0 },
    { "combining(chr, /)", data_combining, KR_DOC("Return the canonical combining class, 0 if there is none."), 0 },
    { "mirrored(chr, /)", data_mirrored, KR_DOC("Return 1 if the character is mirrored in text from right to left, else 0."), 0 },
    { "east_asian_width(chr, /)", data_east_asian_width, KR_DOC("Return the east asian width: 'W' and so on."), 0 },
    { "decomposition(chr, /)", data_decomposition,
      KR_DOC("Return what the character is made of, as hexadecimal numbers; '' if there is nothing."), 0 },
    { "name(chr, default=<unset>, /)", data_name, KR_DOC("Return the name of a character; if it has none default, or ValueError."), 0 },
    { "lookup(name, /)", data_lookup, KR_DOC("Return the character of that name. KeyError if there is none."), 0 },
    { "normalize(form, unistr, /)", data_normalize, KR_DOC("Return the text in a normal form: 'NFC', 'NFD', 'NFKC' or 'NFKD'."), 0 },
    { "is_normalized(form, unistr, /)", data_is_normalized, KR_DOC("Return whether the text is in a normal form."), 0 },
    { 0 },
};

static const KrConst constants[] = { { "unidata_version", KR_CONST_STR, { .p = "15.1.0" } }, { 0 } };

const KrModuleDef kr_unicodedata_module = { "unicodedata", KR_DOC("What Unicode says about characters."), functions, constants, NULL };

#endif
