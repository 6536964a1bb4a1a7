// phrase.h - texts that are only shown, with one byte for each of their frequent phrases (KR_SHORT_TEXTS): tools/shorten.c writes them so before they
// are compiled. That are the formats of messages, and the parameters of signatures.
// SPDX-License-Identifier: MIT
#ifndef KR_BASE_PHRASE_H
#define KR_BASE_PHRASE_H

#include "krait_config.h"

static inline bool kr_is_phrase(char c) { return KR_SHORT_TEXTS && (unsigned char)c >= 128; }
const char *kr_phrase(char c); // what it stands for

// A place in such a text.
typedef struct {
    const char *at, *behind; // behind: where the text goes on after the phrase that `at` is in; NULL: it is in none
} KrShortText;

// The next letter; 0: none are left.
static inline char kr_short_next(KrShortText *text) {
    if (!*text->at && text->behind) *text = (KrShortText){ text->behind, NULL };
    if (kr_is_phrase(*text->at)) *text = (KrShortText){ kr_phrase(*text->at), text->at + 1 };
    return *text->at ? *text->at++ : 0;
}
bool kr_short_is(const char *text, const char *plain); // are they the same?

#endif
