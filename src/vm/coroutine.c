// coroutine.c - awaiting, and asynchronous generators: asend(), athrow(), aclose() give awaitables that drive the generator.
//
// An asynchronous generator yields two kinds of values to whoever resumes it: those of awaits inside it, which go on to the event loop, and
// those of `yield`, which end the awaitable with StopIteration(value). generator->async_value tells them apart.
// SPDX-License-Identifier: MIT
#include "vm/coroutine.h"

#include "object/name_table.h"
#include "object/object.h"
#include "object/tuple.h"
#include "vm/op.h"

// ---- await ---------------------------------------------------------------------------------------------------------------------

KrValue kr_op_getawait(KrVm *vm, KrValue v, unsigned from) {
    const KrType *type = kr_type_of(v);
    if (type == &kr_coroutine_type) {
        if (!kr_is_none(kr_generator_delegate(KR_AS(KrGenerator, v))) && KR_AS(KrGenerator, v)->state != KR_GEN_DONE)
            return kr_raise(vm, &kr_runtime_error, "coroutine is being awaited already");
        return v;
    }
    if (type == &kr_generator_type && (KR_AS(KrGenerator, v)->frame.code->flags & KR_CODE_ITERABLE_COROUTINE)) return v;
    if (type->more && type->more->await) return type->more->await(vm, v);
    KrValue it = kr_try_special(vm, v, KR_N(__await__), 0, NULL);
    if (kr_is_unset(it)) {
        static const char *const where[] = { "", " from __aenter__", " from __aexit__" };
        if (from)
            return kr_raise(vm, &kr_type_error, "'async with' received an object%s that does not implement __await__: %T", where[from], v);
        return kr_raise(vm, &kr_type_error, "object %T can't be used in 'await' expression", v);
    }
    if (kr_is_error(it)) return it;
    if (kr_type_of(it) == &kr_coroutine_type) return kr_raise(vm, &kr_type_error, "__await__() returned a coroutine");
    if (!kr_is_iterator(vm, it)) return kr_raise(vm, &kr_type_error, "__await__() returned non-iterator of type '%T'", it);
    return it;
}

// coroutine.__await__(): an iterator over the coroutine.
typedef struct {
    KrObject head;
    KrValue coroutine;
} Wrapper;

KrValue kr_coroutine_wrapper(KrVm *vm, KrValue coroutine) {
    Wrapper *w = kr_alloc(vm, &kr_coroutine_wrapper_type.shape, sizeof *w);
    if (!w) return KR_ERROR;
    w->coroutine = coroutine;
    return kr_from_ptr(w);
}

static void wrapper_trace(KrTracer *tracer, KrObject *o) { kr_trace(tracer, ((Wrapper *)o)->coroutine); }
static KrValue self_iter(KrVm *vm, KrValue self) { return (void)vm, self; }

static KrValue wrapper_next(KrVm *vm, KrValue self) {
    KrValue returned, v = kr_generator_send(vm, KR_AS(KrGenerator, KR_AS(Wrapper, self)->coroutine), KR_NONE, &returned);
    return kr_is_done(v) ? kr_raise_stop(vm, returned) : v;
}

static KrValue wrapper_send(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue returned, v = kr_generator_send(vm, KR_AS(KrGenerator, KR_AS(Wrapper, self)->coroutine), arg[0], &returned);
    return kr_is_done(v) ? kr_raise_stop(vm, returned) : v;
}

static KrValue wrapper_throw(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue exception = kr_throw_argument(vm, arg, "throw"), returned;
    if (kr_is_error(exception)) return exception;
    KrValue v = kr_generator_throw(vm, KR_AS(KrGenerator, KR_AS(Wrapper, self)->coroutine), exception, &returned);
    return kr_is_done(v) ? kr_raise_stop(vm, returned) : v;
}

static KrValue wrapper_close(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue returned;
    (void)arg;
    return kr_generator_close_value(vm, KR_AS(KrGenerator, KR_AS(Wrapper, self)->coroutine), &returned);
}

// clang-format off
#define AWAITABLE_METHODS(prefix)                                                                                                          \
    { "send(object, /)", prefix##_send, KR_DOC("Send a value in; gives what comes next."), 0 },                                            \
        { "throw(type, value=<unset>, traceback=<unset>, /)", prefix##_throw, KR_DOC("Raise an exception inside."), 0 },                   \
        { "close()", prefix##_close, KR_DOC("Raise GeneratorExit inside."), 0 }
// clang-format on

static const KrMethod wrapper_methods[] = { AWAITABLE_METHODS(wrapper), { 0 } };
const KrType kr_coroutine_wrapper_type = {
    KR_TYPE_HEAD(kr_coroutine_wrapper_type),
    .name = "coroutine_wrapper",
    .doc = KR_DOC("A wrapper object implementing __await__ for coroutines."),
    .size = sizeof(Wrapper),
    .flags = KR_TYPE_NO_NEW,
    .trace = wrapper_trace,
    .iter = self_iter,
    .next = wrapper_next,
    .methods = wrapper_methods,
};

// ---- Asynchronous iteration ----------------------------------------------------------------------------------------------------

KrValue kr_op_aiter(KrVm *vm, KrValue v) {
    KrValue it = kr_try_special(vm, v, KR_N(__aiter__), 0, NULL);
    if (kr_is_unset(it)) return kr_raise(vm, &kr_type_error, "'async for' requires an object with __aiter__ method, got %T", v);
    if (kr_is_error(it)) return it;
    if (kr_is_unset(kr_type_lookup(vm, kr_type_of(it), KR_N(__anext__))))
        return kr_raise(vm, &kr_type_error, "'async for' received an object from __aiter__ that does not implement __anext__: %T", it);
    return it;
}

KrValue kr_op_anext(KrVm *vm, KrValue v) {
    KrValue awaitable = kr_try_special(vm, v, KR_N(__anext__), 0, NULL);
    if (kr_is_unset(awaitable)) return kr_raise(vm, &kr_type_error, "'async for' requires an iterator with __anext__ method, got %T", v);
    if (kr_is_error(awaitable)) return awaitable;
    KrValue it = kr_op_getawait(vm, awaitable, 0);
    if (!kr_is_error(it)) return it;
    KrValue cause = kr_take_raised(vm);
    kr_raise(vm, &kr_type_error, "'async for' received an invalid object from __anext__: %T", awaitable);
    KrValue error = kr_take_raised(vm);
    if (!kr_setattr(vm, error, KR_N(__cause__), cause)) return KR_ERROR;
    return kr_raise_value(vm, error);
}

// ---- asend, athrow, aclose -----------------------------------------------------------------------------------------------------

enum { READY, ITERATING, CLOSED };
typedef struct {
    KrObject head;
    KrValue generator;
    KrValue argument; // asend: value; athrow: tuple of its three arguments; aclose: KR_UNSET
    uint8_t state;
    bool throws;
} Step;

static void step_trace(KrTracer *tracer, KrObject *o) {
    kr_trace(tracer, ((Step *)o)->generator);
    kr_trace(tracer, ((Step *)o)->argument);
}

// sys.set_asyncgen_hooks: told once, when the generator is first used.
static bool first_use(KrVm *vm, KrGenerator *g) {
    if (g->closed_hook) return true;
    g->closed_hook = true;
    KrThread *t = &vm->thread;
    if (!kr_is_none(t->async_hooks[1])) kr_store(vm, g, &g->finalizer, t->async_hooks[1]);
    KrValue self = kr_from_ptr(g);
    return kr_is_none(t->async_hooks[0]) || !kr_is_error(kr_call(vm, t->async_hooks[0], 1, &self));
}

static KrValue step_new(KrVm *vm, KrValue generator, KrValue argument, bool throws) {
    if (!first_use(vm, KR_AS(KrGenerator, generator))) return KR_ERROR;
    Step *s = kr_alloc(vm, throws ? &kr_async_throw_type.shape : &kr_async_send_type.shape, sizeof *s);
    if (!s) return KR_ERROR;
    s->generator = generator;
    s->argument = argument;
    s->throws = throws;
    return kr_from_ptr(s);
}

static KrValue raise_end(KrVm *vm) {
    KrValue none = kr_tuple_empty(vm);
    return kr_is_error(none) ? none : kr_raise_args(vm, &kr_stop_async_iteration, none);
}

// v came out of the generator: awaits go through, `yield` ends the step, the end of the generator is StopAsyncIteration.
static KrValue unwrap(KrVm *vm, Step *s, KrValue v) {
    KrGenerator *g = KR_AS(KrGenerator, s->generator);
    if (kr_is_done(v)) {
        g->ag_running = false;
        s->state = CLOSED;
        return raise_end(vm);
    }
    if (kr_is_error(v)) {
        g->ag_running = false;
        s->state = CLOSED;
        return v;
    }
    if (!g->async_value) return v;
    g->ag_running = false;
    s->state = CLOSED;
    return kr_raise_stop(vm, v);
}

static KrValue unwrap_close(KrVm *vm, Step *s, KrValue v) {
    KrGenerator *g = KR_AS(KrGenerator, s->generator);
    if (kr_is_done(v) || (kr_is_error(v) && (kr_raised_is(vm, &kr_stop_async_iteration) || kr_raised_is(vm, &kr_generator_exit)))) {
        if (kr_is_error(v)) (void)kr_take_raised(vm);
        g->ag_running = false;
        s->state = CLOSED;
        return kr_raise_stop(vm, KR_NONE);
    }
    if (!kr_is_error(v) && !g->async_value) return v;
    g->ag_running = false;
    s->state = CLOSED;
    return kr_is_error(v) ? v : kr_raise(vm, &kr_runtime_error, "async generator ignored GeneratorExit");
}

static KrValue begin(KrVm *vm, Step *s, const char *what) {
    KrGenerator *g = KR_AS(KrGenerator, s->generator);
    if (g->ag_running) {
        s->state = CLOSED;
        return kr_raise(vm, &kr_runtime_error, "%s(): asynchronous generator is already running", what);
    }
    s->state = ITERATING;
    g->ag_running = true;
    return KR_NONE;
}

static KrValue send_step(KrVm *vm, KrValue self, KrValue value) {
    Step *s = KR_AS(Step, self);
    KrValue returned;
    if (s->state == CLOSED) return kr_raise(vm, &kr_runtime_error, "cannot reuse already awaited __anext__()/asend()");
    if (s->state == READY) {
        if (kr_is_error(begin(vm, s, "anext"))) return KR_ERROR;
        if (kr_is_none(value)) value = s->argument;
    }
    return unwrap(vm, s, kr_generator_send(vm, KR_AS(KrGenerator, s->generator), value, &returned));
}

static KrValue throw_step(KrVm *vm, KrValue self, KrValue value) {
    Step *s = KR_AS(Step, self);
    KrGenerator *g = KR_AS(KrGenerator, s->generator);
    KrValue returned;
    bool closes = kr_is_unset(s->argument);
    if (s->state == CLOSED) return kr_raise(vm, &kr_runtime_error, "cannot reuse already awaited aclose()/athrow()");
    if (s->state == READY) {
        if (g->state == KR_GEN_DONE || (closes && g->state == KR_GEN_CREATED)) {
            g->state = KR_GEN_DONE;
            s->state = CLOSED;
            return kr_raise_stop(vm, KR_NONE);
        }
        if (!kr_is_none(value)) return kr_raise(vm, &kr_runtime_error, "can't send non-None value to a just-started coroutine");
        if (kr_is_error(begin(vm, s, closes ? "aclose" : "athrow"))) return KR_ERROR;
        KrValue exception =
            closes ? kr_call(vm, kr_type_value(&kr_generator_exit), 0, NULL) : kr_throw_exception(vm, kr_tuple_items(s->argument, NULL));
        KrValue v = kr_is_error(exception) ? exception : kr_generator_throw(vm, g, exception, &returned);
        return closes ? unwrap_close(vm, s, v) : unwrap(vm, s, v);
    }
    KrValue v = kr_generator_send(vm, g, value, &returned);
    return closes ? unwrap_close(vm, s, v) : unwrap(vm, s, v);
}

static KrValue run_step(KrVm *vm, KrValue self, KrValue value) {
    return KR_AS(Step, self)->throws ? throw_step(vm, self, value) : send_step(vm, self, value);
}
static KrValue step_next(KrVm *vm, KrValue self) { return run_step(vm, self, KR_NONE); }
static KrValue step_send(KrVm *vm, KrValue self, const KrValue *arg) { return run_step(vm, self, arg[0]); }

static KrValue step_throw(KrVm *vm, KrValue self, const KrValue *arg) {
    Step *s = KR_AS(Step, self);
    KrValue exception = kr_throw_argument(vm, arg, "throw"), returned;
    if (kr_is_error(exception)) return exception;
    if (s->state == CLOSED)
        return kr_raise(vm, &kr_runtime_error,
                        s->throws ? "cannot reuse already awaited aclose()/athrow()" : "cannot reuse already awaited __anext__()/asend()");
    if (s->state == READY && kr_is_error(begin(vm, s, s->throws ? "athrow" : "anext"))) return KR_ERROR;
    KrValue v = kr_generator_throw(vm, KR_AS(KrGenerator, s->generator), exception, &returned);
    return s->throws && kr_is_unset(s->argument) ? unwrap_close(vm, s, v) : unwrap(vm, s, v);
}

static KrValue step_close(KrVm *vm, KrValue self, const KrValue *arg) {
    Step *s = KR_AS(Step, self);
    (void)arg;
    if (s->state == CLOSED) return KR_NONE;
    KrValue exit[3] = { kr_type_value(&kr_generator_exit), KR_UNSET, KR_UNSET };
    KrValue v = step_throw(vm, self, exit);
    if (kr_is_error(v) &&
        (kr_raised_is(vm, &kr_generator_exit) || kr_raised_is(vm, &kr_stop_iteration) || kr_raised_is(vm, &kr_stop_async_iteration)))
        return (void)kr_take_raised(vm), KR_NONE;
    return kr_is_error(v) ? v : kr_raise(vm, &kr_runtime_error, "coroutine ignored GeneratorExit");
}

static KrValue self_await(KrVm *vm, KrValue self, const KrValue *arg) { return (void)vm, (void)arg, self; }

static const KrMethod step_methods[] = { AWAITABLE_METHODS(step),
                                         { "__await__()", self_await, KR_DOC("Return an iterator to be used in await expression."), 0 },
                                         { 0 } };
const KrType kr_async_send_type = {
    KR_TYPE_HEAD(kr_async_send_type),
    .name = "async_generator_asend",
    .size = sizeof(Step),
    .flags = KR_TYPE_NO_NEW,
    .trace = step_trace,
    .iter = self_iter,
    .next = step_next,
    .methods = step_methods,
};
const KrType kr_async_throw_type = {
    KR_TYPE_HEAD(kr_async_throw_type),
    .name = "async_generator_athrow",
    .size = sizeof(Step),
    .flags = KR_TYPE_NO_NEW,
    .trace = step_trace,
    .iter = self_iter,
    .next = step_next,
    .methods = step_methods,
};

static KrValue ag_aiter(KrVm *vm, KrValue self, const KrValue *arg) { return (void)vm, (void)arg, self; }
static KrValue ag_anext(KrVm *vm, KrValue self, const KrValue *arg) { return (void)arg, step_new(vm, self, KR_NONE, false); }
static KrValue ag_asend(KrVm *vm, KrValue self, const KrValue *arg) { return step_new(vm, self, arg[0], false); }
static KrValue ag_aclose(KrVm *vm, KrValue self, const KrValue *arg) { return (void)arg, step_new(vm, self, KR_UNSET, true); }
static KrValue ag_athrow(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue all[3] = { arg[0], kr_is_unset(arg[1]) ? KR_NONE : arg[1], kr_is_unset(arg[2]) ? KR_NONE : arg[2] };
    KrValue argument = kr_throw_warn(vm, arg, "athrow") ? kr_tuple(vm, 3, all) : KR_ERROR;
    return kr_is_error(argument) ? argument : step_new(vm, self, argument, true);
}

static KrValue ag_del(KrVm *vm, KrValue self, const KrValue *arg) {
    KrGenerator *g = KR_AS(KrGenerator, self);
    KrValue returned;
    (void)arg;
    if (g->state != KR_GEN_SUSPENDED) return KR_NONE;
    if (kr_is_ptr(g->finalizer)) return kr_call(vm, g->finalizer, 1, &self);
    return kr_generator_close_value(vm, g, &returned);
}

const KrMethod kr_async_generator_methods[] = {
    { "__aiter__()", ag_aiter, KR_DOC("Return an awaitable, that resolves in asynchronous iterator."), 0 },
    { "__anext__()", ag_anext, KR_DOC("Return a value or raise StopAsyncIteration."), 0 },
    { "asend(object, /)", ag_asend, KR_DOC("Send a value in; the awaitable gives the next yielded value."), 0 },
    { "athrow(type, value=<unset>, traceback=<unset>, /)", ag_athrow, KR_DOC("Raise an exception where it is suspended."), 0 },
    { "aclose()", ag_aclose, KR_DOC("Raise GeneratorExit where it is suspended."), 0 },
    { "__del__()", ag_del, KR_DOC("Called when the object is about to be destroyed."), 0 },
    { "__class_getitem__(object, /)", kr_class_getitem, KR_DOC("See PEP 585"), KR_CLASS_METHOD },
    { 0 },
};

// ---- anext(it, default) --------------------------------------------------------------------------------------------------------

typedef struct {
    KrObject head;
    KrValue awaitable, fallback, iterator;
} NextOr;

static void next_or_trace(KrTracer *tracer, KrObject *o) {
    NextOr *n = (NextOr *)o;
    kr_trace(tracer, n->awaitable);
    kr_trace(tracer, n->fallback);
    kr_trace(tracer, n->iterator);
}

KrValue kr_anext_or(KrVm *vm, KrValue awaitable, KrValue fallback) {
    NextOr *n = kr_alloc(vm, &kr_anext_awaitable_type.shape, sizeof *n);
    if (!n) return KR_ERROR;
    n->awaitable = awaitable;
    n->fallback = fallback;
    n->iterator = KR_UNSET;
    return kr_from_ptr(n);
}

static KrValue next_or_result(KrVm *vm, NextOr *n, KrValue v) {
    if (!kr_is_error(v) || !kr_raised_is(vm, &kr_stop_async_iteration)) return v;
    (void)kr_take_raised(vm);
    return kr_raise_stop(vm, n->fallback);
}

static bool next_or_begin(KrVm *vm, NextOr *n) {
    if (!kr_is_unset(n->iterator)) return true;
    KrValue it = kr_op_getawait(vm, n->awaitable, 0);
    if (kr_is_error(it)) return false;
    kr_store(vm, n, &n->iterator, it);
    return true;
}

static KrValue next_or_send(KrVm *vm, KrValue self, const KrValue *arg) {
    NextOr *n = KR_AS(NextOr, self);
    bool done;
    if (!next_or_begin(vm, n)) return KR_ERROR;
    KrValue v = kr_op_yield_from(vm, n->iterator, arg[0], &done);
    return !kr_is_error(v) && done ? kr_raise_stop(vm, v) : next_or_result(vm, n, v);
}

static KrValue next_or_next(KrVm *vm, KrValue self) {
    KrValue none = KR_NONE;
    return next_or_send(vm, self, &none);
}

static KrValue next_or_throw(KrVm *vm, KrValue self, const KrValue *arg) {
    NextOr *n = KR_AS(NextOr, self);
    KrValue exception = kr_throw_argument(vm, arg, "throw");
    if (kr_is_error(exception) || !next_or_begin(vm, n)) return KR_ERROR;
    return next_or_result(vm, n, kr_call_method(vm, n->iterator, "throw", 1, &exception));
}

static KrValue next_or_close(KrVm *vm, KrValue self, const KrValue *arg) {
    NextOr *n = KR_AS(NextOr, self);
    (void)arg;
    return next_or_begin(vm, n) ? kr_call_method(vm, n->iterator, "close", 0, NULL) : KR_ERROR;
}

static const KrMethod next_or_methods[] = { AWAITABLE_METHODS(next_or),
                                            { "__await__()", self_await, KR_DOC("Return an iterator to be used in await expression."), 0 },
                                            { 0 } };
const KrType kr_anext_awaitable_type = {
    KR_TYPE_HEAD(kr_anext_awaitable_type),
    .name = "anext_awaitable",
    .size = sizeof(NextOr),
    .flags = KR_TYPE_NO_NEW,
    .trace = next_or_trace,
    .iter = self_iter,
    .next = next_or_next,
    .methods = next_or_methods,
};
