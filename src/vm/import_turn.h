// import_turn.h - a module is loaded once, by one thread; others that import it meanwhile wait for it.
// SPDX-License-Identifier: MIT
#ifndef KR_VM_IMPORT_TURN_H
#define KR_VM_IMPORT_TURN_H

#include "vm/thread.h"

typedef struct KrImporting KrImporting;
struct KrImporting { // a module on its way; on the C stack of whoever loads it
    KrImporting *next;
    KrValue name;
    KrThreadRecord *thread; // NULL: the first, before there were others
    KrWaiters waiters;
};

void kr_import_begin(KrVm *vm, KrImporting *i, KrValue name);
void kr_import_end(KrVm *vm, KrImporting *i);
// Returns when no other thread loads the module, or when that one waits for this thread: it then gets what there is of it.
bool kr_import_wait(KrVm *vm, KrValue name) KR_RAISES;

#endif
