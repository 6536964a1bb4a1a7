// virtual_clock.c - waiting under the virtual clock.
//
// Each thread that waits has a record, vm->clock_waits, on its C stack. As long as another thread runs, it parks. The last one that comes to
// wait looks whether anything has become ready; if not, time jumps to the first moment that somebody waits for, or that stands in the agenda.
// A handler that is called while its thread waits may wait as well: of a thread's waits only the innermost, which is the first in the list, counts.
// A thread that is in a call of the system counts as running for a while, since it may come back at once, and until it does where that is certain (kr_blocking_brief).
// SPDX-License-Identifier: MIT
#include "vm/agenda.h"
#include "vm/clock.h"
#include "vm/thread.h"

#if KR_VIRTUAL_CLOCK

enum { PARK_NS = 20000000, LOOK_NS = 1000000 }; // a thread that parks looks up after; pause between two looks at what comes from outside

typedef struct KrClockWait {
    struct KrClockWait *next;
    KrThreadRecord *thread; // NULL: the one that made the VM
    int64_t until;
    KrReady *ready;
    void *context;
} Wait;

void kr_clock_virtual(KrVm *vm, int64_t wall) {
    if (vm->virtual_clock) return;
    vm->virtual_clock = true;
    vm->virtual_ns = 0;
    vm->virtual_epoch = wall;
}

typedef struct {
    void *event; // NULL: just sleep
    int64_t ns;
} Pause;

static void pause_now(void *context) {
    const Pause *p = context;
    if (p->event) kr_port_event_wait(p->event, p->ns);
    else kr_port_sleep_ns(p->ns);
}

static void pause_for(KrVm *vm, const Wait *w, int64_t ns) {
    int64_t most = kr_limit_left(vm);
    kr_blocking(vm, pause_now, &(Pause){ w->thread ? w->thread->parking : NULL, ns < most ? ns : most });
}

static bool has_come(const KrVm *vm, const Wait *w) { return w->until <= vm->virtual_ns || (w->ready && w->ready(w->context)); }

static KrThreadRecord *thread_of(const KrVm *vm, const Wait *w) { return !w->thread && vm->threads ? vm->threads->first : w->thread; }

static bool is_innermost(const KrVm *vm, const Wait *w) {
    const Wait *before = vm->clock_waits;
    while (before != w && thread_of(vm, before) != thread_of(vm, w)) before = before->next;
    return before == w;
}

static size_t count_waits(const KrVm *vm) {
    size_t n = 0;
    for (const Wait *w = vm->clock_waits; w; w = w->next) n += is_innermost(vm, w);
    return n;
}

// Does a thread run that does not wait here? patient: calls of the system that have taken PARK_NS do not count.
static bool another_runs(const KrVm *vm, bool patient) {
    size_t all = vm->threads ? vm->threads->count : 1, outside = 0;
    int64_t before = kr_port_monotonic_ns() - PARK_NS;
    if (!patient || !vm->threads) return count_waits(vm) < all;
    for (const KrThreadRecord *r = vm->threads->all; r; r = r->next) {
        bool waits = false;
        for (const Wait *w = vm->clock_waits; w; w = w->next) waits |= thread_of(vm, w) == r;
        outside += !waits && r->outside && !r->returns && r->outside_since <= before;
    }
    return count_waits(vm) + outside < all;
}

// The next moment that anybody waits for.
static int64_t next_moment(const KrVm *vm) {
    int64_t at = kr_agenda_next(vm);
    for (const Wait *w = vm->clock_waits; w; w = w->next)
        if (w->until < at && is_innermost(vm, w)) at = w->until;
    return at;
}

static bool wake_another(KrVm *vm, const Wait *self) {
    for (const Wait *w = vm->clock_waits; w; w = w->next)
        if (w != self && is_innermost(vm, w) && has_come(vm, w)) return kr_port_event_set(thread_of(vm, w)->parking), true;
    return false;
}

// All wait. *parks: somebody else has been woken.
static int last_one(KrVm *vm, Wait *self, bool *parks) {
    *parks = wake_another(vm, self);
    if (*parks) return KR_CLOCK_TIME;
    int64_t at = next_moment(vm);
    if (at < INT64_MAX) {
        if (at > vm->virtual_ns) vm->virtual_ns = at;
        if (kr_agenda_next(vm) <= vm->virtual_ns) kr_agenda_run(vm);
    } else if (count_waits(vm) == 1) {
        return KR_CLOCK_OUTSIDE;
    } else {
        pause_for(vm, self, LOOK_NS);
    }
    return KR_CLOCK_TIME;
}

static int wait_loop(KrVm *vm, Wait *self) {
    for (bool patient = false;;) {
        if (!kr_poll(vm, 1000)) return KR_CLOCK_RAISED;
        if (vm->threads) self->thread = vm->threads->current; // the first other thread may have begun just now
        if (self->ready && self->ready(self->context)) return KR_CLOCK_READY;
        if (self->until <= vm->virtual_ns) return KR_CLOCK_TIME;
        bool parks = another_runs(vm, patient);
        patient = false;
        if (!parks && last_one(vm, self, &parks) == KR_CLOCK_OUTSIDE) return KR_CLOCK_OUTSIDE;
        if (!parks) continue;
        int64_t start = kr_port_monotonic_ns();
        pause_for(vm, self, PARK_NS);
        patient = kr_port_monotonic_ns() - start >= PARK_NS;
    }
}

int kr_clock_wait(KrVm *vm, int64_t until, KrReady *ready, void *context) {
    if (until <= vm->virtual_ns && !ready) return kr_poll(vm, 1) ? KR_CLOCK_TIME : KR_CLOCK_RAISED;
    Wait self = { vm->clock_waits, vm->threads ? vm->threads->current : NULL, until, ready, context };
    vm->clock_waits = &self;
    int result = wait_loop(vm, &self);
    Wait **link = &vm->clock_waits;
    while (*link != &self) link = &(*link)->next;
    *link = self.next;
    return result;
}

#endif
