// agenda.h - what is called at a time, between two instructions: timers, edges of pins, what a simulated board does.
//
// Times are the VM's own (kr_now_ns). An event calls function(argument) once; one that is set again is moved. What it raises is reported, since
// nobody who could catch it has called it; and no event interrupts another.
// SPDX-License-Identifier: MIT
#ifndef KR_VM_AGENDA_H
#define KR_VM_AGENDA_H

#include "object/vm_state.h"

typedef struct {
    KrObject head;
    int64_t at;
    uint64_t number; // of two for the same time the first set comes first
    size_t place;    // in the agenda, + 1; 0: it is not set
    KrValue function, argument;
} KrEvent;

KrEvent *kr_event_new(KrVm *vm, KrValue function, KrValue argument); // NULL: raised
bool kr_event_set(KrVm *vm, KrEvent *event, int64_t at) KR_RAISES;   // at: a time that has passed: at the next poll
void kr_event_cancel(KrVm *vm, KrEvent *event);
void kr_agenda_run(KrVm *vm); // at a poll: calls what is due

#endif
