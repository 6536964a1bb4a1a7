// struct_part.h - what the files of module struct share: compiled formats.
// SPDX-License-Identifier: MIT
#ifndef KR_STD_STRUCT_PART_H
#define KR_STD_STRUCT_PART_H

#include "krait.h"

typedef enum { // of fields
    KR_FIELD_SIGNED,
    KR_FIELD_UNSIGNED,
    KR_FIELD_POINTER,
    KR_FIELD_BOOL,
    KR_FIELD_CHAR,
    KR_FIELD_HALF,
    KR_FIELD_FLOAT,
    KR_FIELD_DOUBLE,
    KR_FIELD_STRING,
    KR_FIELD_PASCAL,
} KrFieldKind;

typedef struct {
    size_t offset, count; // count: how many values; of texts, their length
    uint8_t kind;         // KrFieldKind
    uint8_t size;         // of one value, of texts 1
    bool swap;            // bytes are in the other order than the machine's
    bool strict;          // floats that are too large are an error: standard sizes
    char code;            // for messages
} KrField;

typedef struct {    // a compiled format
    KrField *field; // memory of the collector
    size_t fields, values, size;
} KrLayout;

extern const KrType kr_struct_error;

bool kr_layout_compile(KrVm *vm, const char *format, size_t len, KrLayout *out) KR_RAISES;
static inline size_t kr_field_values(const KrField *f) { return f->kind >= KR_FIELD_STRING ? 1 : f->count; }

bool kr_struct_write(KrVm *vm, const KrLayout *layout, uint8_t *to,
                     const KrValue *value) KR_RAISES;                                    // as many as it has; `to` is zeroed first
KrValue kr_struct_read(KrVm *vm, const KrLayout *layout, const uint8_t *from) KR_RAISES; // a tuple

#endif
