// bytes.c - the bytes type, and the operators that it shares with bytearray.
// SPDX-License-Identifier: MIT
#include "object/bytes.h"

#include "base/name_hash.h"
#include "base/search.h"
#include "object/bulk.h"
#include "object/bytes_method.h"
#include "object/container.h"
#include "object/list.h"
#include "object/memoryview.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/range.h"
#include "object/str_method.h"
#include "object/text.h"
#include "object/tuple.h"

#define BYTES_FIXED offsetof(KrBytesObject, data)

static size_t bytes_size(size_t len) { return (BYTES_FIXED + len + sizeof(void *)) / sizeof(void *) * sizeof(void *); } // with the NUL

// ---- Making --------------------------------------------------------------------------------------------------------------------

static KrBytesObject *zeroed(KrVm *vm, size_t len) {
    if (len > PTRDIFF_MAX - BYTES_FIXED - sizeof(void *)) {
        (void)kr_raise(vm, &kr_overflow_error, "byte string is too large");
        return NULL;
    }
    KrBytesObject *b = kr_alloc(vm, &kr_bytes_type.shape, bytes_size(len));
    if (b) b->len = len;
    return b;
}

KrBytesObject *kr_bytes_new(KrVm *vm, size_t len) {
    vm->heap.whole = true;
    KrBytesObject *b = zeroed(vm, len);
    vm->heap.whole = false;
    if (b) b->hash = 0, b->data[len] = 0;
    return b;
}

KrValue kr_bytes(KrVm *vm, const void *data, size_t len) {
    if (len == 0 && kr_is_ptr(vm->empty_bytes) && kr_ptr(vm->empty_bytes)) return vm->empty_bytes;
    KrBytesObject *b = data ? kr_bytes_new(vm, len) : zeroed(vm, len);
    if (!b) return KR_ERROR;
    if (data && !kr_bulk_copy(vm, b->data, data, len)) return KR_ERROR;
    if (len == 0) vm->empty_bytes = kr_from_ptr(b);
    return kr_from_ptr(b);
}

uint8_t *kr_bytes_data(KrValue v, size_t *len) {
    if (kr_has_flag(v, KR_TYPE_IS_BYTES)) {
        KrBytesObject *b = KR_AS(KrBytesObject, v);
        if (len) *len = b->len;
        return b->data;
    }
    KrByteArrayObject *b = KR_AS(KrByteArrayObject, v);
    if (len) *len = b->len;
    return b->raw ? kr_bytearray_data(b) : (uint8_t *)b; // without bytes: any address
}

KrValue kr_bytes_like(KrVm *vm, KrValue self, const uint8_t *data, size_t len) {
    if (kr_has_flag(self, KR_TYPE_IS_BYTEARRAY)) return kr_bytearray(vm, data, len);
    if (kr_is_exact(self, &kr_bytes_type) && len == KR_AS(KrBytesObject, self)->len && data == KR_AS(KrBytesObject, self)->data)
        return self;
    return kr_bytes(vm, data, len);
}

// A short list or tuple of small ints; KR_UNSET: it is something else.
static KrValue from_row(KrVm *vm, KrValue row) {
    size_t len;
    if (!kr_is_exact(row, &kr_list_type) && !kr_is_exact(row, &kr_tuple_type)) return KR_UNSET;
    const KrValue *item = kr_row_items(row, &len);
    for (size_t i = 0; i < len; i++)
        if (len > 4096 || !kr_is_int(item[i]) || (uintptr_t)kr_int_value(item[i]) > 255) return KR_UNSET;
    KrValue bytes = kr_bytes(vm, NULL, len);
    uint8_t *to = kr_is_error(bytes) || !len ? NULL : kr_bytes_data(bytes, NULL);
    for (size_t i = 0; to && i < len; i++) to[i] = (uint8_t)kr_int_value(item[i]);
    return bytes;
}

static KrValue from_items(KrVm *vm, KrValue iterable, bool array) {
    KrValue bytes = from_row(vm, iterable);
    if (!kr_is_unset(bytes)) return bytes;
    const char *message = array ? "byte must be in range(0, 256)" : "bytes must be in range(0, 256)";
    KrText t;
    KrValue it = kr_iter(vm, iterable), item;
    size_t hint; // unused: asked for because a program can see it
    if (kr_is_error(it) && kr_raised_is(vm, &kr_type_error)) {
        (void)kr_take_raised(vm);
        return kr_raise(vm, &kr_type_error, "cannot convert '%T' object to %s", iterable, array ? "bytearray" : "bytes");
    }
    if (kr_is_error(it) || (!array && !kr_length_hint(vm, iterable, 64, &hint))) return KR_ERROR;
    kr_text_init(vm, &t);
    for (uint32_t n = 1; !kr_is_done(item = kr_next_inline(vm, it)); n++) {
        uint8_t byte;
        if (kr_is_error(item) || !kr_arg_byte(vm, item, message, &byte)) return KR_ERROR;
        kr_text_add(&t, (const char *)&byte, 1);
        if (t.failed || (n % 4096 == 0 && !kr_poll(vm, 4096))) return KR_ERROR;
    }
    return kr_text_bytes(&t);
}

static KrValue zeros(KrVm *vm, KrValue size, bool array) {
    intptr_t count;
    bool foreign;
    if (!kr_repeat_count(vm, size, &count, &foreign)) return KR_ERROR;
    if (count < 0) return kr_raise(vm, &kr_value_error, "negative count");
    return array && count > PTRDIFF_MAX / 2 ? kr_raise_memory(vm) : kr_bytes(vm, NULL, (size_t)count);
}

bool kr_bytes_check_source(KrVm *vm, const KrValue *arg, const char *type) {
    static const char *const name[] = { "source", "encoding", "errors" };
    for (size_t i = 1; i < KR_COUNT_OF(name); i++)
        if (!kr_is_unset(arg[i]) && !kr_codec_argument(vm, type, name[i], arg[i])) return false;
    return true;
}

static KrValue encoded(KrVm *vm, const KrValue *arg, const char *type) {
    if (!kr_bytes_check_source(vm, arg, type)) return KR_ERROR;
    bool text = kr_is_str(arg[0]), encoding = !kr_is_unset(arg[1]);
    if (!text) return kr_raise(vm, &kr_type_error, "%s without a string argument", encoding ? "encoding" : "errors");
    if (!encoding) return kr_raise(vm, &kr_type_error, "string argument without an encoding");
    return kr_encode(vm, arg[0], kr_str_text(arg[1], NULL), kr_is_unset(arg[2]) ? NULL : kr_str_text(arg[2], NULL));
}

static KrValue from_buffer_or_items(KrVm *vm, KrValue source, bool array) {
    KrBuffer buffer;
    if (kr_exports_buffer(vm, source)) {
        if (!kr_get_buffer(vm, source, &buffer, KR_BUFFER_STRIDED)) return KR_ERROR;
        KrValue copy = kr_buffer_bytes(vm, &buffer);
        kr_release_buffer(vm, &buffer);
        return copy;
    }
    if (kr_is_str(source)) return kr_raise(vm, &kr_type_error, "cannot convert '%T' object to %s", source, array ? "bytearray" : "bytes");
    return from_items(vm, source, array);
}

// What __bytes__ gives; KR_UNSET: there is none.
static KrValue own_bytes(KrVm *vm, KrValue source) {
    if (kr_is_unset(kr_type_lookup(vm, kr_type_of(source), KR_N(__bytes__)))) return KR_UNSET;
    KrValue bytes = kr_try_special(vm, source, KR_N(__bytes__), 0, NULL);
    if (kr_is_error(bytes) || kr_is_bytes(bytes)) return bytes;
    return kr_raise(vm, &kr_type_error, "__bytes__ returned non-bytes (type %T)", bytes);
}

KrValue kr_bytes_of_object(KrVm *vm, KrValue source) {
    KrValue own = kr_is_exact(source, &kr_bytes_type) ? source : own_bytes(vm, source);
    return kr_is_unset(own) ? from_buffer_or_items(vm, source, false) : own;
}

KrValue kr_bytes_source(KrVm *vm, const KrValue *arg, bool array) {
    KrValue source = arg[0];
    if (!kr_is_unset(arg[1]) || !kr_is_unset(arg[2])) return encoded(vm, arg, array ? "bytearray" : "bytes");
    if (kr_is_unset(source)) return kr_bytes(vm, NULL, 0);
    if (kr_is_exact(source, &kr_bytes_type)) return source;
    if (kr_is_exact(source, &kr_list_type) || kr_is_exact(source, &kr_tuple_type)) return from_items(vm, source, array);
    KrValue own = array ? KR_UNSET : own_bytes(vm, source); // bytearray() does not ask for __bytes__
    if (!kr_is_unset(own)) return own;
    if (kr_is_str(source)) return kr_raise(vm, &kr_type_error, "string argument without an encoding");
    if (kr_is_integer(source) || !kr_is_unset(kr_type_lookup(vm, kr_type_of(source), KR_N(__index__)))) {
        KrValue v = zeros(vm, source, array);
        if (!kr_is_error(v) || kr_is_integer(source) || !kr_raised_is(vm, &kr_type_error)) return v;
        (void)kr_take_raised(vm); // an __index__ that fails: perhaps there are items
    }
    return from_buffer_or_items(vm, source, array);
}

static KrValue bytes_make(KrVm *vm, KrValue self, const KrValue *arg) {
    const KrType *type = kr_as_type(self);
    KrValue bytes = kr_bytes_source(vm, arg, false);
    if (kr_is_error(bytes) || (type == &kr_bytes_type && kr_is_exact(bytes, type))) return bytes;
    KrSpan s = kr_span_of(bytes);
    if (type == &kr_bytes_type) return bytes; // __bytes__ may give an instance of a subclass
    KrBytesObject *copy = kr_alloc_var(vm, type, bytes_size(s.len) - BYTES_FIXED);
    if (!copy) return KR_ERROR;
    copy->len = s.len;
    return kr_bulk_copy(vm, copy->data, s.data, s.len) ? kr_from_ptr(copy) : KR_ERROR;
}

static const KrMethod bytes_make_row = { "bytes(source=<unset>, encoding=<unset>, errors=<unset>)", bytes_make, "", 0 };

// ---- Operators -----------------------------------------------------------------------------------------------------------------

bool kr_span_hash(KrSpan span, KrHash *out) {
    KrHash hash = (KrHash)kr_name_hash(span.data, span.len);
    return *out = hash == -1 ? -2 : hash, true;
}

static bool bytes_hash(KrVm *vm, KrValue self, KrHash *out) {
    (void)vm;
    KrBytesObject *b = KR_AS(KrBytesObject, self);
    if (b->hash == 0) b->hash = kr_name_hash(b->data, b->len);
    KrHash hash = (KrHash)b->hash;
    return *out = hash == -1 ? -2 : hash, true;
}

KrValue kr_span_compare(KrSpan a, KrSpan b, KrCompareOp op) {
    if (op == KR_EQ || op == KR_NE) return kr_bool((a.len == b.len && memcmp(a.data, b.data, a.len) == 0) == (op == KR_EQ));
    int order = memcmp(a.data, b.data, a.len < b.len ? a.len : b.len);
    if (order == 0) order = (a.len > b.len) - (a.len < b.len);
    return kr_bool(kr_order_holds(order, op));
}

// -b: a comparison that is never true.
bool kr_bytes_warn(KrVm *vm, KrValue other, const char *name) {
    if (!kr_is_str(other) && !kr_is_integer(other)) return true;
    return kr_warn(vm, &kr_bytes_warning, "Comparison between %s and %s", name, kr_is_str(other) ? "string" : "int");
}

static KrValue bytes_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) {
    if (vm->flags.bytes_warning && op >= KR_EQ && op <= KR_NE && !kr_is_bytes(other) && !kr_bytes_warn(vm, other, "bytes")) return KR_ERROR;
    return kr_is_bytes(other) ? kr_span_compare(kr_span_of(self), kr_span_of(other), op) : KR_NOTIMPL;
}

static KrValue concat_bytes(KrVm *vm, KrValue left, KrValue right) {
    KrSpan a = kr_span_of(left), b = kr_span_of(right);
    if (a.len == 0 || b.len == 0) return a.len ? left : right;
    if (b.len > PTRDIFF_MAX - a.len) return kr_raise_memory(vm);
    KrBytesObject *sum = kr_bytes_new(vm, a.len + b.len);
    return sum && kr_bulk_copy(vm, sum->data, a.data, a.len) && kr_bulk_copy(vm, sum->data + a.len, b.data, b.len) ? kr_from_ptr(sum)
                                                                                                                   : KR_ERROR;
}

KrValue kr_span_concat(KrVm *vm, KrValue left, KrValue right) {
    const uint32_t ours = KR_TYPE_IS_BYTES | KR_TYPE_IS_BYTEARRAY;
    if (kr_is_exact(left, &kr_bytes_type) && kr_is_exact(right, &kr_bytes_type)) return concat_bytes(vm, left, right);
    if (!kr_has_flag(left, ours)) return KR_NOTIMPL;
    KrBuffer buffer;
    if (!kr_get_buffer(vm, right, &buffer, KR_BUFFER_READ)) {
        if (!kr_raised_is(vm, &kr_type_error)) return KR_ERROR;
        (void)kr_take_raised(vm);
        if (kr_may_reflect(vm, right, KR_N(__radd__))) return KR_NOTIMPL;
        return kr_raise(vm, &kr_type_error, "can't concat %T to %T", right, left);
    }
    KrSpan s = kr_span_of(left);
    bool array = kr_has_flag(left, KR_TYPE_IS_BYTEARRAY), fits = buffer.len <= PTRDIFF_MAX - s.len;
    KrValue sum = !fits ? kr_raise_memory(vm) : array ? kr_bytearray(vm, NULL, s.len + buffer.len) : kr_bytes(vm, NULL, s.len + buffer.len);
    if (!kr_is_error(sum)) {
        uint8_t *out = kr_bytes_data(sum, NULL);
        if (!kr_bulk_copy(vm, out, s.data, s.len) || !kr_bulk_copy(vm, out + s.len, buffer.data, buffer.len)) sum = KR_ERROR;
    }
    kr_release_buffer(vm, &buffer);
    return sum;
}

KrValue kr_span_repeat(KrVm *vm, KrValue self, KrValue count) {
    intptr_t times;
    bool foreign;
    if (!kr_repeat_count(vm, count, &times, &foreign)) return foreign ? kr_repeat_foreign(vm, count) : KR_ERROR;
    KrSpan s = kr_span_of(self);
    if (times == 1) return kr_bytes_like(vm, self, s.data, s.len);
    if (times < 0) times = 0;
    bool array = kr_has_flag(self, KR_TYPE_IS_BYTEARRAY);
    if (s.len && (size_t)times > PTRDIFF_MAX / s.len)
        return array ? kr_raise_memory(vm) : kr_raise(vm, &kr_overflow_error, "repeated bytes are too long");
    size_t len = s.len * (size_t)times;
    KrValue product = array ? kr_bytearray(vm, NULL, len) : kr_bytes(vm, NULL, len);
    if (kr_is_error(product) || len == 0) return product;
    uint8_t *out = kr_bytes_data(product, NULL);
    bool ok =
        s.len == 1 ? kr_bulk_fill(vm, out, s.data[0], len) : kr_bulk_copy(vm, out, s.data, s.len) && kr_bulk_repeat(vm, out, s.len, len);
    return ok ? product : KR_ERROR;
}

static KrValue bytes_binary(KrVm *vm, KrBinary op, KrValue left, KrValue right) {
    bool is_left = kr_is_bytes(left);
    switch (op) {
    case KR_ADD: return kr_span_concat(vm, left, right);
    case KR_MUL: return is_left ? kr_span_repeat(vm, left, right) : kr_span_repeat(vm, right, left);
    case KR_MOD: return is_left ? kr_bytes_percent(vm, left, right) : KR_NOTIMPL;
    default: return KR_NOTIMPL;
    }
}

// ---- Items ---------------------------------------------------------------------------------------------------------------------

bool kr_span_pick(KrVm *vm, KrSpan s, intptr_t start, intptr_t step, size_t count, uint8_t *out) {
    if (step == 1) return kr_bulk_copy(vm, out, s.data + start, count);
    for (size_t i = 0; i < count; i++) {
        out[i] = s.data[start + (intptr_t)i * step];
        if (KR_UNLIKELY(i % 65536 == 65535) && !kr_bulk_done(vm, KR_BULK_BYTES)) return false;
    }
    return true;
}

static KrValue bytes_getitem(KrVm *vm, KrValue self, KrValue key) {
    intptr_t i, stop, step;
    size_t count;
    KrSpan s = kr_span_of(self);
    if (kr_is_exact(key, &kr_slice_type)) {
        if (!kr_slice_bounds(vm, key, s.len, &i, &stop, &step, &count)) return KR_ERROR;
        if (step == 1) return kr_bytes_like(vm, self, s.data + i, count);
        KrValue part = kr_bytes(vm, NULL, count);
        return !kr_is_error(part) && kr_span_pick(vm, s, i, step, count, kr_bytes_data(part, NULL)) ? part : KR_ERROR;
    }
    if (kr_is_int(key)) {
        i = kr_int_value(key);
    } else {
        if (!kr_is_integer(key) && kr_is_unset(kr_type_lookup(vm, kr_type_of(key), KR_N(__index__))))
            return kr_raise(vm, &kr_type_error, "byte indices must be integers or slices, not %T", key);
        if (!kr_to_index(vm, key, &i)) return KR_ERROR;
    }
    size_t at = (size_t)(i < 0 ? i + (intptr_t)s.len : i);
    if (at >= s.len) return kr_raise(vm, &kr_index_error, "index out of range");
    return kr_int_box(s.data[at]);
}

static bool bytes_contains(KrVm *vm, KrValue self, KrValue item, bool *out) { return kr_span_contains(vm, self, item, out); }

static bool bytes_truth(KrVm *vm, KrValue self, bool *out) { return (void)vm, *out = kr_span_of(self).len != 0, true; }
static bool bytes_length(KrVm *vm, KrValue self, size_t *out) { return (void)vm, *out = kr_span_of(self).len, true; }

static KrValue bytes_repr(KrVm *vm, KrValue self) {
    KrSpan s = kr_span_of(self);
    return kr_bytes_quote(vm, s.data, s.len, "b", "");
}

static KrValue bytes_str(KrVm *vm, KrValue self) {
    if (vm->flags.bytes_warning && !kr_warn(vm, &kr_bytes_warning, "str() on a bytes instance")) return KR_ERROR;
    return bytes_repr(vm, self);
}

static bool bytes_buffer(KrVm *vm, KrValue self, KrBuffer *out, unsigned want) {
    KrSpan s = kr_span_of(self);
    if (want & KR_BUFFER_WRITE) return kr_fail(kr_raise(vm, &kr_buffer_error, "Object is not writable."));
    out->data = (void *)(uintptr_t)s.data;
    out->len = s.len;
    out->read_only = true;
    return true;
}

static size_t bytes_var_size(const KrObject *o) { return bytes_size(((const KrBytesObject *)o)->len); }

static KrValue bytes_bytes(KrVm *vm, KrValue self, const KrValue *arg) {
    KrSpan s = kr_span_of(self);
    return (void)arg, kr_bytes_like(vm, self, s.data, s.len);
}

static KrValue bytes_getnewargs(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue bytes = bytes_bytes(vm, self, arg);
    return kr_is_error(bytes) ? bytes : kr_tuple(vm, 1, &bytes);
}

static KrValue bytes_sizeof(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)arg, kr_int(vm, (int64_t)bytes_size(kr_span_of(self).len));
}

static const KrMethod bytes_methods[] = {
    KR_BYTES_METHODS(KR_BYTES_ROW) //
    { "__bytes__()", bytes_bytes, KR_DOC("These bytes, as an exact bytes object."), 0 },
    { "__getnewargs__()", bytes_getnewargs, "", 0 },
    { "__sizeof__()", bytes_sizeof, KR_DOC("Bytes of memory."), 0 },
    { 0 },
};

const KrType kr_bytes_type = {
    KR_TYPE_HEAD(kr_bytes_type),
    .name = "bytes",
    .doc = KR_DOC("bytes(iterable_of_ints) -> bytes\nbytes(string, encoding[, errors]) -> bytes\nbytes(bytes_or_buffer) -> copy\n"
                  "bytes(int) -> zero bytes\nbytes() -> empty\n\nAn immutable row of integers from 0 to 255."),
    .flags = KR_TYPE_BASE | KR_TYPE_VAR | KR_TYPE_MATCH_SELF | KR_TYPE_IS_BYTES,
    .size = BYTES_FIXED,
    .methods = bytes_methods,
    .make = &bytes_make_row,
    .var_size = bytes_var_size,
    .repr = bytes_repr,
    .str = bytes_str,
    .hash = bytes_hash,
    .truth = bytes_truth,
    .length = bytes_length,
    .compare = bytes_compare,
    .iter = kr_bytes_iterator,
    .getitem = bytes_getitem,
    .contains = bytes_contains,
    .binary_ops = KR_OP(KR_ADD) | KR_OP(KR_MUL) | KR_OP(KR_MOD),
    .binary = bytes_binary,
    .more = &(const KrMoreSlots){ .buffer = bytes_buffer },
};
