// async_part.h - what the files of module _asyncio share: futures, tasks, handles, and the loop that runs them.
//
// A loop has a deque of what is ready: handles, and tasks whose next step is due. A future that is done makes its callbacks ready; a task that
// waits for it stands among those as itself, without a handle. So a switch between tasks makes no object. All that is of another make (loops
// whose call_soon() is not ours, futures of other classes, debug mode) goes through the methods that asyncio documents.
// SPDX-License-Identifier: MIT
#ifndef KR_OS_ASYNC_PART_H
#define KR_OS_ASYNC_PART_H

#include "object/container.h"
#include "object/exception.h"
#include "object/object.h"
#include "object/tuple.h"
#include "object/vm_state.h"
#include "../std/collections_part.h"
#include "../std/context.h"

enum { KR_FUTURE_PENDING, KR_FUTURE_CANCELLED, KR_FUTURE_FINISHED };

typedef struct {
    KrObject head;
    KrValue loop;      // KR_UNSET before __init__
    KrValue result;    // or the exception, if it `failed`
    KrValue trace;     // the exception's traceback as it came; else None
    KrValue callbacks; // KR_UNSET: none; a task that waits; a tuple (callback, context); a list of both
    KrValue cancel_message;
    KrValue cancelled_exc; // the CancelledError that ended a task, to be handed out once; or None
    KrValue made_at;       // debug mode: a stack; else None
    uint8_t state;
    bool failed, unseen; // unseen: nobody has asked for the exception
    bool blocking;       // it was yielded by an await, and the task has not seen it yet
} KrFuture;

typedef struct {
    KrFuture future;
    KrValue coro, context, name; // name: a number until it is asked for
    KrValue waits_for;           // a future, or None
    uint32_t cancels;            // calls of cancel() without those taken back
    bool must_cancel;            // the next step throws CancelledError in
    bool tell_pending;           // that it never ended
} KrTask;

typedef struct {
    KrObject head;
    KrValue loop, callback, args,
        context; // args: a tuple. All are None once it was cancelled or, but for the loop and the context, has run
    KrValue made_at, last_text;
    bool cancelled;
} KrHandle;

typedef struct {
    KrHandle handle;
    KrValue when; // as it was given
    double time;
    uint64_t number; // of two for the same time the first set comes first
    bool scheduled;  // it is among the loop's timers
} KrTimer;

typedef struct {
    KrObject head;
    KrValue ready;   // a deque of handles and tasks
    KrSlots *timers; // a heap of KrTimer; NULL: there was none
    size_t timer_count;
    KrValue current;       // the task that makes a step, or None
    KrValue resolution;    // of the clock, in seconds
    size_t cancelled;      // timers that were cancelled and are still in the heap
    uint64_t timer_number; // of the next
    int64_t polled;        // when files were looked at last, ns
    KrValue selector;      // what it waits with, as Python has it
    KrSlots *watches;      // see async_watch.c
    int epoll;             // the descriptor; below zero: files are waited for in Python
    bool closed, debug, stopping;
} KrLoop;

extern const KrType kr_future_type, kr_task_type, kr_future_iterator_type, kr_next_round_type, kr_handle_type, kr_timer_type, kr_loop_type,
    kr_async_cancelled_error, kr_async_invalid_state;

static inline KrFuture *kr_future(KrValue v) { return KR_AS(KrFuture, v); }
static inline KrTask *kr_task(KrValue v) { return KR_AS(KrTask, v); }
static inline KrHandle *kr_handle(KrValue v) { return KR_AS(KrHandle, v); }
static inline KrLoop *kr_loop(KrValue v) { return KR_AS(KrLoop, v); }

// async_future.c
KrValue kr_future_new(KrVm *vm, KrValue loop) KR_RAISES;
bool kr_future_init(KrVm *vm, KrFuture *f, KrValue loop) KR_RAISES; // loop None: the one that runs, or that the policy gives
KrValue kr_future_iter(KrVm *vm, KrValue self) KR_RAISES;           // what awaits it
void kr_future_trace(KrTracer *tracer, KrObject *object);
bool kr_future_fail(KrVm *vm, KrFuture *f, KrValue exception) KR_RAISES; // set_exception of an instance
bool kr_future_end(KrVm *vm, KrFuture *f, unsigned state, KrValue result) KR_RAISES;
bool kr_future_add(KrVm *vm, KrFuture *f, KrValue callback) KR_RAISES; // a task, or a tuple (callback, context); f is pending
KrValue kr_future_cancelled_error(KrVm *vm, KrFuture *f) KR_RAISES;    // the CancelledError to raise
KrValue kr_async_helper(KrVm *vm, const char *module, const char *function, size_t count,
                        const KrValue *arg) KR_RAISES; // asyncio.module.function

// async_task.c
bool kr_task_step(KrVm *vm, KrTask *t, KrValue error) KR_RAISES; // error KR_UNSET: none, but what the future has that it waited for
KrValue kr_task_wakeup(KrVm *vm, KrTask *t) KR_RAISES;           // the method that a future of another make calls

// async_handle.c
KrHandle *kr_handle_new(KrVm *vm, KrValue loop, KrValue callback, KrValue args,
                        KrValue context) KR_RAISES;  // context None: a copy of the current one
bool kr_handle_run(KrVm *vm, KrHandle *h) KR_RAISES; // false: SystemExit or KeyboardInterrupt, or no memory

// async_loop.c
bool kr_is_core_loop(KrVm *vm, KrValue v);    // an instance of a class derived from ours?
bool kr_loop_is_ours(KrVm *vm, KrValue loop); // may be bypassed: our call_soon(), not in debug mode
bool kr_loop_is_debug(KrVm *vm, KrValue loop, bool *out) KR_RAISES;
bool kr_call_soon(KrVm *vm, KrValue loop, KrValue callback, KrValue arg, KrValue context) KR_RAISES; // any loop; arg KR_UNSET: none

// async_watch.c
bool kr_loop_wait(KrVm *vm, KrLoop *l, double seconds) KR_RAISES; // below 0: for ever; what files call becomes ready
KrValue kr_loop_use_epoll(KrVm *vm, KrValue self, const KrValue *arg) KR_RAISES;
KrValue kr_loop_set_watch(KrVm *vm, KrValue self, const KrValue *arg) KR_RAISES;
KrValue kr_loop_get_watch(KrVm *vm, KrValue self, const KrValue *arg) KR_RAISES;
KrValue kr_loop_watched(KrVm *vm, KrValue self, const KrValue *arg) KR_RAISES;

#endif
