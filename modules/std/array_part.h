// array_part.h - what the files of module array share: the object, and the codes of its items.
// SPDX-License-Identifier: MIT
#ifndef KR_STD_ARRAY_PART_H
#define KR_STD_ARRAY_PART_H

#include "number_bytes.h"

typedef enum { KR_ITEM_SIGNED, KR_ITEM_UNSIGNED, KR_ITEM_FLOAT, KR_ITEM_DOUBLE, KR_ITEM_TEXT } KrItemKind;

typedef struct {
    char code;
    uint8_t kind, size;
    const char *format;      // of the buffer protocol
    const char *name, *wide; // in messages: what it is, and what it must be first
    int8_t wide_bits;        // bits that `wide` has, 0: those of the item
} KrItemCode;

// Items are in `data`, memory of the collector. While somebody holds a buffer (exports), they neither move nor change in number.
typedef struct {
    KrObject head;
    const KrItemCode *code;
    uint8_t *data; // NULL while nothing was ever stored
    size_t len, cap;
    uint32_t exports;
} KrArray;

extern const KrType kr_array_type;
extern const KrMethod kr_array_methods[];
extern const KrItemCode kr_item_codes[]; // ends with an all-zero row

static inline KrArray *kr_array_of(KrValue v) { return (KrArray *)kr_ptr(v); }
static inline bool kr_is_array(KrValue v) { return kr_isa(v, &kr_array_type); }
static inline uint8_t *kr_array_at(const KrArray *a, size_t i) { return a->data + i * a->code->size; }

// array_item.c
const KrItemCode *kr_item_code(char code); // NULL: there is none
KrValue kr_item_read(KrVm *vm, const KrItemCode *code, const uint8_t *from) KR_RAISES;
bool kr_item_write(KrVm *vm, const KrItemCode *code, KrValue v, uint8_t *to) KR_RAISES; // may run Python: `to` is not in an array
KrValue kr_item_text(KrVm *vm, const KrArray *a) KR_RAISES;                             // of an array of text
int kr_item_format(const KrItemCode *code);                                             // number of the machine format, for pickles
KrValue kr_items_from_format(KrVm *vm, int format, const uint8_t *data, size_t len, char *code) KR_RAISES; // list or str; code may change

// array_module.c
KrArray *kr_array_new(KrVm *vm, const KrType *type, const KrItemCode *code, size_t len) KR_RAISES; // NULL: raised
bool kr_array_unlocked(KrVm *vm, KrArray *a) KR_RAISES; // BufferError if somebody holds its memory
bool kr_array_resize(KrVm *vm, KrArray *a, size_t len) KR_RAISES;
bool kr_array_append(KrVm *vm, KrArray *a, KrValue v) KR_RAISES;
bool kr_array_append_all(KrVm *vm, KrArray *a, KrValue iterable) KR_RAISES; // extend
bool kr_array_append_bytes(KrVm *vm, KrArray *a, KrValue buffer) KR_RAISES; // frombytes
bool kr_array_append_text(KrVm *vm, KrArray *a, KrValue text) KR_RAISES;
bool kr_array_delete(KrVm *vm, KrArray *a, size_t from, size_t count) KR_RAISES;
bool kr_array_insert(KrVm *vm, KrArray *a, size_t at, size_t count) KR_RAISES; // room, to be filled
KrValue kr_array_reduce(KrVm *vm, KrValue self, const KrValue *arg) KR_RAISES;

// array_sequence.c
KrValue kr_array_getitem(KrVm *vm, KrValue self, KrValue key) KR_RAISES;
bool kr_array_setitem(KrVm *vm, KrValue self, KrValue key, KrValue value) KR_RAISES;
bool kr_array_contains(KrVm *vm, KrValue self, KrValue item, bool *out) KR_RAISES;
KrValue kr_array_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) KR_RAISES;
KrValue kr_array_binary(KrVm *vm, KrBinary op, KrValue left, KrValue right) KR_RAISES;
KrValue kr_array_inplace(KrVm *vm, KrBinary op, KrValue self, KrValue other) KR_RAISES;
KrValue kr_array_iter(KrVm *vm, KrValue self) KR_RAISES;
bool kr_array_find(KrVm *vm, const KrArray *a, KrValue v, size_t from, size_t stop, size_t *at) KR_RAISES; // *at is SIZE_MAX: not there

#endif
