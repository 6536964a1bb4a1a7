// async_handle.c - _asyncio.Handle and TimerHandle: callbacks that wait for their turn.
// SPDX-License-Identifier: MIT
#include "async_part.h"

#define SELF               kr_handle(self)
#define TIMER              ((KrTimer *)kr_ptr(self))
#define METHOD(noun, name) static KrValue noun##_##name(KrVm *vm, KrValue self, const KrValue *arg)

static void handle_trace(KrTracer *tracer, KrObject *object) {
    KrHandle *h = (KrHandle *)object;
    KrValue all[] = { h->loop, h->callback, h->args, h->context, h->made_at, h->last_text };
    for (size_t i = 0; i < KR_COUNT_OF(all); i++) kr_trace(tracer, all[i]);
}

static void timer_trace(KrTracer *tracer, KrObject *object) {
    handle_trace(tracer, object);
    kr_trace(tracer, ((KrTimer *)object)->when);
}

static KrValue handle_alloc(KrVm *vm, const KrType *type) {
    KrValue v = kr_alloc_instance(vm, type);
    if (kr_is_error(v)) return v;
    KrHandle *h = kr_handle(v);
    h->loop = h->callback = h->args = h->context = h->made_at = h->last_text = KR_NONE;
    if (kr_isa(v, &kr_timer_type)) ((KrTimer *)h)->when = KR_NONE;
    return v;
}

// ---- Making ----------------------------------------------------------------------------------------------------------------------

static bool fill(KrVm *vm, KrHandle *h, KrValue loop, KrValue callback, KrValue args, KrValue context) {
    bool debug;
    if (kr_is_none(context)) context = kr_context_copy(vm);
    if (kr_is_error(context) || !kr_loop_is_debug(vm, loop, &debug)) return false;
    kr_store(vm, h, &h->loop, loop);
    kr_store(vm, h, &h->callback, callback);
    kr_store(vm, h, &h->args, args);
    kr_store(vm, h, &h->context, context);
    h->cancelled = false;
    if (!debug) return true;
    KrValue stack = kr_async_helper(vm, "asyncio.format_helpers", "caller_stack", 0, NULL);
    return !kr_is_error(stack) && (kr_store(vm, h, &h->made_at, stack), true);
}

KrHandle *kr_handle_new(KrVm *vm, KrValue loop, KrValue callback, KrValue args, KrValue context) {
    KrValue v = handle_alloc(vm, &kr_handle_type);
    return !kr_is_error(v) && fill(vm, kr_handle(v), loop, callback, args, context) ? kr_handle(v) : NULL;
}

// Handle(callback, args, loop, context=None)
METHOD(handle, init) {
    KrValue args = kr_is_exact(arg[1], &kr_tuple_type) ? arg[1] : kr_tuple_from(vm, arg[1]);
    return !kr_is_error(args) && fill(vm, SELF, arg[2], arg[0], args, arg[3]) ? KR_NONE : KR_ERROR;
}

// TimerHandle(when, callback, args, loop, context=None)
METHOD(timer, init) {
    if (!kr_to_double(vm, arg[0], &TIMER->time) || kr_is_error(handle_init(vm, self, arg + 1))) return KR_ERROR;
    kr_store(vm, SELF, &TIMER->when, arg[0]);
    return KR_NONE;
}

// ---- Running ---------------------------------------------------------------------------------------------------------------------

static KrValue call(KrVm *vm, KrHandle *h) {
    size_t count;
    const KrValue *arg = kr_tuple_items(h->args, &count);
    if (!kr_is_context(h->context)) {
        KrValue all = kr_tuple(vm, count + 1, NULL), run = kr_is_error(all) ? all : kr_getattr_c(vm, h->context, "run");
        if (kr_is_error(run)) return run;
        kr_tuple_items(all, NULL)[0] = h->callback;
        memcpy(kr_tuple_items(all, NULL) + 1, arg, count * sizeof *arg);
        return kr_call_args(vm, run, all, KR_UNSET);
    }
    KrValue context = h->context;
    if (!kr_context_enter(vm, context)) return KR_ERROR;
    KrValue v = kr_call(vm, h->callback, count, arg);
    kr_context_leave(vm, context);
    return v;
}

bool kr_handle_run(KrVm *vm, KrHandle *h) {
    if (h->cancelled) return true;
    if (!kr_is_error(call(vm, h))) return true;
    if (kr_raised_is(vm, &kr_system_exit) || kr_raised_is(vm, &kr_keyboard_interrupt) || kr_raised_is(vm, &kr_limit_exceeded)) return false;
    KrValue arg[] = { kr_from_ptr(h), kr_take_raised(vm) };
    return !kr_is_error(kr_async_helper(vm, "asyncio.events", "_callback_failed", 2, arg));
}

METHOD(handle, run) { return (void)arg, kr_handle_run(vm, SELF) ? KR_NONE : KR_ERROR; }

static bool keep_text(KrVm *vm, KrHandle *h) {
    bool debug;
    if (!kr_loop_is_debug(vm, h->loop, &debug)) return false;
    KrValue text = debug ? kr_repr(vm, kr_from_ptr(h)) : KR_NONE; // while the callback is known
    return !kr_is_error(text) && (kr_store(vm, h, &h->last_text, text), true);
}

METHOD(handle, cancel) {
    (void)arg;
    if (SELF->cancelled) return KR_NONE;
    SELF->cancelled = true;
    if (!keep_text(vm, SELF)) return KR_ERROR;
    kr_store(vm, SELF, &SELF->callback, KR_NONE);
    kr_store(vm, SELF, &SELF->args, KR_NONE);
    return KR_NONE;
}

METHOD(timer, cancel) {
    KrValue loop = SELF->loop;
    if (!SELF->cancelled) {
        if (kr_isa(loop, &kr_loop_type)) kr_loop(loop)->cancelled += TIMER->scheduled;
        else if (kr_is_error(kr_call_method(vm, loop, "_timer_handle_cancelled", 1, &self))) return KR_ERROR;
    }
    return handle_cancel(vm, self, arg);
}

METHOD(handle, cancelled) { return (void)vm, (void)arg, kr_bool(SELF->cancelled); }
METHOD(handle, get_context) { return (void)vm, (void)arg, SELF->context; }
METHOD(timer, when) { return (void)vm, (void)arg, TIMER->when; }

static KrValue handle_repr(KrVm *vm, KrValue self) {
    if (!kr_is_none(SELF->last_text)) return SELF->last_text;
    return kr_async_helper(vm, "asyncio.events", "_handle_text", 1, &self);
}

// ---- Comparing timers ------------------------------------------------------------------------------------------------------------

static bool timer_hash(KrVm *vm, KrValue self, KrHash *out) { return kr_hash(vm, TIMER->when, out); }

static bool same_timer(KrVm *vm, KrValue self, KrValue other, bool *out) {
    const KrHandle *a = kr_handle(self), *b = kr_handle(other);
    *out = false;
    if (TIMER->time != ((KrTimer *)kr_ptr(other))->time || a->cancelled != b->cancelled) return true;
    return kr_equal(vm, a->callback, b->callback, out) && (!*out || kr_equal(vm, a->args, b->args, out));
}

static KrValue timer_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) {
    if (!kr_isa(other, &kr_timer_type)) return KR_NOTIMPL;
    double a = TIMER->time, b = ((KrTimer *)kr_ptr(other))->time;
    bool same = false;
    if (op == KR_LT) return kr_bool(a < b);
    if (op == KR_GT) return kr_bool(a > b);
    if (!same_timer(vm, self, other, &same)) return KR_ERROR;
    return kr_bool(op == KR_EQ ? same : op == KR_NE ? !same : op == KR_LE ? a < b || same : a > b || same);
}

// ---- Tables ----------------------------------------------------------------------------------------------------------------------

#define GETTER(field) \
    static KrValue get_##field(KrVm *vm, KrValue self) { return (void)vm, SELF->field; }
GETTER(loop)
GETTER(callback)
GETTER(args)
GETTER(context)
GETTER(made_at)

static KrValue get_cancelled(KrVm *vm, KrValue self) { return (void)vm, kr_bool(SELF->cancelled); }
static KrValue get_when(KrVm *vm, KrValue self) { return (void)vm, TIMER->when; }
static KrValue get_scheduled(KrVm *vm, KrValue self) { return (void)vm, kr_bool(TIMER->scheduled); }

static bool set_scheduled(KrVm *vm, KrValue self, KrValue value) {
    return kr_truth(vm, kr_is_unset(value) ? KR_FALSE : value, &TIMER->scheduled);
}

static bool set_cancelled(KrVm *vm, KrValue self, KrValue value) {
    return kr_truth(vm, kr_is_unset(value) ? KR_FALSE : value, &SELF->cancelled);
}

static const KrMethod handle_methods[] = {
    { "cancel()", handle_cancel, KR_DOC("Do not call it."), 0 },
    { "cancelled()", handle_cancelled, KR_DOC("Return whether it was cancelled."), 0 },
    { "get_context()", handle_get_context, KR_DOC("Return the context in which the callback is called."), 0 },
    { "_run()", handle_run, "", 0 },
    { 0 },
};

static const KrGetSet handle_attributes[] = {
    { "_loop", get_loop, NULL, NULL },
    { "_callback", get_callback, NULL, NULL },
    { "_args", get_args, NULL, NULL },
    { "_context", get_context, NULL, NULL },
    { "_source_traceback", get_made_at, NULL, NULL },
    { "_cancelled", get_cancelled, set_cancelled, NULL },
    { 0 },
};

static const KrMethod timer_methods[] = {
    { "cancel()", timer_cancel, KR_DOC("Do not call it."), 0 },
    { "when()", timer_when, KR_DOC("Return the time."), 0 },
    { 0 },
};

static const KrGetSet timer_attributes[] = { { "_when", get_when, NULL, NULL },
                                             { "_scheduled", get_scheduled, set_scheduled, NULL },
                                             { 0 } };

static const KrMethod handle_init_row = { "Handle(callback, args, loop, context=None)", handle_init, KR_NO_DOC, 0 };
static const KrMethod timer_init_row = { "TimerHandle(when, callback, args, loop, context=None)", timer_init, KR_NO_DOC, 0 };

const KrType kr_handle_type = {
    KR_TYPE_HEAD(kr_handle_type),
    .name = "Handle",
    .module = "asyncio.events",
    .doc = KR_DOC("A callback that the loop will call, and the context in which it will."),
    .flags = KR_TYPE_BASE | KR_TYPE_WEAKREF,
    .size = sizeof(KrHandle),
    .methods = handle_methods,
    .attributes = handle_attributes,
    .init = &handle_init_row,
    .alloc = handle_alloc,
    .trace = handle_trace,
    .repr = handle_repr,
};

const KrType kr_timer_type = {
    KR_TYPE_HEAD(kr_timer_type),
    .name = "TimerHandle",
    .module = "asyncio.events",
    .doc = KR_DOC("A callback that the loop will call at a time: when(), by loop.time()."),
    .base = &kr_handle_type,
    .flags = KR_TYPE_BASE | KR_TYPE_WEAKREF,
    .size = sizeof(KrTimer),
    .methods = timer_methods,
    .attributes = timer_attributes,
    .init = &timer_init_row,
    .alloc = handle_alloc,
    .trace = timer_trace,
    .repr = handle_repr,
    .hash = timer_hash,
    .compare = timer_compare,
};
