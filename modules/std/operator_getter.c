// operator_getter.c - module _operator: itemgetter, attrgetter and methodcaller.
// SPDX-License-Identifier: MIT
#include "operator_part.h"

typedef struct {
    KrObject head;
    KrValue given;    // a tuple: items, names of attributes, or arguments
    KrValue name;     // attrgetter: a tuple, for each name interned, or a tuple of its parts if it has dots; methodcaller: the method's
    KrValue keywords; // methodcaller: a dict, or KR_UNSET
} Getter;

static Getter *getter_of(KrValue v) { return KR_AS(Getter, v); }

static KrValue getter_new(KrVm *vm, KrValue type, KrValue given, KrValue name, KrValue keywords) {
    KrValue v = kr_is_error(given) || kr_is_error(name) ? KR_ERROR : kr_alloc_instance(vm, kr_as_type(type));
    if (kr_is_error(v)) return v;
    getter_of(v)->given = given;
    getter_of(v)->name = name;
    getter_of(v)->keywords = keywords;
    return v;
}

static void getter_trace(KrTracer *tracer, KrObject *o) {
    kr_trace(tracer, ((Getter *)o)->given);
    kr_trace(tracer, ((Getter *)o)->name);
    kr_trace(tracer, ((Getter *)o)->keywords);
}

// The one argument of a call.
static bool one_argument(KrVm *vm, const char *what, size_t count, KrValue names) {
    size_t named = 0;
    if (!kr_is_unset(names)) kr_tuple_items(names, &named);
    if (named) return kr_fail(kr_raise(vm, &kr_type_error, "%s() takes no keyword arguments", what));
    return count == 1 || kr_fail(kr_raise(vm, &kr_type_error, "%s expected 1 argument, got %u", what, count));
}

static KrValue whole_tuple(KrVm *vm, KrValue first, KrValue rest) {
    size_t count;
    const KrValue *item = kr_tuple_items(rest, &count);
    KrTupleObject *t = kr_tuple_new(vm, count + 1);
    if (!t) return KR_ERROR;
    t->item[0] = first;
    memcpy(t->item + 1, item, count * sizeof(KrValue));
    return kr_from_ptr(t);
}

// operator.NAME(...): reprs of what was given, without a lone item's comma.
static KrValue getter_repr(KrVm *vm, KrValue self) {
    const Getter *g = getter_of(self);
    size_t count;
    const KrValue *item = kr_tuple_items(g->given, &count);
    bool again;
    if (!kr_repr_enter(vm, self, &again)) return KR_ERROR;
    KrValue type = kr_type_value(kr_type_of(self)), module = again ? KR_NONE : kr_getattr_c(vm, type, "__module__");
    KrValue name = again || kr_is_error(module) ? module : kr_getattr_c(vm, type, "__qualname__");
    if (again) return kr_str_c(vm, "operator.itemgetter(...)");
    KrValue v = kr_is_error(name) ? name : kr_format(vm, "%S.%S(", module, name);
    for (size_t i = 0; i < count && !kr_is_error(v); i++) v = kr_format(vm, i ? "%S, %R" : "%S%R", v, item[i]);
    if (!kr_is_error(v) && !kr_is_unset(g->keywords)) {
        KrValue key, value;
        for (size_t at = 0; !kr_is_error(v) && kr_dict_next(g->keywords, &at, &key, &value);) v = kr_format(vm, "%S, %S=%R", v, key, value);
    }
    kr_repr_leave(vm, self);
    return kr_is_error(v) ? v : kr_format(vm, "%S)", v);
}

static KrValue getter_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)arg, kr_tuple2(vm, kr_type_value(kr_type_of(self)), getter_of(self)->given);
}

// ---- itemgetter --------------------------------------------------------------------------------------------------------------------

static KrValue itemgetter_make(KrVm *vm, KrValue self, const KrValue *arg) {
    return getter_new(vm, self, whole_tuple(vm, arg[0], arg[1]), KR_NONE, KR_UNSET);
}

static inline KrValue get_item(KrVm *vm, KrValue object, KrValue key) {
    if (kr_is_int(key) && kr_int_value(key) >= 0 && kr_is_exact(object, &kr_tuple_type)) {
        const KrTupleObject *t = KR_AS(KrTupleObject, object);
        if ((size_t)kr_int_value(key) < t->len) return t->item[kr_int_value(key)];
    }
    return kr_getitem(vm, object, key);
}

static KrValue itemgetter_call(KrVm *vm, KrValue self, const KrValue *arg, size_t count, KrValue names) {
    size_t len;
    if (KR_UNLIKELY(count != 1 || !kr_is_unset(names)) && !one_argument(vm, "itemgetter", count, names)) return KR_ERROR;
    const KrValue *item = kr_tuple_items(getter_of(self)->given, &len);
    if (len == 1) return get_item(vm, arg[0], item[0]);
    KrValue v = kr_tuple(vm, len, NULL);
    for (size_t i = 0; i < len && !kr_is_error(v); i++) {
        KrValue part = get_item(vm, arg[0], item[i]);
        if (kr_is_error(part)) return part;
        kr_store(vm, kr_ptr(v), &KR_AS(KrTupleObject, v)->item[i], part);
    }
    return v;
}

static KrValue itemgetter_call_method(KrVm *vm, KrValue self, const KrValue *arg) { return itemgetter_call(vm, self, arg, 1, KR_UNSET); }
static const KrMethod itemgetter_methods[] = {
    { "__call__(obj, /)", itemgetter_call_method, KR_DOC("Call self as a function."), 0 },
    { "__reduce__()", getter_reduce, KR_DOC("Return state information for pickling"), 0 },
    { 0 },
};
static const KrMethod itemgetter_make_row = { "itemgetter(item, /, *items)", itemgetter_make, "", 0 };
const KrType kr_itemgetter_type = {
    KR_TYPE_HEAD(kr_itemgetter_type),
    .name = "operator.itemgetter",
    .doc =
        KR_DOC("Return a callable object that fetches the given item(s) from its operand.\nAfter f = itemgetter(2), the call f(r) returns "
               "r[2].\nAfter g = itemgetter(2, 5, 3), the call g(r) returns (r[2], r[5], r[3])"),
    .flags = KR_TYPE_BASE,
    .size = sizeof(Getter),
    .methods = itemgetter_methods,
    .make = &itemgetter_make_row,
    .trace = getter_trace,
    .call = itemgetter_call,
    .repr = getter_repr,
};

// ---- attrgetter --------------------------------------------------------------------------------------------------------------------

// The name interned, or the tuple of its parts.
static KrValue path_of(KrVm *vm, KrValue name) {
    size_t len, parts = 1, from = 0, n = 0;
    if (!kr_is_str(name)) return kr_raise(vm, &kr_type_error, "attribute name must be a string");
    const char *text = kr_str_text(name, &len);
    for (size_t i = 0; i < len; i++) parts += text[i] == '.';
    if (parts == 1) return kr_name_len(vm, text, len);
    KrValue path = kr_tuple(vm, parts, NULL);
    for (size_t i = 0; i <= len && !kr_is_error(path); i++) {
        if (i < len && text[i] != '.') continue;
        KrValue part = kr_name_len(vm, text + from, i - from);
        if (kr_is_error(part)) return part;
        kr_store(vm, kr_ptr(path), &KR_AS(KrTupleObject, path)->item[n++], part);
        from = i + 1;
    }
    return path;
}

static KrValue attrgetter_make(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue given = whole_tuple(vm, arg[0], arg[1]), paths = KR_ERROR;
    size_t count = 0;
    if (!kr_is_error(given)) {
        kr_tuple_items(given, &count);
        paths = kr_tuple(vm, count, NULL);
    }
    for (size_t i = 0; i < count && !kr_is_error(paths); i++) {
        KrValue path = path_of(vm, KR_AS(KrTupleObject, given)->item[i]);
        if (kr_is_error(path)) return path;
        kr_store(vm, kr_ptr(paths), &KR_AS(KrTupleObject, paths)->item[i], path);
    }
    return getter_new(vm, self, given, paths, KR_UNSET);
}

static KrValue get_path(KrVm *vm, KrValue object, KrValue path) {
    if (!kr_is_tuple(path)) return kr_getattr(vm, object, path);
    const KrTupleObject *t = KR_AS(KrTupleObject, path);
    for (size_t i = 0; i < t->len && !kr_is_error(object); i++) object = kr_getattr(vm, object, t->item[i]);
    return object;
}

static KrValue attrgetter_call(KrVm *vm, KrValue self, const KrValue *arg, size_t count, KrValue names) {
    if (KR_UNLIKELY(count != 1 || !kr_is_unset(names)) && !one_argument(vm, "attrgetter", count, names)) return KR_ERROR;
    const KrTupleObject *paths = KR_AS(KrTupleObject, getter_of(self)->name);
    if (paths->len == 1) return get_path(vm, arg[0], paths->item[0]);
    KrValue v = kr_tuple(vm, paths->len, NULL);
    for (size_t i = 0; i < paths->len && !kr_is_error(v); i++) {
        KrValue part = get_path(vm, arg[0], paths->item[i]);
        if (kr_is_error(part)) return part;
        kr_store(vm, kr_ptr(v), &KR_AS(KrTupleObject, v)->item[i], part);
    }
    return v;
}

static KrValue attrgetter_call_method(KrVm *vm, KrValue self, const KrValue *arg) { return attrgetter_call(vm, self, arg, 1, KR_UNSET); }
static const KrMethod attrgetter_methods[] = {
    { "__call__(obj, /)", attrgetter_call_method, KR_DOC("Call self as a function."), 0 },
    { "__reduce__()", getter_reduce, KR_DOC("Return state information for pickling"), 0 },
    { 0 },
};
static const KrMethod attrgetter_make_row = { "attrgetter(attr, /, *attrs)", attrgetter_make, "", 0 };
const KrType kr_attrgetter_type = {
    KR_TYPE_HEAD(kr_attrgetter_type),
    .name = "operator.attrgetter",
    .doc = KR_DOC(
        "Return a callable object that fetches the given attribute(s) from its operand.\nAfter f = attrgetter('name'), the call f(r) "
        "returns r.name.\nAfter g = attrgetter('name', 'date'), the call g(r) returns (r.name, r.date).\nAfter h = "
        "attrgetter('name.first', 'name.last'), the call h(r) returns\n(r.name.first, r.name.last)."),
    .flags = KR_TYPE_BASE,
    .size = sizeof(Getter),
    .methods = attrgetter_methods,
    .make = &attrgetter_make_row,
    .trace = getter_trace,
    .call = attrgetter_call,
    .repr = getter_repr,
};

// ---- methodcaller: `given` is the name and the positional arguments ------------------------------------------------------------------

static KrValue methodcaller_make(KrVm *vm, KrValue self, const KrValue *arg) {
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "method name must be a string");
    return getter_new(vm, self, whole_tuple(vm, arg[0], arg[1]), kr_intern(vm, arg[0]), kr_dict_len(arg[2]) ? arg[2] : KR_UNSET);
}

static KrValue methodcaller_call(KrVm *vm, KrValue self, const KrValue *arg, size_t count, KrValue names) {
    const Getter *g = getter_of(self);
    size_t len;
    if (KR_UNLIKELY(count != 1 || !kr_is_unset(names)) && !one_argument(vm, "methodcaller", count, names)) return KR_ERROR;
    const KrValue *item = kr_tuple_items(g->given, &len);
    KrValue method = kr_getattr(vm, arg[0], g->name);
    if (kr_is_error(method)) return method;
    if (kr_is_unset(g->keywords)) return kr_call(vm, method, len - 1, item + 1);
    KrValue rest = kr_tuple(vm, len - 1, item + 1);
    return kr_is_error(rest) ? rest : kr_call_args(vm, method, rest, g->keywords);
}

static KrValue methodcaller_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    const Getter *g = getter_of(self);
    if (kr_is_unset(g->keywords)) return getter_reduce(vm, self, arg);
    size_t len;
    const KrValue *item = kr_tuple_items(g->given, &len);
    KrValue functools = kr_import(vm, "functools"), partial = kr_is_error(functools) ? functools : kr_getattr_c(vm, functools, "partial");
    KrValue args = kr_is_error(partial) ? partial : kr_tuple2(vm, kr_type_value(kr_type_of(self)), item[0]);
    KrValue maker = kr_is_error(args) ? args : kr_call_args(vm, partial, args, g->keywords);
    KrValue rest = kr_is_error(maker) ? maker : kr_tuple(vm, len - 1, item + 1);
    return kr_is_error(rest) ? rest : kr_tuple2(vm, maker, rest);
}

static KrValue methodcaller_call_method(KrVm *vm, KrValue self, const KrValue *arg) {
    return methodcaller_call(vm, self, arg, 1, KR_UNSET);
}
static const KrMethod methodcaller_methods[] = {
    { "__call__(obj, /)", methodcaller_call_method, KR_DOC("Call self as a function."), 0 },
    { "__reduce__()", methodcaller_reduce, KR_DOC("Return state information for pickling"), 0 },
    { 0 },
};
static const KrMethod methodcaller_make_row = { "methodcaller(name, /, *args, **kwargs)", methodcaller_make, "", 0 };
const KrType kr_methodcaller_type = {
    KR_TYPE_HEAD(kr_methodcaller_type),
    .name = "operator.methodcaller",
    .doc = KR_DOC(
        "Return a callable object that calls the given method on its operand.\nAfter f = methodcaller('name'), the call f(r) returns "
        "r.name().\nAfter g = methodcaller('name', 'date', foo=1), the call g(r) returns\nr.name('date', foo=1)."),
    .flags = KR_TYPE_BASE,
    .size = sizeof(Getter),
    .methods = methodcaller_methods,
    .make = &methodcaller_make_row,
    .trace = getter_trace,
    .call = methodcaller_call,
    .repr = getter_repr,
};
