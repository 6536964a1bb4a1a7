// static_method.c - staticmethod and classmethod: a callable whose first argument is not the instance.
// SPDX-License-Identifier: MIT
#include <stddef.h>

#include "object/container.h"
#include "object/descriptor.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/type.h"

#define SELF KR_AS(KrWrappedObject, self)

static KrValue wrapped_alloc(KrVm *vm, const KrType *type) {
    KrValue self = kr_alloc_instance(vm, type);
    if (!kr_is_error(self)) SELF->callable = KR_UNSET;
    return self;
}

static KrValue wrapped_new(KrVm *vm, const KrType *type, KrValue callable) {
    KrValue self = kr_alloc_instance(vm, type);
    if (!kr_is_error(self)) SELF->callable = callable;
    return self;
}

// Without a copy of the function's names: for methods that a class makes static by itself.
KrValue kr_staticmethod_new(KrVm *vm, KrValue callable) {
    return kr_is_error(callable) ? callable : wrapped_new(vm, &kr_staticmethod_type, callable);
}
KrValue kr_classmethod_new(KrVm *vm, KrValue callable) {
    return kr_is_error(callable) ? callable : wrapped_new(vm, &kr_classmethod_type, callable);
}

static void wrapped_trace(KrTracer *tracer, KrObject *o) { kr_trace(tracer, ((KrWrappedObject *)o)->callable); }

// The wrapper looks like the function, as functools.wraps makes it.
static bool copy_names(KrVm *vm, KrValue self, KrValue callable) {
    static const uint16_t name[] = { KR_NAME___module__, KR_NAME___name__, KR_NAME___qualname__, KR_NAME___doc__, KR_NAME___annotations__ };
    for (size_t i = 0; i < KR_COUNT_OF(name); i++) {
        KrValue key = kr_static_name(name[i]), v;
        if (!kr_find_attr(vm, callable, key, &v)) return false;
        if (!kr_is_unset(v) && !kr_setattr(vm, self, key, v)) return false;
    }
    return true;
}

static KrValue init(KrVm *vm, KrValue self, const KrValue *arg, const char *what) {
    size_t count;
    const KrValue *item = kr_tuple_items(arg[0], &count);
    if (kr_dict_len(arg[1])) return kr_raise(vm, &kr_type_error, "%s() takes no keyword arguments", what);
    if (count != 1) return kr_raise(vm, &kr_type_error, "%s expected 1 argument, got %u", what, count);
    KrValue callable = item[0];
    kr_store(vm, SELF, &SELF->callable, callable);
    return copy_names(vm, self, callable) ? KR_NONE : KR_ERROR;
}

static KrValue static_init(KrVm *vm, KrValue self, const KrValue *arg) { return init(vm, self, arg, "staticmethod"); }
static KrValue class_init(KrVm *vm, KrValue self, const KrValue *arg) { return init(vm, self, arg, "classmethod"); }

static KrValue static_get(KrVm *vm, KrValue self, KrValue object, const KrType *type) {
    (void)object, (void)type;
    if (kr_is_unset(SELF->callable)) return kr_raise(vm, &kr_runtime_error, "uninitialized staticmethod object");
    return SELF->callable;
}

static KrValue class_get(KrVm *vm, KrValue self, KrValue object, const KrType *type) {
    if (kr_is_unset(SELF->callable)) return kr_raise(vm, &kr_runtime_error, "uninitialized classmethod object");
    return kr_bind_method(vm, SELF->callable, kr_type_value(type ? type : kr_type_of(object)));
}

static KrValue static_call(KrVm *vm, KrValue self, const KrValue *arg, size_t count, KrValue names) {
    if (kr_is_unset(SELF->callable)) return kr_raise(vm, &kr_runtime_error, "uninitialized staticmethod object");
    if (!kr_enter(vm, "")) return KR_ERROR; // what it wraps may be itself
    KrValue v = kr_call_names(vm, SELF->callable, arg, count, names);
    return kr_leave(vm), v;
}

static KrValue callable_of(KrValue self) { return kr_is_unset(SELF->callable) ? KR_NONE : SELF->callable; }
static KrValue static_repr(KrVm *vm, KrValue self) { return kr_format(vm, "<staticmethod(%R)>", callable_of(self)); }
static KrValue class_repr(KrVm *vm, KrValue self) { return kr_format(vm, "<classmethod(%R)>", callable_of(self)); }

static KrValue get_callable(KrVm *vm, KrValue self) { return (void)vm, callable_of(self); }
static KrValue get_abstract(KrVm *vm, KrValue self) {
    KrValue v;
    bool abstract = false;
    if (!kr_enter(vm, "")) return KR_ERROR; // what it wraps may be itself
    bool found = kr_find_attr(vm, callable_of(self), KR_N(__isabstractmethod__), &v);
    kr_leave(vm);
    if (!found) return KR_ERROR;
    if (!kr_is_unset(v) && !kr_truth(vm, v, &abstract)) return KR_ERROR;
    return kr_bool(abstract);
}

static const KrGetSet wrapped_attributes[] = {
    { "__func__", get_callable, kr_read_only, "" },
    { "__wrapped__", get_callable, kr_read_only, "" },
    { "__isabstractmethod__", get_abstract, NULL, "" },
    { 0 },
};
static const KrMethod static_make = { "staticmethod(*args, **kwargs)", static_init,
                                      KR_DOC("(function, /)\n\nConvert a function to be a static method."), 0 };
static const KrMethod class_make = { "classmethod(*args, **kwargs)", class_init,
                                     KR_DOC("(function, /)\n\nConvert a function to be a class method."), 0 };

// The struct's last field is the attribute word, which stands behind `size`.
const KrType kr_staticmethod_type = {
    KR_TYPE_HEAD(kr_staticmethod_type),
    .name = "staticmethod",
    .size = offsetof(KrWrappedObject, attributes),
    .flags = KR_TYPE_BASE | KR_TYPE_HAS_DICT,
    .doc = KR_DOC("(function, /)\n\nConvert a function to be a static method: it receives neither the instance nor the class."),
    .alloc = wrapped_alloc,
    .init = &static_make,
    .trace = wrapped_trace,
    .call = static_call,
    .descr_get = static_get,
    .repr = static_repr,
    .attributes = wrapped_attributes,
};

const KrType kr_classmethod_type = {
    KR_TYPE_HEAD(kr_classmethod_type),
    .name = "classmethod",
    .size = offsetof(KrWrappedObject, attributes),
    .flags = KR_TYPE_BASE | KR_TYPE_HAS_DICT,
    .doc = KR_DOC("(function, /)\n\nConvert a function to be a class method: it receives the class as its first argument."),
    .alloc = wrapped_alloc,
    .init = &class_make,
    .trace = wrapped_trace,
    .descr_get = class_get,
    .repr = class_repr,
    .attributes = wrapped_attributes,
};
