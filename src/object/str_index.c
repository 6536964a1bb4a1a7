// str_index.c - characters by number: offsets in bytes, slices, and the iterator.
//
// In ASCII text the number is the offset. Other text has room for a side index behind its NUL, one uint32_t for each KR_STR_STRIDE bytes:
// entry i holds the offset of character (i + 1) * KR_STR_STRIDE. It is filled in when a character beyond the first stride is asked for.
// SPDX-License-Identifier: MIT
#include "base/utf8.h"
#include "object/str.h"
#include "object/text.h"
#include "object/vm_state.h"

static size_t round_up(size_t n, size_t unit) { return (n + unit - 1) / unit * unit; }

static size_t index_at(size_t len) { return round_up(offsetof(KrStrObject, own) + len + 1, sizeof(uint32_t)); }

size_t kr_str_size(size_t len, bool ascii) {
    size_t size = ascii ? offsetof(KrStrObject, own) + len + 1 : index_at(len) + len / KR_STR_STRIDE * sizeof(uint32_t);
    return round_up(size, sizeof(void *));
}

// In a buffer that grows, the index is one for all strings that share it, and is filled in as far as any of them was asked.
static uint32_t *side_index(const KrStrObject *s) {
    if (!(s->flags & KR_STR_OUTSIDE)) return (uint32_t *)(void *)((char *)(uintptr_t)s + index_at(s->len));
    KrStrBuffer *b = kr_str_buffer(s);
    return (uint32_t *)(void *)(b->data + b->room);
}

static size_t indexed(const KrStrObject *s) { // how many entries are filled in
    size_t all = s->chars / KR_STR_STRIDE;
    if (s->flags & KR_STR_OUTSIDE) return kr_str_buffer(s)->indexed < all ? kr_str_buffer(s)->indexed : all;
    return s->flags & KR_STR_INDEXED ? all : 0;
}

static const uint32_t *filled_index(const KrStrObject *s) {
    uint32_t *entry = side_index(s);
    size_t i = indexed(s), all = s->chars / KR_STR_STRIDE, at = i ? entry[i - 1] : 0;
    if (i == all) return entry;
    for (; i < all; i++) {
        at = kr_utf8_offset(kr_str_data(s), s->len, at, KR_STR_STRIDE);
        entry[i] = (uint32_t)at;
    }
    if (s->flags & KR_STR_OUTSIDE) kr_str_buffer(s)->indexed = all;
    else ((KrStrObject *)(uintptr_t)s)->flags |= KR_STR_INDEXED;
    return entry;
}

size_t kr_str_offset(const KrStrObject *s, size_t index) {
    if (s->flags & KR_STR_ASCII) return index;
    if (index >= s->chars) return s->len;
    if (index < KR_STR_STRIDE) return kr_utf8_offset(kr_str_data(s), s->len, 0, index);
    size_t at = filled_index(s)[index / KR_STR_STRIDE - 1];
    return kr_utf8_offset(kr_str_data(s), s->len, at, index % KR_STR_STRIDE);
}

size_t kr_str_chars(const KrStrObject *s, size_t offset) {
    if (s->flags & KR_STR_ASCII) return offset;
    const uint32_t *entry = side_index(s);
    size_t low = 0, high = indexed(s); // entries before low are not beyond offset
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (entry[middle] <= offset) low = middle + 1;
        else high = middle;
    }
    size_t at = low ? entry[low - 1] : 0;
    return low * KR_STR_STRIDE + kr_utf8_count(kr_str_data(s) + at, offset - at);
}

KrValue kr_str_char_at(KrVm *vm, KrValue v, size_t index) {
    const KrStrObject *s = kr_str_of(v);
    size_t at = kr_str_offset(s, index);
    return kr_str_from_codepoint(vm, kr_utf8_next(kr_str_data(s), &at));
}

KrValue kr_str_slice(KrVm *vm, KrValue v, size_t start, size_t stop) {
    const KrStrObject *s = kr_str_of(v);
    if (s->flags & KR_STR_ASCII) return kr_str_part(vm, v, start, stop);
    size_t from = kr_str_offset(s, start);
    size_t to = stop - start < KR_STR_STRIDE && stop < s->chars ? kr_utf8_offset(kr_str_data(s), s->len, from, stop - start)
                                                                : kr_str_offset(s, stop);
    return kr_str_part(vm, v, from, to);
}

// count characters from start on, step apart. The characters wanted are rarely far apart: walk, whichever way the step goes.
KrValue kr_str_pick(KrVm *vm, KrValue v, intptr_t start, intptr_t step, size_t count) {
    const KrStrObject *s = kr_str_of(v);
    size_t apart = step < 0 ? 0 - (size_t)step : (size_t)step;
    size_t at = kr_str_offset(s, (size_t)start);
    KrText t;
    kr_text_init(vm, &t);
    for (size_t i = 0; i < count; i++) {
        if (i > 0) at = step < 0 ? kr_utf8_offset_back(kr_str_data(s), at, apart) : kr_utf8_offset(kr_str_data(s), s->len, at, apart);
        kr_text_add(&t, kr_str_data(s) + at, kr_utf8_width_at(kr_str_data(s)[at]));
    }
    return kr_text_str(&t);
}

// ---- Iterator ------------------------------------------------------------------------------------------------------------------

typedef struct {
    KrObject head;
    KrValue str; // KR_UNSET at the end
    size_t at;   // bytes
} StrIterator;

static void iterator_trace(KrTracer *tracer, KrObject *o) { kr_trace(tracer, ((StrIterator *)o)->str); }

KrValue kr_str_iterator(KrVm *vm, KrValue str) {
    StrIterator *it = kr_alloc(vm, &kr_str_iterator_type.shape, sizeof *it);
    if (!it) return KR_ERROR;
    it->str = str;
    return kr_from_ptr(it);
}

static KrValue iterator_next(KrVm *vm, KrValue self) {
    StrIterator *it = KR_AS(StrIterator, self);
    if (kr_is_unset(it->str)) return KR_DONE;
    const KrStrObject *s = kr_str_of(it->str);
    if (it->at < s->len) return kr_str_from_codepoint(vm, kr_utf8_next(kr_str_data(s), &it->at));
    kr_store(vm, it, &it->str, KR_UNSET);
    return KR_DONE;
}

static KrValue iterator_self(KrVm *vm, KrValue self) { return (void)vm, self; }

static KrValue iterator_length_hint(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    const StrIterator *it = KR_AS(StrIterator, self);
    if (kr_is_unset(it->str)) return kr_int_box(0);
    const KrStrObject *s = kr_str_of(it->str);
    return kr_int(vm, (int64_t)kr_utf8_count(kr_str_data(s) + it->at, s->len - it->at));
}

// (iter, (str,), position) for copy and pickle.
static KrValue iterator_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    KrValue maker = kr_getattr_c(vm, vm->builtins, "iter");
    if (kr_is_error(maker)) return maker;
    const StrIterator *it = KR_AS(StrIterator, self);
    bool ended = kr_is_unset(it->str);
    KrValue text = ended ? kr_str_c(vm, "") : it->str;
    if (kr_is_error(text)) return text;
    KrValue args = kr_tuple(vm, 1, &text);
    if (kr_is_error(args)) return args;
    KrValue item[3] = { maker, args, kr_int_box(ended ? 0 : (intptr_t)kr_str_chars(kr_str_of(it->str), it->at)) };
    return kr_tuple(vm, ended ? 2 : 3, item);
}

static KrValue iterator_setstate(KrVm *vm, KrValue self, const KrValue *arg) {
    StrIterator *it = KR_AS(StrIterator, self);
    intptr_t index;
    if (!kr_to_index_clipped(vm, arg[0], &index)) return KR_ERROR;
    if (!kr_is_unset(it->str)) it->at = kr_str_offset(kr_str_of(it->str), index < 0 ? 0 : (size_t)index);
    return KR_NONE;
}

static const KrMethod iterator_methods[] = {
    { "__length_hint__()", iterator_length_hint, KR_DOC("Characters still to come."), 0 },
    { "__reduce__()", iterator_reduce, KR_DOC("State for copy and pickle."), 0 },
    { "__setstate__(object, /)", iterator_setstate, KR_DOC("Sets the position."), 0 },
    { 0 },
};

const KrType kr_str_iterator_type = {
    KR_TYPE_HEAD(kr_str_iterator_type), .name = "str_iterator",  .flags = KR_TYPE_NO_NEW, .size = sizeof(StrIterator),
    .methods = iterator_methods,        .trace = iterator_trace, .iter = iterator_self,   .next = iterator_next,
};
