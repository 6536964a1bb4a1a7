// function.h - callables: Python functions, native functions and methods, bound methods, cells.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_FUNCTION_H
#define KR_OBJECT_FUNCTION_H

#include "object/slots.h"

typedef struct KrCode KrCode; // code/code.h

typedef struct {
    KrObject head;
    KrCode *code;
    KrValue globals;    // dict
    KrValue builtins;   // dict
    KrValue closure;    // tuple of cells, or None
    KrValue defaults;   // tuple, or None
    KrValue kwdefaults; // dict, or None
    KrValue name, qualname, module, doc;
    KrValue annotations; // dict, tuple of name/value pairs until asked for, or None
    KrValue type_params; // tuple, or None
} KrFunctionObject;

typedef struct {
    KrObject head;
    KrValue value; // KR_UNSET: empty
} KrCellObject;

typedef struct {
    KrObject head;
    KrValue function, self;
} KrMethodObject;

// What a signature text says, parsed.
typedef struct {
    uint8_t positional; // parameters that can be given by position
    uint8_t positional_only;
    uint8_t required; // of the positional ones
    uint8_t keyword_only;
    uint8_t required_keywords; // bit mask would limit; these come first
    bool has_varargs, has_varkw;
    uint8_t total;       // slots of arg[]
    uint8_t least, most; // number of arguments with which nothing can go wrong when none is named; least is 255: not so simple
    KrValue names;       // tuple of interned names, in slot order (positional, keyword-only)
    KrValue defaults;    // tuple parallel to names: KR_UNSET-marked where required or <unset>
} KrSignature;

// A native function, or a native method looked up on its class (self KR_UNSET), or bound to self.
typedef struct KrNativeObject {
    KrObject head;
    const KrMethod *row;
    const KrType *owner; // type it is a method of, NULL for module functions
    KrValue self;        // module, instance, class, or KR_UNSET for an unbound method
    KrValue name;
    KrValue names, defaults; // as KrSignature, once parsed
    KrSignature signature;
    bool parsed;
    bool is_new;   // __new__ of `owner`
    uint8_t exact; // number of arguments when only positional parameters exist (255: not so)
} KrNativeObject;

extern const KrType kr_function_type, kr_cell_type, kr_method_type, kr_native_type, kr_method_descriptor_type,
    kr_class_method_descriptor_type, kr_getset_type, kr_slot_wrapper_type, kr_method_wrapper_type;

KrValue kr_cell(KrVm *vm, KrValue value) KR_RAISES;
KrValue kr_bind_method(KrVm *vm, KrValue function, KrValue self) KR_RAISES;
KrValue kr_native(KrVm *vm, const KrMethod *row, const KrType *owner, KrValue self) KR_RAISES;
// Binds arguments to row's signature and calls it. native may be shared.
bool kr_native_parse(KrVm *vm, KrNativeObject *native) KR_RAISES;
KrValue kr_native_call(KrVm *vm, KrNativeObject *native, KrValue self, const KrValue *arg, size_t count, KrValue names) KR_RAISES;

#endif
