// call.c - calling anything from C, and the guards on recursion.
// SPDX-License-Identifier: MIT
#include "object/container.h"
#include "object/dict.h"
#include "object/list.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "vm/op.h"

// ---- Recursion -----------------------------------------------------------------------------------------------------------------

KrValue kr_raise_recursion(KrVm *vm) { return kr_raise(vm, &kr_recursion_error, "maximum recursion depth exceeded"); }

bool kr_enter(KrVm *vm, const char *where) {
    if (KR_UNLIKELY(kr_is_deep(vm))) {
        vm->thread.c_stack_limit -= 16 * 1024; // room to raise in
        kr_raise(vm, &kr_recursion_error, "maximum recursion depth exceeded%s", where);
        vm->thread.c_stack_limit += 16 * 1024;
        return false;
    }
    return true;
}

// What was called in between has used the stack, by which kr_enter() knows how deep it is.
void kr_leave(KrVm *vm) {
    (void)vm;
    __asm__ volatile("" ::: "memory"); // not a tail call
}

// ---- Python functions from C ---------------------------------------------------------------------------------------------------

static void pop(KrVm *vm, KrFrame *f) {
    KrThread *t = &vm->thread;
    t->frame = f->prev;
    t->depth--;
    if (f->flags | (uintptr_t)f->object) kr_frame_leave(vm, f);
    kr_frame_release(t, f);
}

KrValue kr_call_function(KrVm *vm, KrFunctionObject *function, const KrValue *arg, size_t count, KrValue names) {
    KrThread *t = &vm->thread;
    if (KR_UNLIKELY(t->depth >= vm->recursion_limit)) return kr_raise_recursion(vm);
    if (KR_UNLIKELY(kr_is_deep(vm)) && !kr_enter(vm, "")) return KR_ERROR;
    if (KR_UNLIKELY(--vm->fuel < 0) && !kr_poll_slow(vm)) return KR_ERROR;
    if (function->code->flags & KR_CODE_ANY_GENERATOR) return kr_generator_new(vm, function, arg, count, names);
    KrFrame *f = kr_frame_open(vm, function);
    if (!f) return KR_ERROR;
    kr_frame_push(vm, f);
    if (KR_LIKELY(f->code->quick == count && kr_is_unset(names))) {
        for (size_t i = 0; i < count; i++) f->base[i] = arg[i];
        for (size_t i = count; i < f->code->nlocals; i++) f->base[i] = KR_UNSET;
    } else if (!kr_bind_arguments(vm, function, f->base, arg, count, names)) {
        return pop(vm, f), KR_ERROR;
    }
    f->flags |= KR_FRAME_ENTRY;
    return kr_run_frame(vm, f, false);
}

// ---- Any callable --------------------------------------------------------------------------------------------------------------

bool kr_callable(KrValue v) { return kr_is_ptr(v) && kr_callable_type(kr_type_of(v)); }

// import time; time(): somebody means the function of that name.
static KrValue not_callable(KrVm *vm, KrValue callable) {
    KrValue name = KR_UNSET, meant = KR_UNSET;
    if (kr_is_exact(callable, &kr_module_type) && !kr_find_attr(vm, callable, KR_N(__name__), &name)) return KR_ERROR;
    if (kr_is_str(name) && !kr_find_attr(vm, callable, name, &meant)) return KR_ERROR;
    if (!kr_is_unset(meant) && kr_callable(meant))
        return kr_raise(vm, &kr_type_error, "'%T' object is not callable. Did you mean: '%S.%S(...)'?", callable, name, name);
    return kr_raise(vm, &kr_type_error, "'%T' object is not callable", callable);
}

KrValue kr_call_names(KrVm *vm, KrValue callable, const KrValue *arg, size_t count, KrValue names) {
    if (!kr_is_unset(names) && KR_AS(KrTupleObject, names)->len == 0) names = KR_UNSET;
    const KrType *type = kr_type_of(callable);
    if (type == &kr_function_type) return kr_call_function(vm, KR_AS(KrFunctionObject, callable), arg, count, names);
    const KrType *owner = KR_SLOT_OWNER(type, call);
    if (!owner) return not_callable(vm, callable);
    if (KR_UNLIKELY(kr_is_deep(vm)) && !kr_enter(vm, "")) return KR_ERROR;
    KrValue v = owner->call(vm, callable, arg, count, names);
    KR_ASSERT(kr_is_error(v) == kr_raised(vm));
    return v;
}

KrValue kr_call(KrVm *vm, KrValue callable, size_t count, const KrValue *arg) { return kr_call_names(vm, callable, arg, count, KR_UNSET); }

static KrValue bad_keyword(KrVm *vm, KrValue callable) {
    if (!kr_callable(callable)) return kr_raise(vm, &kr_type_error, "'%T' object is not callable", callable);
    return kr_raise(vm, &kr_type_error, "keywords must be strings");
}

KrValue kr_call_args(KrVm *vm, KrValue callable, KrValue tuple, KrValue dict) {
    size_t count, named = kr_is_unset(dict) ? 0 : kr_dict_len(dict);
    const KrValue *item = kr_tuple_items(tuple, &count);
    if (!named) return kr_call_names(vm, callable, item, count, KR_UNSET);
    KrValue all = kr_tuple(vm, count + named, NULL), names = kr_is_error(all) ? all : kr_tuple(vm, named, NULL);
    if (kr_is_error(names)) return names;
    KrValue *arg = kr_tuple_items(all, NULL), *name = kr_tuple_items(names, NULL), key, value;
    for (size_t i = 0; i < count; i++) arg[i] = item[i];
    size_t n = 0;
    for (size_t at = 0; n < named && kr_dict_next(dict, &at, &key, &value); n++) {
        if (!kr_is_str(key)) return bad_keyword(vm, callable);
        name[n] = key;
        arg[count + n] = value;
    }
    return kr_call_names(vm, callable, arg, count, names);
}

KrValue kr_call_spread(KrVm *vm, KrValue *window, unsigned how) {
    if (!kr_op_spread(vm, window, how)) return KR_ERROR;
    size_t lead = how >> KR_CALL_LEAD, len = 0, named = 0, n = 0;
    const KrValue callable = window[-1], *item = how & KR_CALL_STAR ? kr_row_items(window[lead], &len) : NULL;
    const KrValue dict = how & KR_CALL_DOUBLE_STAR ? window[lead + (how & KR_CALL_STAR)] : KR_UNSET;
    if (!kr_is_unset(dict)) named = kr_dict_len(dict);
    if (!lead && !named && item && kr_is_exact(window[0], &kr_tuple_type)) return kr_call_names(vm, callable, item, len, KR_UNSET);
    KrValue all = kr_tuple(vm, lead + len + named, NULL), names = KR_UNSET, key, value;
    if (!kr_is_error(all) && named) names = kr_tuple(vm, named, NULL);
    if (kr_is_error(all) || kr_is_error(names)) return KR_ERROR;
    KrValue *arg = kr_tuple_items(all, NULL), *name = named ? kr_tuple_items(names, NULL) : NULL;
    memcpy(arg, window, lead * sizeof *arg);
    if (len) memcpy(arg + lead, item, len * sizeof *arg);
    for (size_t at = 0; n < named && kr_dict_next(dict, &at, &key, &value); n++) {
        if (!kr_is_str(key)) return bad_keyword(vm, callable);
        name[n] = key;
        arg[lead + len + n] = value;
    }
    return kr_call_names(vm, callable, arg, lead + len, names);
}
