// namespace.c - types.SimpleNamespace: an object with the attributes that it was given.
// SPDX-License-Identifier: MIT
#include "object/name_table.h"
#include "object/namespace.h"
#include "object/object.h"
#include "object/shape.h"
#include "object/text.h"
#include "object/vm_state.h"

static bool only_text_keys(KrVm *vm, KrValue dict) {
    KrValue key, value;
    for (size_t at = 0; kr_dict_next(dict, &at, &key, &value);)
        if (!kr_is_str(key)) return kr_fail(kr_raise(vm, &kr_type_error, "keywords must be strings"));
    return true;
}

static KrValue namespace_init(KrVm *vm, KrValue self, const KrValue *arg) {
    size_t count;
    const KrValue *item = kr_tuple_items(arg[0], &count);
    KrValue own = kr_attr_dict(vm, kr_ptr(self));
    if (count > 1) return kr_raise(vm, &kr_type_error, "SimpleNamespace expected at most 1 argument, got %u", count);
    if (kr_is_error(own)) return own;
    if (count) {
        KrValue dict = kr_dict(vm);
        if (kr_is_error(dict) || !kr_dict_update(vm, dict, item[0]) || !only_text_keys(vm, dict) || !kr_dict_update(vm, own, dict))
            return KR_ERROR;
    }
    return kr_dict_update(vm, own, arg[1]) ? KR_NONE : KR_ERROR;
}

static KrValue namespace_repr(KrVm *vm, KrValue self) {
    const char *name = kr_type_of(self) == &kr_namespace_type ? "namespace" : kr_type_name(kr_type_of(self));
    KrValue own = kr_attr_dict(vm, kr_ptr(self)), key, value;
    bool again, first = true;
    if (kr_is_error(own) || !kr_repr_enter(vm, self, &again)) return KR_ERROR;
    if (again) return kr_format(vm, "%s(...)", name);
    KrText t;
    kr_text_init(vm, &t);
    kr_text_add_format(&t, "%s(", name);
    for (size_t at = 0; kr_dict_next(own, &at, &key, &value);) {
        if (!kr_is_str(key) || !kr_str_length(key)) continue;
        kr_text_add_format(&t, "%s%S=%R", first ? "" : ", ", key, value);
        first = false;
    }
    kr_text_add_c(&t, ")");
    kr_repr_leave(vm, self);
    return kr_text_str(&t);
}

static KrValue namespace_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) {
    if (!kr_isa(other, &kr_namespace_type)) return KR_NOTIMPL;
    KrValue a = kr_attr_dict(vm, kr_ptr(self)), b = kr_is_error(a) ? a : kr_attr_dict(vm, kr_ptr(other));
    return kr_is_error(b) ? b : kr_compare(vm, a, b, op);
}

static KrValue namespace_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    KrValue item[3] = { kr_type_value(kr_type_of(self)), vm->empty_tuple, kr_attr_dict(vm, kr_ptr(self)) };
    return kr_is_error(item[2]) ? KR_ERROR : kr_tuple(vm, 3, item);
}

static KrValue namespace_replace(KrVm *vm, KrValue self, const KrValue *arg) {
    size_t count;
    kr_tuple_items(arg[0], &count);
    if (count) return kr_raise(vm, &kr_type_error, "__replace__() takes no positional arguments");
    KrValue v = kr_call(vm, kr_type_value(kr_type_of(self)), 0, NULL);
    if (kr_is_error(v)) return v;
    if (!kr_isa(v, &kr_namespace_type))
        return kr_raise(vm, &kr_type_error, "expect %N type, but %T() returned '%T' object", &kr_namespace_type, self, v);
    KrValue own = kr_attr_dict(vm, kr_ptr(v)), old = kr_is_error(own) ? own : kr_attr_dict(vm, kr_ptr(self));
    return !kr_is_error(old) && kr_dict_update(vm, own, old) && kr_dict_update(vm, own, arg[1]) ? v : KR_ERROR;
}

KrValue kr_namespace(KrVm *vm) { return kr_alloc_instance(vm, &kr_namespace_type); }

static const KrMethod namespace_methods[] = {
    { "__reduce__()", namespace_reduce, KR_DOC("Return state information for pickling"), 0 },
    { "__replace__(*args, **changes)", namespace_replace,
      KR_DOC("(**changes)\n\nReturn a copy of the namespace object with new values for the specified attributes."), 0 },
    { 0 },
};
static const KrMethod namespace_start = { "SimpleNamespace(*args, **kwargs)", namespace_init, KR_DOC("A simple attribute-based namespace."),
                                          0 };

const KrType kr_namespace_type = {
    KR_TYPE_HEAD(kr_namespace_type),
    .name = "types.SimpleNamespace",
    .size = sizeof(KrObject),
    .flags = KR_TYPE_BASE | KR_TYPE_HAS_DICT,
    .doc = KR_DOC("(mapping_or_iterable=(), /, **kwargs)\n\nA simple attribute-based namespace."),
    .alloc = kr_alloc_instance,
    .init = &namespace_start,
    .repr = namespace_repr,
    .compare = namespace_compare,
    .hash = kr_hash_unhashable,
    .methods = namespace_methods,
};
