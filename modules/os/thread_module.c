// thread_module.c - the _thread module: threads of the system that take turns in this VM. threading (lib/threading.py) is made of it.
// SPDX-License-Identifier: MIT
#include "object/dict.h"
#include "object/module.h"
#include "object/object.h"
#include "port.h"
#include "thread_part.h"
#include "vm/clock.h"
#include "vm/audit.h"

#if KR_THREADS

#define FUNCTION(name) static KrValue thread_##name(KrVm *vm, KrValue self, const KrValue *arg)

// ---- Handles -------------------------------------------------------------------------------------------------------------------

typedef enum { UNUSED, STARTED, DONE } HandleState;

typedef struct {
    KrObject head;
    KrWaiters waiters;
    KrThreadRecord *thread; // while it runs; then its address only
    uint8_t state;
} Handle;

#define HANDLE ((Handle *)kr_ptr(self))

static void handle_done(KrVm *vm, Handle *h) {
    h->state = DONE;
    kr_wake_all(vm, &h->waiters);
}

FUNCTION(handle_is_done) { return (void)vm, (void)arg, kr_bool(HANDLE->state == DONE); }
FUNCTION(handle_set_done) {
    (void)arg;
    if (HANDLE->state == UNUSED) return kr_raise(vm, &kr_runtime_error, "thread not started");
    return handle_done(vm, HANDLE), KR_NONE;
}

FUNCTION(handle_join) {
    int64_t ns = -1;
    if (!kr_is_none(arg[0]) && !kr_thread_seconds(vm, arg[0], &ns)) return KR_ERROR;
    int64_t until = ns < 0 ? INT64_MAX : kr_now_ns(vm) + ns;
    if (HANDLE->state == UNUSED) return kr_raise(vm, &kr_runtime_error, "thread not started");
    if (HANDLE->state == STARTED && HANDLE->thread == vm->threads->current)
        return kr_raise(vm, &kr_runtime_error, "Cannot join current thread");
    while (HANDLE->state != DONE) {
        int got = kr_wait(vm, &HANDLE->waiters, until);
        if (got < 0) return KR_ERROR;
        if (!got) break;
    }
    return KR_NONE;
}

static KrValue handle_ident(KrVm *vm, KrValue self) { return kr_int(vm, HANDLE->thread ? kr_thread_ident(HANDLE->thread) : 0); }

static KrValue handle_repr(KrVm *vm, KrValue self) {
    KrValue ident = handle_ident(vm, self);
    return kr_is_error(ident) ? ident : kr_format(vm, "<_ThreadHandle object: ident=%S>", ident);
}

static const KrMethod handle_methods[] = {
    { "is_done()", thread_handle_is_done, KR_DOC("Return whether the thread has ended."), 0 },
    { "_set_done()", thread_handle_set_done, KR_DOC("Treat the thread as ended."), 0 },
    { "join(timeout=None, /)", thread_handle_join, KR_DOC("Wait until the thread has ended, at most timeout seconds."), 0 },
    { 0 },
};

static const KrGetSet handle_attributes[] = { { "ident", handle_ident, NULL, NULL }, { 0 } };

const KrType kr_thread_handle_type = {
    KR_TYPE_HEAD(kr_thread_handle_type),
    .name = "_ThreadHandle",
    .module = "_thread",
    .flags = KR_TYPE_WEAKREF,
    .size = sizeof(Handle),
    .methods = handle_methods,
    .attributes = handle_attributes,
    .alloc = kr_alloc_instance,
    .repr = handle_repr,
};

// ---- Starting ------------------------------------------------------------------------------------------------------------------

enum { FUNCTION, ARGS, KWARGS, HANDLE_OF, WORK };

// What the thread's function raises ends the thread; SystemExit and limits do so silently.
static void report(KrVm *vm, KrValue function) {
    KrValue e = kr_take_raised(vm);
    if (kr_isa(e, &kr_system_exit) || kr_isa(e, &kr_limit_exceeded)) return;
    KrValue message = kr_format(vm, "Exception ignored in thread started by %R", function);
    if (kr_is_error(message)) message = KR_NONE, (void)kr_take_raised(vm);
    kr_print_unraisable(vm, e, message, KR_NONE);
}

// threading may know the thread as one that it has not started: not any longer.
static void forget_foreign(KrVm *vm) {
    KrValue name = kr_name(vm, "threading"), *module = NULL;
    if (kr_is_error(name)) (void)kr_take_raised(vm);
    else module = kr_dict_find_name(KR_AS(KrDictObject, vm->modules), name);
    if (module && kr_is_module(*module) && kr_is_error(kr_call_method(vm, *module, "_forget_foreign", 0, NULL)))
        kr_report_unraisable(vm, *module);
}

static void body(KrVm *vm, KrThreadRecord *self) {
    const KrValue *work = kr_tuple_items(self->work, NULL);
    KrValue v = kr_call_args(vm, work[FUNCTION], work[ARGS], work[KWARGS]);
    if (kr_is_error(v)) report(vm, work[FUNCTION]);
    if (kr_is_none(work[HANDLE_OF])) forget_foreign(vm);
    kr_local_leave(vm, self);
    if (!kr_is_none(work[HANDLE_OF])) handle_done(vm, (Handle *)kr_ptr(work[HANDLE_OF]));
}

static KrThreadRecord *start(KrVm *vm, KrValue function, KrValue args, KrValue kwargs, KrValue handle) {
    if (vm->finalizing) return (void)kr_raise(vm, &kr_python_finalization_error, "can't create new thread at interpreter shutdown"), NULL;
    KrValue item[WORK] = { function, args, kwargs, handle }, work = kr_tuple(vm, WORK, item);
    return kr_is_error(work) ? NULL : kr_thread_start(vm, body, work);
}

FUNCTION(start_new_thread) {
    (void)self;
    if (!kr_callable(arg[0])) return kr_raise(vm, &kr_type_error, "first arg must be callable");
    if (!kr_is_tuple(arg[1])) return kr_raise(vm, &kr_type_error, "2nd arg must be a tuple");
    if (!kr_is_unset(arg[2]) && !kr_is_dict(arg[2])) return kr_raise(vm, &kr_type_error, "optional 3rd arg must be a dictionary");
    if (!kr_audit(vm, "_thread.start_new_thread", 3, arg)) return KR_ERROR;
    KrValue none = kr_is_unset(arg[2]) ? kr_dict(vm) : arg[2];
    KrThreadRecord *r = kr_is_error(none) ? NULL : start(vm, arg[0], arg[1], none, KR_NONE);
    return r ? kr_int(vm, kr_thread_ident(r)) : KR_ERROR;
}

FUNCTION(start_joinable_thread) {
    (void)self;
    KrValue handle = kr_is_none(arg[1]) ? kr_alloc_instance(vm, &kr_thread_handle_type) : arg[1], none = kr_dict(vm);
    if (!kr_callable(arg[0])) return kr_raise(vm, &kr_type_error, "thread function must be callable");
    if (kr_is_error(handle) || kr_is_error(none)) return KR_ERROR;
    if (!kr_isa(handle, &kr_thread_handle_type)) return kr_raise(vm, &kr_type_error, "'handle' must be a _ThreadHandle");
    Handle *h = (Handle *)kr_ptr(handle);
    if (h->state != UNUSED) return kr_raise(vm, &kr_runtime_error, "thread already started");
    KrValue told[3] = { arg[0], arg[2], handle };
    if (!kr_audit(vm, "_thread.start_joinable_thread", 3, told)) return KR_ERROR;
    KrValue args = kr_tuple(vm, 0, NULL);
    if (kr_is_error(args)) return args;
    h->thread = start(vm, arg[0], args, none, handle);
    if (!h->thread) return KR_ERROR;
    h->state = STARTED;
    return handle;
}

FUNCTION(make_thread_handle) {
    int64_t ident;
    (void)self;
    KrValue handle = kr_to_int64(vm, arg[0], &ident) ? kr_alloc_instance(vm, &kr_thread_handle_type) : KR_ERROR;
    if (kr_is_error(handle)) return handle;
    ((Handle *)kr_ptr(handle))->thread = (KrThreadRecord *)(uintptr_t)ident;
    ((Handle *)kr_ptr(handle))->state = STARTED;
    return handle;
}

// ---- The rest ------------------------------------------------------------------------------------------------------------------

FUNCTION(get_ident) { return (void)self, (void)arg, kr_int(vm, kr_thread_ident(vm->threads->current)); }
FUNCTION(get_native_id) { return (void)self, (void)arg, kr_int(vm, (int64_t)vm->threads->current->native_id); }
FUNCTION(count) { return (void)self, (void)arg, kr_int_box((intptr_t)vm->threads->count - 1); }
FUNCTION(allocate_lock) { return (void)self, (void)arg, kr_alloc_instance(vm, &kr_lock_type); }
FUNCTION(exit) { return (void)self, (void)arg, kr_raise(vm, &kr_system_exit, ""); }
FUNCTION(daemon_threads_allowed) { return (void)vm, (void)self, (void)arg, KR_TRUE; }

FUNCTION(interrupt_main) {
    int64_t number;
    (void)self;
    if (!kr_access(vm, KR_ACCESS_PROCESSES, KR_UNSET) || !kr_to_int64(vm, arg[0], &number)) return KR_ERROR;
    if (number < 1 || number >= KR_PORT_SIGNALS) return kr_raise(vm, &kr_value_error, "signal number out of range");
    if (kr_port_signal_how((int)number) == KR_SIGNAL_NOTE) kr_port_signal_note((int)number);
    return kr_poll(vm, 1000000) ? KR_NONE : KR_ERROR;
}

FUNCTION(interrupt) {
    int64_t ident;
    (void)self;
    return kr_to_int64(vm, arg[0], &ident) ? kr_bool(kr_thread_interrupt(vm, ident)) : KR_ERROR;
}

FUNCTION(main_ident) { return (void)self, (void)arg, kr_int(vm, kr_thread_ident(vm->threads->first)); }

FUNCTION(stack_size) {
    int64_t size;
    (void)self;
    size_t before = vm->threads->stack_size;
    if (!kr_to_int64(vm, arg[0], &size)) return KR_ERROR;
    if (size < 0) return kr_raise(vm, &kr_value_error, "size must be 0 or a positive value");
    if (size && (size < 32768 || size > 1 << 30)) return kr_raise(vm, &kr_value_error, "size not valid: %z bytes", (intptr_t)size);
    vm->threads->stack_size = (size_t)size;
    return kr_int(vm, (int64_t)before);
}

FUNCTION(after_fork) { return (void)self, (void)arg, kr_threads_forked(vm), KR_NONE; }

static const KrMethod functions[] = {
    { "start_new_thread(function, args, kwargs=<unset>, /)", thread_start_new_thread,
      KR_DOC("Start a thread that calls function(*args, **kwargs); return its identifier."), 0 },
    { "start_new(function, args, kwargs=<unset>, /)", thread_start_new_thread, KR_DOC("An obsolete synonym of start_new_thread()."), 0 },
    { "start_joinable_thread(function, handle=None, daemon=True)", thread_start_joinable_thread,
      KR_DOC("Start a thread that calls function(); return its handle."), 0 },
    { "_make_thread_handle(ident, /)", thread_make_thread_handle,
      KR_DOC("Return a handle of the thread ident, which Python code has not started."), 0 },
    { "allocate_lock()", thread_allocate_lock, KR_DOC("Return a new lock, which is not locked."), 0 },
    { "allocate()", thread_allocate_lock, KR_DOC("An obsolete synonym of allocate_lock()."), 0 },
    { "get_ident()", thread_get_ident, KR_DOC("Return the identifier of this thread; it may be used again once the thread has ended."), 0 },
    { "get_native_id()", thread_get_native_id, KR_DOC("Return the number that the system gives this thread."), 0 },
    { "interrupt_main(signum=2, /)", thread_interrupt_main, KR_DOC("Do as if the signal had come: the first thread calls its handler."),
      0 },
    { "_interrupt(ident, /)", thread_interrupt,
      KR_DOC("Raise KeyboardInterrupt in that thread, also where it waits; return whether it is there. (Krait's own.)"), 0 },
    { "_get_main_thread_ident()", thread_main_ident, KR_DOC("Return the identifier of the first thread."), 0 },
    { "_count()", thread_count, KR_DOC("Return the number of threads besides the first."), 0 },
    { "exit()", thread_exit, KR_DOC("Raise SystemExit, which ends this thread."), 0 },
    { "exit_thread()", thread_exit, KR_DOC("An obsolete synonym of exit()."), 0 },
    { "stack_size(size=0, /)", thread_stack_size,
      KR_DOC("Set the C stack size in bytes of threads to come, 0: the system's; return what it was."), 0 },
    { "daemon_threads_allowed()", thread_daemon_threads_allowed, KR_DOC("Return True."), 0 },
    { "_after_fork()", thread_after_fork, KR_DOC("Forget the other threads, in the child of a fork."), 0 },
    { 0 },
};

static const KrConst constants[] = {
    { "LockType", KR_CONST_TYPE, { .p = &kr_lock_type } },
    { "lock", KR_CONST_TYPE, { .p = &kr_lock_type } },
    { "RLock", KR_CONST_TYPE, { .p = &kr_rlock_type } },
    { "_local", KR_CONST_TYPE, { .p = &kr_local_type } },
    { "_ThreadHandle", KR_CONST_TYPE, { .p = &kr_thread_handle_type } },
    { "error", KR_CONST_TYPE, { .p = &kr_runtime_error } },
    { "TIMEOUT_MAX", KR_CONST_FLOAT, { .d = 9223372036.0 } },
    { 0 },
};

static bool init(KrVm *vm, KrValue module) { return (void)module, kr_threads_begin(vm); }

const KrModuleDef kr_thread_module = { "_thread", KR_DOC("Threads and locks."), functions, constants, init };

#endif
