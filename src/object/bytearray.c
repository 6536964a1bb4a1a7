// bytearray.c - the mutable row of bytes.
//
// The bytes are raw->data[offset .. offset + len). While a buffer is held by somebody (exports), they neither move nor change in number.
// SPDX-License-Identifier: MIT
#include "base/search.h"
#include "object/bulk.h"
#include "object/bytes_method.h"
#include "object/container.h"
#include "object/memoryview.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/range.h"
#include "object/str_method.h"
#include "object/text.h"

#define RANGE_MESSAGE "byte must be in range(0, 256)"

static KrByteArrayObject *array_of(KrValue v) { return KR_AS(KrByteArrayObject, v); }

// ---- Memory --------------------------------------------------------------------------------------------------------------------

KrValue kr_bytearray(KrVm *vm, const void *data, size_t len) {
    KrByteArrayObject *b = kr_alloc(vm, &kr_bytearray_type.shape, sizeof *b);
    if (!b || !kr_bytearray_resize(vm, b, len)) return KR_ERROR;
    if (data && !kr_bulk_copy(vm, kr_bytearray_data(b), data, len)) return KR_ERROR;
    return kr_from_ptr(b);
}

static bool move_to(KrVm *vm, KrByteArrayObject *b, size_t len, size_t cap) {
    kr_spend(vm, len >> 8);
    KrRaw *raw = kr_raw_new(vm, cap);
    if (!raw || !kr_bulk_copy(vm, raw->data, kr_bytearray_data(b), b->len < len ? b->len : len)) return false;
    KR_STORE_PTR(vm, b, b->raw, raw);
    b->offset = 0;
    b->len = len;
    return true;
}

static KrValue is_exported(KrVm *vm) { return kr_raise(vm, &kr_buffer_error, "Existing exports of data: object cannot be re-sized"); }

// Whether somebody still holds a buffer, which is then the error that is raised. Memoryviews that nobody uses any more count until
// they are collected.
static bool is_locked(KrVm *vm, KrByteArrayObject *b) {
    if (b->exports) kr_collect(vm);
    return b->exports > 0 && kr_is_error(is_exported(vm));
}

// New bytes at the end have any value, but for those of fresh memory, which are zero.
bool kr_bytearray_resize(KrVm *vm, KrByteArrayObject *b, size_t len) {
    if (len == b->len) return true;
    if (is_locked(vm, b)) return false;
    size_t cap = b->raw ? b->raw->cap : 0;
    if (len > PTRDIFF_MAX / 2) return kr_fail(kr_raise_memory(vm));
    if (len > cap) return move_to(vm, b, len, cap == 0 ? len : len + len / 4 + 16);
    if (len < cap / 4 && cap > 256) return move_to(vm, b, len, len + len / 4 + 16);
    if (b->offset + len > cap) { // the room is at the front; too little of it is not worth the move each time
        if (b->offset < len / 4) return move_to(vm, b, len, len + len / 4 + 16);
        kr_spend(vm, len >> 9);
        memmove(b->raw->data, kr_bytearray_data(b), b->len < len ? b->len : len);
        b->offset = 0;
    }
    b->len = len;
    return true;
}

// Fills the end of the array, from `from` on: many bytes in pieces, so that a limit that stops it leaves whole ones.
static bool fill_end(KrVm *vm, KrByteArrayObject *b, size_t from, const uint8_t *data, size_t len) {
    if (b->exports) return memcpy(kr_bytearray_data(b) + from, data, len), true;
    b->len = from;
    for (size_t at = 0, n; at < len; at += n, b->len += n) {
        n = len - at < KR_BULK_BYTES ? len - at : KR_BULK_BYTES;
        memcpy(kr_bytearray_data(b) + from + at, data + at, n);
        if (!kr_bulk_done(vm, n)) return false;
    }
    return true;
}

// Replaces the bytes [from..to) by len others. data is not inside the array's own memory.
static bool splice(KrVm *vm, KrByteArrayObject *b, size_t from, size_t to, const uint8_t *data, size_t len) {
    size_t old = b->len, tail = old - to, new_len = from + len + tail;
    if (new_len < old) {
        if (is_locked(vm, b)) return false;
        uint8_t *p = kr_bytearray_data(b);
        if (from == 0 && len == 0) { // cheap deletion at the front
            b->offset += to;
            b->len = new_len;
            if (new_len >= b->raw->cap / 4 || b->raw->cap <= 256) return true;
            return move_to(vm, b, new_len, new_len + new_len / 4 + 16);
        }
        kr_spend(vm, tail >> 9);
        memmove(p + from + len, p + to, tail);
        if (len) memcpy(p + from, data, len);
        return kr_bytearray_resize(vm, b, new_len);
    }
    if (!kr_bytearray_resize(vm, b, new_len)) return false;
    uint8_t *p = kr_bytearray_data(b);
    kr_spend(vm, tail >> 9);
    if (!tail && KR_UNLIKELY(len > KR_BULK_BYTES)) return fill_end(vm, b, from, data, len);
    if (tail) memmove(p + from + len, p + to, tail);
    if (len) memcpy(p + from, data, len);
    return true;
}

static void array_trace(KrTracer *tracer, KrObject *o) { kr_trace_object(tracer, ((KrByteArrayObject *)o)->raw); }

static KrValue array_init(KrVm *vm, KrValue self, const KrValue *arg) {
    KrByteArrayObject *b = array_of(self);
    if (!kr_bytes_check_source(vm, arg, "bytearray")) return KR_ERROR;
    if (b->len && !kr_bytearray_resize(vm, b, 0)) return KR_ERROR; // what it held is gone, even if there is nothing to take its place
    KrValue bytes = kr_bytes_source(vm, arg, true);
    if (kr_is_error(bytes)) return bytes;
    KrSpan s = kr_span_of(bytes);
    return splice(vm, b, 0, b->len, s.data, s.len) ? KR_NONE : KR_ERROR;
}

static const KrMethod array_init_row = { "bytearray(source=<unset>, encoding=<unset>, errors=<unset>)", array_init, "", 0 };

// ---- Items ---------------------------------------------------------------------------------------------------------------------

static bool item_index(KrVm *vm, KrValue key, intptr_t *index) {
    if (kr_is_int(key)) return *index = kr_int_value(key), true;
    if (!kr_is_integer(key) && kr_is_unset(kr_type_lookup(vm, kr_type_of(key), KR_N(__index__))))
        return kr_fail(kr_raise(vm, &kr_type_error, "bytearray indices must be integers or slices, not %T", key));
    return kr_to_index(vm, key, index);
}

// The byte at an index that may count from the end; NULL: IndexError was raised.
static uint8_t *byte_at(KrVm *vm, KrValue self, intptr_t index) {
    const KrByteArrayObject *b = array_of(self);
    size_t at = (size_t)(index < 0 ? index + (intptr_t)b->len : index);
    if (at < b->len) return kr_bytearray_data(b) + at;
    (void)kr_raise(vm, &kr_index_error, "bytearray index out of range");
    return NULL;
}

static KrValue array_getitem(KrVm *vm, KrValue self, KrValue key) {
    intptr_t start, stop, step;
    size_t count;
    if (!kr_is_exact(key, &kr_slice_type)) {
        if (!item_index(vm, key, &start)) return KR_ERROR;
        const uint8_t *byte = byte_at(vm, self, start);
        return byte ? kr_int_box(*byte) : KR_ERROR;
    }
    if (!kr_slice_unpack(vm, key, &start, &stop, &step)) return KR_ERROR;
    count = kr_slice_adjust(array_of(self)->len, &start, &stop, step); // only now: the ends may have been Python code
    KrValue part = kr_bytearray(vm, NULL, count);
    if (kr_is_error(part) || count == 0) return part;
    return kr_span_pick(vm, kr_span_of(self), start, step, count, kr_bytes_data(part, NULL)) ? part : KR_ERROR;
}

// Deletes count bytes, step apart.
static bool delete_apart(KrVm *vm, KrByteArrayObject *b, intptr_t start, intptr_t step, size_t count) {
    if (is_locked(vm, b)) return false;
    if (count == 0) return true;
    if (step < 0) {
        start += step * (intptr_t)(count - 1);
        step = -step;
    }
    uint8_t *p = kr_bytearray_data(b);
    size_t out = (size_t)start, next = (size_t)start, gone = 0;
    for (size_t in = (size_t)start; in < b->len; in++) {
        if (gone < count && in == next) {
            gone++;
            next += (size_t)step;
        } else {
            p[out++] = p[in];
        }
    }
    return kr_bytearray_resize(vm, b, out);
}

static bool assign_slice(KrVm *vm, KrValue self, KrValue slice, const uint8_t *data, size_t len) {
    intptr_t start, stop, step;
    size_t count;
    KrByteArrayObject *b = array_of(self);
    if (!kr_slice_unpack(vm, slice, &start, &stop, &step)) return false;
    count = kr_slice_adjust(b->len, &start, &stop, step);
    if (step == 1) return splice(vm, b, (size_t)start, (size_t)start + count, data, len);
    if (len == 0) return delete_apart(vm, b, start, step, count);
    if (len != count)
        return kr_fail(kr_raise(vm, &kr_value_error, "attempt to assign bytes of size %u to extended slice of size %u", len, count));
    uint8_t *p = kr_bytearray_data(b);
    for (size_t i = 0; i < len; i++) p[start + (intptr_t)i * step] = data[i];
    return true;
}

// The bytes to assign to a slice, as a bytes object or a copy of the array itself.
static KrValue slice_value(KrVm *vm, KrValue value) {
    if (kr_is_exact(value, &kr_bytes_type)) return value;
    if (kr_isa(value, &kr_bytearray_type)) return kr_bytes(vm, kr_bytearray_data(array_of(value)), array_of(value)->len);
    if (kr_is_number(vm, value) || kr_is_str(value))
        return kr_raise(vm, &kr_type_error, "can assign only bytes, buffers, or iterables of ints in range(0, 256)");
    return kr_bytes_source(vm, (KrValue[]){ value, KR_UNSET, KR_UNSET }, true);
}

static bool array_setitem(KrVm *vm, KrValue self, KrValue key, KrValue value) {
    KrByteArrayObject *b = array_of(self);
    bool deletion = kr_is_unset(value);
    if (kr_is_exact(key, &kr_slice_type)) {
        intptr_t start, stop, step; // wrong bounds come before wrong values; what is no other bytearray has them asked twice, as in CPython
        bool twice = !deletion && (!kr_isa(value, &kr_bytearray_type) || kr_same(self, value));
        if (twice && !kr_slice_unpack(vm, key, &start, &stop, &step)) return false;
        KrValue bytes = deletion ? kr_bytes(vm, NULL, 0) : slice_value(vm, value);
        if (kr_is_error(bytes)) return false;
        KrSpan s = kr_span_of(bytes);
        return assign_slice(vm, self, key, s.data, s.len);
    }
    intptr_t index;
    uint8_t byte = 0, *at; // value first: its __index__ may shorten the array
    if (!item_index(vm, key, &index) || (!deletion && !kr_arg_byte(vm, value, RANGE_MESSAGE, &byte))) return false;
    if (!(at = byte_at(vm, self, index))) return false;
    size_t from = (size_t)(at - kr_bytearray_data(b));
    if (deletion) return splice(vm, b, from, from + 1, NULL, 0);
    *at = byte;
    return true;
}

// ---- Methods -------------------------------------------------------------------------------------------------------------------

static KrValue array_append(KrVm *vm, KrValue self, const KrValue *arg) {
    KrByteArrayObject *b = array_of(self);
    uint8_t byte;
    if (!kr_arg_byte(vm, arg[0], RANGE_MESSAGE, &byte) || !kr_bytearray_resize(vm, b, b->len + 1)) return KR_ERROR;
    kr_bytearray_data(b)[b->len - 1] = byte;
    return KR_NONE;
}

static KrValue array_clear(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)arg, kr_bytearray_resize(vm, array_of(self), 0) ? KR_NONE : KR_ERROR;
}

static KrValue array_copy(KrVm *vm, KrValue self, const KrValue *arg) {
    KrSpan s = kr_span_of(self);
    return (void)arg, kr_bytearray(vm, s.data, s.len);
}

// Whatever the reason why there is no buffer, CPython says this.
static bool no_buffer(KrVm *vm, KrValue self, KrValue source, bool concat) {
    if (!kr_raised_is(vm, &kr_exception) || kr_raised_is(vm, &kr_memory_error)) return false;
    (void)kr_take_raised(vm);
    if (concat) return kr_fail(kr_raise(vm, &kr_type_error, "can't concat %T to %T", source, self));
    return kr_fail(kr_raise(vm, &kr_type_error, "can't set bytearray slice from %T", source));
}

// Adds the bytes of a buffer, which may be the array's own.
static bool add_buffer(KrVm *vm, KrValue self, KrValue source, bool concat) {
    KrByteArrayObject *b = array_of(self);
    if (kr_same(self, source)) {
        size_t len = b->len;
        if (!kr_bytearray_resize(vm, b, 2 * len)) return false;
        return len == 0 || fill_end(vm, b, len, kr_bytearray_data(b), len);
    }
    KrBuffer buffer;
    if (!kr_get_buffer(vm, source, &buffer, KR_BUFFER_READ)) return no_buffer(vm, self, source, concat);
    bool ok = splice(vm, b, b->len, b->len, buffer.data, buffer.len);
    kr_release_buffer(vm, &buffer);
    return ok;
}

static KrValue array_extend(KrVm *vm, KrValue self, const KrValue *arg) {
    if (kr_exports_buffer(vm, arg[0])) return add_buffer(vm, self, arg[0], false) ? KR_NONE : KR_ERROR;
    KrValue it = kr_iter(vm, arg[0]), item;
    if (kr_is_error(it) && kr_raised_is(vm, &kr_type_error)) {
        (void)kr_take_raised(vm);
        return kr_raise(vm, &kr_type_error, "can't extend bytearray with %T", arg[0]);
    }
    size_t hint;
    KrText t;
    if (kr_is_error(it) || !kr_length_hint(vm, arg[0], 32, &hint)) return KR_ERROR;
    kr_text_init(vm, &t);
    for (uint32_t n = 1; !kr_is_done(item = kr_next_inline(vm, it)); n++) {
        uint8_t byte;
        if (kr_is_error(item)) return KR_ERROR;
        if (kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "expected iterable of integers; got: 'str'");
        if (!kr_arg_byte(vm, item, RANGE_MESSAGE, &byte)) return KR_ERROR;
        kr_text_add(&t, (const char *)&byte, 1);
        if (t.failed || (n % 4096 == 0 && !kr_poll(vm, 4096))) return KR_ERROR;
    }
    KrByteArrayObject *b = array_of(self);
    return !t.failed && splice(vm, b, b->len, b->len, (const uint8_t *)t.data, t.len) ? KR_NONE : KR_ERROR;
}

static KrValue array_insert(KrVm *vm, KrValue self, const KrValue *arg) {
    KrByteArrayObject *b = array_of(self);
    intptr_t index;
    uint8_t byte;
    if (!kr_arg_size(vm, arg[0], &index) || !kr_arg_byte(vm, arg[1], RANGE_MESSAGE, &byte)) return KR_ERROR;
    intptr_t at = index < 0 ? index + (intptr_t)b->len : index;
    size_t place = at < 0 ? 0 : (size_t)at > b->len ? b->len : (size_t)at;
    return splice(vm, b, place, place, &byte, 1) ? KR_NONE : KR_ERROR;
}

static KrValue array_pop(KrVm *vm, KrValue self, const KrValue *arg) {
    KrByteArrayObject *b = array_of(self);
    intptr_t index;
    if (!kr_arg_size(vm, arg[0], &index)) return KR_ERROR;
    if (b->len == 0) return kr_raise(vm, &kr_index_error, "pop from empty bytearray");
    size_t at = (size_t)(index < 0 ? index + (intptr_t)b->len : index);
    if (at >= b->len) return kr_raise(vm, &kr_index_error, "pop index out of range");
    uint8_t byte = kr_bytearray_data(b)[at];
    return splice(vm, b, at, at + 1, NULL, 0) ? kr_int_box(byte) : KR_ERROR;
}

static KrValue array_remove(KrVm *vm, KrValue self, const KrValue *arg) {
    uint8_t byte;
    if (!kr_arg_byte(vm, arg[0], RANGE_MESSAGE, &byte)) return KR_ERROR;
    KrSpan s = kr_span_of(self);
    size_t at = kr_byte_find(s.data, s.len, byte);
    if (at == KR_NOT_FOUND) return kr_raise(vm, &kr_value_error, "value not found in bytearray");
    return splice(vm, array_of(self), at, at + 1, NULL, 0) ? KR_NONE : KR_ERROR;
}

static KrValue array_reverse(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    size_t len;
    uint8_t *p = kr_bytes_data(self, &len);
    kr_spend(vm, len >> 4);
    for (size_t i = 0, j = len; i + 1 < j; i++) {
        uint8_t byte = p[i];
        p[i] = p[--j];
        p[j] = byte;
    }
    return KR_NONE;
}

static KrValue array_alloc_size(KrVm *vm, KrValue self, const KrValue *arg) {
    const KrByteArrayObject *b = array_of(self);
    return (void)arg, kr_int(vm, b->raw ? (int64_t)b->raw->cap : 0);
}

static KrValue array_sizeof(KrVm *vm, KrValue self, const KrValue *arg) {
    const KrByteArrayObject *b = array_of(self);
    return (void)arg, kr_int(vm, (int64_t)(sizeof *b + (b->raw ? sizeof *b->raw + b->raw->cap : 0)));
}

// (type, (contents...), attributes): as text for protocols before 3, which have no bytes.
static KrValue reduce(KrVm *vm, KrValue self, int protocol) {
    KrSpan s = kr_span_of(self);
    KrValue contents[2], attributes, args;
    if (protocol < 3) {
        contents[0] = kr_decode(vm, s.data, s.len, "latin-1", NULL);
        contents[1] = KR_N(latin_1);
    } else {
        contents[0] = kr_bytes(vm, s.data, s.len);
    }
    if (kr_is_error(contents[0]) || kr_is_error(args = kr_tuple(vm, protocol < 3 ? 2 : 1, contents))) return KR_ERROR;
    if (!kr_find_attr(vm, self, KR_N(__dict__), &attributes)) return KR_ERROR;
    return kr_tuple(vm, 3, (KrValue[]){ kr_type_value(kr_type_of(self)), args, kr_is_unset(attributes) ? KR_NONE : attributes });
}

static KrValue array_reduce(KrVm *vm, KrValue self, const KrValue *arg) { return (void)arg, reduce(vm, self, 2); }

static KrValue array_reduce_ex(KrVm *vm, KrValue self, const KrValue *arg) {
    int protocol;
    return kr_arg_int(vm, arg[0], &protocol) ? reduce(vm, self, protocol) : KR_ERROR;
}

// ---- Operators -----------------------------------------------------------------------------------------------------------------

static KrValue array_repr(KrVm *vm, KrValue self) {
    KrSpan s = kr_span_of(self);
    KrText before;
    kr_text_init(vm, &before);
    kr_text_add_format(&before, "%T(b", self);
    kr_text_add(&before, "", 1); // a NUL
    return before.failed ? KR_ERROR : kr_bytes_quote(vm, s.data, s.len, before.data, ")");
}

static KrValue array_str(KrVm *vm, KrValue self) {
    if (vm->flags.bytes_warning && !kr_warn(vm, &kr_bytes_warning, "str() on a bytearray instance")) return KR_ERROR;
    return array_repr(vm, self);
}

static KrValue array_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) {
    bool warn = vm->flags.bytes_warning && op >= KR_EQ && op <= KR_NE && kr_is_str(other);
    if (warn && !kr_bytes_warn(vm, other, "bytearray")) return KR_ERROR;
    if (kr_is_str(other)) return KR_NOTIMPL;
    KrBuffer buffer;
    if (!kr_get_buffer(vm, other, &buffer, KR_BUFFER_READ)) {
        if (!kr_raised_is(vm, &kr_exception) || kr_raised_is(vm, &kr_memory_error)) return KR_ERROR;
        (void)kr_take_raised(vm);
        return KR_NOTIMPL;
    }
    KrValue result = kr_span_compare(kr_span_of(self), (KrSpan){ buffer.data, buffer.len }, op);
    kr_release_buffer(vm, &buffer);
    return result;
}

static KrValue array_binary(KrVm *vm, KrBinary op, KrValue left, KrValue right) {
    bool is_left = kr_has_flag(left, KR_TYPE_IS_BYTEARRAY);
    switch (op) {
    case KR_ADD: return kr_span_concat(vm, left, right);
    case KR_MUL: return is_left ? kr_span_repeat(vm, left, right) : kr_span_repeat(vm, right, left);
    case KR_MOD: return is_left ? kr_bytes_percent(vm, left, right) : KR_NOTIMPL;
    default: return KR_NOTIMPL;
    }
}

static KrValue array_inplace(KrVm *vm, KrBinary op, KrValue self, KrValue other) {
    if (op == KR_ADD) {
        if (kr_same(self, other) && array_of(self)->len) return is_exported(vm); // by this very operation, as CPython sees it
        return add_buffer(vm, self, other, true) ? self : KR_ERROR;
    }
    if (op != KR_MUL) return KR_NOTIMPL;
    KrValue product = kr_span_repeat(vm, self, other);
    if (kr_is_error(product) || kr_is_notimpl(product)) return product;
    KrSpan s = kr_span_of(product);
    KrByteArrayObject *b = array_of(self);
    return splice(vm, b, 0, b->len, s.data, s.len) ? self : KR_ERROR;
}

static bool array_contains(KrVm *vm, KrValue self, KrValue item, bool *out) { return kr_span_contains(vm, self, item, out); }
static bool array_truth(KrVm *vm, KrValue self, bool *out) { return (void)vm, *out = array_of(self)->len != 0, true; }
static bool array_length(KrVm *vm, KrValue self, size_t *out) { return (void)vm, *out = array_of(self)->len, true; }

static bool array_buffer(KrVm *vm, KrValue self, KrBuffer *out, unsigned want) {
    (void)vm, (void)want;
    out->data = kr_bytes_data(self, &out->len);
    array_of(self)->exports++;
    return true;
}

static void array_buffer_release(KrVm *vm, KrBuffer *buffer) { (void)vm, (void)array_of(buffer->owner)->exports--; }

static const KrMethod array_methods[] = {
    KR_BYTES_METHODS(KR_BYTES_ROW) //
    { "append(item, /)", array_append, KR_DOC("Adds one byte at the end."), 0 },
    { "clear()", array_clear, KR_DOC("Removes all bytes."), 0 },
    { "copy()", array_copy, KR_DOC("A copy."), 0 },
    { "extend(iterable_of_ints, /)", array_extend, KR_DOC("Adds bytes at the end."), 0 },
    { "insert(index, item, /)", array_insert, KR_DOC("Puts one byte before index."), 0 },
    { "pop(index=-1, /)", array_pop, KR_DOC("Removes the byte at index and returns it."), 0 },
    { "remove(value, /)", array_remove, KR_DOC("Removes the first byte of this value; ValueError if absent."), 0 },
    { "reverse()", array_reverse, KR_DOC("Reverses the order of the bytes."), 0 },
    { "__alloc__()", array_alloc_size, KR_DOC("Bytes allocated."), 0 },
    { "__reduce__()", array_reduce, KR_DOC("State for copy and pickle."), 0 },
    { "__reduce_ex__(proto=0, /)", array_reduce_ex, KR_DOC("State for copy and pickle."), 0 },
    { "__sizeof__()", array_sizeof, KR_DOC("Bytes of memory."), 0 },
    { 0 },
};

const KrType kr_bytearray_type = {
    KR_TYPE_HEAD(kr_bytearray_type),
    .name = "bytearray",
    .doc = KR_DOC("bytearray(iterable_of_ints) -> bytearray\nbytearray(string, encoding[, errors]) -> bytearray\n"
                  "bytearray(bytes_or_buffer) -> copy\nbytearray(int) -> zero bytes\nbytearray() -> empty\n\n"
                  "A mutable row of integers from 0 to 255."),
    .flags = KR_TYPE_BASE | KR_TYPE_MATCH_SELF | KR_TYPE_IS_BYTEARRAY,
    .size = sizeof(KrByteArrayObject),
    .methods = array_methods,
    .alloc = kr_alloc_instance,
    .init = &array_init_row,
    .trace = array_trace,
    .repr = array_repr,
    .str = array_str,
    .hash = kr_hash_unhashable,
    .truth = array_truth,
    .length = array_length,
    .compare = array_compare,
    .iter = kr_bytes_iterator,
    .getitem = array_getitem,
    .setitem = array_setitem,
    .contains = array_contains,
    .binary_ops = KR_OP(KR_ADD) | KR_OP(KR_MUL) | KR_OP(KR_MOD),
    .binary = array_binary,
    .more =
        &(const KrMoreSlots){
            .inplace_ops = KR_OP(KR_ADD) | KR_OP(KR_MUL),
            .inplace = array_inplace,
            .buffer = array_buffer,
            .buffer_release = array_buffer_release,
        },
};
