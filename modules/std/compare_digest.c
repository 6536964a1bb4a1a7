// compare_digest.c - comparing what is secret, for the modules _kdf and _operator.
// SPDX-License-Identifier: MIT
#include "../modules.h"

#include "object/object.h"
#include "object/str.h"

static bool same(const uint8_t *a, size_t a_len, const uint8_t *b, size_t b_len) { // in a time that depends on b_len alone
    volatile uint8_t differ = a_len != b_len;
    if (differ) a = b;
    for (size_t i = 0; i < b_len; i++) differ |= (uint8_t)(a[i] ^ b[i]);
    return !differ;
}

KrValue kr_compare_digest(KrVm *vm, KrValue self, const KrValue *arg) {
    KrBuffer a, b;
    (void)self;
    if (kr_is_str(arg[0]) && kr_is_str(arg[1])) {
        size_t a_len, b_len;
        const char *x = kr_str_text(arg[0], &a_len), *y = kr_str_text(arg[1], &b_len);
        if (kr_str_length(arg[0]) == a_len && kr_str_length(arg[1]) == b_len)
            return kr_bool(same((const uint8_t *)x, a_len, (const uint8_t *)y, b_len));
        return kr_raise(vm, &kr_type_error, "comparing strings with non-ASCII characters is not supported");
    }
    bool first = kr_get_buffer(vm, arg[0], &a, KR_BUFFER_READ);
    KrValue problem = first ? KR_NONE : kr_take_raised(vm);
    if (!kr_get_buffer(vm, arg[1], &b, KR_BUFFER_READ)) {
        if (first) return kr_release_buffer(vm, &a), KR_ERROR;
        if (!kr_raised_is(vm, &kr_type_error)) return KR_ERROR;
        (void)kr_take_raised(vm);
        return kr_raise(vm, &kr_type_error, "unsupported operand types(s) or combination of types: '%T' and '%T'", arg[0], arg[1]);
    }
    bool equal = first && same(a.data, a.len, b.data, b.len);
    kr_release_buffer(vm, &b);
    if (!first) return kr_raise_value(vm, problem);
    kr_release_buffer(vm, &a);
    return kr_bool(equal);
}
