// thread_lock.c - _thread.lock and _thread.RLock. What they hold is read and written under the VM's lock, so they need no lock themselves.
// SPDX-License-Identifier: MIT
#include "port.h"
#include "thread_part.h"
#include "vm/clock.h"

#if KR_THREADS

enum { LONGEST = 9223372036 }; // seconds

typedef struct {
    KrObject head;
    KrWaiters waiters;
    bool locked;
} Lock;

typedef struct {
    KrObject head;
    KrWaiters waiters;
    KrThreadRecord *owner; // NULL: nobody
    size_t count;
} RLock;

#define METHOD(name) static KrValue name(KrVm *vm, KrValue self, const KrValue *arg)
#define LOCK         ((Lock *)kr_ptr(self))
#define RLOCK        ((RLock *)kr_ptr(self))

bool kr_thread_seconds(KrVm *vm, KrValue v, int64_t *ns) {
    double s;
    if (!kr_to_double(vm, v, &s)) return false;
    if (s != s) return kr_fail(kr_raise(vm, &kr_value_error, "Invalid value NaN (not a number)"));
    if (s > (double)LONGEST || s < -(double)LONGEST)
        return kr_fail(kr_raise(vm, &kr_overflow_error, "timestamp out of range for platform time_t"));
    double exact = s * 1e9;
    *ns = (int64_t)exact;
    if ((double)*ns < exact) ++*ns;
    return true;
}

bool kr_lock_until(KrVm *vm, KrValue blocking, KrValue timeout, int64_t *until) {
    bool block;
    int64_t ns;
    if (!kr_truth(vm, blocking, &block) || !kr_thread_seconds(vm, timeout, &ns)) return false;
    if (!block && ns != -1000000000) return kr_fail(kr_raise(vm, &kr_value_error, "can't specify a timeout for a non-blocking call"));
    if (ns < 0 && ns != -1000000000) return kr_fail(kr_raise(vm, &kr_value_error, "timeout value must be a non-negative number"));
    *until = !block || !ns ? 0 : ns < 0 ? INT64_MAX : kr_now_ns(vm) + ns;
    return true;
}

// ---- lock ----------------------------------------------------------------------------------------------------------------------

// Whoever is woken finds the lock free, or another that came along has it, and waits again.
static KrValue acquire(KrVm *vm, Lock *lock, int64_t until) {
    while (lock->locked) {
        int got = until ? kr_wait(vm, &lock->waiters, until) : 0;
        if (got < 0) return KR_ERROR;
        if (!got) return KR_FALSE;
    }
    lock->locked = true;
    return KR_TRUE;
}

static KrValue release(KrVm *vm, Lock *lock) {
    if (!lock->locked) return kr_raise(vm, &kr_runtime_error, "release unlocked lock");
    lock->locked = false;
    kr_wake_one(vm, &lock->waiters);
    return KR_NONE;
}

METHOD(lock_acquire) {
    int64_t until;
    return kr_lock_until(vm, arg[0], arg[1], &until) ? acquire(vm, LOCK, until) : KR_ERROR;
}
METHOD(lock_enter) { return (void)arg, acquire(vm, LOCK, INT64_MAX); }
METHOD(lock_release) { return (void)arg, release(vm, LOCK); }
METHOD(lock_exit) { return (void)arg, release(vm, LOCK); }
METHOD(lock_locked) { return (void)vm, (void)arg, kr_bool(LOCK->locked); }
METHOD(lock_forked) {
    (void)vm, (void)arg;
    LOCK->locked = false;
    LOCK->waiters.first = NULL;
    return KR_NONE;
}

static KrValue lock_repr(KrVm *vm, KrValue self) {
    KrValue of = kr_getattr_c(vm, kr_type_value(kr_type_of(self)), "__module__");
    if (kr_is_error(of)) return of;
    return kr_format(vm, "<%s %S.%T object at 0x%x>", LOCK->locked ? "locked" : "unlocked", of, self, (size_t)(uintptr_t)kr_ptr(self));
}

static const KrMethod lock_methods[] = {
    { "acquire(blocking=True, timeout=-1)", lock_acquire,
      KR_DOC("Lock the lock, waiting for it if blocking, at most timeout seconds (-1: for ever); did it work?"), 0 },
    { "acquire_lock(blocking=True, timeout=-1)", lock_acquire, KR_DOC("An obsolete synonym of acquire()."), 0 },
    { "release()", lock_release,
      KR_DOC("Release the lock, so that another thread may get it. Any thread may do so. RuntimeError if it is not locked."), 0 },
    { "release_lock()", lock_release, KR_DOC("An obsolete synonym of release()."), 0 },
    { "locked()", lock_locked, KR_DOC("Return whether the lock is locked."), 0 },
    { "locked_lock()", lock_locked, KR_DOC("An obsolete synonym of locked()."), 0 },
    { "_at_fork_reinit()", lock_forked, KR_DOC("Unlock it, in the child of a fork."), 0 },
    { "__enter__()", lock_enter, KR_DOC("Lock the lock."), 0 },
    { "__exit__(*args)", lock_exit, KR_DOC("Release the lock."), 0 },
    { 0 },
};

static KrValue lock_new(KrVm *vm, KrValue self, const KrValue *arg) {
    size_t count;
    (void)kr_tuple_items(arg[0], &count);
    if (count) return kr_raise(vm, &kr_type_error, "lock expected 0 arguments, got %z", (intptr_t)count);
    if (kr_dict_len(arg[1])) return kr_raise(vm, &kr_type_error, "lock() takes no keyword arguments");
    return kr_alloc_instance(vm, kr_as_type(self));
}

static const KrMethod lock_make = { "lock(*args, **kwargs)", lock_new, NULL, 0 };

const KrType kr_lock_type = {
    KR_TYPE_HEAD(kr_lock_type), .name = "lock",
    .module = "_thread",        .doc = KR_DOC("A lock: acquire() waits until nobody else has it, release() gives it back."),
    .flags = KR_TYPE_WEAKREF,   .size = sizeof(Lock),
    .methods = lock_methods,    .make = &lock_make,
    .repr = lock_repr,
};

// ---- RLock ---------------------------------------------------------------------------------------------------------------------

static KrThreadRecord *self_thread(const KrVm *vm) { return vm->threads->current; }

static KrValue rlock_take(KrVm *vm, RLock *lock, int64_t until, size_t count) {
    while (lock->owner && lock->owner != self_thread(vm)) {
        int got = until ? kr_wait(vm, &lock->waiters, until) : 0;
        if (got < 0) return KR_ERROR;
        if (!got) return KR_FALSE;
    }
    lock->owner = self_thread(vm);
    lock->count += count;
    return KR_TRUE;
}

static bool is_mine(KrVm *vm, const RLock *lock) {
    return lock->owner == self_thread(vm) || kr_fail(kr_raise(vm, &kr_runtime_error, "cannot release un-acquired lock"));
}

static KrValue rlock_drop(KrVm *vm, RLock *lock, size_t count) {
    if (!is_mine(vm, lock)) return KR_ERROR;
    lock->count -= count;
    if (lock->count) return KR_NONE;
    lock->owner = NULL;
    kr_wake_one(vm, &lock->waiters);
    return KR_NONE;
}

METHOD(rlock_acquire) {
    int64_t until;
    return kr_lock_until(vm, arg[0], arg[1], &until) ? rlock_take(vm, RLOCK, until, 1) : KR_ERROR;
}
METHOD(rlock_enter) { return (void)arg, rlock_take(vm, RLOCK, INT64_MAX, 1); }
METHOD(rlock_release) { return (void)arg, rlock_drop(vm, RLOCK, 1); }
METHOD(rlock_is_owned) { return (void)arg, kr_bool(RLOCK->owner == self_thread(vm)); }
METHOD(rlock_count) { return (void)arg, kr_int_box(RLOCK->owner == self_thread(vm) ? (intptr_t)RLOCK->count : 0); }

// For Condition: all of what this thread holds, given back, and taken again.
METHOD(rlock_release_save) {
    size_t count = RLOCK->count;
    (void)arg;
    if (!RLOCK->owner) return kr_raise(vm, &kr_runtime_error, "cannot release un-acquired lock");
    KrThreadRecord *owner = RLOCK->owner;
    RLOCK->owner = self_thread(vm);
    KrValue done = rlock_drop(vm, RLOCK, count);
    KrValue item[2] = { kr_int_box((intptr_t)count), kr_int(vm, kr_thread_ident(owner)) };
    return kr_is_error(done) ? done : kr_tuple(vm, 2, item);
}

METHOD(rlock_acquire_restore) {
    int64_t count = 0;
    size_t len = 0;
    const KrValue *item = kr_is_tuple(arg[0]) ? kr_tuple_items(arg[0], &len) : NULL;
    if (len != 2 || !kr_is_integer(item[0]) || !kr_int_fits(item[0], &count) || count < 0)
        return kr_raise(vm, &kr_type_error, "_acquire_restore() expects what _release_save() gave, not %R", arg[0]);
    KrValue got = rlock_take(vm, RLOCK, INT64_MAX, (size_t)count);
    return kr_is_error(got) ? got : KR_NONE;
}

METHOD(rlock_forked) {
    (void)vm, (void)arg;
    RLOCK->owner = NULL;
    RLOCK->count = 0;
    RLOCK->waiters.first = NULL;
    return KR_NONE;
}

static KrValue rlock_repr(KrVm *vm, KrValue self) {
    KrValue of = kr_getattr_c(vm, kr_type_value(kr_type_of(self)), "__module__"),
            owner = kr_int(vm, RLOCK->owner ? kr_thread_ident(RLOCK->owner) : 0);
    if (kr_is_error(of) || kr_is_error(owner)) return KR_ERROR;
    return kr_format(vm, "<%s %S.%T object owner=%S count=%u at 0x%x>", RLOCK->owner ? "locked" : "unlocked", of, self, owner, RLOCK->count,
                     (size_t)(uintptr_t)kr_ptr(self));
}

static const KrMethod rlock_methods[] = {
    { "acquire(blocking=True, timeout=-1)", rlock_acquire, KR_DOC("Lock the lock, once more if this thread has it; did it work?"), 0 },
    { "release()", rlock_release, KR_DOC("Undo one acquire() of this thread. RuntimeError if it does not have the lock."), 0 },
    { "_is_owned()", rlock_is_owned, KR_DOC("Return whether this thread has the lock."), 0 },
    { "_recursion_count()", rlock_count, KR_DOC("Return how many times this thread has acquired it."), 0 },
    { "_release_save()", rlock_release_save, KR_DOC("Release it completely; what _acquire_restore() needs."), 0 },
    { "_acquire_restore(state, /)", rlock_acquire_restore, KR_DOC("Acquire it as it was before _release_save()."), 0 },
    { "_at_fork_reinit()", rlock_forked, KR_DOC("Unlock it, in the child of a fork."), 0 },
    { "__enter__()", rlock_enter, KR_DOC("Lock the lock."), 0 },
    { "__exit__(*args)", rlock_release, KR_DOC("Release the lock."), 0 },
    { 0 },
};

const KrType kr_rlock_type = {
    KR_TYPE_HEAD(kr_rlock_type),
    .name = "RLock",
    .module = "_thread",
    .doc = KR_DOC("A lock that the thread which has it may acquire again; it is free after as many releases."),
    .flags = KR_TYPE_BASE | KR_TYPE_WEAKREF,
    .size = sizeof(RLock),
    .methods = rlock_methods,
    .alloc = kr_alloc_instance,
    .repr = rlock_repr,
};

#endif
