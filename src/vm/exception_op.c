// exception_op.c - exception instructions: matching, raising, except*, with.
// SPDX-License-Identifier: MIT
#include "object/exception.h"
#include "object/list.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/tuple.h"
#include "vm/op.h"

static bool is_exception_class(KrValue v) { return kr_is_type(v) && (kr_as_type(v)->flags & KR_TYPE_IS_EXCEPTION); }

bool kr_op_match(KrVm *vm, KrValue exc, KrValue type, bool *out) {
    size_t count = 1;
    const KrValue *item = kr_is_tuple(type) ? kr_tuple_items(type, &count) : &type;
    for (size_t i = 0; i < count; i++)
        if (!is_exception_class(item[i]))
            return kr_fail(kr_raise(vm, &kr_type_error, "catching classes that do not inherit from BaseException is not allowed"));
    *out = false;
    for (size_t i = 0; i < count && !*out; i++) *out = kr_isa(exc, kr_as_type(item[i]));
    return true;
}

static KrValue instance(KrVm *vm, KrValue v, const char *message) {
    if (kr_is_exception(v)) return v;
    if (!is_exception_class(v)) return kr_raise(vm, &kr_type_error, "%s", message);
    KrValue e = kr_call(vm, v, 0, NULL);
    if (!kr_is_error(e) && !kr_is_exception(e))
        return kr_raise(vm, &kr_type_error, "calling %R should have returned an instance of BaseException, not %R", v,
                        kr_type_value(kr_type_of(e)));
    return e;
}

KrValue kr_op_raise(KrVm *vm, KrValue exc, KrValue cause, unsigned how) {
    if (!how) {
        if (kr_is_none(kr_handled(vm))) return kr_raise(vm, &kr_runtime_error, "No active exception to reraise");
        vm->thread.raised = kr_handled(vm);
        return KR_ERROR;
    }
    KrValue e = instance(vm, exc, "exceptions must derive from BaseException");
    if (kr_is_error(e)) return e;
    if (how == 2) {
        KrValue c = kr_is_none(cause) ? cause : instance(vm, cause, "exception causes must derive from BaseException");
        if (kr_is_error(c)) return c;
        kr_store(vm, kr_ptr(e), &kr_exception_of(e)->cause, c);
        kr_exception_of(e)->suppress_context = true;
    }
    return kr_raise_value(vm, e);
}

KrValue kr_op_reraise(KrVm *vm, KrValue exc) {
    vm->thread.raised = exc;
    return KR_ERROR;
}

// StopIteration must not leave a generator: it would end a loop somewhere.
bool kr_op_generator_failed(KrVm *vm, KrGenerator *g) {
    const KrType *type = g->head.shape->type;
    bool async = type == &kr_async_generator_type;
    KrValue e = vm->thread.raised;
    bool stop = kr_isa(e, &kr_stop_iteration), async_stop = async && kr_isa(e, &kr_stop_async_iteration);
    if (!stop && !async_stop) return true;
    vm->thread.raised = KR_UNSET;
    kr_raise(vm, &kr_runtime_error, "%s raised %s",
             type == &kr_coroutine_type ? "coroutine"
             : async                    ? "async generator"
                                        : "generator",
             stop ? "StopIteration" : "StopAsyncIteration");
    KrValue r = vm->thread.raised;
    if (kr_isa(r, &kr_runtime_error)) {
        kr_store(vm, kr_ptr(r), &kr_exception_of(r)->cause, e);
        kr_store(vm, kr_ptr(r), &kr_exception_of(r)->context, e);
        kr_exception_of(r)->suppress_context = true;
    }
    return true;
}

// ---- except* -------------------------------------------------------------------------------------------------------------------

static bool is_group(KrValue v) { return kr_is_exception(v) && kr_isa(v, &kr_base_exception_group); }

bool kr_op_group_match(KrVm *vm, KrValue exc, KrValue type, KrValue out[2]) {
    size_t count = 1;
    const KrValue *item = kr_is_tuple(type) ? kr_tuple_items(type, &count) : &type;
    for (size_t i = 0; i < count; i++) {
        if (!is_exception_class(item[i]))
            return kr_fail(kr_raise(vm, &kr_type_error, "catching classes that do not inherit from BaseException is not allowed"));
        if (kr_is_subtype(kr_as_type(item[i]), &kr_base_exception_group))
            return kr_fail(kr_raise(vm, &kr_type_error, "catching ExceptionGroup with except* is not allowed. Use except instead."));
    }
    if (is_group(exc)) {
        KrValue pair = kr_call_method(vm, exc, "split", 1, &type);
        if (kr_is_error(pair)) return false;
        if (!kr_is_tuple(pair)) return kr_fail(kr_raise(vm, &kr_type_error, "%T.split must return a tuple, not %T", exc, pair));
        size_t n;
        const KrValue *part = kr_tuple_items(pair, &n);
        if (n < 2) return kr_fail(kr_raise(vm, &kr_type_error, "%T.split must return a 2-tuple, got tuple of size %u", exc, n));
        for (size_t i = 0; i < 2; i++)
            if (!kr_is_none(part[i]) && !kr_is_exception(part[i]))
                return kr_fail(kr_raise(vm, &kr_type_error, "%T.split must return exception groups or None, not %T", exc, part[i]));
        out[0] = part[0], out[1] = part[1];
        return true;
    }
    bool matches;
    if (!kr_op_match(vm, exc, type, &matches)) return false;
    out[0] = KR_NONE, out[1] = exc;
    if (!matches) return true;
    KrValue alone = kr_tuple(vm, 1, &exc), message = kr_str_c(vm, "");
    KrValue group = kr_is_error(alone) || kr_is_error(message) ? KR_ERROR : kr_group_new(vm, message, alone);
    if (kr_is_error(group)) return false;
    out[0] = group, out[1] = KR_NONE;
    return true;
}

// Is e a part of the original group that was raised again as it was (same notes, cause, context, traceback)?
static bool is_part_of(KrValue e, KrValue original) {
    if (!kr_is_exception(e) || !kr_is_exception(original)) return false;
    const KrExceptionObject *a = kr_exception_of(e), *b = kr_exception_of(original);
    return kr_same(a->context, b->context) && kr_same(a->cause, b->cause) && kr_same(a->traceback, b->traceback) && is_group(e);
}

static bool leaves(KrVm *vm, KrValue e, KrValue list) {
    if (!is_group(e)) return kr_list_append(vm, list, e);
    if (!kr_enter(vm, " in exception groups")) return false;
    size_t n;
    const KrValue *item = kr_tuple_items(kr_exception_of(e)->extra[1], &n);
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++) ok = leaves(vm, item[i], list);
    kr_leave(vm);
    return ok;
}

// The original's structure with only those leaves that are in `keep`.
static KrValue project(KrVm *vm, KrValue original, KrValue keep) {
    KrValue set = kr_set_of_ids(vm, keep);
    return kr_is_error(set) ? set : kr_group_project(vm, original, set);
}

KrValue kr_op_group_raise(KrVm *vm, KrValue original, KrValue rest, KrValue raised) {
    size_t count;
    const KrValue *item = kr_list_items(raised, &count);
    for (size_t i = 0; i < count; i++) // the compiler's code puts nothing else there; the verifier relies on this
        if (!kr_is_exception(item[i])) return kr_raise(vm, &kr_system_error, "except*: %T among the exceptions raised", item[i]);
    if (!count) return rest;
    if (!is_group(original)) { // a naked exception: one handler matched and raised
        if (count == 1) return item[0];
    }
    KrValue news = kr_list(vm, 0, NULL), again = kr_list(vm, 0, NULL);
    if (kr_is_error(news) || kr_is_error(again)) return KR_ERROR;
    for (size_t i = 0; i < count; i++) {
        item = kr_list_items(raised, NULL);
        if (is_part_of(item[i], original) ? !leaves(vm, item[i], again) : !kr_list_append(vm, news, item[i])) return KR_ERROR;
    }
    if (!kr_is_none(rest) && !leaves(vm, rest, again)) return KR_ERROR;
    size_t kept, fresh;
    kr_list_items(again, &kept);
    KrValue part = kept ? project(vm, original, again) : KR_NONE;
    if (kr_is_error(part)) return part;
    kr_list_items(news, &fresh);
    if (!fresh) return part;
    if (!kr_is_none(part) && !kr_list_append(vm, news, part)) return KR_ERROR;
    kr_list_items(news, &fresh);
    if (fresh == 1) return kr_list_items(news, NULL)[0];
    KrValue message = kr_str_c(vm, "");
    return kr_is_error(message) ? message : kr_group_new(vm, message, news);
}

// ---- with ----------------------------------------------------------------------------------------------------------------------

static bool has(KrVm *vm, KrValue v, KrValue name) { return !kr_is_unset(kr_type_lookup(vm, kr_type_of(v), name)); }

static bool no_protocol(KrVm *vm, KrValue v, bool async, bool enter) {
    const char *kind = async ? "asynchronous context manager" : "context manager";
    bool other =
        async ? has(vm, v, KR_N(__enter__)) && has(vm, v, KR_N(__exit__)) : has(vm, v, KR_N(__aenter__)) && has(vm, v, KR_N(__aexit__));
    if (!enter)
        return kr_fail(kr_raise(vm, &kr_type_error, "'%T' object does not support the %s protocol (missed %s method)", v, kind,
                                async ? "__aexit__" : "__exit__"));
    if (other) return kr_fail(kr_raise(vm, &kr_type_error, "'%T' object does not support the %s protocol", v, kind));
    return kr_fail(kr_raise(vm, &kr_type_error, "'%T' object does not support the %s protocol", v, kind));
}

bool kr_op_with_enter(KrVm *vm, KrValue manager, bool async, KrValue out[2]) {
    KrValue enter, enter_self, exit, exit_self;
    if (!kr_find_special(vm, manager, async ? KR_N(__aenter__) : KR_N(__enter__), &enter, &enter_self)) return false;
    if (kr_is_unset(enter)) return no_protocol(vm, manager, async, true);
    if (!kr_find_special(vm, manager, async ? KR_N(__aexit__) : KR_N(__exit__), &exit, &exit_self)) return false;
    if (kr_is_unset(exit)) return no_protocol(vm, manager, async, false);
    if (!kr_is_unset(exit_self)) exit = kr_bind_method(vm, exit, exit_self);
    if (kr_is_error(exit)) return false;
    KrValue v = kr_call_special(vm, enter, enter_self, 0, NULL);
    if (kr_is_error(v)) return false;
    out[0] = exit, out[1] = v;
    return true;
}

KrValue kr_op_with_exit(KrVm *vm, KrValue exit, KrValue exc) {
    KrValue arg[3] = { kr_type_value(kr_type_of(exc)), exc, kr_exception_of(exc)->traceback };
    return kr_call(vm, exit, 3, arg);
}
