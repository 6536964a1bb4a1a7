// descriptor.h - what types put between a name and a value: methods, attributes made by getters, slot wrappers.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_DESCRIPTOR_H
#define KR_OBJECT_DESCRIPTOR_H

#include "object/function.h"

typedef struct {
    KrObject head;
    const KrGetSet *row;
    const KrType *owner;
} KrGetSetObject;

typedef struct { // property
    KrObject head;
    KrValue get, set, del, doc, name;
    bool doc_from_getter;
} KrPropertyObject;

typedef struct { // staticmethod, classmethod
    KrObject head;
    KrValue callable;
    void *attributes; // overflow word
} KrWrappedObject;

typedef struct KrSpecial KrSpecial;
typedef struct { // a slot of a static type, as a method
    KrObject head;
    const KrMethod *row; // INIT: the type's own row
    const KrType *owner;
    KrValue self;
    KrValue name;
    KrValue names, defaults;
    KrSignature signature;
    bool parsed;
    bool is_new;
    uint8_t exact;
    const KrSpecial *special;
} KrSlotWrapper; // begins as a KrNativeObject

KrValue kr_staticmethod_new(KrVm *vm, KrValue callable) KR_RAISES;
KrValue kr_classmethod_new(KrVm *vm, KrValue callable) KR_RAISES;
KrValue kr_class_method_descriptor(KrVm *vm, const KrMethod *row, const KrType *type) KR_RAISES;
KrValue kr_getset_new(KrVm *vm, const KrGetSet *row, const KrType *type) KR_RAISES;
KrValue kr_dict_getset(KrVm *vm, const KrType *type) KR_RAISES;    // the __dict__ attribute of instances
KrValue kr_weakref_getset(KrVm *vm, const KrType *type) KR_RAISES; // __weakref__
KrValue kr_member_new(KrVm *vm, const KrType *type, KrValue name, uint32_t index) KR_RAISES;
KrValue kr_raise_abstract(KrVm *vm, const KrType *type);

#endif
