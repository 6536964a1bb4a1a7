// unicode_name.c - from the name of a character to its code point and back.
//
// The table (unicode_name_table.c) has the names by number, in the order of code points, aliases behind: runs of word numbers. A second
// array has the numbers sorted by name, for the search. Hangul syllables are spelled from their parts (Unicode Standard, 3.12), and names
// like CJK UNIFIED IDEOGRAPH-4E00 from ranges.
// SPDX-License-Identifier: MIT
#include "base/unicode_name.h"

#include <string.h>

#if KR_UNICODE_FULL

enum { HANGUL_FIRST = 0xAC00, HANGUL_COUNT = 11172, VOWELS = 21, TAILS = 28, LEADS = 19 };

static const char hangul_prefix[] = "HANGUL SYLLABLE ", unified_prefix[] = "CJK UNIFIED IDEOGRAPH-";
static const char lead[LEADS][3] = { "G", "GG", "N", "D", "DD", "R", "M", "B", "BB", "S", "SS", "", "J", "JJ", "C", "K", "T", "P", "H" };
static const char vowel[VOWELS][4] = { "A",  "AE", "YA", "YAE", "EO", "E",  "YEO", "YE", "O",  "WA", "WAE",
                                       "OE", "YO", "U",  "WEO", "WE", "WI", "YU",  "EU", "YI", "I" };
static const char tail[TAILS][3] = { "",   "G",  "GG", "GS", "N",  "NJ", "NH", "D",  "L", "LG", "LM", "LB", "LS", "LT",
                                     "LP", "LH", "M",  "B",  "BS", "S",  "SS", "NG", "J", "C",  "K",  "T",  "P",  "H" };

// ---- The table -----------------------------------------------------------------------------------------------------------------

static const uint8_t *word_text(uint32_t word) { // numbers start with 1
    const uint8_t *p = kr_name_words + kr_name_word_offsets[(word - 1) / KR_NAME_GROUP];
    for (uint32_t skip = (word - 1) % KR_NAME_GROUP; skip; p++) skip -= *p >> 7;
    return p;
}

static uint32_t next_word(const uint8_t **p) { // 0: the name is over
    uint32_t n = *(*p)++;
    return n < kr_name_one_byte ? n : kr_name_one_byte + (n - kr_name_one_byte) * 256 + *(*p)++;
}

// Writes name `number`, without NUL; gives its length.
static size_t spell(uint32_t number, char *out) {
    const uint8_t *p = kr_name_stream + kr_name_offsets[number / KR_NAME_GROUP];
    size_t len = 0;
    for (uint32_t skip = number % KR_NAME_GROUP; skip; skip--)
        while (next_word(&p)) continue;
    for (uint32_t word; (word = next_word(&p));) {
        if (len && out[len - 1] != '-') out[len++] = ' ';
        const uint8_t *text = word_text(word);
        do out[len++] = (char)(*text & 0x7F);
        while (!(*text++ >> 7));
    }
    return len;
}

static uint32_t codepoint_of(uint32_t number) {
    uint32_t low = 0, high = kr_name_run_count;
    while (high - low > 1) {
        uint32_t middle = (low + high) / 2;
        if (kr_name_runs[middle].number <= number) low = middle;
        else high = middle;
    }
    return kr_name_runs[low].codepoint + (number - kr_name_runs[low].number);
}

static int compare(const char *a, size_t a_len, const char *b, size_t b_len) {
    int order = memcmp(a, b, a_len < b_len ? a_len : b_len);
    return order ? order : a_len < b_len ? -1 : a_len > b_len;
}

// The run that has a code point's name, if any; aliases are not looked at.
static bool number_of(uint32_t codepoint, uint32_t *number) {
    uint32_t low = 0, high = kr_name_run_count, end;
    while (high && kr_name_runs[high - 1].number >= kr_name_alias_first) high--;
    if (!high || codepoint < kr_name_runs[0].codepoint) return false;
    uint32_t last = high;
    while (high - low > 1) {
        uint32_t middle = (low + high) / 2;
        if (kr_name_runs[middle].codepoint <= codepoint) low = middle;
        else high = middle;
    }
    end = low + 1 < last ? kr_name_runs[low + 1].number : kr_name_alias_first;
    *number = kr_name_runs[low].number + (codepoint - kr_name_runs[low].codepoint);
    return *number < end;
}

// ---- Names by rule -------------------------------------------------------------------------------------------------------------

// The longest of the parts that the text starts with.
static size_t longest(const char *parts, size_t part_size, size_t count, const char *text, size_t len, size_t *index) {
    size_t best = 0;
    bool found = false;
    for (size_t i = 0; i < count; i++) {
        size_t n = strlen(parts + i * part_size);
        if (n > len || memcmp(parts + i * part_size, text, n) != 0 || (found && n <= best)) continue;
        found = true, best = n, *index = i;
    }
    return found ? best : len + 1;
}

static bool hangul(const char *text, size_t len, uint32_t *codepoint) {
    size_t l = 0, v = 0, t = 0, n = longest(lead[0], sizeof lead[0], LEADS, text, len, &l);
    if (n > len) return false;
    text += n, len -= n;
    n = longest(vowel[0], sizeof vowel[0], VOWELS, text, len, &v);
    if (n > len) return false;
    text += n, len -= n;
    if (longest(tail[0], sizeof tail[0], TAILS, text, len, &t) != len) return false;
    return *codepoint = (uint32_t)(HANGUL_FIRST + (l * VOWELS + v) * TAILS + t), true;
}

static int digit(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1; }

static bool hexadecimal(const char *text, size_t len, uint32_t *out) {
    *out = 0;
    if (len != 4 && len != 5) return false;
    for (size_t i = 0; i < len; i++) {
        if (digit(text[i]) < 0) return false;
        *out = *out * 16 + (uint32_t)digit(text[i]);
    }
    return true;
}

static bool in_range(const char *name, size_t len, uint32_t *codepoint) {
    for (uint32_t i = 0; i < kr_name_range_count; i++) {
        const KrNameRange *r = &kr_name_ranges[i];
        size_t n = strlen(r->prefix);
        if (len <= n || memcmp(name, r->prefix, n) != 0 || !hexadecimal(name + n, len - n, codepoint)) continue;
        if (*codepoint < r->first || *codepoint > r->last) continue;
        if (len - n == 4 || *codepoint > 0xFFFF || strcmp(r->prefix, unified_prefix) == 0) return true;
    }
    return false;
}

static size_t write_range(const KrNameRange *r, uint32_t codepoint, char *out) {
    size_t len = strlen(r->prefix);
    memcpy(out, r->prefix, len);
    for (int shift = codepoint > 0xFFFF ? 16 : 12; shift >= 0; shift -= 4) out[len++] = "0123456789ABCDEF"[codepoint >> shift & 15];
    return len;
}

static size_t append(char *out, size_t len, const char *text) {
    size_t n = strlen(text);
    memcpy(out + len, text, n);
    return len + n;
}

static size_t write_hangul(uint32_t index, char *out) {
    size_t len = append(out, 0, hangul_prefix);
    len = append(out, len, lead[index / (VOWELS * TAILS)]);
    len = append(out, len, vowel[index / TAILS % VOWELS]);
    return append(out, len, tail[index % TAILS]);
}

// ---- Both ways -----------------------------------------------------------------------------------------------------------------

static bool starts(const char *name, size_t len, const char *prefix) {
    size_t n = strlen(prefix);
    return len >= n && memcmp(name, prefix, n) == 0;
}

bool kr_unicode_name_lookup(const char *name, size_t len, uint32_t *codepoint) {
    char capital[KR_NAME_MAX], have[KR_NAME_MAX];
    if (!len || len >= KR_NAME_MAX) return false;
    if (starts(name, len, hangul_prefix)) return hangul(name + sizeof hangul_prefix - 1, len - (sizeof hangul_prefix - 1), codepoint);
    if (starts(name, len, unified_prefix)) return in_range(name, len, codepoint);
    for (size_t i = 0; i < len; i++) capital[i] = name[i] >= 'a' && name[i] <= 'z' ? (char)(name[i] - 'a' + 'A') : name[i];
    if (starts(capital, len, unified_prefix)) return false;
    if (in_range(capital, len, codepoint)) return true;
    for (uint32_t low = 0, high = kr_name_count; low < high;) {
        uint32_t middle = (low + high) / 2, number = kr_name_sorted[middle];
        int order = compare(capital, len, have, spell(number, have));
        if (!order) return *codepoint = codepoint_of(number), true;
        if (order < 0) high = middle;
        else low = middle + 1;
    }
    return false;
}

size_t kr_unicode_name(uint32_t codepoint, char out[KR_NAME_MAX]) {
    size_t len = 0;
    uint32_t number;
    if (codepoint >= HANGUL_FIRST && codepoint < HANGUL_FIRST + HANGUL_COUNT) len = write_hangul(codepoint - HANGUL_FIRST, out);
    for (uint32_t i = 0; !len && i < kr_name_range_count; i++)
        if (codepoint >= kr_name_ranges[i].first && codepoint <= kr_name_ranges[i].last)
            len = write_range(&kr_name_ranges[i], codepoint, out);
    if (!len && number_of(codepoint, &number)) len = spell(number, out);
    out[len] = 0;
    return len;
}

#endif
