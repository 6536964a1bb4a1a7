// async_task.c - _asyncio.Task: a coroutine that the loop runs step by step.
//
// A step sends into the coroutine; what it yields is the future that it waits for, which makes the next step due.
// SPDX-License-Identifier: MIT
#include "async_part.h"

#include "object/list.h"
#include "vm/frame.h"

#define SELF         kr_task(self)
#define METHOD(name) static KrValue task_##name(KrVm *vm, KrValue self, const KrValue *arg)

static KrValue value_of(KrTask *t) { return kr_from_ptr(t); }

// Futures whose fields say all: a subclass may have methods of its own.
static bool is_plain(KrValue v) { return kr_type_of(v) == &kr_future_type || kr_type_of(v) == &kr_task_type; }

static void task_trace(KrTracer *tracer, KrObject *object) {
    KrTask *t = (KrTask *)object;
    kr_future_trace(tracer, object);
    kr_trace(tracer, t->coro);
    kr_trace(tracer, t->context);
    kr_trace(tracer, t->name);
    kr_trace(tracer, t->waits_for);
}

static KrValue task_alloc(KrVm *vm, const KrType *type) {
    KrValue v = kr_alloc_instance(vm, type);
    if (kr_is_error(v)) return v;
    KrTask *t = kr_task(v);
    t->future.loop = t->future.callbacks = KR_UNSET;
    t->future.result = t->future.trace = t->future.cancel_message = t->future.cancelled_exc = t->future.made_at = KR_NONE;
    t->coro = t->context = t->name = t->waits_for = KR_NONE;
    return v;
}

// A method of the task's, as the callback of what knows no tasks.
static KrValue method(KrVm *vm, KrTask *t, const char *name) { return kr_getattr_c(vm, value_of(t), name); }

KrValue kr_task_wakeup(KrVm *vm, KrTask *t) { return method(vm, t, "task_wakeup"); }

// Makes the next step due, with an exception to throw in, or KR_UNSET.
static bool step_soon(KrVm *vm, KrTask *t, KrValue error) {
    if (kr_is_unset(error) && kr_loop_is_ours(vm, t->future.loop))
        return kr_deque_append(vm, kr_deque(kr_loop(t->future.loop)->ready), value_of(t));
    KrValue step = method(vm, t, "task_step");
    return !kr_is_error(step) && kr_call_soon(vm, t->future.loop, step, error, t->context);
}

// ---- Which task runs -------------------------------------------------------------------------------------------------------------

static bool enter(KrVm *vm, KrValue loop, KrTask *t) {
    if (!kr_is_core_loop(vm, loop)) {
        KrValue arg[] = { loop, value_of(t) };
        return !kr_is_error(kr_async_helper(vm, "asyncio.tasks", "_enter_task", 2, arg));
    }
    if (!kr_is_none(kr_loop(loop)->current))
        return kr_fail(kr_raise(vm, &kr_runtime_error, "Cannot enter into task %R while another task %R is being executed.", value_of(t),
                                kr_loop(loop)->current));
    return kr_store(vm, kr_loop(loop), &kr_loop(loop)->current, value_of(t)), true;
}

// What was raised in the step stays raised.
static bool leave(KrVm *vm, KrValue loop, KrTask *t, bool ok) {
    KrValue raised = ok ? KR_UNSET : kr_take_raised(vm);
    if (kr_is_core_loop(vm, loop)) {
        KrLoop *l = kr_loop(loop);
        if (!kr_same(l->current, value_of(t)))
            return kr_fail(kr_raise(vm, &kr_runtime_error, "Leaving task %R does not match the current task %R.", value_of(t), l->current));
        kr_store(vm, l, &l->current, KR_NONE);
    } else {
        KrValue arg[] = { loop, value_of(t) };
        if (kr_is_error(kr_async_helper(vm, "asyncio.tasks", "_leave_task", 2, arg))) return false;
    }
    return ok || kr_fail(kr_raise_value(vm, raised));
}

// ---- Waiting ---------------------------------------------------------------------------------------------------------------------

// Cancels a future; *done: it was not done.
static bool cancel_future(KrVm *vm, KrValue future, KrValue message, bool *done) {
    KrValue name = kr_name(vm, "msg"), names = kr_is_error(name) ? name : kr_tuple(vm, 1, &name),
            cancel = kr_is_error(names) ? names : kr_getattr_c(vm, future, "cancel");
    KrValue v = kr_is_error(cancel) ? cancel : kr_call_names(vm, cancel, &message, 0, names);
    return !kr_is_error(v) && kr_truth(vm, v, done);
}

// The future is what the task waits for from now on.
static bool wait_for(KrVm *vm, KrTask *t, KrValue future) {
    kr_store(vm, t, &t->waits_for, future);
    bool done;
    if (!t->must_cancel) return true;
    if (!cancel_future(vm, future, t->future.cancel_message, &done)) return false;
    if (done) t->must_cancel = false;
    return true;
}

static bool refuse(KrVm *vm, KrTask *t, const char *format, KrValue awaited) {
    (void)kr_raise(vm, &kr_runtime_error, format, value_of(t), awaited);
    return step_soon(vm, t, kr_take_raised(vm));
}

#define NOT_FROM   "yield was used instead of yield from in task %R with %R"
#define OTHER_LOOP "Task %R got Future %R attached to a different loop"
#define ITSELF     "Task cannot await on itself: %R"

static bool wait_for_plain(KrVm *vm, KrTask *t, KrValue awaited) {
    KrFuture *f = kr_future(awaited);
    if (!kr_same(f->loop, t->future.loop)) return refuse(vm, t, OTHER_LOOP, awaited);
    if (!f->blocking) return refuse(vm, t, NOT_FROM, awaited);
    if (kr_same(awaited, value_of(t))) return refuse(vm, t, ITSELF, awaited);
    f->blocking = false;
    bool added = f->state == KR_FUTURE_PENDING ? kr_future_add(vm, f, value_of(t)) : step_soon(vm, t, KR_UNSET);
    return added && wait_for(vm, t, awaited);
}

// Calls future.add_done_callback(task_wakeup, context=context).
static bool add_callback(KrVm *vm, KrTask *t, KrValue future) {
    KrValue arg[] = { kr_task_wakeup(vm, t), t->context }, name = kr_name(vm, "context");
    if (kr_is_error(arg[0]) || kr_is_error(name)) return false;
    KrValue names = kr_tuple(vm, 1, &name), add = kr_is_error(names) ? names : kr_getattr_c(vm, future, "add_done_callback");
    return !kr_is_error(add) && !kr_is_error(kr_call_names(vm, add, arg, 1, names));
}

static bool loop_of(KrVm *vm, KrValue future, KrValue *loop) {
    return !kr_is_error(*loop = kr_async_helper(vm, "asyncio.futures", "_get_loop", 1, &future));
}

// What a coroutine has yielded that is no future of ours.
static bool wait_for_other(KrVm *vm, KrTask *t, KrValue awaited) {
    KrValue name = kr_name(vm, "_asyncio_future_blocking"), mark, loop;
    if (kr_is_error(name) || !kr_find_attr(vm, awaited, name, &mark)) return false;
    if (kr_is_unset(mark) || kr_is_none(mark)) {
        if (kr_type_of(awaited) == &kr_generator_type)
            return refuse(vm, t, "yield was used instead of yield from for generator in task %R with %R", awaited);
        (void)kr_raise(vm, &kr_runtime_error, "Task got bad yield: %R", awaited);
        return step_soon(vm, t, kr_take_raised(vm));
    }
    bool blocking;
    if (!kr_truth(vm, mark, &blocking) || !loop_of(vm, awaited, &loop)) return false;
    if (!kr_same(loop, t->future.loop)) return refuse(vm, t, OTHER_LOOP, awaited);
    if (!blocking) return refuse(vm, t, NOT_FROM, awaited);
    if (kr_same(awaited, value_of(t))) return refuse(vm, t, ITSELF, awaited);
    return kr_setattr(vm, awaited, name, KR_FALSE) && add_callback(vm, t, awaited) && wait_for(vm, t, awaited);
}

static bool await(KrVm *vm, KrTask *t, KrValue awaited) {
    if (kr_is_none(awaited)) return step_soon(vm, t, KR_UNSET);
    if (is_plain(awaited)) return wait_for_plain(vm, t, awaited);
    if (wait_for_other(vm, t, awaited)) return true;
    if (!kr_raised_is(vm, &kr_exception)) return false; // what the future raised becomes the coroutine's
    return step_soon(vm, t, kr_take_raised(vm));
}

// ---- Steps -----------------------------------------------------------------------------------------------------------------------

// What to throw in for what the task has waited for: KR_UNSET for nothing.
static bool error_of(KrVm *vm, KrValue future, KrValue *error) {
    *error = KR_UNSET;
    if (kr_is_none(future)) return true;
    if (!is_plain(future)) {
        KrValue v = kr_call_method(vm, future, "result", 0, NULL);
        if (kr_is_error(v)) *error = kr_take_raised(vm);
        return true;
    }
    KrFuture *f = kr_future(future);
    if (f->state == KR_FUTURE_CANCELLED) return !kr_is_error(*error = kr_future_cancelled_error(vm, f));
    if (f->state == KR_FUTURE_PENDING || !f->failed) return true;
    f->unseen = false;
    kr_store(vm, kr_ptr(f->result), &kr_exception_of(f->result)->traceback, f->trace);
    return *error = f->result, true;
}

// The coroutine's next yield; KR_DONE at its end with *returned.
static KrValue advance(KrVm *vm, KrTask *t, KrValue error, KrValue *returned) {
    KrValue coro = t->coro, none = KR_NONE, v;
    if (kr_is_generator(coro)) {
        KrGenerator *g = KR_AS(KrGenerator, coro);
        return kr_is_unset(error) ? kr_generator_send(vm, g, KR_NONE, returned) : kr_generator_throw(vm, g, error, returned);
    }
    v = kr_is_unset(error) ? kr_call_method(vm, coro, "send", 1, &none) : kr_call_method(vm, coro, "throw", 1, &error);
    if (!kr_is_error(v) || !kr_raised_is(vm, &kr_stop_iteration)) return v;
    *returned = kr_getattr_c(vm, kr_take_raised(vm), "value");
    return kr_is_error(*returned) ? KR_ERROR : KR_DONE;
}

// The coroutine has raised something: that is how the task ends.
static bool end_raised(KrVm *vm, KrTask *t) {
    KrValue raised = kr_take_raised(vm);
    if (kr_isa(raised, &kr_async_cancelled_error)) {
        kr_store(vm, t, &t->future.cancelled_exc, raised);
        return kr_future_end(vm, &t->future, KR_FUTURE_CANCELLED, KR_NONE);
    }
    bool ends = kr_isa(raised, &kr_keyboard_interrupt) || kr_isa(raised, &kr_system_exit), limit = kr_isa(raised, &kr_limit_exceeded);
    if (!limit && !kr_future_fail(vm, &t->future, raised)) return false;
    return !(ends || limit) || kr_fail(kr_raise_value(vm, raised));
}

static bool end_returned(KrVm *vm, KrTask *t, KrValue returned) {
    if (!t->must_cancel) return kr_future_end(vm, &t->future, KR_FUTURE_FINISHED, returned);
    t->must_cancel = false; // cancel() came in the last step
    return kr_future_end(vm, &t->future, KR_FUTURE_CANCELLED, KR_NONE);
}

static bool run(KrVm *vm, KrTask *t, KrValue error) {
    KrValue returned = KR_NONE, v = advance(vm, t, error, &returned);
    if (kr_is_done(v)) return end_returned(vm, t, returned);
    return kr_is_error(v) ? end_raised(vm, t) : await(vm, t, v);
}

// The exception of a step, with a cancellation that was asked for in its place.
static bool must_throw(KrVm *vm, KrTask *t, KrValue *error) {
    if (!t->must_cancel) return true;
    t->must_cancel = false;
    if (!kr_is_unset(*error) && kr_isa(*error, &kr_async_cancelled_error)) return true;
    return !kr_is_error(*error = kr_future_cancelled_error(vm, &t->future));
}

bool kr_task_step(KrVm *vm, KrTask *t, KrValue error) {
    KrValue loop = t->future.loop;
    if (t->future.state != KR_FUTURE_PENDING)
        return kr_fail(
            kr_raise(vm, &kr_async_invalid_state, "__step(): already done: %R, %R", value_of(t), kr_is_unset(error) ? KR_NONE : error));
    if (kr_is_unset(error) && !error_of(vm, t->waits_for, &error)) return false;
    if (!must_throw(vm, t, &error)) return false;
    kr_store(vm, t, &t->waits_for, KR_NONE);
    if (!enter(vm, loop, t)) return false;
    bool ok = run(vm, t, error);
    return leave(vm, loop, t, ok);
}

METHOD(task_step) { return kr_task_step(vm, SELF, kr_is_none(arg[0]) ? KR_UNSET : arg[0]) ? KR_NONE : KR_ERROR; }

METHOD(task_wakeup) {
    KrValue error;
    if (!error_of(vm, arg[0], &error)) return KR_ERROR;
    kr_store(vm, SELF, &SELF->waits_for, KR_NONE);
    return kr_task_step(vm, SELF, error) ? KR_NONE : KR_ERROR;
}

// ---- Making ----------------------------------------------------------------------------------------------------------------------

static bool is_coroutine(KrVm *vm, KrValue coro, bool *out) {
    if (kr_type_of(coro) == &kr_coroutine_type) return *out = true;
    KrValue v = kr_async_helper(vm, "asyncio.coroutines", "iscoroutine", 1, &coro);
    return !kr_is_error(v) && kr_truth(vm, v, out);
}

// The first step, in the middle of that of the task that makes this one.
static bool begin_now(KrVm *vm, KrTask *t) {
    KrValue loop = t->future.loop, arg[] = { loop, value_of(t) },
            before = kr_async_helper(vm, "asyncio.tasks", "_swap_current_task", 2, arg);
    if (kr_is_error(before) || kr_is_error(kr_async_helper(vm, "asyncio.tasks", "_register_task", 1, &arg[1]))) return false;
    bool ok = kr_context_enter(vm, t->context);
    if (ok) {
        ok = run(vm, t, KR_UNSET);
        kr_context_leave(vm, t->context);
    }
    KrValue raised = ok ? KR_UNSET : kr_take_raised(vm);
    arg[1] = before;
    if (kr_is_error(kr_async_helper(vm, "asyncio.tasks", "_swap_current_task", 2, arg))) return false;
    if (t->future.state != KR_FUTURE_PENDING) kr_store(vm, t, &t->coro, KR_NONE);
    return ok || kr_fail(kr_raise_value(vm, raised));
}

static bool set_name(KrVm *vm, KrTask *t, KrValue name) {
    if (!kr_is_exact(name, &kr_str_type)) name = kr_to_str(vm, name);
    return !kr_is_error(name) && (kr_store(vm, t, &t->name, name), true);
}

static bool begin(KrVm *vm, KrTask *t, KrValue eager_start) {
    bool eager = false;
    if (!kr_truth(vm, eager_start, &eager)) return false;
    if (eager) {
        KrValue running = kr_call_method(vm, t->future.loop, "is_running", 0, NULL);
        if (kr_is_error(running) || !kr_truth(vm, running, &eager)) return false;
    }
    if (eager) return begin_now(vm, t);
    KrValue self = value_of(t);
    return step_soon(vm, t, KR_UNSET) && !kr_is_error(kr_async_helper(vm, "asyncio.tasks", "_register_task", 1, &self));
}

// Task(coro, *, loop=None, name=None, context=None, eager_start=False)
METHOD(init) {
    KrTask *t = SELF;
    bool coroutine;
    if (!kr_future_init(vm, &t->future, arg[1]) || !is_coroutine(vm, arg[0], &coroutine)) return KR_ERROR;
    if (!coroutine) return kr_raise(vm, &kr_type_error, "a coroutine was expected, got %R", arg[0]);
    KrValue context = kr_is_none(arg[3]) ? kr_context_copy(vm) : arg[3];
    if (kr_is_error(context)) return context;
    if (!kr_is_context(context)) return kr_raise(vm, &kr_type_error, "context must be a Context, not %T", context);
    kr_store(vm, t, &t->context, context);
    if (kr_is_none(arg[2])) kr_store(vm, t, &t->name, kr_int(vm, (int64_t)++vm->tasks_made));
    else if (!set_name(vm, t, arg[2])) return KR_ERROR;
    kr_store(vm, t, &t->coro, arg[0]);
    kr_store(vm, t, &t->waits_for, KR_NONE);
    t->cancels = 0;
    t->must_cancel = false;
    t->tell_pending = true;
    return begin(vm, t, arg[4]) ? KR_NONE : KR_ERROR;
}

// ---- Methods ---------------------------------------------------------------------------------------------------------------------

METHOD(cancel) {
    KrTask *t = SELF;
    bool done = false;
    t->future.unseen = false;
    if (t->future.state != KR_FUTURE_PENDING) return KR_FALSE;
    t->cancels++;
    if (!kr_is_none(t->waits_for)) {
        if (!kr_descend(vm, "") || !cancel_future(vm, t->waits_for, arg[0], &done)) return KR_ERROR;
        if (done) return KR_TRUE; // that wakes it with CancelledError
    }
    t->must_cancel = true;
    kr_store(vm, t, &t->future.cancel_message, arg[0]);
    return KR_TRUE;
}

METHOD(uncancel) {
    (void)arg;
    if (SELF->cancels && !--SELF->cancels) SELF->must_cancel = false;
    return kr_int(vm, SELF->cancels);
}

METHOD(cancelling) { return (void)arg, kr_int(vm, SELF->cancels); }
METHOD(get_coro) { return (void)vm, (void)arg, SELF->coro; }
METHOD(get_context) { return (void)vm, (void)arg, SELF->context; }

METHOD(get_name) {
    (void)arg;
    if (kr_is_int(SELF->name)) {
        KrValue name = kr_format(vm, "Task-%S", SELF->name);
        if (kr_is_error(name)) return name;
        kr_store(vm, SELF, &SELF->name, name);
    }
    return SELF->name;
}

METHOD(set_name) { return set_name(vm, SELF, arg[0]) ? KR_NONE : KR_ERROR; }

METHOD(get_stack) { return kr_async_helper(vm, "asyncio.format_helpers", "task_frames", 2, (KrValue[]){ self, arg[0] }); }

METHOD(print_stack) { return kr_async_helper(vm, "asyncio.format_helpers", "print_task", 3, (KrValue[]){ self, arg[0], arg[1] }); }

METHOD(set_result) { return (void)self, (void)arg, kr_raise(vm, &kr_runtime_error, "Task does not support set_result operation"); }
METHOD(set_exception) { return (void)self, (void)arg, kr_raise(vm, &kr_runtime_error, "Task does not support set_exception operation"); }

METHOD(del) {
    (void)arg;
    if (SELF->future.state == KR_FUTURE_PENDING && SELF->tell_pending && !kr_is_unset(SELF->future.loop) && !kr_is_none(SELF->coro) &&
        kr_is_error(kr_async_helper(vm, "asyncio.tasks", "_tell_pending", 1, &self)))
        return KR_ERROR;
    return SELF->future.unseen ? kr_async_helper(vm, "asyncio.futures", "_tell_unseen", 1, &self) : KR_NONE;
}

static KrValue task_repr(KrVm *vm, KrValue self) { return kr_async_helper(vm, "asyncio.format_helpers", "task_text", 1, &self); }

static KrValue get_waits_for(KrVm *vm, KrValue self) { return (void)vm, SELF->waits_for; }
static KrValue get_coro(KrVm *vm, KrValue self) { return (void)vm, SELF->coro; }
static KrValue get_must_cancel(KrVm *vm, KrValue self) { return (void)vm, kr_bool(SELF->must_cancel); }
static KrValue get_tell_pending(KrVm *vm, KrValue self) { return (void)vm, kr_bool(SELF->tell_pending); }
static KrValue get_cancels(KrVm *vm, KrValue self) { return kr_int(vm, SELF->cancels); }

static bool set_tell_pending(KrVm *vm, KrValue self, KrValue value) {
    return kr_is_unset(value) ? kr_fail(kr_raise(vm, &kr_attribute_error, "cannot delete attribute"))
                              : kr_truth(vm, value, &SELF->tell_pending);
}

static const KrMethod task_methods[] = {
    { "cancel(msg=None)", task_cancel, KR_DOC("Have CancelledError raised in the coroutine, with msg; return False if it is done."), 0 },
    { "cancelling()", task_cancelling, KR_DOC("Return how many calls of cancel() uncancel() has not taken back."), 0 },
    { "uncancel()", task_uncancel, KR_DOC("Take one call of cancel() back; return how many are left."), 0 },
    { "get_coro()", task_get_coro, KR_DOC("Return the coroutine."), 0 },
    { "get_context()", task_get_context, KR_DOC("Return the context in which it runs."), 0 },
    { "get_name()", task_get_name, KR_DOC("Return the name."), 0 },
    { "set_name(value, /)", task_set_name, KR_DOC("Set the name."), 0 },
    { "get_stack(*, limit=None)", task_get_stack, KR_DOC("Return the frames in which it waits, or those of the exception that ended it."),
      0 },
    { "print_stack(*, limit=None, file=None)", task_print_stack, KR_DOC("Print what get_stack() gives."), 0 },
    { "set_result(result, /)", task_set_result, KR_DOC("RuntimeError: the coroutine sets it."), 0 },
    { "set_exception(exception, /)", task_set_exception, KR_DOC("RuntimeError: the coroutine sets it."), 0 },
    { "task_step(error=None, /)", task_task_step, "", 0 },
    { "task_wakeup(future, /)", task_task_wakeup, "", 0 },
    { "__del__()", task_del, "", 0 },
    { "__class_getitem__(object, /)", kr_class_getitem, KR_DOC("See PEP 585"), KR_CLASS_METHOD },
    { 0 },
};

static const KrGetSet task_attributes[] = {
    { "_fut_waiter", get_waits_for, NULL, NULL },
    { "_coro", get_coro, NULL, NULL },
    { "_must_cancel", get_must_cancel, NULL, NULL },
    { "_num_cancels_requested", get_cancels, NULL, NULL },
    { "_log_destroy_pending", get_tell_pending, set_tell_pending, NULL },
    { 0 },
};

static const KrMethod task_init_row = { "Task(coro, *, loop=None, name=None, context=None, eager_start=False)", task_init, KR_NO_DOC, 0 };

static bool task_settled(const KrObject *o) {
    const KrFuture *f = (const KrFuture *)o;
    return f->state != KR_FUTURE_PENDING && !f->unseen;
}

const KrType kr_task_type = {
    KR_TYPE_HEAD(kr_task_type),
    .name = "Task",
    .module = "_asyncio",
    .doc = KR_DOC("A coroutine that the loop runs; a Future of what it returns."),
    .base = &kr_future_type,
    .flags = KR_TYPE_BASE | KR_TYPE_HAS_DICT | KR_TYPE_WEAKREF | KR_TYPE_FINAL_DEL,
    .size = sizeof(KrTask),
    .methods = task_methods,
    .attributes = task_attributes,
    .init = &task_init_row,
    .alloc = task_alloc,
    .trace = task_trace,
    .repr = task_repr,
    .more = &(const KrMoreSlots){ .await = kr_future_iter, .settled = task_settled },
};
