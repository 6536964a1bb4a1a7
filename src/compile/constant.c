// constant.c - literals to values.
// SPDX-License-Identifier: MIT
#include "compile/constant.h"

#include "base/double_text.h"
#include "object/int.h"

// Strings that look like names are interned, as attribute names often come from them.
static bool looks_like_name(const char *text, size_t len) {
    for (size_t i = 0; i < len; i++) {
        char ch = text[i];
        if (!((ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || ch == '_' || (ch >= '0' && ch <= '9'))) return false;
    }
    return len < 64;
}

KrValue kr_constant_value(KrVm *vm, const KrNode *node) {
    const KrConstant *k = kr_as_constant(node);
    const char *text = k->as.text.text;
    size_t len = k->as.text.len;
    double d = 0;
    switch (node->op) {
    case KR_CONSTANT_NONE: return KR_NONE;
    case KR_CONSTANT_TRUE: return KR_TRUE;
    case KR_CONSTANT_FALSE: return KR_FALSE;
    case KR_CONSTANT_ELLIPSIS: return KR_ELLIPSIS;
    case KR_CONSTANT_INT:
        if (node->flags & KR_CONSTANT_FITS) return kr_int(vm, k->as.integer);
        return kr_int_from_digits(vm, text, len, (int)k->as.text.base);
    case KR_CONSTANT_FLOAT: return kr_double_from_text(text, len, &d), kr_float(vm, d);
    case KR_CONSTANT_IMAGINARY: return kr_double_from_text(text, len, &d), kr_complex(vm, 0, d);
    case KR_CONSTANT_STR: return looks_like_name(text, len) ? kr_name_len(vm, text, len) : kr_str(vm, text, len);
    default: return kr_bytes(vm, text, len);
    }
}
