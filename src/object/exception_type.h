// exception_type.h - what the files that define exception types share.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_EXCEPTION_TYPE_H
#define KR_OBJECT_EXCEPTION_TYPE_H

#include "object/exception.h"
#include "object/shape.h"

_Static_assert(sizeof(KrExceptionObject) == KR_EXCEPTION_SIZE, "krait.h says another size");

#define KR_EXCEPTION_FLAGS (KR_TYPE_BASE | KR_TYPE_HAS_DICT | KR_TYPE_IS_EXCEPTION)

KrValue kr_exception_make(KrVm *vm, KrValue type, const KrValue *arg) KR_RAISES;
KrValue kr_exception_str(KrVm *vm, KrValue self) KR_RAISES;

// Getter and setter of extra[n]; deleting gives None.
#define KR_EXTRA(n, name) \
    static KrValue get_##name(KrVm *vm, KrValue self) { return (void)vm, kr_exception_of(self)->extra[n]; } \
    static bool set_##name(KrVm *vm, KrValue self, KrValue v) { \
        return kr_store(vm, kr_exception_of(self), &kr_exception_of(self)->extra[n], kr_is_unset(v) ? KR_NONE : v), true; \
    }
#define KR_EXTRA_ROW(name) \
    { #name, get_##name, set_##name, "" }
#define KR_EXCEPTION_TYPE(symbol, text, parent, documentation) \
    KR_TYPE_HEAD(kr_##symbol), .name = text, .base = &kr_##parent, .doc = KR_DOC(documentation), .size = sizeof(KrExceptionObject), \
                               .flags = KR_EXCEPTION_FLAGS, .trace = kr_exception_trace

#endif
