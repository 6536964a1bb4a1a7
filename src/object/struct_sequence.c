// struct_sequence.c - tuples with named items. Each is a class made at run time, below tuple, that __new__ does not make.
// SPDX-License-Identifier: MIT
#include "object/struct_sequence.h"

#include "object/descriptor.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/text.h"
#include "object/tuple.h"
#include "object/type.h"

typedef struct { // attribute -> item
    KrObject head;
    size_t index;
} Field;
static const KrType field_type;

static KrValue field_get(KrVm *vm, KrValue self, KrValue object, const KrType *type) {
    size_t count;
    (void)type;
    if (kr_is_unset(object)) return self;
    const KrValue *item = kr_tuple_items(object, &count);
    size_t i = KR_AS(Field, self)->index;
    return i < count ? item[i] : kr_raise(vm, &kr_attribute_error, "this item is missing");
}
static bool field_set(KrVm *vm, KrValue self, KrValue object, KrValue value) {
    (void)self, (void)object, (void)value;
    return kr_fail(kr_raise(vm, &kr_attribute_error, "readonly attribute"));
}
static const KrType field_type = { KR_TYPE_HEAD(field_type), .name = "member_descriptor", .size = sizeof(Field),
                                   .flags = KR_TYPE_NO_NEW,  .descr_get = field_get,      .descr_set = field_set };

static KrValue sequence_repr(KrVm *vm, KrValue self, const KrValue *arg) {
    KrText t;
    size_t count;
    KrValue tuple = arg[0], fields = kr_getattr(vm, kr_type_value(kr_type_of(tuple)), KR_N(__match_args__));
    (void)self;
    if (kr_is_error(fields)) return fields;
    kr_text_init(vm, &t);
    KrValue module = kr_type_module(vm, kr_type_of(tuple));
    if (kr_is_str(module)) kr_text_add_format(&t, "%S.", module);
    kr_text_add_format(&t, "%T(", tuple);
    kr_tuple_items(tuple, &count);
    for (size_t i = 0; i < count; i++)
        kr_text_add_format(&t, "%s%S=%R", i ? ", " : "", kr_tuple_items(fields, NULL)[i], kr_tuple_items(tuple, NULL)[i]);
    kr_text_add_c(&t, ")");
    return kr_text_str(&t);
}
static const KrMethod repr_row = { "__repr__(self)", sequence_repr, "", 0 };

static KrValue reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)self;
    KrValue plain = kr_tuple(vm, (kr_tuple_items(arg[0], NULL), KR_AS(KrTupleObject, arg[0])->len), kr_tuple_items(arg[0], NULL));
    KrValue args = kr_is_error(plain) ? plain : kr_tuple(vm, 1, &plain);
    return kr_is_error(args) ? args : kr_tuple2(vm, kr_type_value(kr_type_of(arg[0])), args);
}
static const KrMethod reduce_row = { "__reduce__(self)", reduce, "", 0 };

// A native function that takes the object as its first argument, looked up on a class: bound like a Python function.
typedef struct {
    KrObject head;
    KrValue function;
} PlainMethod;
static void plain_trace(KrTracer *tracer, KrObject *o) { kr_trace(tracer, ((PlainMethod *)o)->function); }
static KrValue plain_get(KrVm *vm, KrValue self, KrValue object, const KrType *type) {
    (void)type;
    return kr_is_unset(object) ? self : kr_bind_method(vm, KR_AS(PlainMethod, self)->function, object);
}
static KrValue plain_call(KrVm *vm, KrValue self, const KrValue *arg, size_t count, KrValue names) {
    return kr_call_names(vm, KR_AS(PlainMethod, self)->function, arg, count, names);
}
static const KrType plain_method_type = { KR_TYPE_HEAD(plain_method_type),
                                          .name = "method_descriptor",
                                          .size = sizeof(PlainMethod),
                                          .flags = KR_TYPE_NO_NEW | KR_TYPE_DESCR_METHOD,
                                          .trace = plain_trace,
                                          .descr_get = plain_get,
                                          .call = plain_call };

static KrValue plain_method(KrVm *vm, KrValue function) {
    if (kr_is_error(function)) return function;
    PlainMethod *m = kr_alloc(vm, &plain_method_type.shape, sizeof *m);
    if (!m) return KR_ERROR;
    m->function = function;
    return kr_from_ptr(m);
}

static bool add_method(KrVm *vm, KrValue ns, KrValue name, const KrMethod *row) {
    KrValue method = plain_method(vm, kr_native(vm, row, NULL, KR_UNSET));
    return !kr_is_error(method) && kr_dict_set(vm, ns, name, method);
}

static KrValue make_type(KrVm *vm, const char *full, const char *const *fields) {
    const char *dot = strrchr(full, '.');
    KrValue name = kr_str_c(vm, dot ? dot + 1 : full), module = dot ? kr_str(vm, full, (size_t)(dot - full)) : KR_NONE, ns = kr_dict(vm);
    KrValue base = kr_type_value(&kr_tuple_type), bases = kr_tuple(vm, 1, &base), keywords = kr_dict(vm), empty = kr_tuple(vm, 0, NULL);
    if (kr_is_error(name) || kr_is_error(module) || kr_is_error(ns) || kr_is_error(bases) || kr_is_error(keywords) || kr_is_error(empty))
        return KR_ERROR;
    size_t count = 0;
    while (fields[count]) count++;
    KrValue names = kr_tuple(vm, count, NULL);
    if (kr_is_error(names)) return KR_ERROR;
    for (size_t i = 0; i < count; i++) {
        Field *f = kr_alloc(vm, &field_type.shape, sizeof *f);
        if (!f) return KR_ERROR;
        f->index = i;
        KrValue key = kr_name(vm, fields[i]);
        if (kr_is_error(key) || !kr_dict_set(vm, ns, key, kr_from_ptr(f))) return KR_ERROR;
        kr_store(vm, kr_ptr(names), &kr_tuple_items(names, NULL)[i], key);
    }
    KrValue n = kr_int_box((intptr_t)count);
    if (!kr_dict_set_c(vm, ns, "__match_args__", names) || !kr_dict_set_c(vm, ns, "n_fields", n) ||
        !kr_dict_set_c(vm, ns, "n_sequence_fields", n) || !kr_dict_set_c(vm, ns, "n_unnamed_fields", kr_int_box(0)) ||
        !kr_dict_set_c(vm, ns, "__slots__", empty) || !kr_dict_set_c(vm, ns, "__module__", module))
        return KR_ERROR;
    if (!add_method(vm, ns, KR_N(__repr__), &repr_row) || !add_method(vm, ns, KR_N(__reduce__), &reduce_row)) return KR_ERROR;
    return kr_class_new(vm, kr_type_value(&kr_type_type), name, bases, ns, keywords);
}

KrValue kr_struct_sequence(KrVm *vm, const char *type_name, const char *const *fields, const KrValue *item) {
    KrValue key = kr_name(vm, type_name), type;
    if (kr_is_error(key)) return key;
    if (kr_is_unset(vm->state)) vm->state = kr_dict(vm);
    if (kr_is_error(vm->state)) return vm->state = KR_UNSET, KR_ERROR;
    if (!kr_dict_find(vm, vm->state, key, &type)) return KR_ERROR;
    if (kr_is_unset(type)) {
        type = make_type(vm, type_name, fields);
        if (kr_is_error(type) || !kr_dict_set(vm, vm->state, key, type)) return KR_ERROR;
    }
    size_t count = 0;
    while (fields[count]) count++;
    KrValue tuple = kr_tuple(vm, count, item);
    return kr_is_error(tuple) ? tuple : kr_call(vm, type, 1, &tuple);
}
