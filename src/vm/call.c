// call.c - calling anything from C, binding arguments to Python functions, and the guards on recursion.
// SPDX-License-Identifier: MIT
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

void kr_leave(KrVm *vm) { (void)vm; }

// ---- Binding -------------------------------------------------------------------------------------------------------------------

// "f() takes 2 positional arguments but 3 were given", as CPython counts and words it.
static bool too_many(KrVm *vm, KrFunctionObject *f, size_t given, const KrValue *window) {
    KrCode *code = f->code;
    size_t defaults = 0, keyword_only = 0;
    if (kr_is_tuple(f->defaults)) kr_tuple_items(f->defaults, &defaults);
    for (size_t i = code->npos; i < (size_t)code->npos + code->nkwonly; i++) keyword_only += !kr_is_unset(window[i]);
    bool plural = code->npos != 1 || defaults;
    KrValue takes = defaults ? kr_format(vm, "from %u to %u", (size_t)code->npos - defaults, (size_t)code->npos)
                             : kr_format(vm, "%u", (size_t)code->npos);
    if (kr_is_error(takes)) return false;
    if (keyword_only)
        return kr_fail(
            kr_raise(vm, &kr_type_error,
                     "%S() takes %S positional argument%s but %u positional argument%s (and %u keyword-only argument%s) were given",
                     f->qualname, takes, plural ? "s" : "", given, given == 1 ? "" : "s", keyword_only, keyword_only == 1 ? "" : "s"));
    return kr_fail(kr_raise(vm, &kr_type_error, "%S() takes %S positional argument%s but %u %s given", f->qualname, takes,
                            plural ? "s" : "", given, given == 1 ? "was" : "were"));
}

static bool missing(KrVm *vm, KrFunctionObject *f, const KrValue *window, size_t from, size_t to, const char *kind) {
    const KrValue *name = kr_tuple_items(f->code->locals, NULL);
    size_t count = 0, seen = 0;
    for (size_t i = from; i < to; i++) count += kr_is_unset(window[i]);
    KrValue text = kr_str_c(vm, "");
    for (size_t i = from; i < to && !kr_is_error(text); i++) {
        if (!kr_is_unset(window[i])) continue;
        const char *sep = !seen ? "" : seen + 1 < count ? ", " : count == 2 ? " and " : ", and ";
        text = kr_format(vm, "%S%s'%S'", text, sep, name[i]);
        seen++;
    }
    if (kr_is_error(text)) return false;
    return kr_fail(
        kr_raise(vm, &kr_type_error, "%S() missing %u required %s argument%s: %S", f->qualname, count, kind, count == 1 ? "" : "s", text));
}

static size_t find_parameter(const KrCode *code, KrValue name, size_t from, size_t to) {
    const KrValue *local = kr_tuple_items(code->locals, NULL);
    for (size_t i = from; i < to; i++)
        if (kr_same(local[i], name)) return i;
    if (kr_is_interned(name)) return SIZE_MAX;
    for (size_t i = from; i < to; i++)
        if (kr_str_equal(local[i], name)) return i;
    return SIZE_MAX;
}

// Positional-only parameters that were given by name, for the message.
static bool positional_only_named(KrVm *vm, KrFunctionObject *f, KrValue names) {
    size_t count;
    const KrValue *name = kr_tuple_items(names, &count);
    KrValue text = KR_UNSET;
    for (size_t k = 0; k < count; k++) {
        if (find_parameter(f->code, name[k], 0, f->code->nposonly) == SIZE_MAX) continue;
        text = kr_is_unset(text) ? name[k] : kr_format(vm, "%S, %S", text, name[k]);
        if (kr_is_error(text)) return false;
    }
    if (kr_is_unset(text)) return true;
    return kr_fail(
        kr_raise(vm, &kr_type_error, "%S() got some positional-only arguments passed as keyword arguments: '%S'", f->qualname, text));
}

static bool bind_named(KrVm *vm, KrFunctionObject *f, KrValue *window, const KrValue *value, KrValue names, KrValue extra) {
    KrCode *code = f->code;
    size_t count, end = (size_t)code->npos + code->nkwonly;
    const KrValue *name = kr_tuple_items(names, &count);
    for (size_t k = 0; k < count; k++) {
        if (!kr_is_str(name[k])) return kr_fail(kr_raise(vm, &kr_type_error, "%S() keywords must be strings", f->qualname));
        size_t i = find_parameter(code, name[k], code->nposonly, end);
        if (i == SIZE_MAX) {
            if (kr_is_unset(extra)) {
                if (!positional_only_named(vm, f, names)) return false;
                return kr_fail(kr_raise_unexpected_keyword(vm, f, name[k]));
            }
            if (!kr_dict_set(vm, extra, name[k], value[k])) return false;
            continue;
        }
        if (!kr_is_unset(window[i]))
            return kr_fail(kr_raise(vm, &kr_type_error, "%S() got multiple values for argument '%S'", f->qualname, name[k]));
        window[i] = value[k];
    }
    return true;
}

static bool fill_defaults(KrVm *vm, KrFunctionObject *f, KrValue *window, size_t given) {
    KrCode *code = f->code;
    size_t count = 0, end = (size_t)code->npos + code->nkwonly;
    const KrValue *value = kr_is_tuple(f->defaults) ? kr_tuple_items(f->defaults, &count) : NULL;
    size_t first = count > code->npos ? 0 : code->npos - count;
    for (size_t i = given; i < first; i++)
        if (kr_is_unset(window[i])) return missing(vm, f, window, 0, first, "positional");
    for (size_t i = first; i < code->npos; i++)
        if (kr_is_unset(window[i])) window[i] = value[count - code->npos + i];
    bool lacking = false;
    for (size_t i = code->npos; i < end; i++) {
        if (!kr_is_unset(window[i])) continue;
        KrValue v = KR_UNSET;
        if (kr_is_dict(f->kwdefaults) && !kr_dict_find(vm, f->kwdefaults, kr_tuple_items(code->locals, NULL)[i], &v)) return false;
        window[i] = v;
        lacking = lacking || kr_is_unset(v);
    }
    return !lacking || missing(vm, f, window, code->npos, end, "keyword-only");
}

bool kr_bind_arguments(KrVm *vm, KrFunctionObject *f, KrValue *window, const KrValue *arg, size_t count, KrValue names) {
    KrCode *code = f->code;
    size_t positional = count < code->npos ? count : code->npos, named = 0;
    KrValue rest = KR_UNSET, extra = KR_UNSET;
    if (!kr_is_unset(names)) kr_tuple_items(names, &named);
    const KrValue *value = arg + count;
    if (code->flags & KR_CODE_VARARGS) rest = kr_tuple(vm, count - positional, arg + positional);
    if (code->flags & KR_CODE_VARKEYWORDS) extra = kr_dict(vm);
    if (kr_is_error(rest) || kr_is_error(extra)) return false;
    if (positional) memmove(window, arg, positional * sizeof *window);
    unsigned total = code->nlocals > code->nparams ? code->nlocals : code->nparams;
    if (total > code->nregs) total = code->nregs;
    for (size_t i = positional; i < total; i++) window[i] = KR_UNSET;
    if (code->flags & KR_CODE_NAMESPACE) window[0] = f->globals; // a module's code, called as a function
    if (named && !bind_named(vm, f, window, value, names, extra)) return false;
    if (count > code->npos && kr_is_unset(rest)) return too_many(vm, f, count, window);
    if ((positional < code->npos || code->nkwonly) && !fill_defaults(vm, f, window, positional)) return false;
    size_t at = (size_t)code->npos + code->nkwonly;
    if (!kr_is_unset(rest)) window[at++] = rest;
    if (!kr_is_unset(extra)) window[at] = extra;
    return true;
}

enum { IN_PLACE_NAMED = 16, IN_PLACE_PARAMETERS = 32 };

// Where the parameter that is not given gets its value: NULL, nowhere.
static const KrValue *default_of(const KrFunctionObject *f, size_t i) {
    const KrCode *code = f->code;
    if (i >= code->npos)
        return kr_is_exact(f->kwdefaults, &kr_dict_type)
                   ? kr_dict_find_name(KR_AS(KrDictObject, f->kwdefaults), kr_tuple_items(code->locals, NULL)[i])
                   : NULL;
    size_t count = 0;
    const KrValue *value = kr_is_tuple(f->defaults) ? kr_tuple_items(f->defaults, &count) : NULL;
    return i + count >= code->npos ? &value[i + count - code->npos] : NULL;
}

static bool fill_in_place(const KrFunctionObject *f, KrValue *window, size_t count) { // nothing is named, nor keyword-only
    size_t need = f->code->npos - count, have = 0;
    const KrValue *value = count < f->code->npos && kr_is_tuple(f->defaults) ? kr_tuple_items(f->defaults, &have) : NULL;
    if (need > have) return false;
    for (size_t i = 0; i < need; i++) window[count + i] = value[have - need + i];
    return true;
}

bool kr_bind_in_place(KrFunctionObject *f, KrValue *window, size_t count, KrValue names) {
    const KrCode *code = f->code;
    if (count <= code->npos && kr_is_unset(names) && !code->nkwonly) return fill_in_place(f, window, count);
    size_t total = (size_t)code->npos + code->nkwonly, named = 0;
    const KrValue *name = kr_is_unset(names) ? NULL : kr_tuple_items(names, &named);
    const KrValue *local = kr_tuple_items(code->locals, NULL), *source[IN_PLACE_PARAMETERS];
    KrValue value[IN_PLACE_NAMED];
    if (count > code->npos || total > IN_PLACE_PARAMETERS || named > IN_PLACE_NAMED) return false;
    for (size_t i = count; i < total; i++) source[i] = NULL;
    for (size_t k = 0; k < named; k++) {
        size_t i = count > code->nposonly ? count : code->nposonly;
        while (i < total && !kr_same(local[i], name[k])) i++;
        if (i == total || source[i]) return false;
        source[i] = &value[k];
        value[k] = window[count + k];
    }
    for (size_t i = count; i < total; i++) {
        if (source[i]) continue;
        source[i] = default_of(f, i);
        if (!source[i]) return false;
    }
    for (size_t i = count; i < total; i++) window[i] = *source[i];
    return true;
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
    KrFrame *f = kr_frame_open(vm, function);
    if (!f) return KR_ERROR;
    kr_frame_push(vm, f);
    if (!kr_bind_arguments(vm, function, f->base, arg, count, names)) return pop(vm, f), KR_ERROR;
    if (f->code->flags & KR_CODE_ANY_GENERATOR) {
        KrValue g = kr_generator_new(vm, function, f->base);
        return pop(vm, f), g;
    }
    f->flags |= KR_FRAME_ENTRY;
    return kr_run_frame(vm, f, false);
}

// ---- Any callable --------------------------------------------------------------------------------------------------------------

bool kr_callable(KrValue v) { return kr_is_ptr(v) && kr_callable_type(kr_type_of(v)); }

KrValue kr_call_names(KrVm *vm, KrValue callable, const KrValue *arg, size_t count, KrValue names) {
    if (!kr_is_unset(names) && KR_AS(KrTupleObject, names)->len == 0) names = KR_UNSET;
    const KrType *type = kr_type_of(callable);
    if (type == &kr_function_type) return kr_call_function(vm, KR_AS(KrFunctionObject, callable), arg, count, names);
    const KrType *owner = KR_SLOT_OWNER(type, call);
    if (!owner) return kr_raise(vm, &kr_type_error, "'%T' object is not callable", callable);
    if (KR_UNLIKELY(kr_is_deep(vm)) && !kr_enter(vm, "")) return KR_ERROR;
    KrValue v = owner->call(vm, callable, arg, count, names);
    KR_ASSERT(kr_is_error(v) == kr_raised(vm));
    return v;
}

KrValue kr_call(KrVm *vm, KrValue callable, size_t count, const KrValue *arg) { return kr_call_names(vm, callable, arg, count, KR_UNSET); }

bool kr_spread(KrVm *vm, KrValue tuple, KrValue dict, KrValue *window, size_t room, size_t *count, KrValue *names) {
    size_t positional, named = kr_is_unset(dict) ? 0 : kr_dict_len(dict), n = 0;
    const KrValue *item = kr_tuple_items(tuple, &positional);
    KrValue all = named ? kr_tuple(vm, named, NULL) : KR_UNSET, key, value;
    *count = positional;
    *names = all;
    if (kr_is_error(all) || positional + named > room) return false;
    KrValue *name = named ? kr_tuple_items(all, NULL) : NULL;
    memmove(window, item, positional * sizeof *window);
    for (size_t at = 0; n < named && kr_dict_next(dict, &at, &key, &value); n++) {
        if (!kr_is_str(key)) return false;
        name[n] = key;
        window[positional + n] = value;
    }
    return true;
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
        if (!kr_is_str(key)) return kr_raise(vm, &kr_type_error, "keywords must be strings");
        name[n] = key;
        arg[count + n] = value;
    }
    return kr_call_names(vm, callable, arg, count, names);
}
