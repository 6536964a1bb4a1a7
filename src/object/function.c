// function.c - functions, bound methods, cells and native functions as objects.
// SPDX-License-Identifier: MIT
#include "object/function.h"

#include "object/descriptor.h"
#include "object/container.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/tuple.h"
#include "object/type.h"

// ---- Cells ---------------------------------------------------------------------------------------------------------------------

KrValue kr_cell(KrVm *vm, KrValue value) {
    KrCellObject *c = kr_alloc(vm, &kr_cell_type.shape, sizeof *c);
    if (!c) return KR_ERROR;
    c->value = value;
    return kr_from_ptr(c);
}

static void cell_trace(KrTracer *tracer, KrObject *o) { kr_trace(tracer, ((KrCellObject *)o)->value); }

static KrValue cell_get(KrVm *vm, KrValue self) {
    KrValue v = KR_AS(KrCellObject, self)->value;
    return kr_is_unset(v) ? kr_raise(vm, &kr_value_error, "Cell is empty") : v;
}

static bool cell_set(KrVm *vm, KrValue self, KrValue value) {
    return kr_store(vm, kr_ptr(self), &KR_AS(KrCellObject, self)->value, value), true;
}

static KrValue cell_make(KrVm *vm, KrValue type, const KrValue *arg) { return (void)type, kr_cell(vm, arg[0]); }

static KrValue cell_repr(KrVm *vm, KrValue self) {
    KrValue v = KR_AS(KrCellObject, self)->value;
    if (kr_is_unset(v)) return kr_format(vm, "<cell at 0x%x: empty>", (size_t)kr_ptr(self));
    return kr_format(vm, "<cell at 0x%x: %T object at 0x%x>", (size_t)kr_ptr(self), v,
                     (size_t)(kr_is_ptr(v) ? (uintptr_t)kr_ptr(v) : v.bits));
}

static KrValue cell_compare(KrVm *vm, KrValue a, KrValue b, KrCompareOp op) {
    if (!kr_is_exact(b, &kr_cell_type)) return KR_NOTIMPL;
    KrValue x = KR_AS(KrCellObject, a)->value, y = KR_AS(KrCellObject, b)->value;
    if (!kr_is_unset(x) && !kr_is_unset(y)) return kr_compare(vm, x, y, op);
    return kr_compare(vm, kr_int_box(!kr_is_unset(x)), kr_int_box(!kr_is_unset(y)), op);
}

static const KrGetSet cell_attributes[] = { { "cell_contents", cell_get, cell_set, "" }, { 0 } };
static const KrMethod cell_new = { "cell(contents=<unset>, /)", cell_make, KR_DOC("A storage cell shared between functions."), 0 };

const KrType kr_cell_type = {
    KR_TYPE_HEAD(kr_cell_type),
    .doc = KR_DOC("A variable that functions inside one another share."),
    .name = "cell",
    .size = sizeof(KrCellObject),
    .trace = cell_trace,
    .attributes = cell_attributes,
    .make = &cell_new,
    .repr = cell_repr,
    .compare = cell_compare,
    .hash = kr_hash_unhashable,
};

// ---- Bound methods -------------------------------------------------------------------------------------------------------------

KrValue kr_bind_method(KrVm *vm, KrValue function, KrValue self) {
    KrMethodObject *m = kr_alloc(vm, &kr_method_type.shape, sizeof *m);
    if (!m) return KR_ERROR;
    m->function = function;
    m->self = self;
    return kr_from_ptr(m);
}

static void method_trace(KrTracer *tracer, KrObject *o) {
    kr_trace(tracer, ((KrMethodObject *)o)->function);
    kr_trace(tracer, ((KrMethodObject *)o)->self);
}

static KrValue method_call(KrVm *vm, KrValue self, const KrValue *arg, size_t count, KrValue names) {
    KrMethodObject *m = KR_AS(KrMethodObject, self);
    size_t named = 0;
    if (!kr_is_unset(names)) kr_tuple_items(names, &named);
    KrValue small[10], *all = small;
    if (count + named + 1 > KR_COUNT_OF(small)) {
        KrValue big = kr_tuple(vm, count + named + 1, NULL);
        if (kr_is_error(big)) return big;
        all = kr_tuple_items(big, NULL);
    }
    all[0] = m->self;
    for (size_t i = 0; i < count + named; i++) all[i + 1] = arg[i];
    return kr_call_names(vm, m->function, all, count + 1, names);
}

static KrValue method_getattr(KrVm *vm, KrValue self, KrValue name) {
    const KrType *type = kr_type_of(self);
    KrValue found = kr_type_lookup(vm, type, name);
    if (!kr_is_unset(found)) return kr_descr_get(vm, found, self, type);
    return kr_getattr(vm, KR_AS(KrMethodObject, self)->function, name);
}

static KrValue method_get(KrVm *vm, KrValue self, KrValue object, const KrType *type) { return (void)vm, (void)object, (void)type, self; }

static KrValue method_repr(KrVm *vm, KrValue self) {
    KrMethodObject *m = KR_AS(KrMethodObject, self);
    KrValue name;
    if (!kr_find_attr(vm, m->function, KR_N(__qualname__), &name)) return KR_ERROR;
    if (kr_is_unset(name) && !kr_find_attr(vm, m->function, KR_N(__name__), &name)) return KR_ERROR;
    if (!kr_is_str(name)) name = kr_str_c(vm, "?");
    KrValue of = kr_repr(vm, m->self);
    return kr_is_error(of) ? of : kr_format(vm, "<bound method %S of %S>", name, of);
}

static KrValue method_compare(KrVm *vm, KrValue a, KrValue b, KrCompareOp op) {
    if (!kr_is_exact(b, &kr_method_type) || (op != KR_EQ && op != KR_NE)) return KR_NOTIMPL;
    bool same;
    if (!kr_equal(vm, KR_AS(KrMethodObject, a)->function, KR_AS(KrMethodObject, b)->function, &same)) return KR_ERROR;
    same = same && kr_same(KR_AS(KrMethodObject, a)->self, KR_AS(KrMethodObject, b)->self);
    return kr_bool(same == (op == KR_EQ));
}

static bool method_hash(KrVm *vm, KrValue self, KrHash *out) {
    KrHash f;
    if (!kr_hash(vm, KR_AS(KrMethodObject, self)->function, &f)) return false;
    *out = f ^ (KrHash)(KR_AS(KrMethodObject, self)->self.bits >> 4);
    if (*out == -1) *out = -2;
    return true;
}

static KrValue method_self(KrVm *vm, KrValue self) { return (void)vm, KR_AS(KrMethodObject, self)->self; }
static KrValue method_func(KrVm *vm, KrValue self) { return (void)vm, KR_AS(KrMethodObject, self)->function; }
static KrValue method_doc(KrVm *vm, KrValue self) { return kr_getattr(vm, KR_AS(KrMethodObject, self)->function, KR_N(__doc__)); }

static KrValue method_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    KrValue pair[2] = { KR_AS(KrMethodObject, self)->self, kr_getattr(vm, KR_AS(KrMethodObject, self)->function, KR_N(__name__)) };
    if (kr_is_error(pair[1])) return KR_ERROR;
    KrValue args = kr_tuple(vm, 2, pair), builtin = kr_getattr_c(vm, vm->builtins, "getattr");
    return kr_is_error(args) || kr_is_error(builtin) ? KR_ERROR : kr_tuple2(vm, builtin, args);
}

static KrValue method_make(KrVm *vm, KrValue type, const KrValue *arg) {
    (void)type;
    if (!kr_callable(arg[0])) return kr_raise(vm, &kr_type_error, "first argument must be callable");
    if (kr_is_none(arg[1])) return kr_raise(vm, &kr_type_error, "instance must not be None");
    return kr_bind_method(vm, arg[0], arg[1]);
}

static const KrGetSet method_attributes[] = {
    { "__self__", method_self, kr_read_only, KR_DOC("the instance to which a method is bound") },
    { "__func__", method_func, kr_read_only, KR_DOC("the function (or other callable) implementing a method") },
    { "__doc__", method_doc, NULL, "" },
    { 0 },
};
static const KrMethod method_methods[] = { { "__reduce__()", method_reduce, "", 0 }, { 0 } };
static const KrMethod method_new = { "method(function, instance, /)", method_make, KR_DOC("Create a bound instance method object."), 0 };

const KrType kr_method_type = {
    KR_TYPE_HEAD(kr_method_type),
    .doc = KR_DOC("A function bound to an instance."),
    .name = "method",
    .size = sizeof(KrMethodObject),
    .trace = method_trace,
    .call = method_call,
    .getattr = method_getattr,
    .descr_get = method_get,
    .repr = method_repr,
    .compare = method_compare,
    .hash = method_hash,
    .attributes = method_attributes,
    .methods = method_methods,
    .make = &method_new,
    .flags = KR_TYPE_WEAKREF,
};

// ---- Native functions ----------------------------------------------------------------------------------------------------------

KrValue kr_native(KrVm *vm, const KrMethod *row, const KrType *owner, KrValue self) {
    bool method = owner && kr_is_unset(self);
    KrNativeObject *n = kr_alloc(vm, method ? &kr_method_descriptor_type.shape : &kr_native_type.shape, sizeof *n);
    if (!n) return KR_ERROR;
    n->row = row;
    n->owner = owner;
    n->self = self;
    n->names = n->defaults = n->name = KR_UNSET;
    n->exact = 255;
    const char *end = strchr(row->signature, '(');
    KrValue v = kr_from_ptr(n);
    KrValue name = kr_name_len(vm, row->signature, end ? (size_t)(end - row->signature) : strlen(row->signature));
    if (kr_is_error(name)) return name;
    kr_store(vm, n, &n->name, name);
    return kr_native_parse(vm, n) ? v : KR_ERROR;
}

KrValue kr_class_method_descriptor(KrVm *vm, const KrMethod *row, const KrType *type) {
    KrValue v = kr_native(vm, row, type, KR_UNSET);
    if (kr_is_error(v)) return v;
    KR_AS(KrNativeObject, v)->head.shape = &kr_class_method_descriptor_type.shape;
    return v;
}

static void native_trace(KrTracer *tracer, KrObject *o) {
    KrNativeObject *n = (KrNativeObject *)o;
    kr_trace(tracer, n->self);
    kr_trace(tracer, n->name);
    kr_trace(tracer, n->names);
    kr_trace(tracer, n->defaults);
}

// The nearest class whose __new__ is not written in Python.
static const KrType *with_builtin_new(KrVm *vm, const KrType *type) {
    while (kr_is_heap_type(type) && !kr_is_exact(kr_type_lookup(vm, type, KR_N(__new__)), &kr_native_type)) type = type->base;
    return type;
}

// `T.__new__` of a static type: the first argument is the class to make an instance of.
static KrValue call_new(KrVm *vm, KrNativeObject *n, const KrValue *arg, size_t count, KrValue names) {
    if (!count) return kr_raise(vm, &kr_type_error, "%N.__new__(): not enough arguments", n->owner);
    if (!kr_is_type(arg[0])) return kr_raise(vm, &kr_type_error, "%N.__new__(X): X is not a type object (%T)", n->owner, arg[0]);
    const KrType *type = kr_as_type(arg[0]), *solid = kr_is_heap_type(type) ? kr_heap_type(type)->solid : type;
    if (!kr_is_subtype(type, n->owner))
        return kr_raise(vm, &kr_type_error, "%N.__new__(%N): %N is not a subtype of %N", n->owner, type, type, n->owner);
    const KrType *makes = solid; // the type nearest to it that makes its own instances
    while (makes != n->owner && makes->make == NULL && makes->alloc == NULL && !(makes->flags & KR_TYPE_NO_NEW) && makes->base)
        makes = makes->base;
    bool inside = makes->flags & KR_TYPE_NO_NEW && makes->size > n->owner->size; // made in C only: an empty one would not be sound
    if (makes != n->owner && (makes->make || makes->alloc || inside) &&
        (inside || makes->make != n->owner->make || makes->alloc != n->owner->alloc || makes->size != n->owner->size))
        return kr_raise(vm, &kr_type_error, "%N.__new__(%N) is not safe, use %N.__new__()", n->owner, type, with_builtin_new(vm, type));
    return kr_native_make(vm, kr_from_ptr(n), type, arg + 1, count - 1, names);
}

static KrValue native_call(KrVm *vm, KrValue self, const KrValue *arg, size_t count, KrValue names) {
    KrNativeObject *n = KR_AS(KrNativeObject, self);
    return n->owner && kr_ptr(n->self) == &n->owner->head && n->is_new ? call_new(vm, n, arg, count, names)
                                                                       : kr_native_call(vm, n, n->self, arg, count, names);
}

static KrValue descriptor_call(KrVm *vm, KrValue self, const KrValue *arg, size_t count, KrValue names) {
    KrNativeObject *n = KR_AS(KrNativeObject, self);
    if (!count) return kr_raise(vm, &kr_type_error, "unbound method %N.%S() needs an argument", n->owner, n->name);
    if (!kr_isa(arg[0], n->owner))
        return kr_raise(vm, &kr_type_error, "descriptor '%S' for '%N' objects doesn't apply to a '%T' object", n->name, n->owner, arg[0]);
    return kr_native_call(vm, n, arg[0], arg + 1, count - 1, names);
}

// The function of a descriptor with its first argument: shares what was read from the signature.
static KrValue bind_native(KrVm *vm, const KrNativeObject *n, KrValue self) {
    KrNativeObject *bound = kr_alloc(vm, &kr_native_type.shape, sizeof *bound);
    if (!bound) return KR_ERROR;
    KrObject head = bound->head;
    *bound = *n;
    bound->head = head;
    bound->self = self;
    return kr_from_ptr(bound);
}

static KrValue descriptor_get(KrVm *vm, KrValue self, KrValue object, const KrType *type) {
    KrNativeObject *n = KR_AS(KrNativeObject, self);
    (void)type;
    if (kr_is_unset(object)) return self;
    if (!kr_isa(object, n->owner))
        return kr_raise(vm, &kr_type_error, "descriptor '%S' for '%N' objects doesn't apply to a '%T' object", n->name, n->owner, object);
    return bind_native(vm, n, object);
}

static KrValue class_descriptor_get(KrVm *vm, KrValue self, KrValue object, const KrType *type) {
    KrNativeObject *n = KR_AS(KrNativeObject, self);
    if (!type) type = kr_type_of(object);
    if (!kr_is_subtype(type, n->owner))
        return kr_raise(vm, &kr_type_error, "descriptor '%S' requires a subtype of '%N' but received '%N'", n->name, n->owner, type);
    return bind_native(vm, n, kr_type_value(type));
}

static KrValue class_descriptor_call(KrVm *vm, KrValue self, const KrValue *arg, size_t count, KrValue names) {
    KrNativeObject *n = KR_AS(KrNativeObject, self);
    if (!count) return kr_raise(vm, &kr_type_error, "descriptor '%S' of '%N' object needs an argument", n->name, n->owner);
    if (!kr_is_type(arg[0]))
        return kr_raise(vm, &kr_type_error, "descriptor '%S' for type '%N' needs a type, not a '%T' as arg 2", n->name, n->owner, arg[0]);
    if (!kr_is_subtype(kr_as_type(arg[0]), n->owner))
        return kr_raise(vm, &kr_type_error, "descriptor '%S' requires a subtype of '%N' but received '%N'", n->name, n->owner,
                        kr_as_type(arg[0]));
    return kr_native_call(vm, n, arg[0], arg + 1, count - 1, names);
}

static KrValue native_repr(KrVm *vm, KrValue self) {
    KrNativeObject *n = KR_AS(KrNativeObject, self);
    if (kr_is_unset(n->self) || kr_is_module(n->self)) return kr_format(vm, "<built-in function %S>", n->is_new ? KR_N(__new__) : n->name);
    return kr_format(vm, "<built-in method %S of %T object at 0x%x>", n->is_new ? KR_N(__new__) : n->name, n->self,
                     (size_t)(kr_is_ptr(n->self) ? (uintptr_t)kr_ptr(n->self) : 0));
}

static KrValue descriptor_repr(KrVm *vm, KrValue self) {
    return kr_format(vm, "<method '%S' of '%N' objects>", KR_AS(KrNativeObject, self)->name, KR_AS(KrNativeObject, self)->owner);
}

static KrValue native_name(KrVm *vm, KrValue self) {
    return (void)vm, KR_AS(KrNativeObject, self)->is_new ? KR_N(__new__) : KR_AS(KrNativeObject, self)->name;
}
static KrValue native_qualname(KrVm *vm, KrValue self) {
    KrNativeObject *n = KR_AS(KrNativeObject, self);
    return n->owner ? kr_format(vm, "%s.%S", kr_type_bare_name(n->owner), native_name(vm, self)) : n->name;
}
static KrValue native_doc(KrVm *vm, KrValue self) {
    const KrNativeObject *n = KR_AS(KrNativeObject, self);
    if (KR_DOCSTRINGS && n->is_new) return kr_str_c(vm, "Make and return a new object. The type's help() tells the arguments.");
    const char *doc = n->row->doc;
    return doc && *doc ? kr_str_c(vm, kr_doc_body(doc)) : KR_NONE;
}
static KrValue native_self(KrVm *vm, KrValue self) {
    return (void)vm, kr_is_unset(KR_AS(KrNativeObject, self)->self) ? KR_NONE : KR_AS(KrNativeObject, self)->self;
}
static KrValue native_owner(KrVm *vm, KrValue self) { return (void)vm, kr_type_value(KR_AS(KrNativeObject, self)->owner); }
static KrValue native_signature(KrVm *vm, KrValue self) {
    const KrNativeObject *n = KR_AS(KrNativeObject, self);
    if (n->is_new) return kr_str_c(vm, "($type, *args, **kwargs)"); // of all types: the type's own signature says more
    if (n->owner && n->row == n->owner->init) return kr_str_c(vm, "($self, /, *args, **kwargs)");
    return kr_native_text_signature(vm, n->row, n->owner != NULL);
}
static KrValue native_module(KrVm *vm, KrValue self) {
    KrNativeObject *n = KR_AS(KrNativeObject, self);
    if (n->row->flags & KR_OF_IO) return kr_name(vm, "_io");
    return kr_is_module(n->self) ? KR_AS(KrModuleObject, n->self)->name : n->owner ? KR_NONE : kr_name(vm, "builtins");
}

static KrValue native_compare(KrVm *vm, KrValue a, KrValue b, KrCompareOp op) {
    (void)vm;
    if (!kr_is_exact(b, &kr_native_type) || (op != KR_EQ && op != KR_NE)) return KR_NOTIMPL;
    KrNativeObject *x = KR_AS(KrNativeObject, a), *y = KR_AS(KrNativeObject, b);
    bool same = x->row == y->row && kr_same(x->self, y->self);
    return kr_bool(same == (op == KR_EQ));
}

static bool native_hash(KrVm *vm, KrValue self, KrHash *out) {
    (void)vm;
    KrNativeObject *n = KR_AS(KrNativeObject, self);
    *out = (KrHash)(((uintptr_t)n->row >> 3) ^ (kr_is_unset(n->self) ? 0 : n->self.bits >> 4));
    if (*out == -1) *out = -2;
    return true;
}

static KrValue native_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    KrNativeObject *n = KR_AS(KrNativeObject, self);
    (void)arg;
    if (kr_is_unset(n->self) || kr_is_module(n->self)) return n->name;
    KrValue pair[2] = { n->self, native_name(vm, self) };
    KrValue args = kr_tuple(vm, 2, pair), builtin = kr_getattr_c(vm, vm->builtins, "getattr");
    return kr_is_error(args) || kr_is_error(builtin) ? KR_ERROR : kr_tuple2(vm, builtin, args);
}

static KrValue descriptor_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    KrValue pair[2] = { native_owner(vm, self), KR_AS(KrNativeObject, self)->name };
    KrValue args = kr_tuple(vm, 2, pair), builtin = kr_getattr_c(vm, vm->builtins, "getattr");
    return kr_is_error(args) || kr_is_error(builtin) ? KR_ERROR : kr_tuple2(vm, builtin, args);
}

static const KrGetSet native_attributes[] = {
    { "__name__", native_name, NULL, "" },
    { "__qualname__", native_qualname, NULL, "" },
    { "__doc__", native_doc, NULL, "" },
    { "__self__", native_self, NULL, "" },
    { "__module__", native_module, NULL, "" },
    { "__text_signature__", native_signature, NULL, "" },
    { 0 },
};
static const KrGetSet descriptor_attributes[] = {
    { "__name__", native_name, NULL, "" },      { "__qualname__", native_qualname, NULL, "" },        { "__doc__", native_doc, NULL, "" },
    { "__objclass__", native_owner, NULL, "" }, { "__text_signature__", native_signature, NULL, "" }, { 0 },
};
static const KrMethod native_methods[] = { { "__reduce__()", native_reduce, "", 0 }, { 0 } };
static const KrMethod descriptor_methods[] = { { "__reduce__()", descriptor_reduce, "", 0 }, { 0 } };

const KrType kr_native_type = {
    KR_TYPE_HEAD(kr_native_type),
    .name = "builtin_function_or_method",
    .doc = KR_DOC("A function or method written in C."),
    .size = sizeof(KrNativeObject),
    .trace = native_trace,
    .call = native_call,
    .repr = native_repr,
    .attributes = native_attributes,
    .compare = native_compare,
    .hash = native_hash,
    .methods = native_methods,
    .flags = KR_TYPE_NO_NEW | KR_TYPE_WEAKREF,
};
const KrType kr_method_descriptor_type = {
    KR_TYPE_HEAD(kr_method_descriptor_type),
    .name = "method_descriptor",
    .doc = KR_DOC("A method of a builtin type."),
    .size = sizeof(KrNativeObject),
    .trace = native_trace,
    .call = descriptor_call,
    .descr_get = descriptor_get,
    .repr = descriptor_repr,
    .attributes = descriptor_attributes,
    .methods = descriptor_methods,
    .flags = KR_TYPE_NO_NEW | KR_TYPE_DESCR_METHOD,
};
const KrType kr_class_method_descriptor_type = {
    KR_TYPE_HEAD(kr_class_method_descriptor_type),
    .name = "classmethod_descriptor",
    .doc = KR_DOC("A class method of a builtin type."),
    .size = sizeof(KrNativeObject),
    .trace = native_trace,
    .call = class_descriptor_call,
    .descr_get = class_descriptor_get,
    .repr = descriptor_repr,
    .attributes = descriptor_attributes,
    .flags = KR_TYPE_NO_NEW,
};
