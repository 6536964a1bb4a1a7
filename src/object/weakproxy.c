// weakproxy.c - weakref.proxy: a weak reference that does whatever its target does.
// SPDX-License-Identifier: MIT
#include "object/name_table.h"
#include "object/object.h"
#include "object/type.h"
#include "object/weakref.h"

static bool is_proxy(KrValue v) { return kr_is_exact(v, &kr_weakproxy_type) || kr_is_exact(v, &kr_weakcallableproxy_type); }

// What a proxy stands for, any other value itself; false: the target is dead (raised).
static bool unwrap(KrVm *vm, KrValue *v) {
    if (!is_proxy(*v)) return true;
    if (kr_weakref_is_dead(vm, *v)) return kr_fail(kr_raise(vm, &kr_reference_error, "weakly-referenced object no longer exists"));
    *v = kr_weakref_target(vm, *v);
    return true;
}

static void proxy_trace(KrTracer *tracer, KrObject *o) { kr_trace(tracer, ((KrWeakRef *)o)->callback); }

static KrValue proxy_getattr(KrVm *vm, KrValue self, KrValue name) { return unwrap(vm, &self) ? kr_getattr(vm, self, name) : KR_ERROR; }
static bool proxy_setattr(KrVm *vm, KrValue self, KrValue name, KrValue value) {
    return unwrap(vm, &self) && kr_setattr(vm, self, name, value);
}
static KrValue proxy_str(KrVm *vm, KrValue self) { return unwrap(vm, &self) ? kr_to_str(vm, self) : KR_ERROR; }

static KrValue proxy_repr(KrVm *vm, KrValue self) {
    KrValue target = kr_weakref_target(vm, self);
    return kr_format(vm, "<weakproxy at 0x%x to %T at 0x%x>", (size_t)kr_ptr(self), target,
                     (size_t)(kr_is_ptr(target) ? (uintptr_t)kr_ptr(target) : 0));
}

static bool proxy_truth(KrVm *vm, KrValue self, bool *out) { return unwrap(vm, &self) && kr_truth(vm, self, out); }
static bool proxy_length(KrVm *vm, KrValue self, size_t *out) { return unwrap(vm, &self) && kr_len(vm, self, out); }
static KrValue proxy_compare(KrVm *vm, KrValue a, KrValue b, KrCompareOp op) {
    return unwrap(vm, &a) && unwrap(vm, &b) ? kr_compare(vm, a, b, op) : KR_ERROR;
}
static KrValue proxy_iter(KrVm *vm, KrValue self) { return unwrap(vm, &self) ? kr_iter(vm, self) : KR_ERROR; }
static KrValue proxy_next(KrVm *vm, KrValue self) {
    if (!unwrap(vm, &self)) return KR_ERROR;
    if (!kr_is_iterator(vm, self)) return kr_raise(vm, &kr_type_error, "Weakref proxy referenced a non-iterator '%T' object", self);
    return kr_next(vm, self);
}
static KrValue proxy_getitem(KrVm *vm, KrValue self, KrValue key) {
    return unwrap(vm, &self) && unwrap(vm, &key) ? kr_getitem(vm, self, key) : KR_ERROR;
}
static bool proxy_setitem(KrVm *vm, KrValue self, KrValue key, KrValue value) {
    return unwrap(vm, &self) && kr_setitem(vm, self, key, value);
}
static bool proxy_contains(KrVm *vm, KrValue self, KrValue item, bool *out) {
    return unwrap(vm, &self) && kr_contains(vm, self, item, out);
}
static KrValue proxy_binary(KrVm *vm, KrBinary op, KrValue a, KrValue b) {
    return unwrap(vm, &a) && unwrap(vm, &b) ? kr_binary(vm, op, a, b) : KR_ERROR;
}
static KrValue proxy_inplace(KrVm *vm, KrBinary op, KrValue a, KrValue b) {
    return unwrap(vm, &a) && unwrap(vm, &b) ? kr_inplace(vm, op, a, b) : KR_ERROR;
}
static KrValue proxy_power(KrVm *vm, KrValue a, KrValue b, KrValue m) {
    return unwrap(vm, &a) && unwrap(vm, &b) && unwrap(vm, &m) ? kr_power(vm, a, b, m) : KR_ERROR;
}

static KrValue proxy_unary(KrVm *vm, KrUnary op, KrValue self) {
    if (!unwrap(vm, &self)) return KR_ERROR;
    if (op == KR_TO_INDEX) return kr_index(vm, self);
    if (op == KR_TO_INT || op == KR_TO_FLOAT) return kr_call_method(vm, self, op == KR_TO_INT ? "__int__" : "__float__", 0, NULL);
    return kr_unary(vm, op, self);
}

static KrValue proxy_call(KrVm *vm, KrValue self, const KrValue *arg, size_t count, KrValue names) {
    return unwrap(vm, &self) ? kr_call_names(vm, self, arg, count, names) : KR_ERROR;
}

static KrValue proxy_bytes(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    return unwrap(vm, &self) ? kr_call_method(vm, self, "__bytes__", 0, NULL) : KR_ERROR;
}
static KrValue proxy_reversed(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    return unwrap(vm, &self) ? kr_call_method(vm, self, "__reversed__", 0, NULL) : KR_ERROR;
}

static const KrMethod proxy_methods[] = { { "__bytes__()", proxy_bytes, "", 0 }, { "__reversed__()", proxy_reversed, "", 0 }, { 0 } };

static const KrMoreSlots proxy_more = {
    .inplace_ops = KR_OP(KR_DIVMOD) - 1,
    .unary_ops = KR_OP(KR_UNARY_COUNT) - 1,
    .inplace = proxy_inplace,
    .unary = proxy_unary,
    .power = proxy_power,
};

#define PROXY_SLOTS \
    .size = sizeof(KrWeakRef), .flags = KR_TYPE_NO_NEW, .trace = proxy_trace, .repr = proxy_repr, .str = proxy_str, \
    .hash = kr_hash_unhashable, .truth = proxy_truth, .length = proxy_length, .compare = proxy_compare, .iter = proxy_iter, \
    .next = proxy_next, .getitem = proxy_getitem, .setitem = proxy_setitem, .contains = proxy_contains, \
    .binary_ops = KR_OP(KR_BINARY_COUNT) - 1, .binary = proxy_binary, .more = &proxy_more, .getattr = proxy_getattr, \
    .setattr = proxy_setattr, .methods = proxy_methods

const KrType kr_weakproxy_type = { KR_TYPE_HEAD(kr_weakproxy_type), .name = "weakref.ProxyType", PROXY_SLOTS };
const KrType kr_weakcallableproxy_type = { KR_TYPE_HEAD(kr_weakcallableproxy_type), .name = "weakref.CallableProxyType", PROXY_SLOTS,
                                           .call = proxy_call };
