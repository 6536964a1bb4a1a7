// phrase.c - the phrases of short texts.
// SPDX-License-Identifier: MIT
#include "base/phrase.h"

#include <string.h>

#include "base/phrase_table.h"

const char *kr_phrase(char c) {
    const char *phrase = kr_phrase_table;
    for (unsigned i = 128; i < (unsigned char)c; i++) phrase += strlen(phrase) + 1;
    return phrase;
}

bool kr_short_is(const char *text, const char *plain) {
    KrShortText from = { text, NULL };
    char c;
    while ((c = kr_short_next(&from)) != 0 && c == *plain) plain++;
    return c == *plain;
}
