// async_future.c - _asyncio.Future: a result that is not there yet, and the iterator with which a coroutine waits for it.
// SPDX-License-Identifier: MIT
#include "async_part.h"

#include "object/heap.h"
#include "object/list.h"
#include "vm/coroutine.h"

#define SELF         kr_future(self)
#define METHOD(name) static KrValue future_##name(KrVm *vm, KrValue self, const KrValue *arg)

const KrType kr_async_cancelled_error = { KR_TYPE_HEAD(kr_async_cancelled_error),
                                          .name = "CancelledError",
                                          .module = "asyncio.exceptions",
                                          .doc = KR_DOC("The Future or Task was cancelled."),
                                          .base = &kr_base_exception,
                                          KR_EXCEPTION_REST };
const KrType kr_async_invalid_state = { KR_TYPE_HEAD(kr_async_invalid_state),
                                        .name = "InvalidStateError",
                                        .module = "asyncio.exceptions",
                                        .doc = KR_DOC("The operation is not allowed in this state."),
                                        .base = &kr_exception,
                                        KR_EXCEPTION_REST };

KrValue kr_async_helper(KrVm *vm, const char *module, const char *function, size_t count, const KrValue *arg) {
    KrValue m = kr_import(vm, module), f = kr_is_error(m) ? m : kr_getattr_c(vm, m, function);
    return kr_is_error(f) ? f : kr_call(vm, f, count, arg);
}

void kr_future_trace(KrTracer *tracer, KrObject *object) {
    KrFuture *f = (KrFuture *)object;
    KrValue all[] = { f->loop, f->result, f->trace, f->callbacks, f->cancel_message, f->cancelled_exc, f->made_at };
    for (size_t i = 0; i < KR_COUNT_OF(all); i++) kr_trace(tracer, all[i]);
}

// ---- Making ----------------------------------------------------------------------------------------------------------------------

static void clear(KrFuture *f) {
    f->loop = f->callbacks = KR_UNSET;
    f->result = f->trace = f->cancel_message = f->cancelled_exc = f->made_at = KR_NONE;
}

// One of the plain type is known to the collector as having __del__ only when there is something to tell.
static KrValue future_alloc(KrVm *vm, const KrType *type) {
    KrValue v;
    if (type == &kr_future_type) {
        KrFuture *f = kr_alloc(vm, &type->shape, sizeof *f + sizeof(KrValue)); // with the attribute word
        v = f ? kr_from_ptr(f) : KR_ERROR;
    } else {
        v = kr_alloc_instance(vm, type);
    }
    if (!kr_is_error(v)) clear(kr_future(v));
    return v;
}

bool kr_future_init(KrVm *vm, KrFuture *f, KrValue loop) {
    if (kr_is_none(loop)) loop = kr_async_helper(vm, "asyncio.events", "get_event_loop", 0, NULL);
    bool debug;
    if (kr_is_error(loop)) return false;
    if (f->unseen) f->unseen = false;
    kr_store(vm, f, &f->loop, loop);
    kr_store(vm, f, &f->callbacks, KR_UNSET);
    kr_store(vm, f, &f->result, KR_NONE);
    kr_store(vm, f, &f->made_at, KR_NONE);
    f->state = KR_FUTURE_PENDING;
    f->failed = f->blocking = false;
    if (!kr_loop_is_debug(vm, loop, &debug)) return false;
    if (!debug) return true;
    KrValue stack = kr_async_helper(vm, "asyncio.format_helpers", "caller_stack", 0, NULL);
    if (kr_is_error(stack)) return false;
    return kr_store(vm, f, &f->made_at, stack), true;
}

KrValue kr_future_new(KrVm *vm, KrValue loop) {
    KrValue v = future_alloc(vm, &kr_future_type);
    return !kr_is_error(v) && kr_future_init(vm, kr_future(v), loop) ? v : KR_ERROR;
}

METHOD(init) { return kr_future_init(vm, SELF, arg[0]) ? KR_NONE : KR_ERROR; }

static bool is_made(KrVm *vm, const KrFuture *f) {
    return !kr_is_unset(f->loop) || kr_fail(kr_raise(vm, &kr_runtime_error, "Future object is not initialized."));
}

// ---- Its end ---------------------------------------------------------------------------------------------------------------------

static bool tell(KrVm *vm, KrFuture *f, KrValue callback) {
    if (kr_isa(callback, &kr_task_type)) {
        if (kr_loop_is_ours(vm, f->loop)) return kr_deque_append(vm, kr_deque(kr_loop(f->loop)->ready), callback);
        KrTask *t = kr_task(callback);
        KrValue wakeup = kr_task_wakeup(vm, t);
        return !kr_is_error(wakeup) && kr_call_soon(vm, f->loop, wakeup, kr_from_ptr(f), t->context);
    }
    size_t count = 0;
    const KrValue *pair = kr_is_tuple(callback) ? kr_tuple_items(callback, &count) : NULL;
    if (count != 2)
        return kr_fail(kr_raise(vm, &kr_type_error, "a callback of %R is %R", kr_from_ptr(f), callback)); // by way of the collector's views
    return kr_call_soon(vm, f->loop, pair[0], kr_from_ptr(f), pair[1]);
}

bool kr_future_end(KrVm *vm, KrFuture *f, unsigned state, KrValue result) {
    KrValue told = f->callbacks;
    f->state = (uint8_t)state;
    kr_store(vm, f, &f->result, result);
    if (kr_is_unset(told)) return true;
    kr_store(vm, f, &f->callbacks, KR_UNSET);
    if (!kr_is_exact(told, &kr_list_type)) return tell(vm, f, told);
    size_t count;
    for (size_t i = 0; kr_list_items(told, &count), i < count; i++)
        if (!tell(vm, f, kr_list_items(told, &count)[i])) return false;
    return true;
}

bool kr_future_fail(KrVm *vm, KrFuture *f, KrValue exception) {
    if (!f->unseen && kr_type_of(kr_from_ptr(f)) == &kr_future_type && !kr_heap_add_finalizable(vm, &f->head)) return false;
    kr_store(vm, f, &f->trace, kr_exception_of(exception)->traceback);
    f->failed = f->unseen = true;
    return kr_future_end(vm, f, KR_FUTURE_FINISHED, exception);
}

static bool is_pending(KrVm *vm, KrFuture *f) {
    if (!is_made(vm, f)) return false;
    return f->state == KR_FUTURE_PENDING || kr_fail(kr_raise(vm, &kr_async_invalid_state, "invalid state"));
}

METHOD(set_result) { return is_pending(vm, SELF) && kr_future_end(vm, SELF, KR_FUTURE_FINISHED, arg[0]) ? KR_NONE : KR_ERROR; }

METHOD(set_exception) {
    if (!is_pending(vm, SELF)) return KR_ERROR;
    KrValue error = kr_is_type(arg[0]) ? kr_call(vm, arg[0], 0, NULL) : arg[0];
    if (kr_is_error(error)) return error;
    if (!kr_is_exception(error)) return kr_raise(vm, &kr_type_error, "invalid exception object");
    if (kr_isa(error, &kr_stop_iteration)) { // it would end the coroutine that waits, without a word
        (void)kr_raise(vm, &kr_runtime_error, "StopIteration interacts badly with generators and cannot be raised into a Future");
        KrValue stop = error;
        error = kr_take_raised(vm);
        kr_store(vm, kr_ptr(error), &kr_exception_of(error)->cause, stop);
        kr_store(vm, kr_ptr(error), &kr_exception_of(error)->context, stop);
        kr_exception_of(error)->suppress_context = true;
    }
    return kr_future_fail(vm, SELF, error) ? KR_NONE : KR_ERROR;
}

METHOD(cancel) {
    if (!is_made(vm, SELF)) return KR_ERROR;
    SELF->unseen = false;
    if (SELF->state != KR_FUTURE_PENDING) return KR_FALSE;
    kr_store(vm, SELF, &SELF->cancel_message, arg[0]);
    return kr_future_end(vm, SELF, KR_FUTURE_CANCELLED, KR_NONE) ? KR_TRUE : KR_ERROR;
}

// ---- Asking ----------------------------------------------------------------------------------------------------------------------

KrValue kr_future_cancelled_error(KrVm *vm, KrFuture *f) {
    KrValue error = f->cancelled_exc;
    if (!kr_is_none(error)) return kr_store(vm, f, &f->cancelled_exc, KR_NONE), error;
    return kr_call(vm, kr_type_value(&kr_async_cancelled_error), !kr_is_none(f->cancel_message), &f->cancel_message);
}

METHOD(make_cancelled_error) { return (void)arg, kr_future_cancelled_error(vm, SELF); }

// Somebody asks for what came: that can be told now, or it raises.
static bool look(KrVm *vm, KrFuture *f, const char *missing) {
    if (f->state == KR_FUTURE_CANCELLED) {
        KrValue error = kr_future_cancelled_error(vm, f);
        return !kr_is_error(error) && kr_fail(kr_raise_value(vm, error));
    }
    if (f->state == KR_FUTURE_PENDING) return kr_fail(kr_raise(vm, &kr_async_invalid_state, "%s is not set.", missing));
    f->unseen = false;
    return true;
}

static KrValue outcome(KrVm *vm, KrFuture *f) {
    if (!look(vm, f, "Result")) return KR_ERROR;
    if (!f->failed) return f->result;
    kr_store(vm, kr_ptr(f->result), &kr_exception_of(f->result)->traceback, f->trace);
    return kr_raise_value(vm, f->result);
}

METHOD(result) { return (void)arg, outcome(vm, SELF); }

METHOD(exception) {
    (void)arg;
    if (!look(vm, SELF, "Exception")) return KR_ERROR;
    return SELF->failed ? SELF->result : KR_NONE;
}

METHOD(done) { return (void)vm, (void)arg, kr_bool(SELF->state != KR_FUTURE_PENDING); }
METHOD(cancelled) { return (void)vm, (void)arg, kr_bool(SELF->state == KR_FUTURE_CANCELLED); }
METHOD(get_loop) { return (void)arg, is_made(vm, SELF) ? SELF->loop : KR_ERROR; }

// ---- Callbacks -------------------------------------------------------------------------------------------------------------------

bool kr_future_add(KrVm *vm, KrFuture *f, KrValue callback) {
    if (kr_is_unset(f->callbacks)) return kr_store(vm, f, &f->callbacks, callback), true;
    if (!kr_is_exact(f->callbacks, &kr_list_type)) {
        KrValue list = kr_list(vm, 1, &f->callbacks);
        if (kr_is_error(list)) return false;
        kr_store(vm, f, &f->callbacks, list);
    }
    return kr_list_append(vm, f->callbacks, callback);
}

METHOD(add_done_callback) {
    if (!is_made(vm, SELF)) return KR_ERROR;
    KrValue context = kr_is_none(arg[1]) ? kr_context_copy(vm) : arg[1];
    if (kr_is_error(context)) return context;
    if (SELF->state != KR_FUTURE_PENDING) return kr_call_soon(vm, SELF->loop, arg[0], self, context) ? KR_NONE : KR_ERROR;
    KrValue pair = kr_tuple(vm, 2, (KrValue[]){ arg[0], context });
    return !kr_is_error(pair) && kr_future_add(vm, SELF, pair) ? KR_NONE : KR_ERROR;
}

// A list of tuples (callback, context).
static KrValue callback_pairs(KrVm *vm, KrFuture *f) {
    KrValue all = f->callbacks, pairs = kr_list(vm, 0, NULL);
    size_t count = 0;
    const KrValue *item = kr_is_unset(all) ? NULL : kr_is_exact(all, &kr_list_type) ? kr_list_items(all, &count) : (count = 1, &all);
    for (size_t i = 0; i < count && !kr_is_error(pairs); i++) {
        KrValue pair = item[i];
        if (kr_isa(pair, &kr_task_type)) {
            KrValue wakeup = kr_task_wakeup(vm, kr_task(pair));
            pair = kr_is_error(wakeup) ? wakeup : kr_tuple(vm, 2, (KrValue[]){ wakeup, kr_task(pair)->context });
        }
        if (kr_is_error(pair) || !kr_list_append(vm, pairs, pair)) return KR_ERROR;
    }
    return pairs;
}

METHOD(remove_done_callback) {
    if (!is_made(vm, SELF)) return KR_ERROR;
    KrValue old = SELF->callbacks, pairs = callback_pairs(vm, SELF), kept = kr_is_error(pairs) ? pairs : kr_list(vm, 0, NULL);
    if (kr_is_error(kept) || kr_is_unset(old)) return kr_is_error(kept) ? kept : kr_int_box(0);
    size_t count, removed = 0, left;
    for (size_t i = 0; kr_list_items(pairs, &count), i < count; i++) {
        KrValue entry = kr_list_items(pairs, &count)[i], fn;
        bool same;
        if (!kr_is_tuple(entry) || kr_is_error(fn = kr_getitem(vm, entry, kr_int_box(0))) || !kr_equal(vm, fn, arg[0], &same))
            return KR_ERROR;
        if (same) removed++;
        else if (!kr_list_append(vm, kept, entry)) return KR_ERROR;
    }
    if (!removed || !kr_same(SELF->callbacks, old)) return kr_int_box(0); // or others have changed them meanwhile
    (void)kr_list_items(kept, &left);
    kr_store(vm, SELF, &SELF->callbacks, left ? kept : KR_UNSET);
    return kr_int(vm, (int64_t)removed);
}

// ---- Awaiting --------------------------------------------------------------------------------------------------------------------

typedef struct {
    KrObject head;
    KrValue future; // KR_UNSET: it has ended
} Iterator;

#define ITERATOR ((Iterator *)kr_ptr(self))

KrValue kr_future_iter(KrVm *vm, KrValue self) {
    if (!is_made(vm, SELF)) return KR_ERROR;
    Iterator *it = kr_alloc(vm, &kr_future_iterator_type.shape, sizeof *it);
    if (!it) return KR_ERROR;
    it->future = self;
    return kr_from_ptr(it);
}

METHOD(await) { return (void)arg, kr_future_iter(vm, self); }

static KrValue iterator_send(KrVm *vm, KrValue self, KrValue value, KrValue *returned) {
    (void)value;
    if (kr_is_unset(ITERATOR->future)) return KR_DONE;
    KrFuture *f = kr_future(ITERATOR->future);
    if (f->state == KR_FUTURE_PENDING) {
        if (f->blocking) return kr_raise(vm, &kr_runtime_error, "await wasn't used with future");
        f->blocking = true;
        return ITERATOR->future;
    }
    kr_store(vm, ITERATOR, &ITERATOR->future, KR_UNSET);
    const KrType *type = kr_type_of(kr_from_ptr(f));
    KrValue v = type == &kr_future_type || type == &kr_task_type ? outcome(vm, f) : kr_call_method(vm, kr_from_ptr(f), "result", 0, NULL);
    if (kr_is_error(v)) return v;
    return *returned = v, KR_DONE;
}

static KrValue iterator_next(KrVm *vm, KrValue self) {
    KrValue returned = KR_NONE, v = iterator_send(vm, self, KR_NONE, &returned);
    return kr_is_done(v) && !kr_is_none(returned) ? kr_raise_stop(vm, returned) : v;
}

static KrValue iterator_send_row(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue returned = KR_NONE, v = iterator_send(vm, self, arg[0], &returned);
    return kr_is_done(v) ? kr_raise_stop(vm, returned) : v;
}

// throw(exception), or (type, value, traceback), as generators have it.
static KrValue iterator_throw(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue error = kr_throw_argument(vm, arg, "throw");
    if (kr_is_error(error)) return error;
    kr_store(vm, ITERATOR, &ITERATOR->future, KR_UNSET);
    return kr_raise_value(vm, error);
}

static KrValue iterator_close(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    return kr_store(vm, ITERATOR, &ITERATOR->future, KR_UNSET), KR_NONE;
}

static KrValue iterator_self(KrVm *vm, KrValue self) { return (void)vm, self; }
static void iterator_trace(KrTracer *tracer, KrObject *object) { kr_trace(tracer, ((Iterator *)object)->future); }

static const KrMethod iterator_methods[] = {
    { "send(value, /)", iterator_send_row, "", 0 },
    { "throw(type, value=<unset>, traceback=<unset>, /)", iterator_throw, "", 0 },
    { "close()", iterator_close, "", 0 },
    { 0 },
};

const KrType kr_future_iterator_type = {
    KR_TYPE_HEAD(kr_future_iterator_type),
    .name = "FutureIter",
    .module = "_asyncio",
    .flags = KR_TYPE_NO_NEW,
    .size = sizeof(Iterator),
    .methods = iterator_methods,
    .trace = iterator_trace,
    .iter = iterator_self,
    .next = iterator_next,
    .more = &(const KrMoreSlots){ .send = iterator_send },
};

// What lets the loop make a round: it yields None once.
typedef struct {
    KrObject head;
    bool passed;
} Round;

static KrValue round_send(KrVm *vm, KrValue self, KrValue value, KrValue *returned) {
    Round *r = (Round *)kr_ptr(self);
    (void)vm, (void)value, (void)returned;
    if (r->passed) return KR_DONE;
    return r->passed = true, KR_NONE;
}

static KrValue round_next(KrVm *vm, KrValue self) { return round_send(vm, self, KR_NONE, NULL); }
static KrValue round_await(KrVm *vm, KrValue self, const KrValue *arg) { return (void)vm, (void)arg, self; }

static KrValue round_make(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    return kr_alloc_instance(vm, kr_as_type(self));
}

static const KrMethod round_make_row = { "NextRound()", round_make, KR_NO_DOC, 0 };
static const KrMethod round_methods[] = { { "__await__()", round_await, "", 0 }, { 0 } };

const KrType kr_next_round_type = {
    KR_TYPE_HEAD(kr_next_round_type),
    .name = "NextRound",
    .module = "_asyncio",
    .doc = KR_DOC("What lets the loop make a round."),
    .size = sizeof(Round),
    .make = &round_make_row,
    .methods = round_methods,
    .iter = iterator_self,
    .next = round_next,
    .more = &(const KrMoreSlots){ .send = round_send, .await = iterator_self },
};

// ---- Attributes, for those who look inside -----------------------------------------------------------------------------------------

static KrValue or_none(KrValue v) { return kr_is_unset(v) ? KR_NONE : v; }

static KrValue get_state(KrVm *vm, KrValue self) {
    static const char *const name[] = { "PENDING", "CANCELLED", "FINISHED" };
    return kr_name(vm, name[SELF->state]);
}

static KrValue get_result(KrVm *vm, KrValue self) { return (void)vm, SELF->failed ? KR_NONE : SELF->result; }
static KrValue get_exception(KrVm *vm, KrValue self) { return (void)vm, SELF->failed ? SELF->result : KR_NONE; }
static KrValue get_loop(KrVm *vm, KrValue self) { return (void)vm, or_none(SELF->loop); }
static KrValue get_trace(KrVm *vm, KrValue self) { return (void)vm, SELF->trace; }
static KrValue get_made_at(KrVm *vm, KrValue self) { return (void)vm, SELF->made_at; }
static KrValue get_cancel_message(KrVm *vm, KrValue self) { return (void)vm, SELF->cancel_message; }
static KrValue get_blocking(KrVm *vm, KrValue self) { return (void)vm, kr_bool(SELF->blocking); }
static KrValue get_unseen(KrVm *vm, KrValue self) { return (void)vm, kr_bool(SELF->unseen); }

static KrValue get_callbacks(KrVm *vm, KrValue self) { return kr_is_unset(SELF->callbacks) ? KR_NONE : callback_pairs(vm, SELF); }

static bool set_cancel_message(KrVm *vm, KrValue self, KrValue value) {
    return kr_store(vm, SELF, &SELF->cancel_message, kr_is_unset(value) ? KR_NONE : value), true;
}

static bool set_blocking(KrVm *vm, KrValue self, KrValue value) {
    return kr_is_unset(value) ? kr_fail(kr_raise(vm, &kr_attribute_error, "cannot delete attribute"))
                              : kr_truth(vm, value, &SELF->blocking);
}

static bool set_unseen(KrVm *vm, KrValue self, KrValue value) {
    bool on;
    if (kr_is_unset(value)) return kr_fail(kr_raise(vm, &kr_attribute_error, "cannot delete attribute"));
    if (!kr_truth(vm, value, &on)) return false;
    if (on) return kr_fail(kr_raise(vm, &kr_value_error, "_log_traceback can only be set to False"));
    return SELF->unseen = false, true;
}

static KrValue future_repr(KrVm *vm, KrValue self) { return kr_async_helper(vm, "asyncio.format_helpers", "future_text", 1, &self); }

METHOD(del) {
    (void)arg;
    return SELF->unseen ? kr_async_helper(vm, "asyncio.futures", "_tell_unseen", 1, &self) : KR_NONE;
}

static const KrMethod future_methods[] = {
    { "result()", future_result, KR_DOC("Return the result or raise the exception. CancelledError, InvalidStateError."), 0 },
    { "exception()", future_exception, KR_DOC("Return the exception, or None. CancelledError, InvalidStateError."), 0 },
    { "set_result(result, /)", future_set_result, KR_DOC("Give it its result. InvalidStateError: it is done."), 0 },
    { "set_exception(exception, /)", future_set_exception,
      KR_DOC("Give it an exception instead of a result. InvalidStateError: it is done."), 0 },
    { "add_done_callback(fn, /, *, context=None)", future_add_done_callback,
      KR_DOC("Have fn(self) called by the loop once the future is done."), 0 },
    { "remove_done_callback(fn, /)", future_remove_done_callback,
      KR_DOC("Remove all of fn from the callbacks; return how many those were."), 0 },
    { "cancel(msg=None)", future_cancel, KR_DOC("Cancel the future; return False if it is done already."), 0 },
    { "cancelled()", future_cancelled, KR_DOC("Return whether it was cancelled."), 0 },
    { "done()", future_done, KR_DOC("Return whether it has a result or an exception, or was cancelled."), 0 },
    { "get_loop()", future_get_loop, KR_DOC("Return the loop to which the future belongs."), 0 },
    { "_make_cancelled_error()", future_make_cancelled_error, KR_DOC("Create the CancelledError to raise if it was cancelled."), 0 },
    { "__await__()", future_await, KR_DOC("Return an iterator to be used in await expression."), 0 },
    { "__del__()", future_del, "", 0 },
    { "__class_getitem__(object, /)", kr_class_getitem, KR_DOC("See PEP 585"), KR_CLASS_METHOD },
    { 0 },
};

static const KrGetSet future_attributes[] = {
    { "_state", get_state, NULL, NULL },
    { "_asyncio_future_blocking", get_blocking, set_blocking, NULL },
    { "_loop", get_loop, NULL, NULL },
    { "_callbacks", get_callbacks, NULL, NULL },
    { "_result", get_result, NULL, NULL },
    { "_exception", get_exception, NULL, NULL },
    { "_trace", get_trace, NULL, NULL },
    { "_log_traceback", get_unseen, set_unseen, NULL },
    { "_source_traceback", get_made_at, NULL, NULL },
    { "_cancel_message", get_cancel_message, set_cancel_message, NULL },
    { 0 },
};

static const KrMethod future_init_row = { "Future(*, loop=None)", future_init, KR_NO_DOC, 0 };

const KrType kr_future_type = {
    KR_TYPE_HEAD(kr_future_type),
    .name = "Future",
    .module = "_asyncio",
    .doc = KR_DOC("A result that is not there yet. Of one thread; others go through loop.call_soon_threadsafe()."),
    .flags = KR_TYPE_BASE | KR_TYPE_HAS_DICT | KR_TYPE_WEAKREF | KR_TYPE_FINAL_DEL,
    .size = sizeof(KrFuture),
    .methods = future_methods,
    .attributes = future_attributes,
    .init = &future_init_row,
    .alloc = future_alloc,
    .trace = kr_future_trace,
    .repr = future_repr,
    .iter = kr_future_iter,
    .more = &(const KrMoreSlots){ .await = kr_future_iter },
};
