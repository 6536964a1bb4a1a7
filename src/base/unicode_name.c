// unicode_name.c - from the name of a character to its code point and back.
//
// The table (unicode_name_table.c) has the names by number, in the order of code points, aliases behind: symbols of a grammar whose rules
// spell them. The search for a name reads them all, and leaves most of them at their first symbol. Hangul syllables are spelled from their
// parts (Unicode Standard, 3.12), and names like CJK UNIFIED IDEOGRAPH-4E00 from ranges.
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

static uint32_t next_symbol(size_t *at) { // *at counts nibbles
    const uint8_t *p = kr_name_stream + *at / 2;
    uint32_t four = ((uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2]) >> (*at & 1 ? 4 : 8) & 0xFFFF, first = four >> 12;
    uint32_t two = kr_name_two_nibbles, three = kr_name_three_nibbles;
    *at += first < two ? 2 : first < two + three ? 3 : 4;
    if (first < two) return four >> 8;
    if (first < two + three) return (two << 4) + (four >> 4) - (two << 8);
    return (two << 4) + (three << 8) + four - ((two + three) << 12);
}

static bool ends(uint32_t symbol) { return kr_name_rules[symbol].right & KR_NAME_ENDS; }

// Writes what the symbol stands for at out[len]; gives the new length. Rules are at most some twenty deep.
static size_t write_symbol(uint32_t symbol, char *out, size_t len) {
    const KrNameRule *r = &kr_name_rules[symbol];
    for (; (r->right & KR_NAME_CHARACTER) != KR_NAME_CHARACTER; r = &kr_name_rules[r->right & KR_NAME_CHARACTER])
        len = write_symbol(r->left, out, len);
    out[len] = (char)r->left;
    return len + 1;
}

// Does the text begin with what the symbol stands for? Then *text is behind it; a NUL is never passed by anything but a NUL.
static bool begins(uint32_t symbol, const char **text) {
    const KrNameRule *r = &kr_name_rules[symbol];
    for (; (r->right & KR_NAME_CHARACTER) != KR_NAME_CHARACTER; r = &kr_name_rules[r->right & KR_NAME_CHARACTER])
        if (!begins(r->left, text)) return false;
    return *(*text)++ == (char)r->left;
}

// Writes name `number` with its NUL; gives its length without.
static size_t spell(uint32_t number, char *out) {
    size_t at = kr_name_offsets[number / KR_NAME_GROUP], len = 0;
    for (uint32_t skip = number % KR_NAME_GROUP; skip; skip--)
        while (!ends(next_symbol(&at))) continue;
    for (bool done = false; !done;) {
        uint32_t symbol = next_symbol(&at);
        len = write_symbol(symbol, out, len);
        done = ends(symbol);
    }
    return len - 1;
}

// The number of a name, which ends with a NUL; kr_name_count: there is none. Many neighbours begin with the same symbol: one that the name does not begin with is tried once.
static uint32_t number_named(const char *name) {
    uint32_t number = 0, wrong = UINT32_MAX;
    for (size_t at = 0; number < kr_name_count; number++) {
        const char *text = name;
        uint32_t first = next_symbol(&at), symbol = first;
        bool same = first != wrong && begins(first, &text);
        if (!same) wrong = first;
        for (; !ends(symbol); same = same && begins(symbol, &text)) symbol = next_symbol(&at);
        if (same) return number;
    }
    return number;
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
    char capital[KR_NAME_MAX];
    if (!len || len >= KR_NAME_MAX) return false;
    if (starts(name, len, hangul_prefix)) return hangul(name + sizeof hangul_prefix - 1, len - (sizeof hangul_prefix - 1), codepoint);
    if (starts(name, len, unified_prefix)) return in_range(name, len, codepoint);
    for (size_t i = 0; i < len; i++) capital[i] = name[i] >= 'a' && name[i] <= 'z' ? (char)(name[i] - 'a' + 'A') : name[i];
    if (starts(capital, len, unified_prefix)) return false;
    if (in_range(capital, len, codepoint)) return true;
    capital[len] = 0;
    uint32_t number = memchr(name, 0, len) ? kr_name_count : number_named(capital);
    return number < kr_name_count && (*codepoint = codepoint_of(number), true);
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
