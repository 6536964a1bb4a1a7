// suggest.c - "Did you mean": the nearest name, by the edit distance that CPython uses (a change costs 2, a change of case 1).
// SPDX-License-Identifier: MIT
#include "object/exception.h"
#include "object/list.h"
#include "object/module.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/str.h"
#include "object/tuple.h"
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

static KrValue suggest_name(KrVm *vm, KrValue e, KrValue name) {
    KrValue tb = kr_exception_of(e)->traceback, list = kr_list(vm, 0, NULL);
    while (kr_is_exact(tb, &kr_traceback_type) && kr_is_exact(KR_AS(KrTraceback, tb)->next, &kr_traceback_type))
        tb = KR_AS(KrTraceback, tb)->next;
    if (kr_is_error(list) || !kr_is_exact(tb, &kr_traceback_type)) return kr_is_error(list) ? list : KR_NONE;
    KrFrameObject *f = KR_AS(KrFrameObject, KR_AS(KrTraceback, tb)->frame);
    KrValue locals = kr_getattr(vm, kr_from_ptr(f), KR_N(f_locals));
    if (kr_is_error(locals) || !kr_list_extend(vm, list, locals) || !add_keys(vm, list, f->globals) ||
        !kr_module_fill(vm, KR_AS(KrModuleObject, vm->builtins)) || !add_keys(vm, list, f->builtins))
        return KR_ERROR;
    size_t n = 0;
    KrValue *reg = f->registers ? (n = f->registers->cap, f->registers->item) : NULL;
    if (f->live) reg = f->live->base, n = f->code->nregs;
    if (reg && n && (f->code->flags & KR_CODE_OPTIMIZED) && f->code->nparams && kr_is_ptr(reg[0]) &&
        (kr_type_of(reg[0])->flags & KR_TYPE_HEAP)) {
        KrValue v; // a method that forgot `self.`
        if (!kr_find_attr(vm, reg[0], name, &v)) return KR_ERROR;
        if (!kr_is_unset(v)) return kr_format(vm, ". Did you mean: 'self.%S'?", name);
    }
    KrValue found = nearest(vm, list, name);
    return kr_is_str(found) ? kr_format(vm, ". Did you mean: '%S'?", found) : found;
}

KrValue kr_suggest(KrVm *vm, KrValue e) {
    const KrValue *x = kr_exception_of(e)->extra;
    if (!KR_HINTS) return KR_NONE;
    if (kr_isa(e, &kr_name_error) && kr_is_str(x[0])) return suggest_name(vm, e, x[0]);
    KrValue object = KR_UNSET, name = KR_UNSET;
    if (kr_isa(e, &kr_attribute_error) && kr_is_str(x[0]) && !kr_is_none(x[1])) object = x[1], name = x[0];
    if (kr_isa(e, &kr_import_error) && kr_is_str(x[1]) && kr_is_str(x[3])) {
        if (!kr_dict_find(vm, vm->modules, x[1], &object)) return KR_ERROR;
        name = x[3];
    }
    if (kr_is_unset(object) || kr_is_none(object)) return KR_NONE;
    KrValue list = kr_call_method(vm, vm->builtins, "dir", 1, &object);
    if (kr_is_error(list) || !kr_is_list(list)) return list;
    KrValue found = nearest(vm, list, name);
    return kr_is_str(found) ? kr_format(vm, ". Did you mean: '%S'?", found) : found;
}

KrValue kr_suggest_keyword(KrVm *vm, KrFunctionObject *f, KrValue name) {
    KrCode *code = f->code;
    if (!KR_HINTS) return KR_NONE;
    size_t from = code->nposonly, to = (size_t)code->npos + code->nkwonly;
    KrValue list = kr_list(vm, to - from, kr_tuple_items(code->locals, NULL) + from);
    return kr_is_error(list) ? list : nearest(vm, list, name);
}

// ---- Exception groups ----------------------------------------------------------------------------------------------------------

static void indent_text(KrText *out, KrValue text, const char *prefix) {
    size_t len;
    const char *p = kr_str_text(text, &len), *end = p + len;
    while (p < end) {
        const char *nl = memchr(p, '\n', (size_t)(end - p));
        if (!nl) nl = end - 1;
        kr_text_add_c(out, prefix);
        kr_text_add(out, p, (size_t)(nl + 1 - p));
        p = nl + 1;
    }
}

// The box drawing of CPython: each level is two columns further in.
void kr_format_group(KrVm *vm, KrText *t, KrValue group, unsigned depth) {
    KrText own;
    bool outer = depth == 0 || !vm->group_depth;
    if (vm->group_depth >= 10) {
        kr_text_add_c(t, "... (max_group_depth is 10)\n");
        return;
    }
    kr_text_init(vm, &own);
    if (kr_is_exact(kr_exception_of(group)->traceback, &kr_traceback_type)) kr_format_frames(vm, &own, kr_exception_of(group)->traceback);
    kr_format_last_line(vm, &own, group);
    KrValue text = kr_text_str(&own);
    if (kr_is_error(text)) {
        (void)kr_take_raised(vm);
        return;
    }
    if (outer) {
        bool has = kr_is_exact(kr_exception_of(group)->traceback, &kr_traceback_type);
        size_t len;
        const char *p = kr_str_text(text, &len), *nl = memchr(p, '\n', len);
        if (has && nl) {
            kr_text_add_c(t, "  + Exception Group ");
            kr_text_add(t, p, (size_t)(nl + 1 - p));
            KrValue rest = kr_str(vm, nl + 1, len - (size_t)(nl + 1 - p));
            if (kr_is_error(rest)) (void)kr_take_raised(vm);
            else indent_text(t, rest, "  | ");
        } else {
            indent_text(t, text, "  | ");
        }
    } else {
        bool has = kr_is_exact(kr_exception_of(group)->traceback, &kr_traceback_type);
        if (has) kr_text_add_c(t, "Exception Group ");
        kr_text_add_str(t, text);
    }
    size_t count;
    const KrValue *item = kr_tuple_items(kr_exception_of(group)->extra[1], &count);
    vm->group_depth++;
    for (size_t i = 0; i < count && i <= 15; i++) {
        const char *lead = outer ? "  " : "";
        kr_text_add_format(t, "%s%s---------------- %s", lead, i == 0 ? "+-+" : "  +", "");
        t->len--; // the space before the number comes with it
        if (i < 15) kr_text_add_format(t, " %u ----------------\n", i + 1);
        else kr_text_add_c(t, " ... ----------------\n");
        if (i == 15) {
            kr_text_add_format(t, "%s  | and %u more exception%s\n", lead, count - 15, count - 15 == 1 ? "" : "s");
            break;
        }
        KrText inner;
        kr_text_init(vm, &inner);
        KrValue whole;
        if (kr_isa(item[i], &kr_base_exception_group)) {
            kr_format_group(vm, &inner, item[i], depth + 1);
            whole = kr_text_str(&inner);
            if (!kr_is_error(whole)) { // nested lines that draw their own box are not prefixed by a bar
                size_t len;
                const char *p = kr_str_text(whole, &len), *end = p + len;
                while (p < end) {
                    const char *nl = memchr(p, '\n', (size_t)(end - p));
                    if (!nl) nl = end - 1;
                    bool box = (p[0] == '+' && p[1] == '-') || (p[0] == ' ' && p[1] == ' ' && (p[2] == '+' || p[2] == '|'));
                    kr_text_add_c(t, lead);
                    kr_text_add_c(t, box ? "  " : "  | ");
                    kr_text_add(t, p, (size_t)(nl + 1 - p));
                    p = nl + 1;
                }
            }
        } else {
            whole = kr_format_exception(vm, item[i]);
            KrText bar;
            kr_text_init(vm, &bar);
            kr_text_add_c(&bar, lead);
            kr_text_add_c(&bar, "  | ");
            KrValue prefix = kr_text_str(&bar);
            if (!kr_is_error(whole) && !kr_is_error(prefix)) indent_text(t, whole, kr_str_text(prefix, NULL));
        }
        if (kr_is_error(whole)) (void)kr_take_raised(vm);
    }
    vm->group_depth--;
    kr_text_add_format(t, "%s  +------------------------------------\n", outer ? "  " : "");
}
