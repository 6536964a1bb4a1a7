// bulk.c - copying, filling and looking through much memory in pieces, with a look at the limits between two.
// SPDX-License-Identifier: MIT
#include "object/bulk.h"

static size_t piece(size_t left) { return left < KR_BULK_BYTES ? left : KR_BULK_BYTES; }

bool kr_bulk_copy_slow(KrVm *vm, void *to, const void *from, size_t len) {
    for (size_t at = 0, n; at < len; at += n) {
        n = piece(len - at);
        memcpy((char *)to + at, (const char *)from + at, n);
        if (!kr_bulk_done(vm, n)) return false;
    }
    return true;
}

bool kr_bulk_fill(KrVm *vm, void *to, int byte, size_t len) {
    for (size_t at = 0, n; at < len; at += n) {
        n = piece(len - at);
        memset((char *)to + at, byte, n);
        if (len > KR_BULK_BYTES && !kr_bulk_done(vm, n)) return false;
    }
    return true;
}

bool kr_bulk_repeat(KrVm *vm, void *to, size_t done, size_t len) {
    size_t once = done;
    for (size_t n; done < len; done += n) { // doubling, up to a piece; which may end within a copy
        size_t from = done % once, whole = done - from;
        n = piece(whole < len - done ? whole : len - done);
        memcpy((char *)to + done, (const char *)to + from, n);
        if (len > KR_BULK_BYTES && !kr_bulk_done(vm, n)) return false;
    }
    return true;
}

bool kr_bulk_count_slow(KrVm *vm, const void *hay, size_t hay_len, const void *needle, size_t len, size_t max, size_t *out) {
    enum { AT_ONCE = 8192 };
    if (len < 2) return *out = kr_bytes_count(hay, hay_len, needle, len, max), true;
    *out = 0;
    for (size_t at = 0, n, most; *out < max; *out += n) {
        most = max - *out < AT_ONCE ? max - *out : AT_ONCE;
        n = kr_bytes_count_from(hay, hay_len, needle, len, most, &at);
        if (n < most) return *out += n, true;
        if (!kr_bulk_done(vm, KR_BULK_BYTES)) return false;
    }
    return true;
}

bool kr_bulk_is_ascii_slow(KrVm *vm, const char *text, size_t len, bool *out) {
    *out = true;
    for (size_t at = 0, n; *out && at < len; at += n) {
        n = piece(len - at);
        *out = kr_is_ascii(text + at, n);
        if (!kr_bulk_done(vm, n / 4)) return false;
    }
    return true;
}
