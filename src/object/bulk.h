// bulk.h - copying, filling and looking through much memory in pieces, with a look at the limits between two.
//
// No Python code runs in between and nothing is collected, so that what is copied stays as it is. False: a limit was exceeded, which is raised; the
// target is then filled in part, and must be something that the collector can trace as it is (new objects are zeroed or hold no values).
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_BULK_H
#define KR_OBJECT_BULK_H

#include "base/search.h"
#include "base/utf8.h"
#include "object/vm_state.h"

enum { KR_BULK_BYTES = 256 * 1024 }; // at one time: up to 100 us, when memory is touched for the first time

// After a piece of this many bytes has been dealt with, at about a nanosecond for four.
static inline KR_RAISES bool kr_bulk_done(KrVm *vm, size_t bytes) {
    kr_spend(vm, bytes >> 7);
    return kr_limits_settle(vm);
}

bool kr_bulk_copy_slow(KrVm *vm, void *to, const void *from, size_t len) KR_RAISES;

// As memcpy: the two do not overlap.
static inline KR_RAISES bool kr_bulk_copy(KrVm *vm, void *to, const void *from, size_t len) {
    if (KR_UNLIKELY(len > KR_BULK_BYTES)) return kr_bulk_copy_slow(vm, to, from, len);
    if (len) memcpy(to, from, len);
    return true;
}

bool kr_bulk_fill(KrVm *vm, void *to, int byte, size_t len) KR_RAISES;
bool kr_bulk_repeat(KrVm *vm, void *to, size_t done, size_t len) KR_RAISES; // the first `done` bytes, again and again up to `len`
bool kr_bulk_count_slow(KrVm *vm, const void *hay, size_t hay_len, const void *needle, size_t len, size_t max, size_t *out) KR_RAISES;
bool kr_bulk_is_ascii_slow(KrVm *vm, const char *text, size_t len, bool *out) KR_RAISES;

// kr_bytes_count
static inline KR_RAISES bool kr_bulk_count(KrVm *vm, const void *hay, size_t hay_len, const void *needle, size_t len, size_t max,
                                           size_t *out) {
    if (KR_UNLIKELY(hay_len > KR_BULK_BYTES)) return kr_bulk_count_slow(vm, hay, hay_len, needle, len, max, out);
    return *out = kr_bytes_count(hay, hay_len, needle, len, max), true;
}

static inline KR_RAISES bool kr_bulk_is_ascii(KrVm *vm, const char *text, size_t len, bool *out) {
    if (KR_UNLIKELY(len > KR_BULK_BYTES)) return kr_bulk_is_ascii_slow(vm, text, len, out);
    return *out = kr_is_ascii(text, len), true;
}

#endif
