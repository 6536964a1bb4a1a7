// unicode_data.c - properties of code points that only the module unicodedata asks for.
// SPDX-License-Identifier: MIT
#include "base/unicode_data.h"

#include "base/unicode.h"
#include "base/utf8.h"

#if KR_UNICODE_FULL

static unsigned record(uint32_t cp) {
    if (cp > KR_CODE_POINT_MAX) return 0;
    uint32_t middle = kr_unicode_data_top[cp >> (KR_UNICODE_LEAF_BITS + KR_UNICODE_MIDDLE_BITS)];
    uint32_t leaf =
        kr_unicode_data_middle[middle << KR_UNICODE_MIDDLE_BITS | (cp >> KR_UNICODE_LEAF_BITS & ((1u << KR_UNICODE_MIDDLE_BITS) - 1))];
    return kr_unicode_data_record[kr_unicode_data_leaf[leaf << KR_UNICODE_LEAF_BITS | (cp & ((1u << KR_UNICODE_LEAF_BITS) - 1))]];
}

const char *kr_unicode_bidirectional(uint32_t cp) {
    static const char name[][4] = { "",  "L",  "R",  "AL",  "EN",  "ES",  "ET",  "AN",  "CS",  "NSM", "BN",  "B",
                                    "S", "WS", "ON", "LRE", "LRO", "RLE", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI" };
    return name[record(cp) & 31];
}

const char *kr_unicode_east_asian_width(uint32_t cp) {
    static const char name[][3] = { "N", "F", "H", "W", "Na", "A" };
    return name[record(cp) >> 5 & 7];
}

bool kr_unicode_is_mirrored(uint32_t cp) { return record(cp) >> 8 & 1; }

// The run that begins last at or before cp, or count.
static size_t find_run(const uint32_t *run, size_t count, uint32_t cp) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (run[middle] >> 8 > cp) high = middle;
        else low = middle + 1;
    }
    return low ? low - 1 : count;
}

const char *kr_unicode_decomposition_tag(uint32_t cp) {
    static const char name[][11] = { "<noBreak>", "<circle>",   "<super>", "<sub>",     "<vertical>", "<wide>",  "<narrow>",   "<small>",
                                     "<square>",  "<fraction>", "<font>",  "<initial>", "<medial>",   "<final>", "<isolated>", "<compat>" };
    size_t at = find_run(kr_unicode_tag_run, kr_unicode_tag_count, cp);
    if (at == kr_unicode_tag_count || cp - (kr_unicode_tag_run[at] >> 8) >= kr_unicode_tag_length[at]) return NULL;
    return name[kr_unicode_tag_run[at] & 255];
}

bool kr_unicode_numeric_value(uint32_t cp, double *value) {
    int digit = kr_unicode_digit_value(cp);
    if (digit >= 0) return *value = digit, true;
    size_t at = find_run(kr_unicode_value_run, kr_unicode_value_count, cp);
    if (at == kr_unicode_value_count || cp - (kr_unicode_value_run[at] >> 8) >= kr_unicode_value_length[at]) return false;
    const KrUnicodeValue *v = &kr_unicode_value[kr_unicode_value_run[at] & 255];
    return *value = v->over / v->under, true;
}

#endif
