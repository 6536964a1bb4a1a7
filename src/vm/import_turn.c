// import_turn.c - a module is loaded once, by one thread; others that import it meanwhile wait for it.
// SPDX-License-Identifier: MIT
#include "vm/import_turn.h"

#if KR_THREADS

static KrThreadRecord *self_thread(const KrVm *vm) { return vm->threads ? vm->threads->current : NULL; }

static KrThreadRecord *loader(KrVm *vm, const KrImporting *i) { return i->thread ? i->thread : vm->threads->first; }

void kr_import_begin(KrVm *vm, KrImporting *i, KrValue name) {
    *i = (KrImporting){ .next = vm->importing, .name = name, .thread = self_thread(vm) };
    vm->importing = i;
}

void kr_import_end(KrVm *vm, KrImporting *i) {
    KrImporting **link = &vm->importing;
    while (*link != i) link = &(*link)->next;
    *link = i->next;
    if (i->waiters.first) kr_wake_all(vm, &i->waiters);
}

// By another thread, which does not itself wait for this one.
static KrImporting *find(KrVm *vm, KrValue name) {
    KrImporting *i = vm->importing;
    while (i && !kr_same(i->name, name)) i = i->next;
    KrThreadRecord *self = self_thread(vm), *r = i ? loader(vm, i) : NULL;
    for (; r && r != self; r = r->import ? loader(vm, r->import) : NULL)
        if (!r->import) return i;
    return NULL;
}

bool kr_import_wait(KrVm *vm, KrValue name) {
    if (!vm->threads || !vm->importing) return true;
    for (KrImporting *i; (i = find(vm, name));) {
        KrThreadRecord *self = self_thread(vm);
        self->import = i;
        int got = kr_wait(vm, &i->waiters, INT64_MAX);
        self->import = NULL;
        if (got < 0) return false;
    }
    return true;
}

#else

void kr_import_begin(KrVm *vm, KrImporting *i, KrValue name) { (void)vm, (void)i, (void)name; }
void kr_import_end(KrVm *vm, KrImporting *i) { (void)vm, (void)i; }
bool kr_import_wait(KrVm *vm, KrValue name) { return (void)vm, (void)name, true; }

#endif
