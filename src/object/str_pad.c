// str_pad.c - filling text up to a width: center, ljust, rjust, zfill, expandtabs.
// SPDX-License-Identifier: MIT
#include "base/utf8.h"
#include "object/str_method.h"
#include "object/text.h"
#include "object/vm_state.h"

static bool fill_char(KrVm *vm, KrValue v, uint32_t *fill) {
    if (!kr_is_str(v)) return kr_fail(kr_raise(vm, &kr_type_error, "The fill character must be a unicode character, not %T", v));
    const KrStrObject *s = kr_str_of(v);
    if (s->chars != 1) return kr_fail(kr_raise(vm, &kr_type_error, "The fill character must be exactly one character long"));
    size_t at = 0;
    *fill = kr_utf8_next(kr_str_data(s), &at);
    return true;
}

static KrValue pad(KrVm *vm, KrValue self, size_t left, size_t right, uint32_t fill) {
    if (left == 0 && right == 0) return kr_str_exact(vm, self);
    KrText t;
    kr_text_init(vm, &t);
    kr_text_add_fill(&t, fill, left);
    kr_text_add_str(&t, self);
    kr_text_add_fill(&t, fill, right);
    return kr_text_str(&t);
}

// The characters missing to the width, and the fill.
static bool missing(KrVm *vm, KrValue self, const KrValue *arg, size_t *count, uint32_t *fill) {
    intptr_t width;
    size_t chars = kr_str_of(self)->chars;
    if (!kr_arg_size(vm, arg[0], &width) || !fill_char(vm, arg[1], fill)) return false;
    *count = width > 0 && (size_t)width > chars ? (size_t)width - chars : 0;
    return true;
}

KR_STR_METHOD(center) {
    size_t count;
    uint32_t fill;
    if (!missing(vm, self, arg, &count, &fill)) return KR_ERROR;
    size_t left = count / 2 + (count & (kr_str_of(self)->chars + count) & 1); // CPython's choice of the odd one
    return pad(vm, self, left, count - left, fill);
}

KR_STR_METHOD(ljust) {
    size_t count;
    uint32_t fill;
    return missing(vm, self, arg, &count, &fill) ? pad(vm, self, 0, count, fill) : KR_ERROR;
}

KR_STR_METHOD(rjust) {
    size_t count;
    uint32_t fill;
    return missing(vm, self, arg, &count, &fill) ? pad(vm, self, count, 0, fill) : KR_ERROR;
}

KR_STR_METHOD(zfill) {
    intptr_t width;
    if (!kr_arg_size(vm, arg[0], &width)) return KR_ERROR;
    const KrStrObject *s = kr_str_of(self);
    if (width <= (intptr_t)s->chars) return kr_str_exact(vm, self);
    bool sign = s->len > 0 && (kr_str_data(s)[0] == '+' || kr_str_data(s)[0] == '-');
    KrText t;
    kr_text_init(vm, &t);
    kr_text_add(&t, kr_str_data(s), sign);
    kr_text_add_fill(&t, '0', (size_t)width - s->chars);
    kr_text_add(&t, kr_str_data(s) + sign, s->len - sign);
    return kr_text_str(&t);
}

KR_STR_METHOD(expandtabs) {
    int size;
    if (!kr_arg_int(vm, arg[0], &size)) return KR_ERROR;
    const KrStrObject *s = kr_str_of(self);
    KrText t;
    kr_text_init(vm, &t);
    size_t column = 0;
    for (size_t at = 0; at < s->len;) {
        uint32_t cp = kr_utf8_next(kr_str_data(s), &at);
        if (cp == '\t') {
            size_t spaces = size > 0 ? (size_t)size - column % (size_t)size : 0;
            kr_text_add_fill(&t, ' ', spaces);
            column += spaces;
        } else {
            kr_text_add_char(&t, cp);
            column = cp == '\n' || cp == '\r' ? 0 : column + 1;
        }
        kr_spend(vm, 1);
        if (!kr_settle(vm)) return KR_ERROR;
    }
    return kr_text_str(&t);
}
