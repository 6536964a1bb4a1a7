// agenda.h - what is called at a time, between two instructions: timers, edges of pins, what a simulated board does.
//
// Times are the VM's own (kr_now_ns). An event calls fire(vm, argument) once each time that it is set; one that is set again is moved. What it
// raises is reported, since nobody who could catch it has called it. Handlers of the program do not interrupt each other; what a simulated world
// does goes on while one runs, as it would around a real board.
// SPDX-License-Identifier: MIT
#ifndef KR_VM_AGENDA_H
#define KR_VM_AGENDA_H

#include "object/vm_state.h"

enum { KR_AGENDA_HANDLER, KR_AGENDA_WORLD };

typedef struct {
    KrObject head;
    uint8_t kind;
    int64_t at;
    uint64_t number; // of two for the same time the first set comes first
    size_t place;    // in the agenda, + 1; 0: it is not set
    bool (*fire)(KrVm *vm, KrValue argument);
    KrValue argument;
} KrEvent;

KrEvent *kr_event_new(KrVm *vm, unsigned kind, bool (*fire)(KrVm *vm, KrValue argument), KrValue argument); // NULL: raised
bool kr_event_set(KrVm *vm, KrEvent *event, int64_t at) KR_RAISES; // at: a time that has passed: at the next poll
void kr_event_cancel(KrVm *vm, KrEvent *event);
// When something can be called next; INT64_MAX: never, or not while what keeps handlers away lasts.
static inline int64_t kr_agenda_next(const KrVm *vm) {
    if (vm->finalizing_now || vm->finalizing) return INT64_MAX;
    int64_t handler = vm->running_scheduled || vm->irq_off ? INT64_MAX : vm->agenda[KR_AGENDA_HANDLER].next,
            world = vm->running_world ? INT64_MAX : vm->agenda[KR_AGENDA_WORLD].next;
    return handler < world ? handler : world;
}
void kr_agenda_run(KrVm *vm); // at a poll: calls what is due

#endif
