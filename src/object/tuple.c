// tuple.c - the immutable sequence. Items sit inline after the header, so a tuple is one allocation; there is one empty tuple.
// SPDX-License-Identifier: MIT
#include "object/tuple.h"

#include "object/bulk.h"
#include "object/container.h"
#include "object/list.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/range.h"
#include "object/str_method.h"

#define TUPLE_FIXED offsetof(KrTupleObject, item)

static KrTupleObject *tuple_of(KrValue v) { return KR_AS(KrTupleObject, v); }

// ---- Making --------------------------------------------------------------------------------------------------------------------

KrTupleObject *kr_tuple_new(KrVm *vm, size_t len) {
    if (len == 0 && kr_is_ptr(vm->empty_tuple) && kr_ptr(vm->empty_tuple)) return tuple_of(vm->empty_tuple);
    if (KR_UNLIKELY(len > (PTRDIFF_MAX - TUPLE_FIXED) / sizeof(KrValue))) {
        (void)kr_raise_memory(vm);
        return NULL;
    }
    KrTupleObject *t = kr_alloc(vm, &kr_tuple_type.shape, TUPLE_FIXED + len * sizeof(KrValue));
    if (!t) return NULL;
    t->len = len;
    if (len == 0) vm->empty_tuple = kr_from_ptr(t);
    return t;
}

KrValue kr_tuple(KrVm *vm, size_t len, const KrValue *items) {
    KrTupleObject *t = kr_tuple_new(vm, len);
    if (!t) return KR_ERROR;
    if (items && len > 8) return kr_bulk_copy(vm, t->item, items, len * sizeof(KrValue)) ? kr_from_ptr(t) : KR_ERROR;
    for (size_t i = 0; i < len; i++) t->item[i] = items ? items[i] : KR_NONE;
    return kr_from_ptr(t);
}

KrValue kr_tuple2(KrVm *vm, KrValue a, KrValue b) {
    KrTupleObject *t = kr_tuple_new(vm, 2);
    if (!t) return KR_ERROR;
    t->item[0] = a;
    t->item[1] = b;
    return kr_from_ptr(t);
}

KrValue *kr_tuple_items(KrValue v, size_t *len) {
    KrTupleObject *t = tuple_of(v);
    if (len) *len = t->len;
    return t->item;
}

KrValue kr_tuple_from(KrVm *vm, KrValue iterable) {
    if (kr_is_exact(iterable, &kr_tuple_type)) return iterable;
    KrValue list = kr_is_exact(iterable, &kr_list_type) ? iterable : kr_list_from(vm, iterable);
    if (kr_is_error(list)) return list;
    size_t len;
    const KrValue *item = kr_row_items(list, &len);
    return len ? kr_tuple(vm, len, item) : kr_tuple(vm, 0, NULL);
}

static KrValue tuple_make(KrVm *vm, KrValue self, const KrValue *arg) {
    const KrType *type = kr_as_type(self);
    KrValue plain = kr_is_unset(arg[0]) ? kr_tuple(vm, 0, NULL) : kr_tuple_from(vm, arg[0]);
    if (kr_is_error(plain) || type == &kr_tuple_type) return plain;
    const KrTupleObject *from = tuple_of(plain);
    KrTupleObject *t = kr_alloc_var(vm, type, from->len * sizeof(KrValue));
    if (!t) return KR_ERROR;
    t->len = from->len;
    return kr_bulk_copy(vm, t->item, from->item, from->len * sizeof(KrValue)) ? kr_from_ptr(t) : KR_ERROR;
}

static const KrMethod tuple_make_row = { "tuple(iterable=<()>, /)", tuple_make, "", 0 };

// A tuple of its own class is copied: what is returned has no attributes.
static KrValue exact(KrVm *vm, KrValue self) {
    if (kr_is_exact(self, &kr_tuple_type)) return self;
    return kr_tuple(vm, tuple_of(self)->len, tuple_of(self)->item);
}

// ---- Operators -----------------------------------------------------------------------------------------------------------------

#if UINTPTR_MAX > UINT32_MAX
static const uintptr_t prime_1 = 11400714785074694791u, prime_2 = 14029467366897019727u, prime_5 = 2870177450012600261u;
enum { TUPLE_ROTATE = 31 };
#else
static const uintptr_t prime_1 = 2654435761u, prime_2 = 2246822519u, prime_5 = 374761393u;
enum { TUPLE_ROTATE = 13 };
#endif

// Mixes hashes as xxHash (Y. Collet) mixes lanes.
bool kr_hash_items(KrVm *vm, const KrValue *item, size_t count, uintptr_t *out) {
    uintptr_t acc = prime_5;
    kr_spend(vm, count >> 3);
    if (!kr_settle(vm)) return false;
    for (size_t i = 0; i < count; i++) {
        KrHash h;
        if (!kr_hash_inline(vm, item[i], &h)) return false;
        acc += (uintptr_t)h * prime_2;
        acc = acc << TUPLE_ROTATE | acc >> (sizeof acc * 8 - TUPLE_ROTATE);
        acc *= prime_1;
        if (KR_UNLIKELY(i % 4096 == 4095) && !kr_poll(vm, 512)) return false;
    }
    return *out = acc, true;
}

// With the finish that Python specifies, the length: equal on both implementations.
static bool tuple_hash(KrVm *vm, KrValue self, KrHash *out) {
    const KrTupleObject *t = tuple_of(self);
    uintptr_t acc;
    if (!kr_descend(vm, " while hashing a tuple") || !kr_hash_items(vm, t->item, t->len, &acc)) return false;
    acc += t->len ^ (prime_5 ^ 3527539u);
    return *out = acc == (uintptr_t)-1 ? KR_HASH_INSTEAD_OF_MINUS_1 : (KrHash)acc, true;
}

static KrValue tuple_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) {
    return kr_is_tuple(other) ? kr_row_compare(vm, self, other, op) : KR_NOTIMPL;
}

static KrValue concat(KrVm *vm, KrValue left, KrValue right) {
    if (!kr_is_tuple(left)) return KR_NOTIMPL;
    if (!kr_is_tuple(right)) {
        if (kr_may_reflect(vm, right, KR_N(__radd__))) return KR_NOTIMPL;
        return kr_raise(vm, &kr_type_error, "can only concatenate tuple (not \"%T\") to tuple", right);
    }
    const KrTupleObject *a = tuple_of(left), *b = tuple_of(right);
    if (b->len == 0) return exact(vm, left);
    if (a->len == 0) return exact(vm, right);
    KrTupleObject *sum = kr_tuple_new(vm, a->len + b->len); // of memory that exists: no overflow
    if (!sum) return KR_ERROR;
    bool ok = kr_bulk_copy(vm, sum->item, a->item, a->len * sizeof(KrValue)) &&
              kr_bulk_copy(vm, sum->item + a->len, b->item, b->len * sizeof(KrValue));
    return ok ? kr_from_ptr(sum) : KR_ERROR;
}

static KrValue repeat(KrVm *vm, KrValue self, KrValue count) {
    intptr_t times;
    bool foreign;
    if (!kr_repeat_count(vm, count, &times, &foreign)) return foreign ? kr_repeat_foreign(vm, count) : KR_ERROR;
    const KrTupleObject *t = tuple_of(self);
    if (times <= 0 || t->len == 0) return kr_tuple(vm, 0, NULL);
    if (times == 1) return exact(vm, self);
    if ((size_t)times > PTRDIFF_MAX / sizeof(KrValue) / t->len) return kr_raise_memory(vm);
    KrTupleObject *product = kr_tuple_new(vm, t->len * (size_t)times);
    if (!product) return KR_ERROR;
    size_t once = t->len * sizeof(KrValue), all = once * (size_t)times;
    bool ok = kr_bulk_copy(vm, product->item, t->item, once) && kr_bulk_repeat(vm, product->item, once, all);
    return ok ? kr_from_ptr(product) : KR_ERROR;
}

static KrValue tuple_binary(KrVm *vm, KrBinary op, KrValue left, KrValue right) {
    if (op == KR_ADD) return concat(vm, left, right);
    if (op != KR_MUL) return KR_NOTIMPL;
    return kr_is_tuple(left) ? repeat(vm, left, right) : repeat(vm, right, left);
}

// ---- Items ---------------------------------------------------------------------------------------------------------------------

static KrValue get_slice(KrVm *vm, KrValue self, KrValue slice) {
    intptr_t start, stop, step;
    size_t count;
    const KrTupleObject *t = tuple_of(self);
    if (!kr_slice_bounds(vm, slice, t->len, &start, &stop, &step, &count)) return KR_ERROR;
    if (count == t->len && step == 1) return exact(vm, self);
    if (step == 1 || count == 0) return count ? kr_tuple(vm, count, t->item + start) : kr_tuple(vm, 0, NULL);
    KrTupleObject *part = kr_tuple_new(vm, count);
    if (!part) return KR_ERROR;
    for (size_t i = 0; i < count; i++) {
        part->item[i] = t->item[start + (intptr_t)i * step];
        if (KR_UNLIKELY(i % 32768 == 32767) && !kr_bulk_done(vm, KR_BULK_BYTES)) return KR_ERROR;
    }
    return kr_from_ptr(part);
}

static KrValue tuple_getitem(KrVm *vm, KrValue self, KrValue key) {
    const KrTupleObject *t = tuple_of(self);
    intptr_t i;
    if (kr_is_exact(key, &kr_slice_type)) return get_slice(vm, self, key);
    if (!kr_item_index(vm, key, "tuple", &i)) return KR_ERROR;
    size_t at = i < 0 ? (size_t)i + t->len : (size_t)i;
    return KR_LIKELY(at < t->len) ? t->item[at] : kr_raise(vm, &kr_index_error, "tuple index out of range");
}

static bool tuple_contains(KrVm *vm, KrValue self, KrValue item, bool *out) {
    size_t found;
    if (!kr_row_find(vm, self, item, 0, SIZE_MAX, &found)) return false;
    return *out = found != SIZE_MAX, true;
}

static bool tuple_truth(KrVm *vm, KrValue self, bool *out) { return (void)vm, *out = tuple_of(self)->len != 0, true; }
static bool tuple_length(KrVm *vm, KrValue self, size_t *out) { return (void)vm, *out = tuple_of(self)->len, true; }
static KrValue tuple_repr(KrVm *vm, KrValue self) { return kr_row_repr(vm, self, "(", ")"); }
static KrValue tuple_iter(KrVm *vm, KrValue self) { return kr_index_iterator(vm, &kr_tuple_iterator_type, self, 0); }
static size_t tuple_var_size(const KrObject *o) { return TUPLE_FIXED + ((const KrTupleObject *)o)->len * sizeof(KrValue); }

// ---- Methods -------------------------------------------------------------------------------------------------------------------

static KrValue tuple_count(KrVm *vm, KrValue self, const KrValue *arg) { return kr_row_count(vm, self, arg[0]); }

static KrValue tuple_index(KrVm *vm, KrValue self, const KrValue *arg) {
    size_t start, stop, len = tuple_of(self)->len, found;
    if (!kr_search_bound(vm, arg[1], len, &start) || !kr_search_bound(vm, arg[2], len, &stop)) return KR_ERROR;
    if (!kr_row_find(vm, self, arg[0], start, stop, &found)) return KR_ERROR;
    if (found == SIZE_MAX) return kr_raise(vm, &kr_value_error, "tuple.index(x): x not in tuple");
    return kr_int(vm, (int64_t)found);
}

static KrValue tuple_getnewargs(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    KrValue plain = kr_tuple(vm, tuple_of(self)->len, tuple_of(self)->item);
    return kr_is_error(plain) ? plain : kr_tuple(vm, 1, &plain);
}

static KrValue tuple_sizeof(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)arg, kr_int(vm, (int64_t)tuple_var_size(kr_ptr(self)));
}

static const KrMethod tuple_methods[] = {
    { "count(value, /)", tuple_count, KR_DOC("Number of items equal to value."), 0 },
    { "index(value, start=0, stop=maxsize, /)", tuple_index, KR_DOC("First position of value; ValueError if absent."), 0 },
    { "__getnewargs__()", tuple_getnewargs, "", 0 },
    { "__sizeof__()", tuple_sizeof, KR_DOC("Bytes of memory."), 0 },
    { "__class_getitem__(object, /)", kr_class_getitem, KR_DOC("tuple[int, ...] for annotations."), KR_CLASS_METHOD },
    { 0 },
};

const KrType kr_tuple_type = {
    KR_TYPE_HEAD(kr_tuple_type),
    .name = "tuple",
    .doc =
        KR_DOC("Built-in immutable sequence.\n\nIf no argument is given, the constructor returns an empty tuple.\nIf iterable is specified "
               "the tuple is initialized from iterable's items.\n\nIf the argument is a tuple, the return value is the same object."),
    .flags = KR_TYPE_BASE | KR_TYPE_VAR | KR_TYPE_SEQUENCE | KR_TYPE_MATCH_SELF | KR_TYPE_IS_TUPLE,
    .size = TUPLE_FIXED,
    .methods = tuple_methods,
    .make = &tuple_make_row,
    .trace = kr_trace_items,
    .var_size = tuple_var_size,
    .repr = tuple_repr,
    .hash = tuple_hash,
    .truth = tuple_truth,
    .length = tuple_length,
    .compare = tuple_compare,
    .iter = tuple_iter,
    .getitem = tuple_getitem,
    .contains = tuple_contains,
    .binary_ops = KR_OP(KR_ADD) | KR_OP(KR_MUL),
    .binary = tuple_binary,
};
