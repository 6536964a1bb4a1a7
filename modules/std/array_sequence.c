// array_sequence.c - arrays as sequences: items and slices, search, comparison, arithmetic, iteration.
//
// Conversions of keys and items may run Python code that changes the array: they come first, and lengths are looked at after them.
// SPDX-License-Identifier: MIT
#include "array_part.h"

static KrValue item_at(KrVm *vm, const KrArray *a, size_t i) { return kr_item_read(vm, a->code, kr_array_at(a, i)); }

static KrValue bad_argument(KrVm *vm) { return kr_raise(vm, &kr_type_error, "bad argument type for built-in operation"); }

// ---- Items and slices ------------------------------------------------------------------------------------------------------------

static bool item_index(KrVm *vm, KrValue key, intptr_t *index) {
    if (KR_LIKELY(kr_is_int(key))) return *index = kr_int_value(key), true;
    KrValue name = kr_name(vm, "__index__");
    if (kr_is_error(name)) return false;
    if (!kr_is_integer(key) && kr_is_unset(kr_type_lookup(vm, kr_type_of(key), name)))
        return kr_fail(kr_raise(vm, &kr_type_error, "array indices must be integers"));
    return kr_to_index(vm, key, index);
}

static bool in_range(const KrArray *a, intptr_t *index) {
    if (*index < 0) *index += (intptr_t)a->len;
    return (size_t)*index < a->len;
}

static KrValue get_slice(KrVm *vm, KrArray *a, KrValue slice) {
    intptr_t start, stop, step;
    if (!kr_slice_unpack(vm, slice, &start, &stop, &step)) return KR_ERROR;
    size_t count = kr_slice_adjust(a->len, &start, &stop, step), size = a->code->size;
    KrArray *part = kr_array_new(vm, &kr_array_type, a->code, count);
    if (!part) return KR_ERROR;
    if (step == 1 && count) memcpy(part->data, kr_array_at(a, (size_t)start), count * size);
    for (size_t i = 0; step != 1 && i < count; i++) {
        memcpy(kr_array_at(part, i), kr_array_at(a, (size_t)(start + (intptr_t)i * step)), size);
        if ((i & 65535) == 65535 && !kr_poll_limits(vm, 1024)) return KR_ERROR;
    }
    return kr_poll_limits(vm, (uint32_t)(count * size >> 9)) ? kr_from_ptr(part) : KR_ERROR;
}

KrValue kr_array_getitem(KrVm *vm, KrValue self, KrValue key) {
    KrArray *a = kr_array_of(self);
    intptr_t index;
    if (kr_is_exact(key, &kr_slice_type)) return get_slice(vm, a, key);
    if (!item_index(vm, key, &index)) return KR_ERROR;
    return KR_LIKELY(in_range(a, &index)) ? item_at(vm, a, (size_t)index) : kr_raise(vm, &kr_index_error, "array index out of range");
}

// Deletes count items, step apart.
static bool delete_apart(KrVm *vm, KrArray *a, intptr_t start, intptr_t step, size_t count) {
    size_t size = a->code->size, len = a->len;
    if (count == 0) return true;
    if (step < 0) {
        start += step * (intptr_t)(count - 1);
        step = -step;
    }
    if (!kr_array_unlocked(vm, a)) return false;
    size_t out = (size_t)start, from = out;
    for (size_t i = 0; i < count; i++) { // what is between two that go moves down
        size_t next = i + 1 < count ? from + (size_t)step : len;
        memmove(kr_array_at(a, out), kr_array_at(a, from + 1), (next - from - 1) * size);
        out += next - from - 1;
        from = next;
        if ((i & 16383) == 16383 && !kr_poll_limits(vm, 1024)) return false;
    }
    return kr_array_resize(vm, a, out);
}

static bool replace(KrVm *vm, KrArray *a, size_t start, size_t count, const uint8_t *data, size_t len) {
    if (len < count && !kr_array_delete(vm, a, start + len, count - len)) return false;
    if (len > count && !kr_array_insert(vm, a, start + count, len - count)) return false;
    if (len) memcpy(kr_array_at(a, start), data, len * a->code->size);
    return true;
}

static bool set_slice(KrVm *vm, KrArray *a, KrValue slice, KrValue value) {
    intptr_t start, stop, step;
    const KrArray *from = NULL;
    if (!kr_is_unset(value)) {
        if (!kr_is_array(value)) return kr_fail(kr_raise(vm, &kr_type_error, "can only assign array (not \"%T\") to array slice", value));
        from = kr_array_of(value);
        if (from == a && !(from = kr_array_new(vm, &kr_array_type, a->code, 0))) return false;
        if (kr_array_of(value) == a && !kr_array_append_all(vm, (KrArray *)from, value)) return false;
        if (from->code != a->code) return kr_fail(bad_argument(vm));
    }
    if (!kr_slice_unpack(vm, slice, &start, &stop, &step)) return false;
    size_t count = kr_slice_adjust(a->len, &start, &stop, step), len = from ? from->len : 0, size = a->code->size;
    if (step == 1) return replace(vm, a, (size_t)start, count, from ? from->data : NULL, len);
    if (!from) return delete_apart(vm, a, start, step, count);
    if (len != count)
        return kr_fail(kr_raise(vm, &kr_value_error, "attempt to assign array of size %u to extended slice of size %u", len, count));
    for (size_t i = 0; i < len; i++) {
        memcpy(kr_array_at(a, (size_t)(start + (intptr_t)i * step)), kr_array_at(from, i), size);
        if ((i & 65535) == 65535 && !kr_poll_limits(vm, 1024)) return false;
    }
    return true;
}

bool kr_array_setitem(KrVm *vm, KrValue self, KrValue key, KrValue value) {
    KrArray *a = kr_array_of(self);
    intptr_t index;
    uint8_t item[8];
    bool deletes = kr_is_unset(value);
    if (kr_is_exact(key, &kr_slice_type)) return set_slice(vm, a, key, value);
    if (!item_index(vm, key, &index)) return false;
    intptr_t given = index;
    if (!in_range(a, &given)) return kr_fail(kr_raise(vm, &kr_index_error, "array assignment index out of range"));
    if (deletes) return kr_array_delete(vm, a, (size_t)given, 1);
    if (!kr_item_write(vm, a->code, value, item)) return false;
    if (in_range(a, &index)) memcpy(kr_array_at(a, (size_t)index), item, a->code->size); // else Python code took it away meanwhile
    return true;
}

// ---- Search ----------------------------------------------------------------------------------------------------------------------

// The bytes of v as an item: then items that are equal to it, and no others, have the same bytes. Not so for floats and texts.
static bool as_item(const KrArray *a, KrValue v, uint8_t *out) {
    if (a->code->kind > KR_ITEM_UNSIGNED || !kr_is_int(v)) return false;
    int64_t i = kr_int_value(v);
    kr_store_bytes(out, (uint64_t)i, a->code->size, false);
    return a->code->kind == KR_ITEM_SIGNED ? kr_load_signed(out, a->code->size, false) == i
                                           : i >= 0 && kr_load_bytes(out, a->code->size, false) == (uint64_t)i;
}

static bool find_bytes(KrVm *vm, const KrArray *a, const uint8_t *item, size_t from, size_t stop, size_t *at) {
    uint64_t wanted = kr_load_bytes(item, a->code->size, false);
    for (size_t i = from; i < stop; i++) {
        if (kr_load_bytes(kr_array_at(a, i), a->code->size, false) == wanted) return *at = i, true;
        if ((i & 32767) == 32767 && !kr_poll_limits(vm, 1024)) return false;
    }
    return true;
}

// Between from and stop, also when == makes the array longer or shorter.
bool kr_array_find(KrVm *vm, const KrArray *a, KrValue v, size_t from, size_t stop, size_t *at) {
    uint8_t item[8];
    bool same;
    *at = SIZE_MAX;
    if (as_item(a, v, item)) return find_bytes(vm, a, item, from, stop < a->len ? stop : a->len, at);
    for (size_t i = from; i < stop && i < a->len; i++) {
        KrValue here = item_at(vm, a, i);
        if (kr_is_error(here) || !kr_compare_bool(vm, here, v, KR_EQ, &same) || !kr_poll(vm, 1)) return false;
        if (same) return *at = i, true;
    }
    return true;
}

bool kr_array_contains(KrVm *vm, KrValue self, KrValue item, bool *out) {
    size_t at;
    if (!kr_array_find(vm, kr_array_of(self), item, 0, SIZE_MAX, &at)) return false;
    return *out = at != SIZE_MAX, true;
}

// ---- Comparison ------------------------------------------------------------------------------------------------------------------

// The first place where two arrays of one code of ints differ.
static bool first_difference(KrVm *vm, const KrArray *a, const KrArray *b, size_t len, size_t *at) {
    size_t size = a->code->size;
    for (size_t i = 0, n; i < len; i += n) {
        n = len - i < 32768 ? len - i : 32768;
        if (memcmp(kr_array_at(a, i), kr_array_at(b, i), n * size) != 0) {
            while (memcmp(kr_array_at(a, i), kr_array_at(b, i), size) == 0) i++;
            return *at = i, true;
        }
        if (n == 32768 && !kr_poll_limits(vm, 1024)) return false;
    }
    return *at = len, true;
}

static bool differ_at(KrVm *vm, const KrArray *a, const KrArray *b, size_t len, size_t *at) {
    if (a->code == b->code && a->code->kind <= KR_ITEM_UNSIGNED) return first_difference(vm, a, b, len, at);
    bool same = true;
    size_t i = 0;
    for (; i < len && same; i += same) {
        KrValue x = item_at(vm, a, i), y = kr_is_error(x) ? x : item_at(vm, b, i);
        if (kr_is_error(y) || !kr_compare_bool(vm, x, y, KR_EQ, &same) || !kr_poll_limits(vm, 1)) return false;
    }
    return *at = i, true;
}

KrValue kr_array_compare(KrVm *vm, KrValue self, KrValue other, KrCompareOp op) {
    size_t at;
    if (!kr_is_array(self) || !kr_is_array(other)) return KR_NOTIMPL;
    const KrArray *a = kr_array_of(self), *b = kr_array_of(other);
    if (a->len != b->len && (op == KR_EQ || op == KR_NE)) return kr_bool(op == KR_NE);
    size_t len = a->len < b->len ? a->len : b->len;
    if (!differ_at(vm, a, b, len, &at)) return KR_ERROR;
    if (at == len) return kr_compare(vm, kr_int(vm, (int64_t)a->len), kr_int(vm, (int64_t)b->len), op);
    if (op == KR_EQ || op == KR_NE) return kr_bool(op == KR_NE);
    KrValue x = item_at(vm, a, at), y = kr_is_error(x) ? x : item_at(vm, b, at);
    return kr_is_error(y) ? y : kr_compare(vm, x, y, op);
}

// ---- Arithmetic ------------------------------------------------------------------------------------------------------------------

static KrValue concatenation(KrVm *vm, KrValue left, KrValue right) {
    if (!kr_is_array(right)) return kr_raise(vm, &kr_type_error, "can only append array (not \"%T\") to array", right);
    const KrArray *a = kr_array_of(left);
    if (a->code != kr_array_of(right)->code) return bad_argument(vm);
    KrArray *sum = kr_array_new(vm, &kr_array_type, a->code, 0);
    return sum && kr_array_append_all(vm, sum, left) && kr_array_append_all(vm, sum, right) ? kr_from_ptr(sum) : KR_ERROR;
}

// How often: an int, or an object with __index__. *found: it is one.
static bool repeat_count(KrVm *vm, KrValue v, bool *found, size_t *count) {
    KrValue name = kr_name(vm, "__index__");
    if (kr_is_error(name)) return false;
    *found = kr_is_integer(v) || !kr_is_unset(kr_type_lookup(vm, kr_type_of(v), name));
    if (!*found) return true;
    KrValue index = kr_index(vm, v);
    int64_t n;
    if (kr_is_error(index)) return false;
    if (!kr_int_fits(index, &n) || n != (intptr_t)n)
        return kr_fail(kr_raise(vm, &kr_overflow_error, "cannot fit '%T' into an index-sized integer", v));
    return *count = n < 0 ? 0 : (size_t)n, true;
}

// The first `len` items, again and again up to the end.
static bool repeat_items(KrVm *vm, KrArray *a, size_t len) {
    size_t size = a->code->size, all = a->len * size;
    for (size_t done = len * size, n; done < all; done += n) {
        n = all - done < done ? all - done : done;
        if (n > 262144) n = done < 262144 ? done : 262144 / (len * size) * (len * size);
        if (n == 0) n = all - done < len * size ? all - done : len * size;
        if (n > all - done) n = all - done;
        memcpy(a->data + done, a->data, n);
        if (!kr_poll_limits(vm, (uint32_t)(n >> 7))) return false;
    }
    return true;
}

static KrValue repetition(KrVm *vm, KrValue self, KrValue by, KrArray *into) {
    bool found;
    size_t count, total;
    const KrArray *a = kr_array_of(self);
    if (!repeat_count(vm, by, &found, &count)) return KR_ERROR;
    if (!found) return KR_NOTIMPL;
    size_t len = a->len;
    if (__builtin_mul_overflow(len, count, &total) || total > PTRDIFF_MAX / 2) return kr_raise_memory(vm);
    KrArray *out = into ? into : kr_array_new(vm, &kr_array_type, a->code, total);
    if (!out || (into && !kr_array_resize(vm, into, total))) return KR_ERROR;
    if (!into && total) memcpy(out->data, a->data, len * a->code->size);
    return total == 0 || repeat_items(vm, out, len) ? kr_from_ptr(out) : KR_ERROR;
}

KrValue kr_array_binary(KrVm *vm, KrBinary op, KrValue left, KrValue right) {
    if (op == KR_ADD) return kr_is_array(left) ? concatenation(vm, left, right) : KR_NOTIMPL;
    return kr_is_array(left) ? repetition(vm, left, right, NULL) : repetition(vm, right, left, NULL);
}

KrValue kr_array_inplace(KrVm *vm, KrBinary op, KrValue self, KrValue other) {
    if (op == KR_MUL) return repetition(vm, self, other, kr_array_of(self));
    if (!kr_is_array(other)) return kr_raise(vm, &kr_type_error, "can only extend array with array (not \"%T\")", other);
    return kr_array_append_all(vm, kr_array_of(self), other) ? self : KR_ERROR;
}

// ---- Iteration -------------------------------------------------------------------------------------------------------------------

typedef struct {
    KrObject head;
    KrValue array; // None at the end
    size_t at;
} Iterator;

static void iterator_trace(KrTracer *tracer, KrObject *o) { kr_trace(tracer, ((Iterator *)o)->array); }
static KrValue iterator_self(KrVm *vm, KrValue self) { return (void)vm, self; }

static KrValue iterator_next(KrVm *vm, KrValue self) {
    Iterator *it = (Iterator *)kr_ptr(self);
    if (kr_is_none(it->array)) return KR_DONE;
    const KrArray *a = kr_array_of(it->array);
    if (KR_LIKELY(it->at < a->len)) return item_at(vm, a, it->at++);
    kr_store(vm, it, &it->array, KR_NONE);
    return KR_DONE;
}

static KrValue iterator_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    const Iterator *it = (const Iterator *)kr_ptr(self);
    (void)arg;
    bool ended = kr_is_none(it->array);
    KrValue builtins = kr_import(vm, "builtins"), part[3] = { kr_is_error(builtins) ? builtins : kr_getattr_c(vm, builtins, "iter") };
    KrValue from = ended ? kr_tuple(vm, 0, NULL) : it->array;
    if (kr_is_error(part[0]) || kr_is_error(from)) return KR_ERROR;
    part[1] = kr_tuple(vm, 1, &from);
    part[2] = kr_int(vm, (int64_t)it->at);
    return kr_is_error(part[1]) || kr_is_error(part[2]) ? KR_ERROR : kr_tuple(vm, ended ? 2 : 3, part);
}

static KrValue iterator_setstate(KrVm *vm, KrValue self, const KrValue *arg) {
    Iterator *it = (Iterator *)kr_ptr(self);
    intptr_t at;
    if (!kr_to_index(vm, arg[0], &at)) return KR_ERROR;
    if (kr_is_none(it->array)) return KR_NONE;
    size_t len = kr_array_of(it->array)->len;
    it->at = at < 0 ? 0 : (size_t)at > len ? len : (size_t)at;
    return KR_NONE;
}

static const KrMethod iterator_methods[] = {
    { "__reduce__()", iterator_reduce, KR_DOC("Return state information for pickling."), 0 },
    { "__setstate__(state, /)", iterator_setstate, KR_DOC("Set state information for unpickling."), 0 },
    { 0 },
};

static const KrType iterator_type = {
    KR_TYPE_HEAD(iterator_type), .name = "array.arrayiterator", .flags = KR_TYPE_NO_NEW, .size = sizeof(Iterator),
    .trace = iterator_trace,     .methods = iterator_methods,   .iter = iterator_self,   .next = iterator_next,
};

KrValue kr_array_iter(KrVm *vm, KrValue self) {
    Iterator *it = kr_alloc(vm, &iterator_type.shape, sizeof *it);
    if (!it) return KR_ERROR;
    it->array = self;
    return kr_from_ptr(it);
}
