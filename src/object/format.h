// format.h - what format(value, spec) does for the builtin types. The `__format__` rows of int, float and complex call these.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_FORMAT_H
#define KR_OBJECT_FORMAT_H

#include "krait.h"

// spec must be a str; TypeError otherwise.
KrValue kr_str_format_spec(KrVm *vm, KrValue str, KrValue spec) KR_RAISES;
KrValue kr_int_format_spec(KrVm *vm, KrValue integer, KrValue spec) KR_RAISES; // int, bool, subclasses
KrValue kr_float_format_spec(KrVm *vm, KrValue number, KrValue spec) KR_RAISES;
KrValue kr_complex_format_spec(KrVm *vm, KrValue number, KrValue spec) KR_RAISES;

// The same as rows: { "__format__(format_spec, /)", kr_int_dunder_format, KR_DOC("..."), 0 }.
KrValue kr_str_dunder_format(KrVm *vm, KrValue self, const KrValue *arg);
KrValue kr_int_dunder_format(KrVm *vm, KrValue self, const KrValue *arg);
KrValue kr_float_dunder_format(KrVm *vm, KrValue self, const KrValue *arg);
KrValue kr_complex_dunder_format(KrVm *vm, KrValue self, const KrValue *arg);

#endif
