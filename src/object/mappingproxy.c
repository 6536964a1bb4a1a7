// mappingproxy.c - types.MappingProxyType: a mapping that can be read and not changed through it.
// SPDX-License-Identifier: MIT
#include "object/container.h"
#include "object/dict_method.h"
#include "object/name_table.h"
#include "object/object.h"

typedef struct {
    KrObject head;
    KrValue mapping;
} MappingProxy;

static KrValue mapping_of(KrValue v) { return KR_AS(MappingProxy, v)->mapping; }

KrValue kr_mappingproxy(KrVm *vm, KrValue mapping) {
    MappingProxy *p = kr_alloc(vm, &kr_mappingproxy_type.shape, sizeof *p);
    if (!p) return KR_ERROR;
    p->mapping = mapping;
    return kr_from_ptr(p);
}

static bool is_mapping(KrVm *vm, KrValue v) {
    if (kr_is_dict(v)) return true;
    if (kr_has_flag(v, KR_TYPE_IS_LIST | KR_TYPE_IS_TUPLE | KR_TYPE_IS_STR | KR_TYPE_IS_BYTES | KR_TYPE_IS_BYTEARRAY)) return false;
    return !kr_is_unset(kr_type_lookup(vm, kr_type_of(v), KR_N(__getitem__)));
}

static KrValue proxy_make(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)self;
    if (is_mapping(vm, arg[0])) return kr_mappingproxy(vm, arg[0]);
    return kr_raise(vm, &kr_type_error, "mappingproxy() argument must be a mapping, not %T", arg[0]);
}

static const KrMethod proxy_make_row = { "mappingproxy(mapping)", proxy_make, "", 0 };

static void proxy_trace(KrTracer *tracer, KrObject *o) { kr_trace(tracer, ((MappingProxy *)o)->mapping); }
static KrValue proxy_repr(KrVm *vm, KrValue self) { return kr_format(vm, "mappingproxy(%R)", mapping_of(self)); }

// Everything is passed on to the mapping, which may be a proxy in its turn.
static bool enter(KrVm *vm) { return kr_enter(vm, " while using a mappingproxy"); }
static KrValue leave(KrVm *vm, KrValue v) { return kr_leave(vm), v; }
static bool leave_ok(KrVm *vm, bool ok) { return kr_leave(vm), ok; }
static KrValue proxy_str(KrVm *vm, KrValue self) { return enter(vm) ? leave(vm, kr_to_str(vm, mapping_of(self))) : KR_ERROR; }
static bool proxy_hash(KrVm *vm, KrValue self, KrHash *out) { return enter(vm) && leave_ok(vm, kr_hash(vm, mapping_of(self), out)); }
static bool proxy_length(KrVm *vm, KrValue self, size_t *out) { return enter(vm) && leave_ok(vm, kr_len(vm, mapping_of(self), out)); }
static KrValue proxy_iter(KrVm *vm, KrValue self) { return enter(vm) ? leave(vm, kr_iter(vm, mapping_of(self))) : KR_ERROR; }
static KrValue proxy_getitem(KrVm *vm, KrValue self, KrValue key) {
    return enter(vm) ? leave(vm, kr_getitem(vm, mapping_of(self), key)) : KR_ERROR;
}
static bool proxy_contains(KrVm *vm, KrValue self, KrValue item, bool *out) {
    return enter(vm) && leave_ok(vm, kr_contains(vm, mapping_of(self), item, out));
}

static KrValue plain(KrValue v) { return kr_is_exact(v, &kr_mappingproxy_type) ? mapping_of(v) : v; }

static KrValue proxy_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) {
    return kr_compare(vm, mapping_of(self), other, op); // another proxy is unwrapped by its own turn
}

static KrValue proxy_binary(KrVm *vm, KrBinary op, KrValue left, KrValue right) {
    if (op != KR_OR) return KR_NOTIMPL;
    return enter(vm) ? leave(vm, kr_binary(vm, KR_OR, plain(left), plain(right))) : KR_ERROR;
}

static KrValue proxy_inplace(KrVm *vm, KrBinary op, KrValue self, KrValue other) {
    (void)other;
    if (op != KR_OR) return KR_NOTIMPL;
    return kr_raise(vm, &kr_type_error, "'|=' is not supported by %T; use '|' instead", self);
}

static KrValue pass_on(KrVm *vm, KrValue self, const char *method, size_t count, const KrValue *arg) {
    return enter(vm) ? leave(vm, kr_call_method(vm, mapping_of(self), method, count, arg)) : KR_ERROR;
}

static KrValue proxy_get(KrVm *vm, KrValue self, const KrValue *arg) {
    if (kr_is_exact(mapping_of(self), &kr_dict_type)) {
        KrValue v;
        if (!kr_dict_find(vm, mapping_of(self), arg[0], &v)) return KR_ERROR;
        return kr_is_unset(v) ? arg[1] : v;
    }
    return pass_on(vm, self, "get", 2, arg);
}

static KrValue proxy_keys(KrVm *vm, KrValue self, const KrValue *arg) { return pass_on(vm, self, "keys", 0, arg); }
static KrValue proxy_values(KrVm *vm, KrValue self, const KrValue *arg) { return pass_on(vm, self, "values", 0, arg); }
static KrValue proxy_items(KrVm *vm, KrValue self, const KrValue *arg) { return pass_on(vm, self, "items", 0, arg); }
static KrValue proxy_copy(KrVm *vm, KrValue self, const KrValue *arg) { return pass_on(vm, self, "copy", 0, arg); }

static KrValue proxy_reversed(KrVm *vm, KrValue self, const KrValue *arg) { return pass_on(vm, self, "__reversed__", 0, arg); }

static const KrMethod proxy_methods[] = {
    { "get(key, default=None, /)", proxy_get, KR_DOC("Return the value for key if key is in the mapping, else default."), 0 },
    { "keys()", proxy_keys, KR_DOC("a set-like object providing a view on D's keys"), 0 },
    { "values()", proxy_values, KR_DOC("an object providing a view on D's values"), 0 },
    { "items()", proxy_items, KR_DOC("a set-like object providing a view on D's items"), 0 },
    { "copy()", proxy_copy, KR_DOC("a shallow copy of D"), 0 },
    { "__reversed__()", proxy_reversed, KR_DOC("D.__reversed__() -> reverse iterator"), 0 },
    { "__class_getitem__(object, /)", kr_class_getitem, KR_DOC("See PEP 585"), KR_CLASS_METHOD },
    { 0 },
};

const KrType kr_mappingproxy_type = {
    KR_TYPE_HEAD(kr_mappingproxy_type),
    .name = "mappingproxy",
    .doc = KR_DOC("Read-only proxy of a mapping."),
    .flags = KR_TYPE_MAPPING,
    .size = sizeof(MappingProxy),
    .methods = proxy_methods,
    .make = &proxy_make_row,
    .trace = proxy_trace,
    .repr = proxy_repr,
    .str = proxy_str,
    .hash = proxy_hash,
    .length = proxy_length,
    .compare = proxy_compare,
    .iter = proxy_iter,
    .getitem = proxy_getitem,
    .contains = proxy_contains,
    .binary_ops = KR_OP(KR_OR),
    .binary = proxy_binary,
    .more = &(const KrMoreSlots){ .inplace_ops = KR_OP(KR_OR), .inplace = proxy_inplace },
};
