// async_watch.c - which files a loop watches, and what it calls for them, where it waits with epoll: a table by descriptor.
//
// An entry is two values, what is called when the file can be read and when it can be written: a Handle, or KR_NONE. A descriptor is known to
// epoll just when one of its two is a Handle. Loops that were given a selector of another make have no such table, and `epoll` below zero.
// SPDX-License-Identifier: MIT
#include "async_part.h"

#include "object/list.h"
#include "port.h"
#include "select_part.h"
#include "vm/clock.h"

enum { IN = 1, OUT = 4 };            // of epoll
enum { ADD = 1, REMOVE, CHANGE };    // what kr_port_epoll_control() is asked for
enum { AT_ONCE = 256, FEWEST = 32 }; // events of one look; entries of the first table

static size_t known(const KrLoop *l) { return l->watches ? l->watches->cap / 2 : 0; }
static KrValue watched(const KrLoop *l, int fd, unsigned side) {
    return (size_t)fd < known(l) ? l->watches->item[2 * (size_t)fd + side] : KR_NONE;
}

static uint32_t wanted(KrValue reader, KrValue writer) { return (kr_is_none(reader) ? 0 : IN) | (kr_is_none(writer) ? 0 : OUT); }

static bool make_room(KrVm *vm, KrLoop *l, int fd) {
    size_t count = known(l) ? known(l) : FEWEST;
    if ((size_t)fd < known(l)) return true;
    while (count <= (size_t)fd) count *= 2;
    KrSlots *more = kr_slots_new(vm, 2 * count);
    if (!more) return false;
    for (size_t i = 0; i < more->cap; i++) more->item[i] = i < 2 * known(l) ? l->watches->item[i] : KR_NONE;
    KR_STORE_PTR(vm, l, l->watches, more);
    return true;
}

// Tells epoll what is wanted of fd from now on.
static bool control(KrVm *vm, const KrLoop *l, int fd, uint32_t before, uint32_t after) {
    if (before == after) return true;
    int error = kr_port_epoll_control(l->epoll, !before ? ADD : after ? CHANGE : REMOVE, fd, after);
    return !error || !after || kr_fail(kr_raise_os(vm, error, KR_UNSET)); // one that is not watched any more may be closed
}

static bool set_watch(KrVm *vm, KrLoop *l, int fd, unsigned side, KrValue handle) {
    KrValue both[2] = { watched(l, fd, 0), watched(l, fd, 1) };
    uint32_t before = wanted(both[0], both[1]);
    both[side] = handle;
    uint32_t after = wanted(both[0], both[1]);
    if (!after && !before) return true;
    if (!control(vm, l, fd, before, after)) return false;
    if (!make_room(vm, l, fd)) return (void)kr_port_epoll_control(l->epoll, REMOVE, fd, 0), false;
    kr_store(vm, l->watches, &l->watches->item[2 * (size_t)fd + side], handle);
    return true;
}

KrValue kr_loop_set_watch(KrVm *vm, KrValue self, const KrValue *arg) {
    KrLoop *l = kr_loop(self);
    int64_t fd, side;
    if (!kr_to_int64(vm, arg[0], &fd)) {
        if (!kr_raised_is(vm, &kr_type_error)) return KR_ERROR;
        return (void)kr_take_raised(vm), kr_raise(vm, &kr_value_error, "Invalid file object: %R", arg[0]);
    }
    if (!kr_to_int64(vm, arg[1], &side)) return KR_ERROR;
    if (fd < 0 || fd > INT_MAX / 4) return kr_raise(vm, &kr_value_error, "Invalid file descriptor: %z", (intptr_t)fd);
    if (side < 0 || side > 1) return kr_raise(vm, &kr_value_error, "side must be 0 or 1, not %z", (intptr_t)side);
    if (!kr_is_none(arg[2]) && !kr_isa(arg[2], &kr_handle_type))
        return kr_raise(vm, &kr_type_error, "a Handle was expected, not %T", arg[2]);
    if (l->epoll < 0) return kr_raise(vm, &kr_runtime_error, "the loop does not wait with epoll");
    KrValue old = watched(l, (int)fd, (unsigned)side);
    if (!set_watch(vm, l, (int)fd, (unsigned)side, arg[2])) return KR_ERROR;
    return !kr_is_none(old) && kr_is_error(kr_call_method(vm, old, "cancel", 0, NULL)) ? KR_ERROR : old;
}

KrValue kr_loop_get_watch(KrVm *vm, KrValue self, const KrValue *arg) {
    int64_t fd;
    if (!kr_to_int64(vm, arg[0], &fd)) return KR_ERROR;
    bool inside = fd >= 0 && fd <= INT_MAX;
    KrValue both[2] = { inside ? watched(kr_loop(self), (int)fd, 0) : KR_NONE, inside ? watched(kr_loop(self), (int)fd, 1) : KR_NONE };
    return kr_tuple(vm, 2, both);
}

KrValue kr_loop_watched(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    KrValue list = kr_list(vm, 0, NULL);
    const KrLoop *l = kr_loop(self);
    for (size_t fd = 0; !kr_is_error(list) && fd < known(l); fd++)
        if (wanted(watched(l, (int)fd, 0), watched(l, (int)fd, 1)) && !kr_list_append(vm, list, kr_int_box((intptr_t)fd))) return KR_ERROR;
    kr_spend(vm, known(l) >> 4);
    return list;
}

KrValue kr_loop_use_epoll(KrVm *vm, KrValue self, const KrValue *arg) {
    int64_t fd;
    if (!kr_to_int64(vm, arg[0], &fd)) return KR_ERROR;
    if (fd < 0 || fd > INT_MAX) return kr_raise(vm, &kr_value_error, "Invalid file descriptor: %z", (intptr_t)fd);
    KR_STORE_PTR(vm, kr_loop(self), kr_loop(self)->watches, NULL);
    return kr_loop(self)->epoll = (int)fd, KR_NONE;
}

// ---- Waiting ---------------------------------------------------------------------------------------------------------------------

// A handle becomes ready; one that was cancelled is watched for no more.
static bool make_ready(KrVm *vm, KrLoop *l, int fd, unsigned side) {
    KrValue handle = watched(l, fd, side);
    if (kr_is_none(handle)) return true;
    if (kr_handle(handle)->cancelled) return set_watch(vm, l, fd, side, KR_NONE);
    return kr_deque_append(vm, kr_deque(l->ready), handle);
}

// A handler of a pin or a timer has called call_soon(), or woken a task.
static bool has_ready(void *context) {
    const KrLoop *l = context;
    return kr_deque(l->ready)->len > 0;
}

bool kr_loop_wait(KrVm *vm, KrLoop *l, double seconds) {
    KrPortEvent event[AT_ONCE];
    // Rounded up: under a virtual clock, waiting for no time at all would never come to a timer that is less than a nanosecond away.
    int64_t until = seconds < 0 ? INT64_MAX : seconds > 0 ? kr_now_ns(vm) + (int64_t)(seconds * 1e9) + 1 : 0;
    intptr_t count = kr_epoll_poll(vm, l->epoll, event, AT_ONCE, until, has_ready, l);
    if (count < 0) return false;
    for (intptr_t i = 0; i < count; i++) { // an error or a hang-up is for both
        if (event[i].ready & ~(uint32_t)OUT && !make_ready(vm, l, event[i].fd, 0)) return false;
        if (event[i].ready & ~(uint32_t)IN && !make_ready(vm, l, event[i].fd, 1)) return false;
    }
    return true;
}
