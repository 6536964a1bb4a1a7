// str_grow.c - text that grows: `s += part` writes the part behind s in a buffer with room, so that building a text takes time in
// proportion to its length. Nothing is ever changed that a str can see: each is the beginning of the buffer, up to its own length.
// SPDX-License-Identifier: MIT
#include "object/bulk.h"
#include "object/str.h"

// Bytes of the shortest sum that gets a buffer; its room: so many more, and a part of its length.
enum { KR_GROW_FROM = 128, KR_GROW_MORE = 64, KR_GROW_PART = KR_DEVICE ? 8 : 2 };

static bool is_outside(const KrStrObject *s) { return s->flags & KR_STR_OUTSIDE; }

void kr_str_trace(KrTracer *tracer, KrObject *o) {
    const KrStrObject *s = (const KrStrObject *)o;
    if (is_outside(s)) kr_trace_object(tracer, kr_str_buffer(s));
}

static KrStrBuffer *buffer_new(KrVm *vm, size_t room) {
    room = (room + sizeof(uint32_t) - 1) / sizeof(uint32_t) * sizeof(uint32_t);
    KrStrBuffer *b =
        kr_alloc(vm, &kr_str_buffer_type.shape, offsetof(KrStrBuffer, data) + room + (room / KR_STR_STRIDE + 1) * sizeof(uint32_t));
    if (!b) return NULL;
    b->vm = vm;
    b->room = room;
    b->used = b->indexed = 0;
    return b;
}

static void set_buffer(KrVm *vm, KrStrObject *s, KrStrBuffer *b) {
    KrStrBuffer **slot = (KrStrBuffer **)(void *)s->own;
    KR_STORE_PTR(vm, s, *slot, b);
    s->flags |= KR_STR_OUTSIDE;
}

static bool append(KrStrBuffer *b, const KrStrObject *s) {
    if (!kr_bulk_copy(b->vm, b->data + b->used, kr_str_data(s), s->len)) return false;
    b->used += s->len;
    b->data[b->used] = 0;
    return true;
}

// The buffer at whose end s stands, with room for more; or a new one that begins with s.
static KrStrBuffer *buffer_for(KrVm *vm, const KrStrObject *s, size_t more) {
    if (is_outside(s)) {
        KrStrBuffer *b = kr_str_buffer(s);
        if (b->used == s->len && more < b->room - b->used) return b;
    }
    size_t len = s->len + more;
    KrStrBuffer *b = buffer_new(vm, len + len / KR_GROW_PART + KR_GROW_MORE);
    return b && append(b, s) ? b : NULL;
}

bool kr_str_grows(KrValue a, KrValue b) { return kr_str_of(a)->len >= 4 * KR_GROW_FROM && kr_str_of(b)->len < kr_str_of(a)->len / 4; }

KrValue kr_str_grow(KrVm *vm, KrValue a, KrValue v) {
    const KrStrObject *s = kr_str_of(a), *t = kr_str_of(v);
    size_t len = (size_t)s->len + t->len;
    if (len < KR_GROW_FROM || len > UINT32_MAX / 4 || !kr_is_exact(a, &kr_str_type) || !s->len || !t->len) return kr_str_concat(vm, a, v);
    KrStrObject *sum = kr_alloc(vm, &kr_str_type.shape, offsetof(KrStrObject, own) + sizeof(KrStrBuffer *));
    KrStrBuffer *b = sum ? buffer_for(vm, s, t->len) : NULL;
    if (!b || !append(b, t)) return KR_ERROR;
    sum->len = (uint32_t)len;
    sum->chars = s->chars + t->chars;
    sum->flags = (s->flags & t->flags & KR_STR_ASCII) | ((s->flags | t->flags) & KR_STR_SURROGATES);
    set_buffer(vm, sum, b);
    return kr_from_ptr(sum);
}

const char *kr_str_terminated(const KrStrObject *s) {
    const char *text = kr_str_data(s);
    if (!is_outside(s) || text[s->len] == 0) return text;
    KrVm *vm = kr_str_buffer(s)->vm;
    KrValue raised = vm->thread.raised;
    vm->thread.raised = KR_UNSET;
    KrStrBuffer *b = buffer_new(vm, (size_t)s->len + 1);
    bool ok = b && append(b, s);
    vm->thread.raised = raised;
    if (!ok) return "";
    set_buffer(vm, (KrStrObject *)(uintptr_t)s, b);
    return b->data;
}

const KrType kr_str_buffer_type = { KR_TYPE_HEAD(kr_str_buffer_type), .name = "buffer", .size = sizeof(KrStrBuffer) };
