// unicode_name.h - the names of characters, both ways.
// SPDX-License-Identifier: MIT
#ifndef KR_BASE_UNICODE_NAME_H
#define KR_BASE_UNICODE_NAME_H

#include "base/unicode_table.h"
#include "krait_config.h"

enum { KR_NAME_MAX = 128, KR_NAME_GROUP = 32 }; // longest name with its NUL (Unicode: 88); entries between two offsets

// Names and aliases in any case; those of Hangul syllables and unified ideographs in capitals, as CPython has it.
bool kr_unicode_name_lookup(const char *name, size_t len, uint32_t *codepoint);
size_t kr_unicode_name(uint32_t codepoint, char out[KR_NAME_MAX]); // without aliases; 0: it has none. Ends with a NUL

typedef struct { // names that are the prefix and the code point
    uint32_t first, last;
    const char *prefix;
} KrNameRange;

typedef struct { // names from this number on belong to code points from this one on
    uint32_t number, codepoint;
} KrNameRun;

enum { KR_NAME_ENDS = 0x8000, KR_NAME_CHARACTER = 0x7FFF }; // see KrNameRule.right

typedef struct {          // the two symbols that one stands for; or left is a character, and right is KR_NAME_CHARACTER
    uint16_t left, right; // right with KR_NAME_ENDS: the last character is the NUL that ends a name
} KrNameRule;

extern const uint32_t kr_name_count, kr_name_alias_first, kr_name_run_count, kr_name_range_count;
extern const uint32_t kr_name_two_nibbles, kr_name_three_nibbles; // first nibbles of codes of that length; the rest begin four
extern const KrNameRange kr_name_ranges[];
extern const KrNameRun kr_name_runs[];
extern const KrNameRule kr_name_rules[]; // by symbol
extern const uint32_t kr_name_offsets[]; // in nibbles, of every KR_NAME_GROUP-th name
extern const uint8_t kr_name_stream[];   // symbols

#endif
