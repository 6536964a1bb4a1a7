// async_loop.c - _asyncio.Loop: the core of event loops, what is ready and a heap of timers; and its rounds.
//
// A class in Python derives from it. It says how files are waited for: with epoll (async_watch.c), or by _look(seconds), which makes what is
// ready ready.
// SPDX-License-Identifier: MIT
#include "async_part.h"

#include "object/list.h"
#include "object/name_table.h"
#include "port.h"
#include "vm/clock.h"

#define SELF         kr_loop(self)
#define METHOD(name) static KrValue loop_##name(KrVm *vm, KrValue self, const KrValue *arg)

enum {
    MOST_CANCELLED = 100, // from so many timers on, if more than half of them were cancelled, those are removed
    LOOK_NS = 50000,      // while something is ready, files are looked at this often
    LONGEST_WAIT = 86400, // seconds
};

static KrDeque *ready(KrLoop *l) { return kr_deque(l->ready); }

static void loop_trace(KrTracer *tracer, KrObject *object) {
    KrLoop *l = (KrLoop *)object;
    kr_trace(tracer, l->ready);
    kr_trace_object(tracer, l->timers);
    kr_trace(tracer, l->current);
    kr_trace(tracer, l->resolution);
    kr_trace(tracer, l->selector);
    kr_trace_object(tracer, l->watches);
}

static KrValue loop_alloc(KrVm *vm, const KrType *type) {
    KrValue queue = kr_alloc_instance(vm, &kr_deque_type), v = kr_is_error(queue) ? queue : kr_alloc_instance(vm, type);
    if (kr_is_error(v)) return v;
    KrLoop *l = kr_loop(v);
    l->ready = queue;
    l->current = l->resolution = l->selector = KR_NONE;
    l->epoll = -1;
    l->closed = true; // until it is made
    return v;
}

// ---- Which loops are ours --------------------------------------------------------------------------------------------------------

static bool inherits(KrVm *vm, const KrType *type, const char *name) {
    KrValue n = kr_name(vm, name);
    return !kr_is_error(n) && kr_same(kr_type_lookup(vm, type, n), kr_type_lookup(vm, &kr_loop_type, n));
}

// The last class that was looked at, and that is one of ours, is remembered: a version is of one class only.
static bool is_known(KrVm *vm, const KrType *type) { return type->shape.version == vm->loop_version && vm->loop_version; }

bool kr_is_core_loop(KrVm *vm, KrValue v) { return is_known(vm, kr_type_of(v)) || kr_is_subtype(kr_type_of(v), &kr_loop_type); }

bool kr_loop_is_ours(KrVm *vm, KrValue loop) {
    const KrType *type = kr_type_of(loop);
    if (!is_known(vm, type)) {
        if (!kr_is_subtype(type, &kr_loop_type)) return false;
        if (!inherits(vm, type, "call_soon") || !inherits(vm, type, "time") || !inherits(vm, type, "call_at")) return false;
        vm->loop_version = type->shape.version;
    }
    return !kr_loop(loop)->debug && !kr_loop(loop)->closed;
}

bool kr_loop_is_debug(KrVm *vm, KrValue loop, bool *out) {
    if (kr_is_core_loop(vm, loop)) return *out = kr_loop(loop)->debug, true;
    KrValue v = kr_call_method(vm, loop, "get_debug", 0, NULL);
    return !kr_is_error(v) && kr_truth(vm, v, out);
}

// ---- Callbacks -------------------------------------------------------------------------------------------------------------------

static bool may_call(KrVm *vm, KrValue self, KrValue callback, const char *method) {
    if (!SELF->closed && !SELF->debug) return true;
    KrValue arg[] = { callback, kr_str_c(vm, method) };
    return !kr_is_error(arg[1]) && !kr_is_error(kr_call_method(vm, self, "_check_call", 2, arg));
}

// call_soon(callback, *args, context=None)
METHOD(call_soon) {
    if (!may_call(vm, self, arg[0], "call_soon")) return KR_ERROR;
    KrHandle *h = kr_handle_new(vm, self, arg[0], arg[1], arg[2]);
    return h && kr_deque_append(vm, ready(SELF), kr_from_ptr(h)) ? kr_from_ptr(h) : KR_ERROR;
}

bool kr_call_soon(KrVm *vm, KrValue loop, KrValue callback, KrValue argument, KrValue context) {
    size_t count = !kr_is_unset(argument);
    if (kr_loop_is_ours(vm, loop) && kr_is_context(context)) {
        KrValue args = count ? kr_tuple(vm, 1, &argument) : kr_tuple_empty(vm);
        KrHandle *h = kr_is_error(args) ? NULL : kr_handle_new(vm, loop, callback, args, context);
        return h && kr_deque_append(vm, ready(kr_loop(loop)), kr_from_ptr(h));
    }
    KrValue arg[] = { callback, count ? argument : context, context }, name = kr_name(vm, "context"),
            names = kr_is_error(name) ? name : kr_tuple(vm, 1, &name),
            soon = kr_is_error(names) ? names : kr_getattr_c(vm, loop, "call_soon");
    return !kr_is_error(soon) && !kr_is_error(kr_call_names(vm, soon, arg, 1 + count, names));
}

METHOD(create_future) {
    (void)arg;
    return kr_future_new(vm, self);
}

// ---- Timers ----------------------------------------------------------------------------------------------------------------------

static KrTimer *timer_at(const KrLoop *l, size_t i) { return (KrTimer *)kr_ptr(l->timers->item[i]); }

static bool before(const KrTimer *a, const KrTimer *b) { return a->time < b->time || (a->time == b->time && a->number < b->number); }

static void put(KrVm *vm, KrLoop *l, size_t i, const KrTimer *timer) { kr_store(vm, l->timers, &l->timers->item[i], kr_from_ptr(timer)); }

static void sift_up(KrVm *vm, KrLoop *l, size_t i, const KrTimer *timer) {
    for (size_t up; i && before(timer, timer_at(l, up = (i - 1) / 2)); i = up) put(vm, l, i, timer_at(l, up));
    put(vm, l, i, timer);
}

static void sift_down(KrVm *vm, KrLoop *l, size_t i, const KrTimer *timer) {
    for (size_t down; (down = 2 * i + 1) < l->timer_count; i = down) {
        if (down + 1 < l->timer_count && before(timer_at(l, down + 1), timer_at(l, down))) down++;
        if (!before(timer_at(l, down), timer)) break;
        put(vm, l, i, timer_at(l, down));
    }
    put(vm, l, i, timer);
}

static bool push_timer(KrVm *vm, KrLoop *l, KrTimer *timer) {
    size_t cap = l->timers ? l->timers->cap : 0;
    if (l->timer_count == cap) {
        KrSlots *more = kr_slots_new(vm, cap ? 2 * cap : 16);
        if (!more) return false;
        for (size_t i = 0; i < more->cap; i++) more->item[i] = i < cap ? l->timers->item[i] : KR_NONE;
        KR_STORE_PTR(vm, l, l->timers, more);
    }
    timer->number = ++l->timer_number;
    timer->scheduled = true;
    sift_up(vm, l, l->timer_count++, timer);
    return true;
}

// The first; there is one.
static KrTimer *pop_timer(KrVm *vm, KrLoop *l) {
    KrTimer *first = timer_at(l, 0), *last = timer_at(l, --l->timer_count);
    kr_store(vm, l->timers, &l->timers->item[l->timer_count], KR_NONE);
    if (l->timer_count) sift_down(vm, l, 0, last);
    first->scheduled = false;
    return first;
}

// Many were cancelled: the others make a new heap.
static void shrink_timers(KrVm *vm, KrLoop *l) {
    size_t kept = 0;
    for (size_t i = 0; i < l->timer_count; i++) {
        if (timer_at(l, i)->handle.cancelled) timer_at(l, i)->scheduled = false;
        else put(vm, l, kept++, timer_at(l, i));
    }
    for (size_t i = kept; i < l->timer_count; i++) kr_store(vm, l->timers, &l->timers->item[i], KR_NONE);
    kr_spend(vm, l->timer_count >> 2);
    l->timer_count = kept;
    for (size_t i = kept / 2; i-- > 0;) sift_down(vm, l, i, timer_at(l, i));
    l->cancelled = 0;
}

static void drop_cancelled(KrVm *vm, KrLoop *l) {
    if (l->timer_count > MOST_CANCELLED && l->cancelled > l->timer_count / 2) shrink_timers(vm, l);
    while (l->timer_count && timer_at(l, 0)->handle.cancelled) {
        pop_timer(vm, l);
        if (l->cancelled) l->cancelled--;
    }
}

// ---- Time ------------------------------------------------------------------------------------------------------------------------

static double seconds(const KrVm *vm) { return (double)kr_now_ns(vm) * 1e-9; }

METHOD(time) { return (void)self, (void)arg, kr_float(vm, seconds(vm)); }

static bool now(KrVm *vm, KrValue self, double *out) {
    if (kr_loop_is_ours(vm, self)) return *out = seconds(vm), true;
    KrValue v = kr_call_method(vm, self, "time", 0, NULL);
    return !kr_is_error(v) && kr_to_double(vm, v, out);
}

// call_at(when, callback, *args, context=None)
METHOD(call_at) {
    if (kr_is_none(arg[0])) return kr_raise(vm, &kr_type_error, "when cannot be None");
    if (!may_call(vm, self, arg[1], "call_at")) return KR_ERROR;
    KrValue handle = kr_call(vm, kr_type_value(&kr_timer_type), 5, (KrValue[]){ arg[0], arg[1], arg[2], self, arg[3] });
    return !kr_is_error(handle) && push_timer(vm, SELF, (KrTimer *)kr_ptr(handle)) ? handle : KR_ERROR;
}

// call_later(delay, callback, *args, context=None)
METHOD(call_later) {
    if (kr_is_none(arg[0])) return kr_raise(vm, &kr_type_error, "delay must not be None");
    double delay, at;
    if (kr_loop_is_ours(vm, self)) {
        if (!kr_to_double(vm, arg[0], &delay)) return KR_ERROR;
        return loop_call_at(vm, self, (KrValue[]){ kr_float(vm, seconds(vm) + delay), arg[1], arg[2], arg[3] });
    }
    if (!now(vm, self, &at)) return KR_ERROR;
    KrValue when = kr_binary(vm, KR_ADD, kr_float(vm, at), arg[0]), name = kr_is_error(when) ? when : kr_name(vm, "context"),
            names = kr_is_error(name) ? name : kr_tuple(vm, 1, &name),
            call = kr_is_error(names) ? names : kr_getattr_c(vm, self, "call_at");
    if (kr_is_error(call)) return call;
    size_t count;
    const KrValue *item = kr_tuple_items(arg[2], &count);
    KrValue all = kr_tuple(vm, count + 3, NULL);
    if (kr_is_error(all)) return all;
    KrValue *to = kr_tuple_items(all, NULL);
    to[0] = when, to[1] = arg[1], to[count + 2] = arg[3];
    memcpy(to + 2, item, count * sizeof *item);
    return kr_call_names(vm, call, to, count + 2, names);
}

// ---- Rounds ----------------------------------------------------------------------------------------------------------------------

// Seconds to wait for files: 0 when something is ready, below 0: for ever.
static bool patience(KrVm *vm, KrValue self, double *out) {
    KrLoop *l = SELF;
    double at;
    *out = 0;
    if (ready(l)->len || l->stopping) return true;
    if (!l->timer_count) return *out = -1, true;
    double first = timer_at(l, 0)->time;
    if (!now(vm, self, &at)) return false;
    *out = first <= at ? 0 : first - at < LONGEST_WAIT ? first - at : LONGEST_WAIT;
    return true;
}

// Files are looked at when there is nothing else to do, and now and then.
static bool look(KrVm *vm, KrValue self, double wait) {
    int64_t clock = kr_port_monotonic_ns();
    if (wait == 0 && ready(SELF)->len && kr_loop_is_ours(vm, self) && clock - SELF->polled < LOOK_NS) return true;
    if (SELF->epoll >= 0) {
        if (!kr_loop_wait(vm, SELF, wait)) return false;
        return SELF->polled = wait == 0 ? clock : kr_port_monotonic_ns(), true;
    }
    KrValue limit = wait < 0 ? KR_NONE : kr_float(vm, wait);
    if (kr_is_error(kr_call_method(vm, self, "_look", 1, &limit))) return false;
    SELF->polled = wait == 0 ? clock : kr_port_monotonic_ns();
    return true;
}

static bool take_due(KrVm *vm, KrValue self) {
    KrLoop *l = SELF;
    double at, resolution = 1e-9;
    if (!l->timer_count) return true;
    if (!now(vm, self, &at) || (kr_is_float(l->resolution) && !kr_to_double(vm, l->resolution, &resolution))) return false;
    while (l->timer_count && timer_at(l, 0)->time < at + resolution)
        if (!kr_deque_append(vm, ready(l), kr_from_ptr(pop_timer(vm, l)))) return false;
    return true;
}

static bool run_task(KrVm *vm, KrTask *t) {
    if (t->future.state != KR_FUTURE_PENDING) return true;
    KrValue context = t->context;
    if (!kr_context_enter(vm, context)) return false;
    bool ok = kr_task_step(vm, t, KR_UNSET);
    kr_context_leave(vm, context);
    if (ok || kr_raised_is(vm, &kr_system_exit) || kr_raised_is(vm, &kr_keyboard_interrupt) || kr_raised_is(vm, &kr_limit_exceeded))
        return ok;
    KrValue arg[] = { kr_from_ptr(t), kr_take_raised(vm) };
    return !kr_is_error(kr_async_helper(vm, "asyncio.tasks", "_step_failed", 2, arg));
}

// What others have put among them has _run() and _cancelled.
static bool run_other(KrVm *vm, KrValue handle) {
    bool cancelled;
    KrValue mark = kr_getattr_c(vm, handle, "_cancelled");
    if (kr_is_error(mark) || !kr_truth(vm, mark, &cancelled)) return false;
    return cancelled || !kr_is_error(kr_call_method(vm, handle, "_run", 0, NULL));
}

static bool run_one(KrVm *vm, KrValue self, KrValue item) {
    const KrType *type = kr_type_of(item);
    if (kr_is_subtype(type, &kr_task_type)) return run_task(vm, kr_task(item));
    bool plain = type == &kr_handle_type || type == &kr_timer_type;
    if (plain && kr_handle(item)->cancelled) return true;
    if (SELF->debug) return !kr_is_error(kr_call_method(vm, self, "_run_timed", 1, &item));
    return plain ? kr_handle_run(vm, kr_handle(item)) : run_other(vm, item);
}

// What these add is for the next round.
static bool run_ready(KrVm *vm, KrValue self) {
    for (size_t left = ready(SELF)->len; left && ready(SELF)->len; left--)
        if (!run_one(vm, self, kr_deque_pop_left(vm, ready(SELF))) || !kr_step(vm)) return false;
    return true;
}

static bool run_round(KrVm *vm, KrValue self) {
    double wait;
    drop_cancelled(vm, SELF);
    return patience(vm, self, &wait) && look(vm, self, wait) && take_due(vm, self) && run_ready(vm, self);
}

METHOD(waits_itself) { return (void)vm, (void)arg, kr_bool(SELF->epoll >= 0); }

METHOD(clear) {
    (void)arg;
    kr_deque_clear(vm, ready(SELF));
    SELF->timer_count = SELF->cancelled = 0;
    KR_STORE_PTR(vm, SELF, SELF->timers, NULL);
    return KR_NONE;
}

METHOD(run_once) { return (void)arg, run_round(vm, self) ? KR_NONE : KR_ERROR; }

METHOD(run_rounds) {
    (void)arg;
    SELF->polled = 0; // however short it runs, it looks at files once
    do {
        if (!run_round(vm, self)) return KR_ERROR;
    } while (!SELF->stopping);
    return KR_NONE;
}

// ---- Attributes ------------------------------------------------------------------------------------------------------------------

static KrValue get_ready(KrVm *vm, KrValue self) { return (void)vm, SELF->ready; }
static KrValue get_timers(KrVm *vm, KrValue self) { return kr_list(vm, SELF->timer_count, SELF->timers ? SELF->timers->item : NULL); }
static KrValue get_current(KrVm *vm, KrValue self) { return (void)vm, SELF->current; }
static KrValue get_resolution(KrVm *vm, KrValue self) { return (void)vm, SELF->resolution; }
static KrValue get_cancelled(KrVm *vm, KrValue self) { return kr_int(vm, (int64_t)SELF->cancelled); }
static KrValue get_closed(KrVm *vm, KrValue self) { return (void)vm, kr_bool(SELF->closed); }
static KrValue get_debug(KrVm *vm, KrValue self) { return (void)vm, kr_bool(SELF->debug); }
static KrValue get_stopping(KrVm *vm, KrValue self) { return (void)vm, kr_bool(SELF->stopping); }

static bool set_ready(KrVm *vm, KrValue self, KrValue value) {
    if (kr_is_unset(value) || !kr_isa(value, &kr_deque_type)) return kr_fail(kr_raise(vm, &kr_type_error, "_ready must be a deque"));
    return kr_store(vm, SELF, &SELF->ready, value), true;
}

static KrValue get_selector(KrVm *vm, KrValue self) { return (void)vm, SELF->selector; }

// Another one than that of use_epoll() is waited with in Python.
static bool set_selector(KrVm *vm, KrValue self, KrValue value) {
    SELF->epoll = -1;
    KR_STORE_PTR(vm, SELF, SELF->watches, NULL);
    return kr_store(vm, SELF, &SELF->selector, kr_is_unset(value) ? KR_NONE : value), true;
}

static bool set_current(KrVm *vm, KrValue self, KrValue value) {
    return kr_store(vm, SELF, &SELF->current, kr_is_unset(value) ? KR_NONE : value), true;
}

static bool set_resolution(KrVm *vm, KrValue self, KrValue value) {
    return kr_store(vm, SELF, &SELF->resolution, kr_is_unset(value) ? KR_NONE : value), true;
}

static bool set_flag(KrVm *vm, KrValue value, bool *flag) { return kr_truth(vm, kr_is_unset(value) ? KR_FALSE : value, flag); }
static bool set_closed(KrVm *vm, KrValue self, KrValue value) { return set_flag(vm, value, &SELF->closed); }
static bool set_debug(KrVm *vm, KrValue self, KrValue value) { return set_flag(vm, value, &SELF->debug); }
static bool set_stopping(KrVm *vm, KrValue self, KrValue value) { return set_flag(vm, value, &SELF->stopping); }

static const KrMethod loop_methods[] = {
    { "call_soon(callback, /, *args, context=None)", loop_call_soon,
      KR_DOC("Have callback(*args) called by the next round; return a Handle."), 0 },
    { "call_later(delay, callback, /, *args, context=None)", loop_call_later,
      KR_DOC("Have callback(*args) called in delay seconds; return a TimerHandle."), 0 },
    { "call_at(when, callback, /, *args, context=None)", loop_call_at,
      KR_DOC("Have callback(*args) called at the time when; return a TimerHandle."), 0 },
    { "create_future()", loop_create_future, KR_DOC("Return a Future of this loop."), 0 },
    { "time()", loop_time, KR_DOC("Return the loop's time in seconds."), 0 },
    { "_run_once()", loop_run_once,
      KR_DOC("A round: wait for files and the next timer, if nothing else is to do; then call what was ready by then."), 0 },
    { "_clear()", loop_clear, KR_DOC("Forget all callbacks."), 0 },
    { "_use_epoll(fd, /)", kr_loop_use_epoll, KR_DOC("Wait with this epoll descriptor from now on."), 0 },
    { "_set_watch(fd, side, handle, /)", kr_loop_set_watch,
      KR_DOC("Have handle, None: nothing, called when fd can be read (side 0) or written (1); cancel and return the one so far."), 0 },
    { "_get_watch(fd, /)", kr_loop_get_watch, KR_DOC("Return what is called when fd can be read, and when it can be written."), 0 },
    { "_waits_itself()", loop_waits_itself, KR_DOC("Return whether it waits with epoll itself."), 0 },
    { "_watched()", kr_loop_watched, KR_DOC("Return the descriptors that are watched."), 0 },
    { "_run_rounds()", loop_run_rounds, KR_DOC("Rounds until the loop is stopped."), 0 },
    { 0 },
};

static const KrGetSet loop_attributes[] = {
    { "_ready", get_ready, set_ready, NULL },
    { "_scheduled", get_timers, NULL, NULL },
    { "_selector", get_selector, set_selector, NULL },
    { "_current_task", get_current, set_current, NULL },
    { "_clock_resolution", get_resolution, set_resolution, NULL },
    { "_timer_cancelled_count", get_cancelled, NULL, NULL },
    { "_closed", get_closed, set_closed, NULL },
    { "_debug", get_debug, set_debug, NULL },
    { "_stopping", get_stopping, set_stopping, NULL },
    { 0 },
};

const KrType kr_loop_type = {
    KR_TYPE_HEAD(kr_loop_type),
    .name = "Loop",
    .module = "_asyncio",
    .doc = KR_DOC(
        "The core of event loops. A class derived from it has _look(seconds), which waits for files, and _check_call() and _run_timed()."),
    .flags = KR_TYPE_BASE | KR_TYPE_WEAKREF,
    .size = sizeof(KrLoop),
    .methods = loop_methods,
    .attributes = loop_attributes,
    .alloc = loop_alloc,
    .trace = loop_trace,
};

// ---- The module ------------------------------------------------------------------------------------------------------------------

static KrValue get_running_or_none(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)self, (void)arg;
    return kr_is_unset(vm->thread.running_loop) ? KR_NONE : vm->thread.running_loop;
}

static KrValue set_running(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)self;
    return vm->thread.running_loop = kr_is_none(arg[0]) ? KR_UNSET : arg[0], KR_NONE;
}

static KrValue get_running(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)self, (void)arg;
    if (kr_is_unset(vm->thread.running_loop)) return kr_raise(vm, &kr_runtime_error, "no running event loop");
    return vm->thread.running_loop;
}

// The functions of asyncio.tasks, for those who look for them here.
#define OF_TASKS(name, count) \
    static KrValue task_##name(KrVm *vm, KrValue self, const KrValue *arg) { \
        return (void)self, kr_async_helper(vm, "asyncio.tasks", #name, count, arg); \
    }
OF_TASKS(current_task, 1)
OF_TASKS(all_tasks, 1)
OF_TASKS(_enter_task, 2)
OF_TASKS(_leave_task, 2)
OF_TASKS(_swap_current_task, 2)
OF_TASKS(_register_task, 1)
OF_TASKS(_unregister_task, 1)
OF_TASKS(_register_eager_task, 1)
OF_TASKS(_unregister_eager_task, 1)

static KrValue get_event_loop(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)self, kr_async_helper(vm, "asyncio.events", "get_event_loop", 0, arg);
}

static const KrMethod functions[] = {
    { "_get_running_loop()", get_running_or_none, KR_DOC("Return the loop that runs in this thread, or None."), 0 },
    { "_set_running_loop(loop, /)", set_running, KR_DOC("Loops call this when they begin and (None) end."), 0 },
    { "get_event_loop()", get_event_loop, KR_DOC("Return the loop that runs in this thread, or else the one that the policy has for it."),
      0 },
    { "current_task(loop=None)", task_current_task,
      KR_DOC("Return the task that runs in loop, or None; without loop: in the one that runs."), 0 },
    { "all_tasks(loop=None)", task_all_tasks, KR_DOC("Return the tasks of loop, without one the running one's, that are not done."), 0 },
    { "_enter_task(loop, task)", task__enter_task, KR_DOC("A step of task begins."), 0 },
    { "_leave_task(loop, task)", task__leave_task, KR_DOC("A step of task has ended."), 0 },
    { "_swap_current_task(loop, task)", task__swap_current_task, KR_DOC("Make task, or None, the current one; return the one before."), 0 },
    { "_register_task(task)", task__register_task, KR_DOC("Tasks of other makers tell of themselves."), 0 },
    { "_unregister_task(task)", task__unregister_task, KR_DOC("Tasks of other makers tell that they have ended."), 0 },
    { "_register_eager_task(task)", task__register_eager_task, KR_DOC("Tasks of other makers tell of their first step."), 0 },
    { "_unregister_eager_task(task)", task__unregister_eager_task, KR_DOC("Tasks of other makers tell that it has ended."), 0 },
    { "get_running_loop()", get_running, KR_DOC("Return the loop that runs in this thread. RuntimeError: none does."), 0 },
    { 0 },
};

static const KrConst constants[] = {
    { "Future", KR_CONST_TYPE, { .p = &kr_future_type } },
    { "Task", KR_CONST_TYPE, { .p = &kr_task_type } },
    { "NextRound", KR_CONST_TYPE, { .p = &kr_next_round_type } },
    { "Handle", KR_CONST_TYPE, { .p = &kr_handle_type } },
    { "TimerHandle", KR_CONST_TYPE, { .p = &kr_timer_type } },
    { "Loop", KR_CONST_TYPE, { .p = &kr_loop_type } },
    { "CancelledError", KR_CONST_TYPE, { .p = &kr_async_cancelled_error } },
    { "InvalidStateError", KR_CONST_TYPE, { .p = &kr_async_invalid_state } },
    { 0 },
};

const KrModuleDef kr_async_module = {
    .name = "_asyncio", .doc = "The parts of asyncio that each step of a task goes through.", .functions = functions, .constants = constants
};
