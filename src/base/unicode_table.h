// unicode_table.h - layout of the generated Unicode tables (tools/gen_unicode.py); only unicode.c reads them.
// SPDX-License-Identifier: MIT
//
// A property is found in three steps: top[cp >> 9] is the number of a block of middle, whose entry is the number of a block of
// leaf, whose entry is the index of a record. Equal blocks are stored once.
#ifndef KRAIT_BASE_UNICODE_TABLE_H
#define KRAIT_BASE_UNICODE_TABLE_H

#include "krait_config.h"

#ifndef KR_UNICODE_FULL
#define KR_UNICODE_FULL 1 // 0: unicode_table_small.c, for devices
#endif

// The small table ends with the basic plane: those above are letters without case as well.
#define KR_UNICODE_TABLE_END (KR_UNICODE_FULL ? 0x110000u : 0x10000u)
#define KR_UNICODE_UNCASED   0x4E00u // one of them

#define KR_UNICODE_LEAF_BITS        4
#define KR_UNICODE_MIDDLE_BITS      5
#define KR_UNICODE_CASE_LEAF_BITS   4
#define KR_UNICODE_CASE_MIDDLE_BITS 6

enum {
    KR_UNICODE_UPPER = 1 << 0,
    KR_UNICODE_LOWER = 1 << 1,
    KR_UNICODE_TITLE = 1 << 2, // upper or title case
    KR_UNICODE_ALPHA = 1 << 3,
    KR_UNICODE_DECIMAL = 1 << 4,
    KR_UNICODE_DIGIT = 1 << 5,
    KR_UNICODE_NUMERIC = 1 << 6,
    KR_UNICODE_PRINTABLE = 1 << 7,
    KR_UNICODE_XID_START = 1 << 8,
    KR_UNICODE_XID_CONTINUE = 1 << 9,
    KR_UNICODE_CASED = 1 << 10,
    KR_UNICODE_CASE_IGNORABLE = 1 << 11,
};

typedef struct {
    uint8_t category; // KrCategory
    int8_t digit;     // 0 to 9, or -1
    uint16_t flags;
} KrUnicodeProperty;

extern const uint8_t kr_unicode_top[];
extern const uint16_t kr_unicode_middle[];
extern const uint8_t kr_unicode_leaf[];
extern const KrUnicodeProperty kr_unicode_property[];

// Kinds of case mapping: indices of KrUnicodeCase.delta.
enum { KR_CASE_UPPER, KR_CASE_LOWER, KR_CASE_TITLE, KR_CASE_FOLD, KR_CASE_KINDS };

#define KR_CASE_SEQUENCE 0x200000 // not a distance: the mapping is in kr_unicode_sequence

// How far away the code point is that this one maps to.
typedef struct {
    int32_t delta[KR_CASE_KINDS];
} KrUnicodeCase;

extern const uint8_t kr_unicode_case_top[];
extern const uint8_t kr_unicode_case_middle[];
extern const uint8_t kr_unicode_case_leaf[];
extern const KrUnicodeCase kr_unicode_case[];

// A mapping to more than one code point. Sorted by cp, then kind.
typedef struct {
    uint16_t cp;
    uint8_t kind;
    uint8_t len;
    uint16_t to[3];
} KrCaseSequence;

extern const KrCaseSequence kr_unicode_sequence[];
extern const uint16_t kr_unicode_sequence_count;

#endif
