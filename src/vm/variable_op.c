// variable_op.c - globals, names and closures when the loop's cached path does not apply; filling the caches.
//
// A cache of a global holds the version of the globals' dict and the address of the value, in its own table or (with the version of that
// as well) in the builtins'.
// SPDX-License-Identifier: MIT
#include "object/module.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/tuple.h"
#include "object/type.h"
#include "vm/op.h"

static KrValue name_at(const KrFrame *f, uint32_t ext) { return KR_AS(KrTupleObject, f->code->names)->item[ext & 0xFFFF]; }

static void fill(KrVm *vm, KrFrame *f, uint32_t ext, const KrDictObject *globals, KrValue *slot) {
    (void)vm;
    if (ext >> 16 == 0xFFFF || !f->caches) return;
    KrCache *cache = &f->caches[ext >> 16];
    cache->guard = slot;
    cache->version = globals->version;
    bool own = globals->entries && slot >= globals->entries->item && slot < globals->entries->item + globals->entries->cap;
    cache->kind = own ? KR_CACHE_GLOBAL : KR_CACHE_BUILTIN;
    cache->value = kr_int_box((intptr_t)f->builtins->version);
}

static KrValue undefined(KrVm *vm, KrValue name) {
    kr_raise(vm, &kr_name_error, "name '%S' is not defined", name);
    kr_name_error_context(vm, name);
    return KR_ERROR;
}

// A builtin that was not asked for before is made now.
static KrValue builtin(KrVm *vm, KrFrame *f, KrValue name, KrValue **slot) {
    *slot = kr_dict_find_name(f->builtins, name);
    if (*slot) return **slot;
    if (kr_is_module(vm->builtins) && f->builtins == KR_AS(KrModuleObject, vm->builtins)->dict) {
        KrValue v = kr_module_find(vm, KR_AS(KrModuleObject, vm->builtins), name);
        *slot = kr_is_unset(v) || kr_is_error(v) ? NULL : kr_dict_find_name(f->builtins, name);
        return v;
    }
    if (kr_is_exact(kr_from_ptr(f->builtins), &kr_dict_type)) return KR_UNSET;
    KrValue v = kr_getitem(vm, kr_from_ptr(f->builtins), name);
    if (kr_is_error(v) && kr_raised_is(vm, &kr_key_error)) return (void)kr_take_raised(vm), KR_UNSET;
    return v;
}

static bool plain_dict(const KrDictObject *d) { return d->head.shape == &kr_dict_type.shape && !d->owner; }

KrValue kr_op_getglobal(KrVm *vm, KrFrame *f, uint32_t ext) {
    KrValue name = name_at(f, ext), *slot;
    if (!plain_dict(f->globals)) {                                 // a dict subclass as globals, or an instance's dict
        KrValue v = kr_getitem(vm, kr_from_ptr(f->globals), name); // __missing__ counts
        if (kr_is_error(v)) {
            if (!kr_raised_is(vm, &kr_key_error)) return v;
            (void)kr_take_raised(vm);
            v = KR_UNSET;
        }
        if (kr_is_unset(v)) v = builtin(vm, f, name, &slot);
        return kr_is_unset(v) ? undefined(vm, name) : v;
    }
    slot = kr_dict_find_name(f->globals, name);
    if (slot && KR_UNLIKELY(kr_is_none(*slot)) && kr_same(name, KR_N(__loader__)))
        return kr_module_global_loader(vm, kr_from_ptr(f->globals));
    if (slot) return fill(vm, f, ext, f->globals, slot), *slot;
    KrValue v = builtin(vm, f, name, &slot);
    if (kr_is_unset(v)) return undefined(vm, name);
    if (slot && plain_dict(f->builtins)) fill(vm, f, ext, f->globals, slot);
    return v;
}

bool kr_op_setglobal(KrVm *vm, KrFrame *f, uint32_t ext, KrValue v) { return kr_dict_set(vm, kr_from_ptr(f->globals), name_at(f, ext), v); }

bool kr_op_delglobal(KrVm *vm, KrFrame *f, uint32_t ext) {
    bool found;
    if (!kr_dict_delete(vm, kr_from_ptr(f->globals), name_at(f, ext), &found)) return false;
    return found || kr_fail(undefined(vm, name_at(f, ext)));
}

// The namespace in register 0: a dict, or any mapping.
static KrValue from_namespace(KrVm *vm, KrValue ns, KrValue name) {
    KrValue v;
    if (kr_is_exact(ns, &kr_dict_type)) return kr_dict_find(vm, ns, name, &v) ? v : KR_ERROR;
    v = kr_getitem(vm, ns, name);
    if (kr_is_error(v) && kr_raised_is(vm, &kr_key_error)) return (void)kr_take_raised(vm), KR_UNSET;
    return v;
}

KrValue kr_op_getname(KrVm *vm, KrFrame *f, uint32_t ext) {
    if (kr_ptr(f->base[0]) == &f->globals->head) return kr_op_getglobal(vm, f, ext);
    KrValue v = from_namespace(vm, f->base[0], name_at(f, ext)), *slot;
    if (!kr_is_unset(v)) return v;
    if (!kr_dict_find(vm, kr_from_ptr(f->globals), name_at(f, ext), &v)) return KR_ERROR;
    if (kr_is_unset(v)) v = builtin(vm, f, name_at(f, ext), &slot);
    return kr_is_unset(v) ? undefined(vm, name_at(f, ext)) : v;
}

bool kr_op_setname(KrVm *vm, KrFrame *f, uint32_t ext, KrValue v) {
    KrValue name = name_at(f, ext), ns = f->base[0];
    if (!kr_is_exact(ns, &kr_dict_type)) return kr_setitem(vm, ns, name, v);
    if (!kr_dict_set(vm, ns, name, v)) return false;
    if (kr_ptr(ns) == &f->globals->head && plain_dict(f->globals)) {
        KrValue *slot = kr_dict_find_name(f->globals, name);
        if (slot) fill(vm, f, ext, f->globals, slot);
    }
    return true;
}

bool kr_op_delname(KrVm *vm, KrFrame *f, uint32_t ext) {
    KrValue name = name_at(f, ext), ns = f->base[0];
    bool found = true;
    if (kr_is_exact(ns, &kr_dict_type)) {
        if (!kr_dict_delete(vm, ns, name, &found)) return false;
    } else if (!kr_setitem(vm, ns, name, KR_UNSET)) {
        if (!kr_raised_is(vm, &kr_key_error)) return false;
        (void)kr_take_raised(vm);
        found = false;
    }
    return found || kr_fail(undefined(vm, name));
}

// ---- Closures ------------------------------------------------------------------------------------------------------------------

static KrValue free_value(KrFrame *f, unsigned slot) {
    KrValue closure = KR_AS(KrFunctionObject, f->base[-1])->closure;
    return KR_AS(KrCellObject, KR_AS(KrTupleObject, closure)->item[slot])->value;
}

KrValue kr_op_unbound_free(KrVm *vm, KrFrame *f, unsigned slot) {
    KrValue name = KR_AS(KrTupleObject, f->code->frees)->item[slot];
    kr_raise(vm, &kr_name_error, "cannot access free variable '%S' where it is not associated with a value in enclosing scope", name);
    kr_name_error_context(vm, name);
    return KR_ERROR;
}

// The variable of an inlined comprehension that is in this register now.
static KrValue hidden_name(const KrFrame *f, unsigned reg) {
    size_t count = 0;
    const KrCode *code = f->code;
    KrValue found = KR_N(_);
    const KrValue *name = kr_is_tuple(code->hidden_names) ? kr_tuple_items(code->hidden_names, &count) : NULL;
    bool there = false; // else it is the next that will get a value
    for (size_t i = 0, at = (size_t)(f->pc - code->instr) - 1; i < count; i++) {
        const KrHidden *h = &code->hidden[i];
        if (h->reg != reg || at >= h->end || (at < h->start && (there || !kr_same(found, KR_N(_))))) continue;
        found = name[i];
        there = at >= h->start;
    }
    return found;
}

KrValue kr_op_unbound_local(KrVm *vm, KrFrame *f, unsigned reg) {
    const KrTupleObject *names = KR_AS(KrTupleObject, f->code->locals);
    unsigned near = kr_code_near(f->code), local = reg < 256 ? reg : near + (reg - 256);
    KrValue name = reg < 256 && reg >= near ? hidden_name(f, reg) : local < names->len ? names->item[local] : KR_N(_);
    return kr_raise(vm, &kr_unbound_local_error, "cannot access local variable '%S' where it is not associated with a value", name);
}

KrValue kr_op_getclassfree(KrVm *vm, KrFrame *f, unsigned slot, uint32_t ext) {
    KrValue v = from_namespace(vm, f->base[0], name_at(f, ext));
    if (!kr_is_unset(v)) return v;
    v = free_value(f, slot);
    return kr_is_unset(v) ? kr_op_unbound_free(vm, f, slot) : v;
}

KrValue kr_op_getclassglobal(KrVm *vm, KrFrame *f, KrValue mapping, unsigned slot, uint32_t ext) {
    KrValue v = from_namespace(vm, mapping, name_at(f, ext));
    if (!kr_is_unset(v)) return v;
    if (!slot) return kr_op_getglobal(vm, f, 0xFFFF0000u | (ext & 0xFFFF));
    v = free_value(f, slot - 1);
    return kr_is_unset(v) ? kr_op_unbound_free(vm, f, slot - 1) : v;
}

bool kr_op_annotations(KrVm *vm, KrFrame *f) {
    KrValue v = from_namespace(vm, f->base[0], KR_N(__annotations__));
    if (kr_is_error(v)) return false;
    if (!kr_is_unset(v)) return true;
    v = kr_dict(vm);
    return !kr_is_error(v) && kr_setitem(vm, f->base[0], KR_N(__annotations__), v);
}
