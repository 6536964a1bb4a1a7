// tree_constant.c - values to literals: what the front end looks into gets the literal's form, the rest stays an object.
// SPDX-License-Identifier: MIT
#include "compile/tree_constant.h"

#include <string.h>

#include "object/object.h"
#include "object/set.h"
#include "object/str.h"
#include "object/tuple.h"

#if !KR_DEVICE

static bool keep_text(KrTreeReader *r, KrConstant *constant, const void *text, size_t len) {
    char *copy = len <= UINT32_MAX ? kr_arena_alloc(r->arena, len + 1) : NULL;
    if (!copy) return kr_fail(kr_raise_memory(r->vm));
    memcpy(copy, text, len);
    copy[len] = '\0';
    constant->as.text.text = copy;
    constant->as.text.len = (uint32_t)len;
    return true;
}

static bool keep_repr(KrTreeReader *r, KrValue value, KrConstant *constant) {
    size_t len;
    KrValue text = kr_repr(r->vm, value);
    if (kr_is_error(text)) return false;
    const char *utf8 = kr_str_text(text, &len);
    return keep_text(r, constant, utf8, len);
}

// Whether a value, with all that is in it, can be a constant.
static bool check(KrVm *vm, KrValue v) {
    if (kr_is_none(v) || kr_is_bool(v) || kr_is_int(v) || kr_same(v, KR_ELLIPSIS)) return true;
    const KrType *type = kr_type_of(v);
    if (type == &kr_tuple_type || type == &kr_frozenset_type) {
        KrValue items = type == &kr_tuple_type ? v : kr_tuple_from(vm, v);
        size_t n;
        if (kr_is_error(items) || !kr_enter(vm, " during compilation")) return false;
        const KrValue *item = kr_tuple_items(items, &n);
        bool good = true;
        for (size_t i = 0; good && i < n; i++) good = check(vm, item[i]);
        kr_leave(vm);
        return good;
    }
    if (!(type->flags & KR_TYPE_HEAP) &&
        type->flags & (KR_TYPE_IS_INT | KR_TYPE_IS_STR | KR_TYPE_IS_BYTES | KR_TYPE_IS_FLOAT | KR_TYPE_IS_COMPLEX))
        return true;
    return kr_fail(kr_raise(vm, &kr_type_error, "got an invalid type in Constant: %T", v));
}

static bool keep_object(KrTreeReader *r, KrValue v, KrConstant *constant) {
    size_t at;
    constant->node.op = KR_CONSTANT_OBJECT;
    if (!keep_repr(r, v, constant)) return false;
    kr_list_items(r->constants, &at);
    constant->as.text.base = (uint32_t)at;
    return kr_list_append(r->vm, r->constants, v);
}

bool kr_tree_constant(KrTreeReader *r, KrValue v, KrConstant *constant) {
    KrNode *node = &constant->node;
    size_t len;
    int64_t n;
    if (!check(r->vm, v)) return false;
    if (kr_is_none(v)) return node->op = KR_CONSTANT_NONE, true;
    if (kr_is_bool(v)) return node->op = kr_same(v, KR_TRUE) ? KR_CONSTANT_TRUE : KR_CONSTANT_FALSE, true;
    if (kr_same(v, KR_ELLIPSIS)) return node->op = KR_CONSTANT_ELLIPSIS, true;
    if (kr_is_integer(v) && kr_int_fits(v, &n)) {
        node->op = KR_CONSTANT_INT, node->flags |= KR_CONSTANT_FITS;
        return constant->as.integer = n, true;
    }
    if (kr_is_str(v)) {
        const char *text = kr_str_text(v, &len);
        node->op = KR_CONSTANT_STR;
        return keep_text(r, constant, text, len);
    }
    if (kr_is_bytes(v)) {
        const uint8_t *bytes = kr_bytes_data(v, &len);
        node->op = KR_CONSTANT_BYTES;
        return keep_text(r, constant, bytes, len);
    }
    double d = kr_is_float(v) ? kr_float_value(v) : -1;
    if (d > 0 && d <= 1.7976931348623157e308) return node->op = KR_CONSTANT_FLOAT, keep_repr(r, v, constant);
    return keep_object(r, v, constant);
}

#endif
