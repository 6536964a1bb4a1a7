// unicode.c - properties and case mappings of code points, looked up in the generated tables.
// SPDX-License-Identifier: MIT
#include "base/unicode.h"

#include "base/unicode_table.h"
#include "base/utf8.h"

const uint8_t kr_ascii_class[128] = {
    0,  0,  0,  0,  0,  0,  0,  0,  0,  4,  4,  4,  4,  4,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0, 4, 4, 4, 4,
    12, 8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 8,  8, 8, 8, 8, 8,
    8,  25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 8, 8, 8, 8, 8,
    8,  41, 41, 41, 41, 41, 41, 41, 41, 41, 41, 41, 41, 41, 41, 41, 41, 41, 41, 41, 41, 41, 41, 41, 41, 41, 41, 8, 8, 8, 8, 0,
};

static const KrUnicodeProperty unassigned = { KR_CATEGORY_CN, -1, 0 };

static const KrUnicodeProperty *property_of(uint32_t cp) {
    if (cp > KR_CODE_POINT_MAX) return &unassigned;
    if (cp >= KR_UNICODE_TABLE_END) cp = KR_UNICODE_UNCASED;
    size_t block = kr_unicode_top[cp >> (KR_UNICODE_LEAF_BITS + KR_UNICODE_MIDDLE_BITS)];
    size_t in_middle = (cp >> KR_UNICODE_LEAF_BITS) & ((1u << KR_UNICODE_MIDDLE_BITS) - 1);
    block = kr_unicode_middle[block << KR_UNICODE_MIDDLE_BITS | in_middle];
    return &kr_unicode_property[kr_unicode_leaf[block << KR_UNICODE_LEAF_BITS | (cp & ((1u << KR_UNICODE_LEAF_BITS) - 1))]];
}

static bool has_flag(uint32_t cp, unsigned flag) { return (property_of(cp)->flags & flag) != 0; }

KrCategory kr_unicode_category(uint32_t cp) { return (KrCategory)property_of(cp)->category; }

const char *kr_unicode_category_name(KrCategory category) {
    static const char name[][3] = {
        "Cn", "Lu", "Ll", "Lt", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc", "Cf",
        "Cs", "Co", "Lm", "Lo", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So",
    };
    return name[category];
}

bool kr_unicode_is_upper(uint32_t cp) { return has_flag(cp, KR_UNICODE_UPPER); }
bool kr_unicode_is_lower(uint32_t cp) { return has_flag(cp, KR_UNICODE_LOWER); }
bool kr_unicode_is_title(uint32_t cp) { return has_flag(cp, KR_UNICODE_TITLE); }
bool kr_unicode_is_alpha(uint32_t cp) { return has_flag(cp, KR_UNICODE_ALPHA); }
bool kr_unicode_is_alnum(uint32_t cp) { return has_flag(cp, KR_UNICODE_ALPHA | KR_UNICODE_NUMERIC); }
bool kr_unicode_is_decimal(uint32_t cp) { return has_flag(cp, KR_UNICODE_DECIMAL); }
bool kr_unicode_is_digit(uint32_t cp) { return has_flag(cp, KR_UNICODE_DIGIT); }
bool kr_unicode_is_numeric(uint32_t cp) { return has_flag(cp, KR_UNICODE_NUMERIC); }
bool kr_unicode_is_printable(uint32_t cp) { return has_flag(cp, KR_UNICODE_PRINTABLE); }
bool kr_unicode_is_identifier_start(uint32_t cp) { return cp == '_' || has_flag(cp, KR_UNICODE_XID_START); }
bool kr_unicode_is_identifier_part(uint32_t cp) { return has_flag(cp, KR_UNICODE_XID_CONTINUE); }
bool kr_unicode_is_cased(uint32_t cp) { return has_flag(cp, KR_UNICODE_CASED); }
bool kr_unicode_is_case_ignorable(uint32_t cp) { return has_flag(cp, KR_UNICODE_CASE_IGNORABLE); }

// The sets of str.isspace (bidirectional type WS, B or S, or category Zs) and of str.splitlines are small, stable, and asked
// for more often than anything else: they are code.
bool kr_unicode_is_space(uint32_t cp) {
    if (cp < 0x80) return cp == ' ' || (cp >= 0x09 && cp <= 0x0D) || (cp >= 0x1C && cp <= 0x1F);
    if (cp < 0x2000) return cp == 0x85 || cp == 0xA0 || cp == 0x1680;
    return cp <= 0x200A || cp == 0x2028 || cp == 0x2029 || cp == 0x202F || cp == 0x205F || cp == 0x3000;
}

bool kr_unicode_is_line_break(uint32_t cp) {
    return (cp >= 0x0A && cp <= 0x0D) || (cp >= 0x1C && cp <= 0x1E) || cp == 0x85 || cp == 0x2028 || cp == 0x2029;
}

int kr_unicode_decimal_value(uint32_t cp) {
    if (cp < 0x80) return cp - '0' < 10 ? (int)(cp - '0') : -1;
    const KrUnicodeProperty *property = property_of(cp);
    return property->flags & KR_UNICODE_DECIMAL ? property->digit : -1;
}

int kr_unicode_digit_value(uint32_t cp) { return property_of(cp)->digit; }

static const KrUnicodeCase *case_of(uint32_t cp) {
    if (cp >= KR_UNICODE_TABLE_END) cp = KR_UNICODE_UNCASED;
    size_t block = kr_unicode_case_top[cp >> (KR_UNICODE_CASE_LEAF_BITS + KR_UNICODE_CASE_MIDDLE_BITS)];
    size_t in_middle = (cp >> KR_UNICODE_CASE_LEAF_BITS) & ((1u << KR_UNICODE_CASE_MIDDLE_BITS) - 1);
    block = kr_unicode_case_middle[block << KR_UNICODE_CASE_MIDDLE_BITS | in_middle];
    size_t in_leaf = cp & ((1u << KR_UNICODE_CASE_LEAF_BITS) - 1);
    return &kr_unicode_case[kr_unicode_case_leaf[block << KR_UNICODE_CASE_LEAF_BITS | in_leaf]];
}

// The sequence is there: the table of distances said so.
static size_t copy_sequence(uint32_t cp, unsigned kind, uint32_t *out) {
    size_t low = 0, high = kr_unicode_sequence_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        const KrCaseSequence *at = &kr_unicode_sequence[middle];
        if (at->cp > cp || (at->cp == cp && at->kind > kind)) high = middle;
        else low = middle;
    }
    const KrCaseSequence *found = &kr_unicode_sequence[low];
    for (size_t i = 0; i < found->len; i++) out[i] = found->to[i];
    return found->len;
}

static size_t map_case(uint32_t cp, unsigned kind, uint32_t *out) {
    int32_t delta = cp > KR_CODE_POINT_MAX ? 0 : case_of(cp)->delta[kind];
    if (delta == KR_CASE_SEQUENCE) return copy_sequence(cp, kind, out);
    out[0] = cp + (uint32_t)delta;
    return 1;
}

size_t kr_unicode_to_upper(uint32_t cp, uint32_t *out) { return map_case(cp, KR_CASE_UPPER, out); }
size_t kr_unicode_to_lower(uint32_t cp, uint32_t *out) { return map_case(cp, KR_CASE_LOWER, out); }
size_t kr_unicode_to_title(uint32_t cp, uint32_t *out) { return map_case(cp, KR_CASE_TITLE, out); }
size_t kr_unicode_to_fold(uint32_t cp, uint32_t *out) { return map_case(cp, KR_CASE_FOLD, out); }

// Final_Sigma, Unicode table 3-17: a cased letter comes before, none comes after, in both directions past case-ignorables.
bool kr_unicode_sigma_is_final(const char *text, size_t len, size_t at) {
    size_t before = at, after = at;
    uint32_t cp = 0;
    while (before > 0) {
        cp = kr_utf8_prev(text, &before);
        if (!kr_unicode_is_case_ignorable(cp)) break;
        cp = 0;
    }
    if (!kr_unicode_is_cased(cp)) return false;
    (void)kr_utf8_next(text, &after);
    while (after < len) {
        cp = kr_utf8_next(text, &after);
        if (!kr_unicode_is_case_ignorable(cp)) return !kr_unicode_is_cased(cp);
    }
    return true;
}
