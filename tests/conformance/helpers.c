// helpers.c - what tests of CPython's suite ask of its helpers in C (_testcapi and its kin), over Krait's own interface for C.
//
// build/conformance/krait is the command with these two modules beside its own. Functions of every kind of signature, calls from C, sequences
// and attributes from C. What looks into CPython's objects is not here: the Python halves in tests/conformance/stub skip tests that ask for it.
// SPDX-License-Identifier: MIT
#include "krait.h"
#include "object/shape.h"

KrVm *conformance_vm_new(const KrOptions *options); // kr_vm_new, for ports/linux/main.c

#define FUNCTION(name) static KrValue help_##name(KrVm *vm, KrValue self, const KrValue *arg)

// ---- Functions of every kind: as modules, instances, classes and static methods have them ------------------------------------------

FUNCTION(varargs) { return kr_tuple(vm, 2, (KrValue[]){ self, arg[0] }); }
FUNCTION(keywords) { return kr_tuple(vm, 3, (KrValue[]){ self, arg[0], arg[1] }); }
FUNCTION(one) { return kr_tuple(vm, 2, (KrValue[]){ self, arg[0] }); }
FUNCTION(none) { return (void)vm, (void)arg, self; }

FUNCTION(static_varargs) { return help_varargs(vm, ((void)self, KR_NONE), arg); }
FUNCTION(static_keywords) { return help_keywords(vm, ((void)self, KR_NONE), arg); }
FUNCTION(static_one) { return help_one(vm, ((void)self, KR_NONE), arg); }
FUNCTION(static_none) { return help_none(vm, ((void)self, KR_NONE), arg); }

#define EACH_KIND(prefix, flags) \
    { "meth_varargs(*args)", help_##prefix##varargs, 0, flags }, { "meth_fastcall(*args)", help_##prefix##varargs, 0, flags }, \
        { "meth_varargs_keywords(*args, **kwargs)", help_##prefix##keywords, 0, flags }, \
        { "meth_fastcall_keywords(*args, **kwargs)", help_##prefix##keywords, 0, flags }, \
        { "meth_o(arg, /)", help_##prefix##one, 0, flags }, { \
        "meth_noargs()", help_##prefix##none, 0, flags \
    }

static const KrMethod instance_methods[] = { EACH_KIND(, 0), { 0 } };
static const KrMethod class_methods[] = { EACH_KIND(, KR_CLASS_METHOD), { 0 } };
static const KrMethod static_methods[] = { EACH_KIND(static_, KR_STATIC_METHOD), { 0 } };

#define PLAIN_TYPE(symbol, text, table) \
    static const KrType symbol = { KR_TYPE_HEAD(symbol),     .name = text,     .module = "_testcapi",     .flags = KR_TYPE_BASE, \
                                   .size = sizeof(KrObject), .methods = table, .alloc = kr_alloc_instance }
PLAIN_TYPE(instance_type, "MethInstance", instance_methods);
PLAIN_TYPE(class_type, "MethClass", class_methods);
PLAIN_TYPE(static_type, "MethStatic", static_methods);

// ---- awaitType(iterator): what await gets from an object whose type is C ---------------------------------------------------------

typedef struct {
    KrObject head;
    KrValue iterator;
} Awaited;

static KrValue awaited_await(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)vm, (void)arg, ((Awaited *)kr_ptr(self))->iterator;
}
static void awaited_trace(KrTracer *tracer, KrObject *o) { kr_trace(tracer, ((Awaited *)o)->iterator); }
static KrValue awaited_init(KrVm *vm, KrValue self, const KrValue *arg) {
    kr_store(vm, kr_ptr(self), &((Awaited *)kr_ptr(self))->iterator, arg[0]);
    return KR_NONE;
}
static const KrMethod awaited_init_row = { "__init__(iterator, /)", awaited_init, 0, 0 };
static const KrMethod awaited_methods[] = { { "__await__()", awaited_await, 0, 0 }, { 0 } };
static const KrType awaited_type = { KR_TYPE_HEAD(awaited_type), .name = "awaitType",        .module = "_testcapi",
                                     .size = sizeof(Awaited),    .methods = awaited_methods, .init = &awaited_init_row,
                                     .alloc = kr_alloc_instance, .trace = awaited_trace };

// ---- Calls from C ------------------------------------------------------------------------------------------------------------------

FUNCTION(call_dict) {
    (void)self;
    KrValue args = kr_is_none(arg[1]) ? kr_tuple(vm, 0, NULL) : arg[1];
    return kr_is_error(args) ? args : kr_call_args(vm, arg[0], args, kr_is_none(arg[2]) ? KR_UNSET : arg[2]);
}

// pyobject_vectorcall(func, args, names): the values of the keywords are the last of args.
FUNCTION(call_names) {
    size_t count = 0, names = 0;
    (void)self;
    const KrValue *item = kr_is_tuple(arg[1]) ? kr_tuple_items(arg[1], &count) : NULL;
    if (kr_is_tuple(arg[2])) kr_tuple_items(arg[2], &names);
    if (names > count) return kr_raise(vm, &kr_value_error, "kwargs of %u names, but %u arguments", names, count);
    return kr_call_names(vm, arg[0], item, count - names, names ? arg[2] : KR_UNSET);
}

static KrValue call_as_foo_bar(KrVm *vm, KrValue callable) {
    KrValue arg[] = { kr_str_c(vm, "foo"), kr_str_c(vm, "bar") }, name = kr_name(vm, "baz");
    KrValue names = kr_is_error(arg[0]) || kr_is_error(arg[1]) || kr_is_error(name) ? KR_ERROR : kr_tuple(vm, 1, &name);
    return kr_is_error(names) ? names : kr_call_names(vm, callable, arg, 1, names);
}

FUNCTION(call_plain) { return (void)self, call_as_foo_bar(vm, arg[0]); }
FUNCTION(call_method) {
    (void)self;
    KrValue method = kr_getattr_c(vm, arg[0], "f");
    return kr_is_error(method) ? method : call_as_foo_bar(vm, method);
}

// ---- Exceptions from C -------------------------------------------------------------------------------------------------------------

FUNCTION(raise_exception) {
    int64_t count;
    (void)self;
    if (!kr_to_int64(vm, arg[1], &count)) return KR_ERROR;
    KrValue args = kr_tuple(vm, count < 0 ? 0 : (size_t)count, NULL);
    if (kr_is_error(args)) return args;
    for (int64_t i = 0; i < count; i++) kr_tuple_items(args, NULL)[i] = kr_int_box((intptr_t)i);
    KrValue e = kr_call_args(vm, arg[0], args, KR_UNSET);
    return kr_is_error(e) ? e : kr_raise_value(vm, e);
}

FUNCTION(raise_memory) { return (void)self, (void)arg, kr_raise_memory(vm); }

// ---- Containers and attributes from C ----------------------------------------------------------------------------------------------

FUNCTION(sequence_get) { return (void)self, kr_getitem(vm, arg[0], arg[1]); }
FUNCTION(sequence_set) { return (void)self, kr_setitem(vm, arg[0], arg[1], arg[2]) ? kr_int_box(0) : KR_ERROR; }
FUNCTION(sequence_delete) { return (void)self, kr_setitem(vm, arg[0], arg[1], KR_UNSET) ? kr_int_box(0) : KR_ERROR; }

FUNCTION(has_attribute) {
    size_t len;
    (void)self;
    if (!kr_is_bytes(arg[1])) return kr_raise(vm, &kr_type_error, "a bytes object is required, not '%T'", arg[1]);
    const char *text = (const char *)kr_bytes_data(arg[1], &len);
    KrValue name = kr_name_len(vm, text, len), found;
    if (kr_is_error(name) || !kr_find_attr(vm, arg[0], name, &found)) return KR_ERROR;
    return kr_int_box(!kr_is_unset(found));
}

// Are the attributes of the object laid out by a shape, rather than kept in a table of its own?
FUNCTION(has_inline_values) {
    (void)vm, (void)self;
    return kr_bool(kr_is_ptr(arg[0]) && kr_has_attributes(kr_ptr(arg[0])) && kr_ptr(arg[0])->shape->kind == KR_SHAPE_PLAIN);
}

// ---- The modules -------------------------------------------------------------------------------------------------------------------

static const KrMethod testcapi_functions[] = {
    EACH_KIND(, 0),
    { "pyobject_fastcalldict(func, args, kwargs, /)", help_call_dict, 0, 0 },
    { "pyvectorcall_call(func, args, kwargs=None, /)", help_call_dict, 0, 0 },
    { "pyobject_vectorcall(func, args, names, /)", help_call_names, 0, 0 },
    { "raise_exception(exception, count, /)", help_raise_exception, 0, 0 },
    { "raise_memoryerror()", help_raise_memory, 0, 0 },
    { 0 },
};
static const KrConst testcapi_constants[] = {
    { "MethInstance", KR_CONST_TYPE, { .p = &instance_type } },
    { "MethClass", KR_CONST_TYPE, { .p = &class_type } },
    { "MethStatic", KR_CONST_TYPE, { .p = &static_type } },
    { "awaitType", KR_CONST_TYPE, { .p = &awaited_type } },
    { 0 },
};
static const KrModuleDef testcapi = { "_krait_testcapi", NULL, testcapi_functions, testcapi_constants, NULL };

static const KrMethod more_functions[] = {
    { "sequence_getitem(sequence, index, /)", help_sequence_get, 0, 0 },
    { "sequence_setitem(sequence, index, value, /)", help_sequence_set, 0, 0 },
    { "sequence_delitem(sequence, index, /)", help_sequence_delete, 0, 0 },
    { "call_vectorcall(func, /)", help_call_plain, 0, 0 },
    { "call_vectorcall_method(object, /)", help_call_method, 0, 0 },
    { "object_hasattrstring(object, name, /)", help_has_attribute, 0, 0 },
    { "has_inline_values(object, /)", help_has_inline_values, 0, 0 },
    { 0 },
};
static const KrModuleDef more = { "_krait_testmore", NULL, more_functions, NULL, NULL };

KrVm *conformance_vm_new(const KrOptions *options) {
    static const KrModuleDef *const modules[] = { &testcapi, &more, NULL };
    KrOptions with = *options;
    with.modules = modules;
    return kr_vm_new(&with);
}
