// unicode_normal.h - the normalisation forms of Unicode (UAX 15), for identifiers (NFKC) and unicodedata.
// SPDX-License-Identifier: MIT
//
// Nothing here allocates. To normalise: if kr_normal_quick is true, the text is normal already. Else ask kr_normal_size how many
// code points there can be in between, give kr_normal_fill a buffer of so many, and write what it leaves as UTF-8.
#ifndef KRAIT_BASE_UNICODE_NORMAL_H
#define KRAIT_BASE_UNICODE_NORMAL_H

#include "krait_config.h"

typedef enum { KR_NFC, KR_NFD, KR_NFKC, KR_NFKD } KrNormalForm;

// Text is generalised UTF-8 throughout; lone surrogates stay as they are.

// True: text is certainly in this form. False: it may be or not.
bool kr_normal_quick(const char *text, size_t len, KrNormalForm form);

// The size, in code points, of the buffer for kr_normal_fill; false when it overflows.
bool kr_normal_size(const char *text, size_t len, KrNormalForm form, size_t *count);

// Normalises text into buffer and returns the number of code points of the result.
size_t kr_normal_fill(const char *text, size_t len, KrNormalForm form, uint32_t *buffer);

// The result in UTF-8: its size in bytes, and writing it.
size_t kr_normal_utf8_size(const uint32_t *buffer, size_t count);
void kr_normal_utf8_write(const uint32_t *buffer, size_t count, char *out);

// NFKC of an identifier without memory from the caller: writes at most cap bytes to out and returns the length that it needs;
// 0 when the text is normalised already, or has so many combining marks in a row that it is left alone.
size_t kr_normal_identifier(const char *text, size_t len, char *out, size_t cap);

// One step of the decomposition of cp: how many code points, 0 when there is none. Syllables of Hangul have none here.
enum { KR_DECOMPOSITION_STEP = 18 };
size_t kr_unicode_decomposition(uint32_t cp, uint32_t out[KR_DECOMPOSITION_STEP]);

// Canonical combining class: 0 for starters.
uint8_t kr_unicode_combining(uint32_t cp);

#endif
