// thread_local.c - _thread._local: an object whose attributes each thread has for itself.
//
// It keeps a dict {thread: attributes}; each thread keeps weak references to the objects that have something for it, and removes that
// when it ends. So neither keeps the other alive.
// SPDX-License-Identifier: MIT
#include "object/object.h"
#include "object/weakref.h"
#include "thread_part.h"

#if KR_THREADS

enum { TIDY_EVERY = 64 };

typedef struct {
    KrObject head;
    KrValue attributes;   // ident -> dict
    KrValue args, kwargs; // for __init__, which is called for each thread
} Local;

#define LOCAL ((Local *)kr_ptr(self))

static KrValue key_of(KrVm *vm, const KrThreadRecord *r) { return kr_int(vm, kr_thread_ident(r)); }

static bool tidy(KrVm *vm, KrThreadRecord *r) {
    size_t len;
    const KrValue *item = kr_list_items(r->locals, &len);
    if (len % TIDY_EVERY) return true;
    KrValue kept = kr_list(vm, 0, NULL);
    for (size_t i = 0; !kr_is_error(kept) && i < len; i++)
        if (!kr_weakref_is_dead(vm, item[i]) && !kr_list_append(vm, kept, item[i])) return false;
    if (kr_is_error(kept)) return false;
    r->locals = kept;
    return true;
}

static bool remember(KrVm *vm, KrValue self) {
    KrThreadRecord *r = vm->threads->current;
    if (!r->body) return true; // the first thread outlives all
    KrValue ref = kr_weakref_new(vm, &kr_weakref_type, self, KR_NONE);
    if (kr_is_error(ref)) return false;
    if (kr_is_unset(r->locals)) {
        KrValue list = kr_list(vm, 0, NULL);
        if (kr_is_error(list)) return false;
        r->locals = list;
    }
    return tidy(vm, r) && kr_list_append(vm, r->locals, ref);
}

// The class's __init__ runs for each thread that touches the object; if it raises, the thread has not touched it.
static bool begin(KrVm *vm, KrValue self, KrValue key, KrValue dict) {
    if (!remember(vm, self) || !kr_dict_set(vm, LOCAL->attributes, key, dict)) return false;
    KrValue init = kr_type_lookup(vm, kr_type_of(self), kr_name(vm, "__init__"));
    if (kr_is_unset(init) || kr_is_slot_wrapper(init, kr_name(vm, "__init__"))) return true;
    KrValue bound = kr_getattr_c(vm, self, "__init__"),
            v = kr_is_error(bound) ? bound : kr_call_args(vm, bound, LOCAL->args, LOCAL->kwargs);
    if (!kr_is_error(v)) return true;
    KrValue raised = kr_take_raised(vm);
    bool found;
    if (!kr_dict_delete(vm, LOCAL->attributes, key, &found)) return false;
    return kr_fail(kr_raise_value(vm, raised));
}

static KrValue attributes(KrVm *vm, KrValue self) {
    if (kr_is_unset(LOCAL->attributes)) return kr_raise(vm, &kr_type_error, "_thread._local.__new__() was not called");
    KrValue key = key_of(vm, vm->threads->current), dict = KR_UNSET;
    if (kr_is_error(key) || !kr_dict_find(vm, LOCAL->attributes, key, &dict)) return KR_ERROR;
    if (!kr_is_unset(dict)) return dict;
    dict = kr_dict(vm);
    return kr_is_error(dict) || begin(vm, self, key, dict) ? dict : KR_ERROR;
}

static KrValue local_alloc(KrVm *vm, const KrType *type) {
    KrValue made = kr_alloc_instance(vm, type);
    if (kr_is_error(made)) return made;
    Local *l = (Local *)kr_ptr(made);
    l->attributes = l->args = l->kwargs = KR_UNSET;
    return made;
}

static KrValue local_new(KrVm *vm, KrValue self, const KrValue *arg) {
    const KrType *type = kr_as_type(self);
    KrValue init = kr_type_lookup(vm, type, kr_name(vm, "__init__"));
    size_t len;
    kr_tuple_items(arg[0], &len);
    if ((len || kr_dict_len(arg[1])) && (kr_is_unset(init) || kr_is_slot_wrapper(init, kr_name(vm, "__init__"))))
        return kr_raise(vm, &kr_type_error, "Initialization arguments are not supported");
    KrValue made = local_alloc(vm, type), dict = kr_is_error(made) ? made : kr_dict(vm);
    KrValue key = key_of(vm, vm->threads->current), own = kr_is_error(key) ? key : kr_dict(vm);
    if (kr_is_error(dict) || kr_is_error(own)) return KR_ERROR;
    Local *l = (Local *)kr_ptr(made);
    kr_store(vm, l, &l->attributes, dict);
    kr_store(vm, l, &l->args, arg[0]);
    kr_store(vm, l, &l->kwargs, arg[1]);
    return remember(vm, made) && kr_dict_set(vm, dict, key, own) ? made : KR_ERROR; // __init__ follows as for any object
}

static KrValue local_getattr(KrVm *vm, KrValue self, KrValue name) {
    KrValue dict = attributes(vm, self), v = KR_UNSET;
    if (kr_is_error(dict)) return dict;
    if (kr_str_is(name, "__dict__")) return dict;
    const KrType *type = kr_type_of(self);
    KrValue found = kr_type_lookup(vm, type, name);
    if (!kr_is_unset(found) && kr_is_data_descriptor(vm, found)) return kr_descr_get(vm, found, self, type);
    if (!kr_dict_find(vm, dict, name, &v)) return KR_ERROR;
    if (!kr_is_unset(v)) return v;
    if (kr_is_unset(found)) return kr_no_attribute(vm, self, name);
    return kr_descr_can_get(vm, found) ? kr_descr_get(vm, found, self, type) : found;
}

static bool local_setattr(KrVm *vm, KrValue self, KrValue name, KrValue value) {
    KrValue dict = attributes(vm, self);
    bool there;
    if (kr_is_error(dict)) return false;
    if (kr_str_is(name, "__dict__"))
        return kr_fail(kr_raise(vm, &kr_attribute_error, "'%T' object attribute '__dict__' is read-only", self));
    KrValue found = kr_type_lookup(vm, kr_type_of(self), name);
    if (!kr_is_unset(found) && kr_is_data_descriptor(vm, found)) return kr_descr_set(vm, found, self, value);
    if (!kr_is_unset(value)) return kr_dict_set(vm, dict, name, value);
    if (!kr_dict_delete(vm, dict, name, &there)) return false;
    return there || kr_fail(kr_no_attribute(vm, self, name));
}

void kr_local_leave(KrVm *vm, KrThreadRecord *r) {
    KrValue key = key_of(vm, r);
    size_t len = 0;
    bool found;
    const KrValue *item = kr_is_unset(r->locals) ? NULL : kr_list_items(r->locals, &len);
    for (size_t i = 0; i < len; i++) {
        KrValue self = kr_weakref_target(vm, item[i]);
        if (!kr_is_none(self) && !kr_dict_delete(vm, LOCAL->attributes, key, &found)) (void)kr_take_raised(vm);
    }
    r->locals = KR_UNSET;
}

static void local_trace(KrTracer *tracer, KrObject *object) {
    Local *l = (Local *)object;
    kr_trace(tracer, l->attributes);
    kr_trace(tracer, l->args);
    kr_trace(tracer, l->kwargs);
}

static const KrMethod local_make = { "_local(*args, **kwargs)", local_new, NULL, 0 };

const KrType kr_local_type = {
    KR_TYPE_HEAD(kr_local_type),
    .name = "_thread._local",
    .module = "_thread",
    .doc = KR_DOC("Thread-local data"),
    .flags = KR_TYPE_BASE | KR_TYPE_WEAKREF,
    .size = sizeof(Local),
    .make = &local_make,
    .alloc = local_alloc,
    .trace = local_trace,
    .getattr = local_getattr,
    .setattr = local_setattr,
};

#endif
