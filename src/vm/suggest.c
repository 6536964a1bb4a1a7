// suggest.c - "Did you mean": the nearest name, by the edit distance that CPython uses (a change costs 2, a change of case 1).
// SPDX-License-Identifier: MIT
#include "object/exception.h"
#include "object/list.h"
#include "object/module.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/str.h"
#include "object/tuple.h"
#include "vm/builtins.h"
#include "vm/op.h"
#include "vm/traceback.h"

enum { KR_MOVE = 2, KR_CASE = 1, KR_LONGEST = 40 };

static unsigned lower(char c) { return c >= 'A' && c <= 'Z' ? (unsigned)c + 32 : (unsigned char)c; }
static unsigned substitution(char a, char b) { return a == b ? 0 : lower(a) == lower(b) ? KR_CASE : KR_MOVE; }

static size_t distance(const char *a, size_t an, const char *b, size_t bn, size_t most) {
    size_t row[KR_LONGEST + 1];
    while (an && bn && *a == *b) a++, b++, an--, bn--;
    while (an && bn && a[an - 1] == b[bn - 1]) an--, bn--;
    if (!an || !bn) return (an + bn) * KR_MOVE;
    if (an > KR_LONGEST || bn > KR_LONGEST) return most + 1;
    for (size_t i = 0; i < an; i++) row[i] = (i + 1) * KR_MOVE;
    size_t result = 0;
    for (size_t k = 0; k < bn; k++) {
        size_t diagonal = k * KR_MOVE, least = SIZE_MAX;
        result = k * KR_MOVE;
        for (size_t i = 0; i < an; i++) {
            size_t change = diagonal + substitution(b[k], a[i]);
            diagonal = row[i];
            size_t move = (result < diagonal ? result : diagonal) + KR_MOVE;
            row[i] = result = change < move ? change : move;
            if (result < least) least = result;
        }
        result += k == bn - 1 ? 0 : KR_MOVE * 0;
        if (least > most) return most + 1;
        if (k + 1 < bn) result = (k + 1) * KR_MOVE;
    }
    return row[an - 1];
}

// The name of the list that is nearest to `wrong`; None if none is near.
static KrValue nearest(KrVm *vm, KrValue list, KrValue wrong) {
    size_t wrong_len, count, best = SIZE_MAX;
    const char *text = kr_str_text(wrong, &wrong_len);
    KrValue found = KR_NONE;
    (void)vm;
    const KrValue *item = kr_list_items(list, &count);
    if (count > 750 || wrong_len > KR_LONGEST) return found;
    for (size_t i = 0; i < count; i++) {
        size_t len;
        if (!kr_is_str(item[i])) continue;
        const char *name = kr_str_text(item[i], &len);
        if (kr_str_equal(item[i], wrong)) continue;
        size_t most = (wrong_len + len + 3) * KR_MOVE / 6;
        if (best != SIZE_MAX && best - 1 < most) most = best - 1;
        size_t d = distance(text, wrong_len, name, len, most);
        if (d > most) continue;
        if (kr_is_none(found) || d < best) best = d, found = item[i];
    }
    return found;
}

KrValue kr_nearest_name(KrVm *vm, KrValue list, KrValue wrong) { return nearest(vm, list, wrong); }

static bool add_keys(KrVm *vm, KrValue list, KrValue dict) { return !kr_is_dict(dict) || kr_list_extend(vm, list, dict); }

// In the order of their table, not in that in which they were first asked for: the first of several near ones is suggested.
static bool add_builtins(KrVm *vm, KrValue list, KrValue builtins) {
    KrModuleObject *m = KR_AS(KrModuleObject, vm->builtins);
    bool there = true;
    if (!kr_module_fill(vm, m) || builtins.bits != kr_from_ptr(m->dict).bits) return !kr_raised(vm);
    for (const KrMethod *f = kr_builtins_module.functions; there && f->signature; f++) {
        const char *end = strchr(f->signature, '(');
        KrValue name = kr_name_len(vm, f->signature, end ? (size_t)(end - f->signature) : strlen(f->signature));
        if (kr_is_error(name) || (kr_dict_find_name(m->dict, name) && !kr_list_append(vm, list, name))) return false;
    }
    return true;
}

static KrFrameObject *innermost(KrValue tb) {
    if (!kr_is_exact(tb, &kr_traceback_type)) return NULL;
    while (kr_is_exact(KR_AS(KrTraceback, tb)->next, &kr_traceback_type)) tb = KR_AS(KrTraceback, tb)->next;
    return KR_AS(KrFrameObject, KR_AS(KrTraceback, tb)->frame);
}

// The variable `self` of a frame; KR_UNSET: it has none.
static bool find_self(KrVm *vm, KrValue locals, KrValue *self) {
    KrValue name = kr_name(vm, "self");
    *self = KR_UNSET;
    if (kr_is_error(name)) return false;
    KrValue found = kr_getitem(vm, locals, name);
    if (!kr_is_error(found)) return *self = found, true;
    return kr_raised_is(vm, &kr_key_error) && ((void)kr_take_raised(vm), true);
}

static KrValue suggest_name(KrVm *vm, KrFrameObject *f, KrValue name) {
    KrValue list = kr_list(vm, 0, NULL), self, v;
    if (kr_is_error(list) || !f) return kr_is_error(list) ? list : KR_NONE;
    KrValue locals = kr_getattr(vm, kr_from_ptr(f), KR_N(f_locals));
    if (kr_is_error(locals) || !kr_list_extend(vm, list, locals) || !add_keys(vm, list, f->globals) ||
        !add_builtins(vm, list, f->builtins) || !add_keys(vm, list, f->builtins) || !find_self(vm, locals, &self))
        return KR_ERROR;
    if (!kr_is_unset(self)) { // a method that forgot `self.`
        if (!kr_find_attr(vm, self, name, &v)) return KR_ERROR;
        if (!kr_is_unset(v)) return kr_format(vm, "self.%S", name);
    }
    return nearest(vm, list, name);
}

// Names that begin with an underscore are for those who write one, and for methods of the object itself.
static bool shows_private(KrVm *vm, KrFrameObject *f, KrValue object, KrValue name, bool *shows) {
    KrValue self = KR_UNSET;
    *shows = kr_str_text(name, NULL)[0] == '_';
    if (*shows || !f) return true;
    KrValue locals = kr_getattr(vm, kr_from_ptr(f), KR_N(f_locals));
    if (kr_is_error(locals) || !find_self(vm, locals, &self)) return false;
    *shows = kr_same(self, object);
    return true;
}

static KrValue without_private(KrVm *vm, KrValue list) {
    KrValue result = kr_list(vm, 0, NULL);
    size_t count;
    for (size_t i = 0; !kr_is_error(result) && (kr_list_items(list, &count), i < count); i++) {
        KrValue item = kr_list_items(list, NULL)[i];
        if ((!kr_is_str(item) || kr_str_text(item, NULL)[0] != '_') && !kr_list_append(vm, result, item)) return KR_ERROR;
    }
    return result;
}

KrValue kr_suggest(KrVm *vm, KrValue e, KrValue tb) {
    const KrValue *x = kr_exception_of(e)->extra;
    KrFrameObject *f = innermost(tb);
    bool shows;
    if (!KR_HINTS) return KR_NONE;
    if (kr_isa(e, &kr_name_error)) return kr_is_str(x[0]) ? suggest_name(vm, f, x[0]) : KR_NONE;
    KrValue object = KR_UNSET, name = KR_UNSET;
    if (kr_isa(e, &kr_attribute_error) && kr_is_str(x[0])) object = x[1], name = x[0];
    if (kr_isa(e, &kr_import_error) && kr_is_str(x[1]) && kr_is_str(x[3])) {
        if (!kr_dict_find(vm, vm->modules, x[1], &object)) return KR_ERROR;
        name = x[3], f = NULL;
    }
    if (kr_is_unset(object)) return KR_NONE;
    KrValue list = kr_call_method(vm, vm->builtins, "dir", 1, &object);
    if (kr_is_error(list) || !kr_is_list(list) || !shows_private(vm, f, object, name, &shows)) return KR_ERROR;
    if (!shows) list = without_private(vm, list);
    return kr_is_error(list) ? list : nearest(vm, list, name);
}

KrValue kr_suggest_keyword(KrVm *vm, KrFunctionObject *f, KrValue name) {
    KrCode *code = f->code;
    if (!KR_HINTS) return KR_NONE;
    size_t from = code->nposonly, to = (size_t)code->npos + code->nkwonly;
    KrValue list = kr_list(vm, to - from, kr_tuple_items(code->locals, NULL) + from);
    return kr_is_error(list) ? list : nearest(vm, list, name);
}
