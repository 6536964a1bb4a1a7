// exception_group.c - BaseExceptionGroup and ExceptionGroup: trees of exceptions (PEP 654). extra[0]: message, extra[1]: tuple of exceptions.
// SPDX-License-Identifier: MIT
#include "object/container.h"
#include "object/exception_type.h"
#include "object/list.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/set.h"
#include "object/str_method.h"
#include "object/tuple.h"
#include "object/type.h"
#include "object/vm_state.h"

#define SELF kr_exception_of(self)
static bool is_group(KrValue v) { return kr_is_exception(v) && kr_isa(v, &kr_base_exception_group); }

// ---- Making --------------------------------------------------------------------------------------------------------------------

static KrValue group_make(KrVm *vm, KrValue type, const KrValue *arg) {
    size_t count, n;
    const KrValue *item = kr_tuple_items(arg[0], &count);
    const KrType *t = kr_as_type(type);
    if (count != 2) return kr_raise(vm, &kr_type_error, "BaseExceptionGroup.__new__() takes exactly 2 arguments (%u given)", count);
    if (!kr_is_str(item[0]))
        return kr_raise(vm, &kr_type_error, "BaseExceptionGroup.__new__() argument 1 must be str, not %s", kr_shown_type(item[0]));
    if (!KR_SLOT_OWNER(kr_type_of(item[1]), getitem) || kr_is_dict(item[1]) || kr_has_flag(item[1], KR_TYPE_IS_SET))
        return kr_raise(vm, &kr_type_error, "second argument (exceptions) must be a sequence");
    KrValue exceptions = kr_tuple_from(vm, item[1]);
    if (kr_is_error(exceptions)) return exceptions;
    const KrValue *e = kr_tuple_items(exceptions, &n);
    if (!n) return kr_raise(vm, &kr_value_error, "second argument (exceptions) must be a non-empty sequence");
    bool base = false;
    for (size_t i = 0; i < n; i++) {
        if (!kr_is_exception(e[i])) return kr_raise(vm, &kr_value_error, "Item %u of second argument (exceptions) is not an exception", i);
        base = base || !kr_isa(e[i], &kr_exception);
    }
    if (base && kr_is_subtype(t, &kr_exception)) {
        if (t == &kr_exception_group) return kr_raise(vm, &kr_type_error, "Cannot nest BaseExceptions in an ExceptionGroup");
        return kr_raise(vm, &kr_type_error, "Cannot nest BaseExceptions in '%N'", t);
    }
    if (!base && t == &kr_base_exception_group) type = kr_type_value(&kr_exception_group);
    KrValue v = kr_exception_make(vm, type, arg);
    if (kr_is_error(v)) return v;
    kr_store(vm, kr_ptr(v), &kr_exception_of(v)->extra[0], item[0]);
    kr_store(vm, kr_ptr(v), &kr_exception_of(v)->extra[1], exceptions);
    return v;
}

static KrValue group_init(KrVm *vm, KrValue self, const KrValue *arg) {
    if (kr_dict_len(arg[1])) return kr_raise(vm, &kr_type_error, "%T() takes no keyword arguments", self);
    kr_store(vm, SELF, &SELF->args, arg[0]);
    return KR_NONE;
}

KrValue kr_group_new(KrVm *vm, KrValue message, KrValue exceptions) {
    KrValue arg[2] = { message, exceptions };
    return kr_call(vm, kr_type_value(&kr_base_exception_group), 2, arg);
}

static KrValue group_str(KrVm *vm, KrValue self) {
    size_t n;
    kr_tuple_items(SELF->extra[1], &n);
    return kr_format(vm, "%S (%u sub-exception%s)", SELF->extra[0], n, n == 1 ? "" : "s");
}

// ---- Parts ---------------------------------------------------------------------------------------------------------------------

static KrValue group_derive(KrVm *vm, KrValue self, const KrValue *arg) { return kr_group_new(vm, SELF->extra[0], arg[0]); }

// A group like self around other exceptions, with self's traceback, cause, context and notes.
static KrValue derive(KrVm *vm, KrValue self, KrValue list) {
    size_t n;
    kr_list_items(list, &n);
    if (!n) return KR_NONE;
    KrValue g = kr_call_method(vm, self, "derive", 1, &list), notes;
    if (kr_is_error(g)) return g;
    if (!is_group(g)) return kr_raise(vm, &kr_type_error, "derive must return an instance of BaseExceptionGroup");
    KrExceptionObject *to = kr_exception_of(g), *from = SELF;
    kr_store(vm, to, &to->traceback, from->traceback);
    kr_store(vm, to, &to->context, from->context);
    kr_store(vm, to, &to->cause, from->cause);
    to->suppress_context = from->suppress_context;
    if (!kr_find_attr(vm, self, KR_N(__notes__), &notes)) return KR_ERROR;
    if (kr_is_unset(notes)) return g;
    if (kr_is_unset(kr_type_lookup(vm, kr_type_of(notes), KR_N(__getitem__)))) return g; // no sequence
    KrValue copy = kr_list_from(vm, notes);
    return kr_is_error(copy) || !kr_setattr(vm, g, KR_N(__notes__), copy) ? KR_ERROR : g;
}

// What a condition says of one exception.
static bool matches(KrVm *vm, KrValue e, KrValue condition, bool *out) {
    if (kr_is_exact(condition, &kr_set_type)) { // addresses of leaves
        KrValue id = kr_int(vm, (int64_t)(uintptr_t)kr_ptr(e) >> 3);
        *out = false;
        return is_group(e) || kr_contains(vm, condition, id, out);
    }
    if (kr_is_type(condition)) return *out = kr_isa(e, kr_as_type(condition)), true; // as `except`: no __instancecheck__
    if (kr_is_exact(condition, &kr_tuple_type)) {
        size_t n;
        const KrValue *item = kr_tuple_items(condition, &n);
        *out = false;
        for (size_t i = 0; i < n && !*out; i++) *out = kr_isa(e, kr_as_type(item[i]));
        return true;
    }
    KrValue v = kr_call(vm, condition, 1, &e);
    return !kr_is_error(v) && kr_truth(vm, v, out);
}

static bool split(KrVm *vm, KrValue e, KrValue condition, KrValue out[2], bool want_rest) {
    bool all;
    out[0] = out[1] = KR_NONE;
    if (!matches(vm, e, condition, &all)) return false;
    if (all) return out[0] = e, true;
    if (!is_group(e)) return out[1] = e, true;
    if (!kr_enter(vm, " in exception groups")) return false;
    KrValue yes = kr_list(vm, 0, NULL), no = kr_list(vm, 0, NULL);
    bool ok = !kr_is_error(yes) && !kr_is_error(no);
    size_t n;
    kr_tuple_items(kr_exception_of(e)->extra[1], &n);
    for (size_t i = 0; ok && i < n; i++) {
        KrValue part[2];
        ok = split(vm, kr_tuple_items(kr_exception_of(e)->extra[1], NULL)[i], condition, part, want_rest);
        if (ok && !kr_is_none(part[0])) ok = kr_list_append(vm, yes, part[0]);
        if (ok && !kr_is_none(part[1])) ok = kr_list_append(vm, no, part[1]);
    }
    kr_leave(vm);
    if (!ok) return false;
    out[0] = derive(vm, e, yes);
    if (!kr_is_error(out[0]) && want_rest) out[1] = derive(vm, e, no);
    return !kr_is_error(out[0]) && !kr_is_error(out[1]);
}

static bool check_condition(KrVm *vm, KrValue c) {
    if (kr_is_type(c) && (kr_as_type(c)->flags & KR_TYPE_IS_EXCEPTION)) return true;
    if (kr_is_exact(c, &kr_tuple_type)) {
        size_t n;
        const KrValue *item = kr_tuple_items(c, &n);
        bool ok = true;
        for (size_t i = 0; ok && i < n; i++) ok = kr_is_type(item[i]) && (kr_as_type(item[i])->flags & KR_TYPE_IS_EXCEPTION);
        if (ok) return true;
    } else if (!kr_is_type(c) && kr_callable(c)) {
        return true;
    }
    return kr_fail(
        kr_raise(vm, &kr_type_error, "expected an exception type, a tuple of exception types, or a callable (other than a class)"));
}

static KrValue group_split(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue out[2];
    return check_condition(vm, arg[0]) && split(vm, self, arg[0], out, true) ? kr_tuple(vm, 2, out) : KR_ERROR;
}

static KrValue group_subgroup(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue out[2];
    return check_condition(vm, arg[0]) && split(vm, self, arg[0], out, false) ? out[0] : KR_ERROR;
}

KrValue kr_set_of_ids(KrVm *vm, KrValue list) {
    KrValue set = kr_set(vm, KR_UNSET);
    size_t n;
    for (size_t i = 0; !kr_is_error(set) && (kr_list_items(list, &n), i < n); i++)
        if (!kr_set_add(vm, set, kr_int(vm, (int64_t)(uintptr_t)kr_ptr(kr_list_items(list, NULL)[i]) >> 3))) return KR_ERROR;
    return set;
}

KrValue kr_group_project(KrVm *vm, KrValue group, KrValue ids) {
    KrValue out[2];
    return split(vm, group, ids, out, false) ? out[0] : KR_ERROR;
}

static KrValue group_alias(KrVm *vm, KrValue self, const KrValue *arg) { return kr_generic_alias(vm, self, arg[0]); }

static KrValue get_message(KrVm *vm, KrValue self) { return (void)vm, SELF->extra[0]; }
static KrValue get_exceptions(KrVm *vm, KrValue self) { return (void)vm, SELF->extra[1]; }
static const KrGetSet group_attributes[] = { { "message", get_message, kr_read_only, "" },
                                             { "exceptions", get_exceptions, kr_read_only, "" },
                                             { 0 } };
static const KrMethod group_methods[] = {
    { "derive(object, /)", group_derive, KR_DOC("A group of the same kind around other exceptions."), 0 },
    { "split(object, /)", group_split, KR_DOC("A pair: what matches, and the rest."), 0 },
    { "subgroup(object, /)", group_subgroup, KR_DOC("The group of what matches, or None."), 0 },
    { "__class_getitem__(object, /)", group_alias, KR_DOC("See PEP 585"), KR_CLASS_METHOD },
    { 0 },
};
static const KrMethod group_new = { "BaseExceptionGroup(*args, **kwargs)", group_make, "", 0 },
                      group_init_row = { "BaseExceptionGroup(*args, **kwargs)", group_init, "", 0 };
const KrType kr_base_exception_group = { KR_EXCEPTION_TYPE(base_exception_group, "BaseExceptionGroup", base_exception,
                                                           "A combination of multiple unrelated exceptions."),
                                         .make = &group_new,
                                         .init = &group_init_row,
                                         .str = group_str,
                                         .attributes = group_attributes,
                                         .methods = group_methods };
static const KrType *const group_bases[] = { &kr_base_exception_group, &kr_exception, NULL };
const KrType kr_exception_group = {
    // as a class made in Python, which it is in CPython, it can be referenced weakly
    KR_TYPE_HEAD(kr_exception_group),  .name = "ExceptionGroup",
    .base = &kr_base_exception_group,  .bases = group_bases,
    .size = sizeof(KrExceptionObject), .flags = KR_EXCEPTION_FLAGS | KR_TYPE_WEAKREF,
    .trace = kr_exception_trace,       .make = &group_new,
    .init = &group_init_row,
};
