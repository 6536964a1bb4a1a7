// test_unicode_name.c - the names of all characters, compared with CPython's by a digest, and the way back from name to character.
// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <string.h>

#include "base/unicode_name.h"
#include "text_check.h"

// FNV-1a of unicodedata.name(chr(cp), "") + "\n" for every code point, under CPython 3.13.
#define NAMES_DIGEST UINT64_C(0x3C2D4A93A4B5B431)

static void test_all_names(void) {
    uint64_t state = UINT64_C(14695981039346656037);
    char name[KR_NAME_MAX];
    for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
        size_t len = kr_unicode_name(cp, name);
        CHECK(strlen(name) == len);
        name[len] = '\n';
        for (size_t i = 0; i <= len; i++) state = (state ^ (uint8_t)name[i]) * UINT64_C(1099511628211);
    }
    if (state != NAMES_DIGEST) printf("digest of names: %016llx\n", (unsigned long long)state);
    CHECK(state == NAMES_DIGEST);
}

static bool means(const char *name, uint32_t wanted) {
    uint32_t cp = UINT32_MAX;
    return kr_unicode_name_lookup(name, strlen(name), &cp) && cp == wanted;
}

static void test_back(void) {
    char name[KR_NAME_MAX];
    for (uint32_t cp = 0; cp <= 0x10FFFF; cp += 37)
        if (kr_unicode_name(cp, name)) CHECK(means(name, cp));
    CHECK(means("snowman", 0x2603) && means("NBSP", 0xA0) && means("line feed", 10) && means("LATIN CAPITAL LETTER GHA", 0x1A2));
    CHECK(means("NULL", 0) && means("HANGUL SYLLABLE GA", 0xAC00) && means("CJK UNIFIED IDEOGRAPH-4E00", 0x4E00));
    CHECK(!means("SNOWMA", 0x2603) && !means("SNOWMANS", 0x2603) && !means("", 0) && !means("SPACE ", 32) && !means(" SPACE", 32));
    uint32_t cp;
    CHECK(!kr_unicode_name_lookup("SPACE\0", 6, &cp) && !kr_unicode_name_lookup("SPACE\0DIGIT ONE", 15, &cp));
}

int main(void) {
    test_all_names();
    test_back();
    return check_result("unicode names");
}
