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

extern const uint32_t kr_name_count, kr_name_alias_first, kr_name_run_count, kr_name_range_count, kr_name_one_byte;
extern const KrNameRange kr_name_ranges[];
extern const KrNameRun kr_name_runs[];
extern const uint16_t kr_name_sorted[];
extern const uint32_t kr_name_word_offsets[], kr_name_offsets[];
extern const uint8_t kr_name_words[], kr_name_stream[];

#endif
