// codec_wide.c - UTF-16 and UTF-32, in both byte orders.
// SPDX-License-Identifier: MIT
#include "base/utf8.h"
#include "object/codec.h"
#include "object/vm_state.h"

// ---- UTF-16 --------------------------------------------------------------------------------------------------------------------

static uint32_t unit_at(const KrDecoder *d, size_t at) {
    size_t width = (size_t)(d->unit < 0 ? -d->unit : d->unit);
    uint32_t code = 0;
    for (size_t i = 0; i < width; i++) code = code << 8 | d->data[at + (d->unit < 0 ? i : width - 1 - i)];
    return code;
}

// Skips a byte order mark where the encoding's name leaves the order open, and settles the order.
static void read_mark(KrDecoder *d, const char *open, const char *little, const char *big) {
    size_t width = (size_t)d->unit;
    if (d->encoding[strlen(open)] != 0) return; // utf-16-le, utf-16-be
    d->encoding = little;
    if (d->len < width) return;
    if (unit_at(d, 0) == 0xFEFF) {
        d->at = width;
        return;
    }
    d->unit = -d->unit;
    if (unit_at(d, 0) == 0xFEFF) {
        d->at = width;
        d->encoding = big;
    } else {
        d->unit = -d->unit;
    }
}

// What is cut off waits for more.
static bool leave_rest(KrDecoder *d) { return d->len = d->at, true; }

// Decodes one code point.
static bool decode_unit16(KrDecoder *d) {
    if (d->len - d->at < 2) return d->partial ? leave_rest(d) : kr_decode_fault(d, d->at, d->len, "truncated data");
    uint32_t high = unit_at(d, d->at);
    if (!kr_is_surrogate(high)) {
        kr_text_add_char(&d->out, high);
        d->at += 2;
        return true;
    }
    if (high >= 0xDC00) return kr_decode_fault(d, d->at, d->at + 2, "illegal encoding");
    if (d->len - d->at < 4) return d->partial ? leave_rest(d) : kr_decode_fault(d, d->at, d->len, "unexpected end of data");
    uint32_t low = unit_at(d, d->at + 2);
    if (low < 0xDC00 || low > 0xDFFF) return kr_decode_fault(d, d->at, d->at + 2, "illegal UTF-16 surrogate");
    kr_text_add_char(&d->out, 0x10000 + ((high & 0x3FF) << 10 | (low & 0x3FF)));
    d->at += 4;
    return true;
}

bool kr_decode_utf16(KrDecoder *d) {
    if (d->unit > 0) read_mark(d, "utf-16", "utf-16-le", "utf-16-be");
    while (d->at < d->len && !d->out.failed)
        if (!decode_unit16(d) || !(kr_spend(d->vm, 1), kr_settle(d->vm))) return false;
    return true;
}

static void put_unit(KrEncoder *e, uint32_t code) {
    size_t width = (size_t)(e->unit < 0 ? -e->unit : e->unit);
    char *out = kr_text_room(&e->out, width);
    if (!out) return;
    for (size_t i = 0; i < width; i++, code >>= 8) out[e->unit < 0 ? width - 1 - i : i] = (char)code;
}

bool kr_put_utf16(KrEncoder *e, uint32_t cp) {
    if (kr_is_surrogate(cp)) return false;
    if (cp < 0x10000) {
        put_unit(e, cp);
    } else {
        put_unit(e, 0xD800 + ((cp - 0x10000) >> 10));
        put_unit(e, 0xDC00 + (cp & 0x3FF));
    }
    return true;
}

// ---- UTF-32 --------------------------------------------------------------------------------------------------------------------

bool kr_decode_utf32(KrDecoder *d) {
    if (d->unit > 0) read_mark(d, "utf-32", "utf-32-le", "utf-32-be");
    while (d->at < d->len && !d->out.failed) {
        const char *reason = "truncated data";
        size_t end = d->len;
        if (d->len - d->at >= 4) {
            uint32_t cp = unit_at(d, d->at);
            end = d->at + 4;
            reason = "code point in surrogate code point range(0xd800, 0xe000)";
            if (cp > KR_CODE_POINT_MAX) reason = "code point not in range(0x110000)";
            else if (!kr_is_surrogate(cp)) reason = NULL;
            if (!reason) {
                kr_text_add_char(&d->out, cp);
                d->at = end;
            }
        }
        kr_spend(d->vm, 1);
        if (reason && d->partial && d->len - d->at < 4) return leave_rest(d);
        if ((reason && !kr_decode_fault(d, d->at, end, reason)) || !kr_settle(d->vm)) return false;
    }
    return true;
}

bool kr_put_utf32(KrEncoder *e, uint32_t cp) {
    if (kr_is_surrogate(cp)) return false;
    put_unit(e, cp);
    return true;
}
