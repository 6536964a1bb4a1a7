// agenda.c - what is called at a time, between two instructions.
//
// An agenda is a binary heap in an array of values, KrSlots, whose first `count` are events, the next one on top; `next` is its time. A poll
// looks at that; whoever waits asks kr_deadline_left, which knows of it.
// SPDX-License-Identifier: MIT
#include "vm/agenda.h"

#include "object/object.h"
#include "object/slots.h"
#include "vm/clock.h"

static void event_trace(KrTracer *tracer, KrObject *object) { kr_trace(tracer, ((KrEvent *)object)->argument); }

static const KrType event_type = {
    KR_TYPE_HEAD(event_type), .name = "event", .flags = KR_TYPE_NO_NEW, .size = sizeof(KrEvent), .trace = event_trace,
};

typedef struct KrAgenda Agenda;

KrEvent *kr_event_new(KrVm *vm, unsigned kind, bool (*fire)(KrVm *vm, KrValue argument), KrValue argument) {
    KrEvent *e = kr_alloc(vm, &event_type.shape, sizeof *e);
    if (e) e->kind = (uint8_t)kind, e->fire = fire, e->argument = argument;
    return e;
}

static KrSlots *heap_of(const Agenda *a) { return KR_AS(KrSlots, a->heap); }
static KrEvent *event_at(const Agenda *a, size_t i) { return KR_AS(KrEvent, heap_of(a)->item[i]); }
static bool before(const KrEvent *a, const KrEvent *b) { return a->at < b->at || (a->at == b->at && a->number < b->number); }

static void put(KrVm *vm, Agenda *a, size_t i, KrEvent *e) {
    e->place = i + 1;
    kr_store(vm, heap_of(a), &heap_of(a)->item[i], kr_from_ptr(e));
}

static void sift_up(KrVm *vm, Agenda *a, size_t i, KrEvent *e) {
    for (size_t up; i && before(e, event_at(a, up = (i - 1) / 2)); i = up) put(vm, a, i, event_at(a, up));
    put(vm, a, i, e);
}

static void sift_down(KrVm *vm, Agenda *a, size_t i, KrEvent *e) {
    for (size_t down; (down = 2 * i + 1) < a->count; i = down) {
        if (down + 1 < a->count && before(event_at(a, down + 1), event_at(a, down))) down++;
        if (!before(event_at(a, down), e)) break;
        put(vm, a, i, event_at(a, down));
    }
    put(vm, a, i, e);
}

enum { SLICE = 400 }; // steps between two polls, once there are events: about 20 us

static void poll_often(KrVm *vm) {
    if (vm->fuel_slice <= SLICE) return;
    vm->fuel -= (int32_t)(vm->fuel_slice - SLICE); // as many as before count as used
    vm->fuel_slice = SLICE;
}

static void poll_soon(KrVm *vm) {
    if (vm->fuel > 0) vm->fuel = 0;
}

static void note_next(Agenda *a) { a->next = a->count ? event_at(a, 0)->at : INT64_MAX; }

static bool make_room(KrVm *vm, Agenda *a) {
    size_t cap = kr_is_unset(a->heap) ? 0 : heap_of(a)->cap;
    if (a->count < cap) return true;
    KrSlots *more = kr_slots_new(vm, cap ? 2 * cap : 8);
    if (!more) return false;
    for (size_t i = 0; i < more->cap; i++) more->item[i] = i < cap ? heap_of(a)->item[i] : KR_NONE;
    a->heap = kr_from_ptr(more);
    return true;
}

bool kr_event_set(KrVm *vm, KrEvent *e, int64_t at) {
    Agenda *a = &vm->agenda[e->kind];
    kr_event_cancel(vm, e);
    if (!make_room(vm, a)) return false;
    poll_often(vm);
    e->at = at;
    e->number = ++vm->agenda_number;
    sift_up(vm, a, a->count++, e);
    note_next(a);
    if (at <= kr_now_ns(vm)) poll_soon(vm);
    return true;
}

void kr_event_cancel(KrVm *vm, KrEvent *e) {
    Agenda *a = &vm->agenda[e->kind];
    if (!e->place) return;
    size_t i = e->place - 1;
    KrEvent *last = event_at(a, --a->count);
    kr_store(vm, heap_of(a), &heap_of(a)->item[a->count], KR_NONE);
    e->place = 0;
    if (last != e && i && before(last, event_at(a, (i - 1) / 2))) sift_up(vm, a, i, last);
    else if (last != e) sift_down(vm, a, i, last);
    note_next(a);
}

// Those that are set meanwhile wait for the next poll, so that the program has a turn; under the virtual clock it would not wait for one.
static void run_due(KrVm *vm, Agenda *a) {
    for (uint64_t last = vm->agenda_number; a->next <= kr_now_ns(vm);) {
        KrEvent *e = event_at(a, 0);
        if (e->number > last && !kr_clock_is_virtual(vm)) return;
        kr_event_cancel(vm, e);
        if (!e->fire(vm, e->argument)) kr_report_unraisable(vm, e->argument);
    }
}

void kr_agenda_run(KrVm *vm) {
    KrValue raised = vm->thread.raised;
    vm->thread.raised = KR_UNSET;
    if (!vm->running_world) {
        vm->running_world = true;
        run_due(vm, &vm->agenda[KR_AGENDA_WORLD]);
        vm->running_world = false;
    }
    if (!vm->running_scheduled && !vm->irq_off) {
        vm->running_scheduled = true;
        run_due(vm, &vm->agenda[KR_AGENDA_HANDLER]);
        vm->running_scheduled = false;
    }
    if (kr_agenda_next(vm) <= kr_now_ns(vm)) poll_soon(vm);
    vm->thread.raised = raised;
}
