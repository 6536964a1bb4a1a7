// str.h - text: generalised UTF-8 (lone surrogates are three bytes), NUL-terminated, with cached hash and length.
// SPDX-License-Identifier: MIT
#ifndef KR_OBJECT_STR_H
#define KR_OBJECT_STR_H

#include "object/slots.h"

enum {
    KR_STR_ASCII = 1,
    KR_STR_INTERNED = 2,
    KR_STR_SURROGATES = 4, // has lone surrogates: cannot be encoded strictly
    KR_STR_HASHED = 8,
    KR_STR_IDENTIFIER = 16, // static names only
    KR_STR_INDEXED = 32,    // the side index is filled in
    KR_STR_OUTSIDE = 64,    // its text is the beginning of a KrStrBuffer's
};

#define KR_STR_STRIDE 64 // characters between two entries of the side index

typedef struct {
    KrObject head;
    uint32_t len;   // bytes
    uint32_t hash;  // valid with KR_STR_HASHED; 32 bits of kr_hash_bytes
    uint32_t chars; // code points
    uint32_t flags;
    char own[]; // the text and a NUL. Text that is not ASCII has its side index behind it, see str_index.c
} KrStrObject;

// Room to grow for text built by `s += part`: all the strings on the way share one buffer, of which each is the beginning. Only the
// longest can grow in place, since only its end is the buffer's. The side index stands behind the room.
typedef struct {
    KrObject head;
    KrVm *vm;
    size_t room, used;
    size_t indexed; // entries of the side index that are filled in
    char data[];
} KrStrBuffer;

extern const KrType kr_str_type, kr_str_iterator_type, kr_str_buffer_type;

static inline KrStrBuffer *kr_str_buffer(const KrStrObject *s) { return *(KrStrBuffer *const *)(const void *)s->own; } // of KR_STR_OUTSIDE
// The text; it need not end with a NUL (kr_str_text's does).
static inline const char *kr_str_data(const KrStrObject *s) {
    return KR_UNLIKELY(s->flags & KR_STR_OUTSIDE) ? kr_str_buffer(s)->data : s->own;
}
static inline const KrStrObject *kr_str_of(KrValue v) { return KR_AS(const KrStrObject, v); }
static inline bool kr_is_interned(KrValue v) { return kr_is_exact(v, &kr_str_type) && (kr_str_of(v)->flags & KR_STR_INTERNED); }

KrValue kr_str_iterator(KrVm *vm, KrValue str) KR_RAISES;

// A str of len bytes with its text still to be written; kr_str_finish then counts characters and sets the flags.
// ascii: all bytes will be ASCII. NULL: raised.
KrStrObject *kr_str_new(KrVm *vm, size_t len, bool ascii);
KrValue kr_str_finish(KrStrObject *str);
KrValue kr_str_from_ascii(KrVm *vm, const char *text, size_t len) KR_RAISES; // of text that is known to be ASCII
uint32_t kr_str_hash(KrValue str);                                           // cached
static inline uint32_t kr_str_hash_inline(KrValue str) {
    return KR_LIKELY(kr_str_of(str)->flags & KR_STR_HASHED) ? kr_str_of(str)->hash : kr_str_hash(str);
}
bool kr_str_equal(KrValue a, KrValue b);
int kr_str_order(KrValue a, KrValue b); // by code points: <0, 0, >0
KrValue kr_str_concat(KrVm *vm, KrValue a, KrValue b) KR_RAISES;
bool kr_str_grows(KrValue a, KrValue b);                       // whether `a + b` looks like one of many sums: long and short
KrValue kr_str_grow(KrVm *vm, KrValue a, KrValue b) KR_RAISES; // the same, where the sum is likely to grow further
void kr_str_trace(KrTracer *tracer, KrObject *str);
const char *kr_str_terminated(const KrStrObject *str); // the text with a NUL behind it; "" where that needs memory and there is none
KrValue kr_str_join(KrVm *vm, const KrValue *part, size_t count) KR_RAISES;                        // f-strings: all parts are str
KrValue kr_str_char_at(KrVm *vm, KrValue str, size_t index) KR_RAISES;                             // index < chars
KrValue kr_str_slice(KrVm *vm, KrValue str, size_t start, size_t stop) KR_RAISES;                  // in code points, step 1
KrValue kr_str_pick(KrVm *vm, KrValue str, intptr_t start, intptr_t step, size_t count) KR_RAISES; // extended slice
KrValue kr_str_from_codepoint(KrVm *vm, uint32_t codepoint) KR_RAISES;
KrValue kr_str_repr(KrVm *vm, KrValue str) KR_RAISES;
KrValue kr_str_ascii(KrVm *vm, KrValue v) KR_RAISES;                          // ascii(v), of any object
KrValue kr_str_exact(KrVm *vm, KrValue str) KR_RAISES;                        // of a subclass: the plain text
KrValue kr_str_part(KrVm *vm, KrValue str, size_t from, size_t to) KR_RAISES; // text[from..to), in bytes
KrValue kr_str_repeat(KrVm *vm, KrValue str, intptr_t count) KR_RAISES;
size_t kr_str_size(size_t len, bool ascii);                               // bytes of a KrStrObject
size_t kr_str_offset(const KrStrObject *str, size_t index);               // of the character at index <= chars, in bytes
size_t kr_str_chars(const KrStrObject *str, size_t offset);               // characters before offset, which is at a boundary
KrValue kr_str_percent(KrVm *vm, KrValue format, KrValue args) KR_RAISES; // format % args
KrValue kr_bytes_percent(KrVm *vm, KrValue format, KrValue args) KR_RAISES;
// Text from bytes in an encoding, and back; errors is NULL ("strict") or the name of an error handler.
KrValue kr_decode(KrVm *vm, const uint8_t *bytes, size_t len, const char *encoding, const char *errors) KR_RAISES;
KrValue kr_encode(KrVm *vm, KrValue str, const char *encoding, const char *errors) KR_RAISES;

#endif
