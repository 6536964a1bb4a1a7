// unicode.h - properties and case mappings of code points, as str's methods define them (Unicode 15.1, as CPython 3.13).
// SPDX-License-Identifier: MIT
//
// kr_unicode_is_x(cp) equals chr(cp).isx() in CPython 3.13 for every code point; above KR_CODE_POINT_MAX nothing is true.
#ifndef KRAIT_BASE_UNICODE_H
#define KRAIT_BASE_UNICODE_H

#include "krait_config.h"

// General categories, in the order of the Unicode Character Database; Cn, unassigned, is 0.
typedef enum {
    KR_CATEGORY_CN,
    KR_CATEGORY_LU,
    KR_CATEGORY_LL,
    KR_CATEGORY_LT,
    KR_CATEGORY_MN,
    KR_CATEGORY_MC,
    KR_CATEGORY_ME,
    KR_CATEGORY_ND,
    KR_CATEGORY_NL,
    KR_CATEGORY_NO,
    KR_CATEGORY_ZS,
    KR_CATEGORY_ZL,
    KR_CATEGORY_ZP,
    KR_CATEGORY_CC,
    KR_CATEGORY_CF,
    KR_CATEGORY_CS,
    KR_CATEGORY_CO,
    KR_CATEGORY_LM,
    KR_CATEGORY_LO,
    KR_CATEGORY_PC,
    KR_CATEGORY_PD,
    KR_CATEGORY_PS,
    KR_CATEGORY_PE,
    KR_CATEGORY_PI,
    KR_CATEGORY_PF,
    KR_CATEGORY_PO,
    KR_CATEGORY_SM,
    KR_CATEGORY_SC,
    KR_CATEGORY_SK,
    KR_CATEGORY_SO,
} KrCategory;

KrCategory kr_unicode_category(uint32_t cp);
const char *kr_unicode_category_name(KrCategory category); // "Lu" and so on

// The same for ASCII at one look: any of these bits.
enum { KR_ASCII_ALPHA = 1, KR_ASCII_DIGIT = 2, KR_ASCII_SPACE = 4, KR_ASCII_PRINTABLE = 8, KR_ASCII_UPPER = 16, KR_ASCII_LOWER = 32 };
extern const uint8_t kr_ascii_class[128];

bool kr_unicode_is_upper(uint32_t cp);
bool kr_unicode_is_lower(uint32_t cp);
bool kr_unicode_is_title(uint32_t cp); // upper or title case, as chr(cp).istitle()
bool kr_unicode_is_alpha(uint32_t cp);
bool kr_unicode_is_alnum(uint32_t cp);
bool kr_unicode_is_decimal(uint32_t cp);
bool kr_unicode_is_digit(uint32_t cp);
bool kr_unicode_is_numeric(uint32_t cp);
bool kr_unicode_is_printable(uint32_t cp);
bool kr_unicode_is_space(uint32_t cp);
bool kr_unicode_is_line_break(uint32_t cp); // where str.splitlines splits

// Identifiers: XID_Start or underscore, and XID_Continue.
bool kr_unicode_is_identifier_start(uint32_t cp);
bool kr_unicode_is_identifier_part(uint32_t cp);

// Cased and Case_Ignorable, Unicode section 3.13: str.title, str.swapcase and the final sigma need them.
bool kr_unicode_is_cased(uint32_t cp);
bool kr_unicode_is_case_ignorable(uint32_t cp);

// Value of a decimal digit (int() and float() take all of them), or of a digit such as a superscript; -1 when cp is none.
int kr_unicode_decimal_value(uint32_t cp);
int kr_unicode_digit_value(uint32_t cp);

// Full case mappings: write 1 to KR_CASE_MAX code points to out, return how many. The result of an unmapped cp is cp.
#define KR_CASE_MAX 3
size_t kr_unicode_to_upper(uint32_t cp, uint32_t *out);
size_t kr_unicode_to_lower(uint32_t cp, uint32_t *out); // a capital sigma gives the non-final one, see below
size_t kr_unicode_to_title(uint32_t cp, uint32_t *out);
size_t kr_unicode_to_fold(uint32_t cp, uint32_t *out); // str.casefold

// Whether the capital sigma U+03A3 at text[at] (generalised UTF-8) ends a word, so that it lowers to U+03C2 and not U+03C3.
#define KR_CAPITAL_SIGMA     0x3A3u
#define KR_SMALL_SIGMA       0x3C3u
#define KR_SMALL_FINAL_SIGMA 0x3C2u
bool kr_unicode_sigma_is_final(const char *text, size_t len, size_t at);

#endif
