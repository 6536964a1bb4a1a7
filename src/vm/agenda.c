// agenda.c - what is called at a time, between two instructions.
//
// vm->agenda is a binary heap in an array of values, KrSlots, whose first vm->agenda_count are events, the next one on top;
// vm->agenda_next is its time. A poll looks at that; whoever waits asks kr_deadline_left, which knows of it.
// SPDX-License-Identifier: MIT
#include "vm/agenda.h"

#include "object/object.h"
#include "object/slots.h"
#include "vm/clock.h"

static void event_trace(KrTracer *tracer, KrObject *object) { kr_trace(tracer, ((KrEvent *)object)->argument); }

static const KrType event_type = {
    KR_TYPE_HEAD(event_type), .name = "event", .flags = KR_TYPE_NO_NEW, .size = sizeof(KrEvent), .trace = event_trace,
};

KrEvent *kr_event_new(KrVm *vm, bool (*fire)(KrVm *vm, KrValue argument), KrValue argument) {
    KrEvent *e = kr_alloc(vm, &event_type.shape, sizeof *e);
    if (e) e->fire = fire, e->argument = argument;
    return e;
}

static KrSlots *heap_of(const KrVm *vm) { return KR_AS(KrSlots, vm->agenda); }
static KrEvent *event_at(const KrVm *vm, size_t i) { return KR_AS(KrEvent, heap_of(vm)->item[i]); }
static bool before(const KrEvent *a, const KrEvent *b) { return a->at < b->at || (a->at == b->at && a->number < b->number); }

static void put(KrVm *vm, size_t i, KrEvent *e) {
    e->place = i + 1;
    kr_store(vm, heap_of(vm), &heap_of(vm)->item[i], kr_from_ptr(e));
}

static void sift_up(KrVm *vm, size_t i, KrEvent *e) {
    for (size_t up; i && before(e, event_at(vm, up = (i - 1) / 2)); i = up) put(vm, i, event_at(vm, up));
    put(vm, i, e);
}

static void sift_down(KrVm *vm, size_t i, KrEvent *e) {
    for (size_t down; (down = 2 * i + 1) < vm->agenda_count; i = down) {
        if (down + 1 < vm->agenda_count && before(event_at(vm, down + 1), event_at(vm, down))) down++;
        if (!before(event_at(vm, down), e)) break;
        put(vm, i, event_at(vm, down));
    }
    put(vm, i, e);
}

static void poll_soon(KrVm *vm) {
    vm->attention = 1;
    if (vm->fuel > 0) vm->fuel = 0;
}

static void note_next(KrVm *vm) { vm->agenda_next = vm->agenda_count ? event_at(vm, 0)->at : INT64_MAX; }

static bool make_room(KrVm *vm) {
    size_t cap = kr_is_unset(vm->agenda) ? 0 : heap_of(vm)->cap;
    if (vm->agenda_count < cap) return true;
    KrSlots *more = kr_slots_new(vm, cap ? 2 * cap : 8);
    if (!more) return false;
    for (size_t i = 0; i < more->cap; i++) more->item[i] = i < cap ? heap_of(vm)->item[i] : KR_NONE;
    vm->agenda = kr_from_ptr(more);
    return true;
}

bool kr_event_set(KrVm *vm, KrEvent *e, int64_t at) {
    kr_event_cancel(vm, e);
    if (!make_room(vm)) return false;
    e->at = at;
    e->number = ++vm->agenda_number;
    sift_up(vm, vm->agenda_count++, e);
    note_next(vm);
    if (at <= kr_now_ns(vm)) poll_soon(vm);
    return true;
}

void kr_event_cancel(KrVm *vm, KrEvent *e) {
    if (!e->place) return;
    size_t i = e->place - 1;
    KrEvent *last = event_at(vm, --vm->agenda_count);
    kr_store(vm, heap_of(vm), &heap_of(vm)->item[vm->agenda_count], KR_NONE);
    e->place = 0;
    if (last != e && i && before(last, event_at(vm, (i - 1) / 2))) sift_up(vm, i, last);
    else if (last != e) sift_down(vm, i, last);
    note_next(vm);
}

void kr_agenda_run(KrVm *vm) {
    if (!kr_agenda_is_open(vm)) return;
    KrValue raised = vm->thread.raised;
    vm->thread.raised = KR_UNSET;
    vm->running_scheduled = true;
    for (uint64_t last = vm->agenda_number; vm->agenda_next <= kr_now_ns(vm);) {
        KrEvent *e = event_at(vm, 0);
        if (e->number > last && !kr_clock_is_virtual(vm)) break; // set meanwhile: the program has a turn first
        kr_event_cancel(vm, e);
        if (!e->fire(vm, e->argument)) kr_report_unraisable(vm, e->argument);
    }
    vm->running_scheduled = false;
    if (vm->agenda_next <= kr_now_ns(vm)) poll_soon(vm);
    vm->thread.raised = raised;
}
