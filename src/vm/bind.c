// bind.c - arguments of a call become the parameters of a Python function: registers at the beginning of its window.
//
// There are two ways. kr_bind_in_place is for calls out of Python code: the arguments stand where the callee's window will be, nothing is
// raised but MemoryError, and what it cannot do is left to the other. kr_bind_arguments does everything and knows what is wrong with a call.
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

// ---- Everything ---------------------------------------------------------------------------------------------------------------

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

// For calls where nothing is named, nor keyword-only. The window changes only where the call fits: else it still holds what is spread, for the slow way.
static bool fill_positional(const KrFunctionObject *f, KrValue *window, const KrValue *arg, size_t count) {
    size_t need = f->code->npos - count, have = 0;
    const KrValue *value = need && kr_is_tuple(f->defaults) ? kr_tuple_items(f->defaults, &have) : NULL;
    if (need > have) return false;
    if (count && arg != window) memmove(window, arg, count * sizeof *window);
    for (size_t i = 0; i < need; i++) window[count + i] = value[have - need + i];
    return true;
}

static bool bind_any(KrVm *vm, KrFunctionObject *f, KrValue *window, const KrValue *arg, size_t count, KrValue names) {
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

bool kr_bind_arguments(KrVm *vm, KrFunctionObject *f, KrValue *window, const KrValue *arg, size_t count, KrValue names) {
    const KrCode *code = f->code;
    bool plain = kr_is_unset(names) && count <= code->npos && code->npos == code->nparams && !(code->flags & KR_CODE_NAMESPACE);
    if (!plain || !fill_positional(f, window, arg, count)) return bind_any(vm, f, window, arg, count, names);
    for (size_t i = code->npos; i < code->nlocals; i++) window[i] = KR_UNSET;
    return true;
}

// ---- In place ------------------------------------------------------------------------------------------------------------------

enum { PARAMETERS_MAX = 32, POSITIONAL_MAX = 32, NAMED_MAX = 16 }; // of calls that are bound in place

typedef struct {
    const KrValue *arg; // positional ones, in the window or elsewhere
    size_t count, named;
    KrValue name[NAMED_MAX], value[NAMED_MAX]; // copies, since the window is written over
} Arguments;

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

typedef struct {
    size_t count;
    KrValue name[NAMED_MAX], value[NAMED_MAX];
} Others;

// Finds the value of every parameter after the first `count`; what is named and no parameter goes to others.
static bool find_values(const KrFunctionObject *f, size_t count, const Arguments *given, const KrValue **source, Others *others) {
    const KrCode *code = f->code;
    size_t total = (size_t)code->npos + code->nkwonly, first = count > code->nposonly ? count : code->nposonly;
    const KrValue *local = kr_tuple_items(code->locals, NULL);
    for (size_t i = count; i < total; i++) source[i] = NULL;
    for (size_t k = 0; k < given->named; k++) {
        size_t i = first;
        while (i < total && !kr_same(local[i], given->name[k])) i++;
        if (i < total && source[i]) return false;
        if (i < total) source[i] = &given->value[k];
        else if (find_parameter(code, given->name[k], 0, total) != SIZE_MAX || !(code->flags & KR_CODE_VARKEYWORDS)) return false;
        else others->name[others->count] = given->name[k], others->value[others->count++] = given->value[k];
    }
    for (size_t i = count; i < total; i++) {
        if (!source[i]) source[i] = default_of(f, i);
        if (!source[i]) return false;
    }
    return true;
}

static bool bind(KrVm *vm, KrFunctionObject *f, KrValue *window, const Arguments *given) {
    const KrCode *code = f->code;
    const unsigned stars = code->flags & (KR_CODE_VARARGS | KR_CODE_VARKEYWORDS);
    size_t count = given->count < code->npos ? given->count : code->npos, total = (size_t)code->npos + code->nkwonly;
    if (count < given->count && !(stars & KR_CODE_VARARGS)) return false;
    if (!given->named && !code->nkwonly && !stars) return fill_positional(f, window, given->arg, count);
    const KrValue *source[PARAMETERS_MAX];
    Others others;
    others.count = 0;
    if (total > PARAMETERS_MAX || !find_values(f, count, given, source, &others)) return false;
    KrValue rest = KR_UNSET, extra = KR_UNSET;
    if (stars & KR_CODE_VARARGS) rest = kr_tuple(vm, given->count - count, given->arg + count);
    if (stars & KR_CODE_VARKEYWORDS) extra = kr_dict_of_names(vm, others.count, others.name, others.value, 1);
    if (kr_is_error(rest) || kr_is_error(extra) || !kr_code_prepare(vm, f->code))
        return false; // they may have taken the room of its caches
    if (count && given->arg != window) memmove(window, given->arg, count * sizeof *window);
    for (size_t i = count; i < total; i++) window[i] = *source[i];
    if (stars & KR_CODE_VARARGS) window[total++] = rest;
    if (stars & KR_CODE_VARKEYWORDS) window[total] = extra;
    return true;
}

bool kr_bind_in_place(KrVm *vm, KrFunctionObject *f, KrValue *window, unsigned count, KrValue names) {
    Arguments given; // the names and values are as many as there are
    given.arg = window, given.count = count, given.named = 0;
    const KrValue *name = kr_is_unset(names) ? NULL : kr_tuple_items(names, &given.named);
    if (given.named > NAMED_MAX) return false;
    for (size_t i = 0; i < given.named; i++) {
        given.name[i] = name[i];
        given.value[i] = window[count + i];
    }
    return bind(vm, f, window, &given);
}

static bool take_named(Arguments *given, KrValue dict) {
    KrValue key, value;
    if (!kr_is_exact(dict, &kr_dict_type) || kr_dict_len(dict) > NAMED_MAX) return false;
    for (size_t at = 0; kr_dict_next(dict, &at, &key, &value); given->named++) {
        if (!kr_is_exact(key, &kr_str_type)) return false;
        given->name[given->named] = key;
        given->value[given->named] = value;
    }
    return true;
}

bool kr_bind_spread(KrVm *vm, KrFunctionObject *f, KrValue *window, unsigned how) {
    const size_t lead = how >> KR_CALL_LEAD, star = how & KR_CALL_STAR ? 1 : 0;
    Arguments given;
    given.arg = window, given.count = lead, given.named = 0;
    if (how & KR_CALL_DOUBLE_STAR && !take_named(&given, window[lead + star])) return false;
    if (!star) return bind(vm, f, window, &given);
    const KrValue row = window[lead];
    if (!kr_is_exact(row, &kr_tuple_type) && !kr_is_exact(row, &kr_list_type)) return false;
    size_t len;
    const KrValue *item = kr_row_items(row, &len);
    given.count += len;
    if (!lead) {
        given.arg = item;
        return bind(vm, f, window, &given);
    }
    KrValue all[POSITIONAL_MAX]; // not in the window: nobody traces what stands beyond the caller's registers
    if (given.count > POSITIONAL_MAX) return false;
    memcpy(all, window, lead * sizeof *all);
    if (len) memcpy(all + lead, item, len * sizeof *all);
    given.arg = all;
    return bind(vm, f, window, &given);
}
