// search.h - finding and counting bytes and byte strings inside byte strings.
// SPDX-License-Identifier: MIT
//
// All functions run in time linear in hay_len + needle_len, whatever the bytes are. Because UTF-8 is self-synchronising, they
// are also right for text: a match of well-formed text in well-formed text always begins at a code point.
#ifndef KRAIT_BASE_SEARCH_H
#define KRAIT_BASE_SEARCH_H

#include "krait_config.h"

#define KR_NOT_FOUND SIZE_MAX

// Offset of the first / last occurrence of byte in data[0..len), or KR_NOT_FOUND; and how often it occurs.
size_t kr_byte_find(const void *data, size_t len, uint8_t byte);
size_t kr_byte_rfind(const void *data, size_t len, uint8_t byte);
size_t kr_byte_count(const void *data, size_t len, uint8_t byte);

// Offset of the first / last occurrence of needle, or KR_NOT_FOUND. An empty needle is found at 0 / at hay_len.
size_t kr_bytes_find(const void *hay, size_t hay_len, const void *needle, size_t needle_len);
size_t kr_bytes_rfind(const void *hay, size_t hay_len, const void *needle, size_t needle_len);

// Occurrences that do not overlap, from the left, at most max of them (SIZE_MAX for all). An empty needle counts
// hay_len + 1 times; callers that count characters handle it before.
size_t kr_bytes_count(const void *hay, size_t hay_len, const void *needle, size_t needle_len, size_t max);
// Of a needle that is not empty, from *at on; *at moves behind the last one counted.
size_t kr_bytes_count_from(const void *hay, size_t hay_len, const void *needle, size_t needle_len, size_t max, size_t *at);

#endif
