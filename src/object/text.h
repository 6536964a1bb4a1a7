// text.h - a growing text on the C stack, for repr, format and join. Small texts need no memory; the buffer belongs to the collector.
//     KrText t; kr_text_init(vm, &t); ... kr_text_add_c(&t, "["); ... return kr_text_str(&t);
// Adding after a failure does nothing: check once, at the end (kr_text_str returns KR_ERROR).
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_TEXT_H
#define KR_OBJECT_TEXT_H

#include <stdarg.h>

#include "object/str.h"

typedef struct {
    KrVm *vm;
    char *data;
    size_t len, cap;
    bool failed; // an exception is set
    char small[200];
} KrText;

void kr_text_init(KrVm *vm, KrText *t);
void kr_text_add(KrText *t, const char *utf8, size_t len);
void kr_text_add_c(KrText *t, const char *utf8);
void kr_text_add_char(KrText *t, uint32_t codepoint);
void kr_text_add_str(KrText *t, KrValue str);
void kr_text_add_repr(KrText *t, KrValue v);                 // repr(v)
void kr_text_add_to_str(KrText *t, KrValue v);               // str(v)
void kr_text_add_format(KrText *t, const char *format, ...); // as kr_raise
void kr_text_add_vformat(KrText *t, const char *format, va_list args);
void kr_text_add_fill(KrText *t, uint32_t codepoint, size_t count);
char *kr_text_room(KrText *t, size_t len); // len more bytes to write to, counted as added; NULL: failed
KrValue kr_text_str(KrText *t) KR_RAISES;
KrValue kr_text_bytes(KrText *t) KR_RAISES;

#endif
