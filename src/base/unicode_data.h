// unicode_data.h - properties of code points that only the module unicodedata asks for (Unicode 15.1).
// SPDX-License-Identifier: MIT
#ifndef KRAIT_BASE_UNICODE_DATA_H
#define KRAIT_BASE_UNICODE_DATA_H

#include "base/unicode_table.h"

const char *kr_unicode_bidirectional(uint32_t cp);    // "L" and so on; "" for code points that are not assigned
const char *kr_unicode_east_asian_width(uint32_t cp); // "W" and so on
bool kr_unicode_is_mirrored(uint32_t cp);
const char *kr_unicode_decomposition_tag(uint32_t cp);     // "<font>" and so on; NULL: canonical, or there is none
bool kr_unicode_numeric_value(uint32_t cp, double *value); // of digits too

// Generated (tools/gen_unicode_data.py). A record is found as in unicode_table.h: bidirectional class + 1, width << 5, mirrored << 8.
extern const uint8_t kr_unicode_data_top[], kr_unicode_data_leaf[];
extern const uint16_t kr_unicode_data_middle[], kr_unicode_data_record[];

// Runs of code points with the same tag or value: first << 8 | number, and how many they are.
extern const uint32_t kr_unicode_tag_run[], kr_unicode_value_run[];
extern const uint16_t kr_unicode_tag_length[], kr_unicode_tag_count, kr_unicode_value_count;
extern const uint8_t kr_unicode_value_length[];

typedef struct {
    double over, under;
} KrUnicodeValue;
extern const KrUnicodeValue kr_unicode_value[];

#endif
