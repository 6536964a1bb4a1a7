// functools_partial.c - functools.partial: a function with some of its arguments given already.
// SPDX-License-Identifier: MIT
#include "functools_part.h"

#include "object/dict.h"
#include "object/shape.h"

enum { FEW = 16 }; // so many arguments are gathered on the C stack

typedef struct {
    KrObject head;
    KrValue function;
    KrValue args;     // a tuple
    KrValue keywords; // a dict, which programs can reach
} Partial;

static Partial *partial_of(KrValue v) { return KR_AS(Partial, v); }

static bool has_attributes(KrVm *vm, KrValue v, KrValue *own, bool *out) {
    *own = kr_attr_dict(vm, kr_ptr(v));
    return !kr_is_error(*own) && (*out = kr_dict_len(*own) != 0, true);
}

static KrValue joined(KrVm *vm, KrValue left, const KrValue *item, size_t count) {
    size_t len;
    const KrValue *first = kr_tuple_items(left, &len);
    if (count == 0) return left;
    KrTupleObject *t = kr_tuple_new(vm, len + count);
    if (!t) return KR_ERROR;
    memcpy(t->item, first, len * sizeof(KrValue));
    memcpy(t->item + len, item, count * sizeof(KrValue));
    return kr_from_ptr(t);
}

// partial(partial(f, a), b) is partial(f, a, b), unless the inner one has attributes.
static KrValue partial_make(KrVm *vm, KrValue self, const KrValue *arg) {
    size_t count;
    const KrValue *item = kr_tuple_items(arg[0], &count);
    if (count == 0) return kr_raise(vm, &kr_type_error, "type 'partial' takes at least one argument");
    KrValue function = item[0], args, keywords = arg[1], own;
    if (!kr_callable(function)) return kr_raise(vm, &kr_type_error, "the first argument must be callable");
    bool has = true;
    if (kr_isa(function, &kr_partial_type) && !has_attributes(vm, function, &own, &has)) return KR_ERROR;
    if (!has) {
        const Partial *inner = partial_of(function);
        args = joined(vm, inner->args, item + 1, count - 1);
        if (kr_dict_len(inner->keywords)) {
            keywords = kr_dict_copy(vm, inner->keywords);
            if (kr_is_error(keywords) || !kr_dict_update(vm, keywords, arg[1])) return KR_ERROR;
        }
        function = inner->function;
    } else {
        args = kr_tuple(vm, count - 1, item + 1);
    }
    KrValue v = kr_is_error(args) ? args : kr_alloc_instance(vm, kr_as_type(self));
    if (kr_is_error(v)) return v;
    partial_of(v)->function = function;
    partial_of(v)->args = args;
    partial_of(v)->keywords = keywords;
    return v;
}

// Keywords of both, those of the call last: they count.
static KrValue call_merged(KrVm *vm, const Partial *p, const KrValue *arg, size_t count, KrValue names) {
    size_t named;
    const KrValue *name = kr_tuple_items(names, &named);
    KrValue args = joined(vm, p->args, arg, count), keywords = kr_is_error(args) ? args : kr_dict_copy(vm, p->keywords);
    if (kr_is_error(keywords)) return keywords;
    for (size_t i = 0; i < named; i++)
        if (!kr_dict_set(vm, keywords, name[i], arg[count + i])) return KR_ERROR;
    return kr_call_args(vm, p->function, args, keywords);
}

static KrValue partial_call(KrVm *vm, KrValue self, const KrValue *arg, size_t count, KrValue names) {
    const Partial *p = partial_of(self);
    size_t first, named = 0, own = kr_dict_len(p->keywords);
    const KrValue *item = kr_tuple_items(p->args, &first);
    if (!kr_is_unset(names)) kr_tuple_items(names, &named);
    if ((own && named) || first + count + own + named > FEW) {
        KrValue all = kr_is_unset(names) ? kr_tuple(vm, 0, NULL) : names;
        return kr_is_error(all) ? all : call_merged(vm, p, arg, count, all);
    }
    KrValue few[FEW], key[FEW];
    memcpy(few, item, first * sizeof(KrValue));
    memcpy(few + first, arg, (count + named) * sizeof(KrValue));
    if (own == 0) return named ? kr_call_names(vm, p->function, few, first + count, names) : kr_call(vm, p->function, first + count, few);
    size_t n = 0;
    for (size_t at = 0; n < own && kr_dict_next(p->keywords, &at, &key[n], &few[first + count + n]);) n++;
    KrValue keys = kr_tuple(vm, n, key);
    return kr_is_error(keys) ? keys : kr_call_names(vm, p->function, few, first + count, keys);
}

static KrValue partial_get(KrVm *vm, KrValue self, KrValue object, const KrType *type) {
    (void)type;
    if (!kr_is_unset(object) &&
        !kr_warn(
            vm, &kr_future_warning,
            "functools.partial will be a method descriptor in future Python versions; wrap it in staticmethod() if you want to preserve "
            "the old behavior"))
        return KR_ERROR;
    return self;
}

static KrValue partial_repr(KrVm *vm, KrValue self) {
    const Partial *p = partial_of(self);
    KrValue type = kr_type_value(kr_type_of(self)), key, value;
    size_t count;
    bool again;
    if (!kr_repr_enter(vm, self, &again)) return KR_ERROR;
    if (again) return kr_str_c(vm, "...");
    KrValue module = kr_getattr_c(vm, type, "__module__"), name = kr_is_error(module) ? module : kr_getattr_c(vm, type, "__qualname__");
    KrValue v = kr_is_error(name) ? name : kr_format(vm, "%S.%S(%R", module, name, p->function), args = p->args, keywords = p->keywords;
    const KrValue *item = kr_tuple_items(args, &count);
    for (size_t i = 0; i < count && !kr_is_error(v); i++) v = kr_format(vm, "%S, %R", v, item[i]);
    for (size_t at = 0; !kr_is_error(v) && kr_dict_next(keywords, &at, &key, &value);) v = kr_format(vm, "%S, %S=%R", v, key, value);
    kr_repr_leave(vm, self);
    return kr_is_error(v) ? v : kr_format(vm, "%S)", v);
}

// ---- Pickling ------------------------------------------------------------------------------------------------------------------------

static KrValue partial_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    const Partial *p = partial_of(self);
    KrValue own, function = kr_tuple(vm, 1, &p->function);
    bool has;
    (void)arg;
    if (kr_is_error(function) || !has_attributes(vm, self, &own, &has)) return KR_ERROR;
    KrValue state = kr_tuple(vm, 4, (KrValue[]){ p->function, p->args, p->keywords, has ? own : KR_NONE });
    return kr_is_error(state) ? state : kr_tuple(vm, 3, (KrValue[]){ kr_type_value(kr_type_of(self)), function, state });
}

// A dict and a tuple of the very types, whatever the state has.
static KrValue partial_setstate(KrVm *vm, KrValue self, const KrValue *arg) {
    Partial *p = partial_of(self);
    size_t count = 0;
    const KrValue *item = kr_is_tuple(arg[0]) ? kr_tuple_items(arg[0], &count) : NULL;
    if (count != 4 || !kr_callable(item[0]) || !kr_is_tuple(item[1]) || !(kr_is_none(item[2]) || kr_is_dict(item[2])))
        return kr_raise(vm, &kr_type_error, "invalid partial state");
    KrValue args = kr_is_exact(item[1], &kr_tuple_type) ? item[1] : kr_tuple_from(vm, item[1]);
    KrValue keywords = kr_is_error(args) ? args : kr_dict(vm);
    if (kr_is_error(keywords)) return keywords;
    if (kr_is_exact(item[2], &kr_dict_type)) keywords = item[2];
    else if (!kr_is_none(item[2]) && !kr_dict_update(vm, keywords, item[2])) return KR_ERROR;
    KrValue own;
    bool has;
    if (!has_attributes(vm, self, &own, &has)) return KR_ERROR;
    if (!kr_is_none(item[3]) || has) {
        own = kr_is_none(item[3]) ? kr_dict(vm) : item[3];
        if (kr_is_error(own) || !kr_setattr_c(vm, self, "__dict__", own)) return KR_ERROR;
    }
    kr_store(vm, p, &p->function, item[0]);
    kr_store(vm, p, &p->args, args);
    kr_store(vm, p, &p->keywords, keywords);
    return KR_NONE;
}

static KrValue get_func(KrVm *vm, KrValue self) { return (void)vm, partial_of(self)->function; }
static KrValue get_args(KrVm *vm, KrValue self) { return (void)vm, partial_of(self)->args; }
static KrValue get_keywords(KrVm *vm, KrValue self) { return (void)vm, partial_of(self)->keywords; }
static bool read_only(KrVm *vm, KrValue self, KrValue value) {
    (void)self, (void)value;
    return kr_fail(kr_raise(vm, &kr_attribute_error, "readonly attribute"));
}

static void partial_trace(KrTracer *tracer, KrObject *o) {
    kr_trace(tracer, ((Partial *)o)->function);
    kr_trace(tracer, ((Partial *)o)->args);
    kr_trace(tracer, ((Partial *)o)->keywords);
}

static const KrGetSet partial_attributes[] = {
    { "func", get_func, read_only, KR_DOC("function object to use in future partial calls") },
    { "args", get_args, read_only, KR_DOC("tuple of arguments to future partial calls") },
    { "keywords", get_keywords, read_only, KR_DOC("dictionary of keyword arguments to future partial calls") },
    { 0 },
};
static const KrMethod partial_methods[] = {
    { "__reduce__()", partial_reduce, "", 0 },
    { "__setstate__(state, /)", partial_setstate, "", 0 },
    { "__class_getitem__(object, /)", kr_class_getitem, KR_DOC("See PEP 585"), KR_CLASS_METHOD },
    { 0 },
};
static const KrMethod partial_make_row = { "partial(*args, **keywords)", partial_make, "", 0 };

const KrType kr_partial_type = {
    KR_TYPE_HEAD(kr_partial_type),
    .name = "functools.partial",
    .doc = KR_DOC("Create a new function with partial application of the given arguments\nand keywords."),
    .flags = KR_TYPE_BASE | KR_TYPE_WEAKREF | KR_TYPE_HAS_DICT,
    .size = sizeof(Partial),
    .methods = partial_methods,
    .attributes = partial_attributes,
    .make = &partial_make_row,
    .trace = partial_trace,
    .call = partial_call,
    .repr = partial_repr,
    .descr_get = partial_get,
};
