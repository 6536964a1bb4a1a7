// weakref.h - weak references.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_WEAKREF_H
#define KR_OBJECT_WEAKREF_H

#include "krait.h"

typedef struct KrWeakRef {
    KrObject head;
    KrValue target;         // KR_UNSET once it is dead; not traced
    KrValue callback;       // or None
    KrValue hash;           // int, or KR_UNSET
    struct KrWeakRef *next; // of the same target
} KrWeakRef;

extern const KrType kr_weakref_type, kr_weakproxy_type, kr_weakcallableproxy_type;

KrValue kr_weakref_new(KrVm *vm, const KrType *type, KrValue target, KrValue callback) KR_RAISES; // shared when plain and without callback
KrValue kr_weakref_new_any(KrVm *vm, const KrType *type, KrValue target, KrValue callback) KR_RAISES; // of any object in the heap
KrValue kr_weakref_target(KrVm *vm, KrValue ref);                                                     // None when dead
KrValue kr_weakref_kept(KrVm *vm, KrValue ref); // the same for tables of the VM: never None for what a finalizer may still see
bool kr_weakref_is_dead(KrVm *vm, KrValue ref);
void kr_weakref_clear_all(KrVm *vm, KrObject *target);
KrValue kr_weakref_first(KrVm *vm, KrValue target);         // for __weakref__: None when there is none
KrValue kr_weakref_all(KrVm *vm, KrValue target) KR_RAISES; // list of references and proxies
size_t kr_weakref_count(KrVm *vm, KrValue target);

#endif
