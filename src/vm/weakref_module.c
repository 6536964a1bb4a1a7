// weakref_module.c - module _weakref: what lib/weakref.py is built on.
// SPDX-License-Identifier: MIT
#include "object/name_table.h"
#include "object/object.h"
#include "object/type.h"
#include "object/weakref.h"
#include "vm/builtins.h"

static KrValue make_proxy(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)self;
    return kr_weakref_new(vm, kr_callable(arg[0]) ? &kr_weakcallableproxy_type : &kr_weakproxy_type, arg[0], arg[1]);
}

static KrValue count(KrVm *vm, KrValue self, const KrValue *arg) { return (void)self, kr_int(vm, (int64_t)kr_weakref_count(vm, arg[0])); }
static KrValue all(KrVm *vm, KrValue self, const KrValue *arg) { return (void)self, kr_weakref_all(vm, arg[0]); }

// Deletes dict[key] if that is a reference whose target is dead: the key may have got a new value since.
static KrValue remove_dead(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)self;
    if (!kr_is_dict(arg[0])) return kr_raise(vm, &kr_type_error, "_remove_dead_weakref() argument 1 must be dict, not %T", arg[0]);
    KrValue ref;
    bool found;
    if (!kr_dict_find(vm, arg[0], arg[1], &ref)) return KR_ERROR;
    if (kr_is_unset(ref)) return KR_NONE;
    if (!kr_isa(ref, &kr_weakref_type)) return kr_raise(vm, &kr_type_error, "not a weakref");
    if (!kr_is_none(kr_weakref_target(vm, ref))) return KR_NONE;
    return kr_dict_delete(vm, arg[0], arg[1], &found) ? KR_NONE : KR_ERROR;
}

static const KrMethod functions[] = {
    { "proxy(object, callback=None, /)", make_proxy, KR_DOC("Create a proxy object that weakly references 'object'."), 0 },
    { "getweakrefcount(object, /)", count, KR_DOC("Return the number of weak references to 'object'."), 0 },
    { "getweakrefs(object, /)", all, KR_DOC("Return a list of all weak reference objects pointing to 'object'."), 0 },
    { "_remove_dead_weakref(dct, key, /)", remove_dead, KR_DOC("Atomically remove key from dict if it points to a dead weakref."), 0 },
    { 0 },
};

static const KrConst constants[] = {
    { "ref", KR_CONST_TYPE, { .p = &kr_weakref_type } },
    { "ReferenceType", KR_CONST_TYPE, { .p = &kr_weakref_type } },
    { "ProxyType", KR_CONST_TYPE, { .p = &kr_weakproxy_type } },
    { "CallableProxyType", KR_CONST_TYPE, { .p = &kr_weakcallableproxy_type } },
    { 0 },
};

const KrModuleDef kr_weakref_module = { "_weakref", KR_DOC("Weak-reference support module."), functions, constants, NULL };
