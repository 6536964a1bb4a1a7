// array_method.c - the methods of arrays.
// SPDX-License-Identifier: MIT
#include "array_part.h"

#define METHOD(name) static KrValue array_##name(KrVm *vm, KrValue self, const KrValue *arg)
#define SELF         kr_array_of(self)

static KrValue done(bool ok) { return ok ? KR_NONE : KR_ERROR; }

// ---- Changing --------------------------------------------------------------------------------------------------------------------

METHOD(append) { return done(kr_array_append(vm, SELF, arg[0])); }
METHOD(extend) { return done(kr_array_append_all(vm, SELF, arg[0])); }
METHOD(clear) { return (void)arg, done(kr_array_resize(vm, SELF, 0)); }

METHOD(insert) {
    KrArray *a = SELF;
    intptr_t at;
    uint8_t item[8];
    if (!kr_to_index(vm, arg[0], &at) || !kr_item_write(vm, a->code, arg[1], item)) return KR_ERROR;
    if (at < 0) at = at + (intptr_t)a->len < 0 ? 0 : at + (intptr_t)a->len;
    if ((size_t)at > a->len) at = (intptr_t)a->len;
    if (!kr_array_insert(vm, a, (size_t)at, 1)) return KR_ERROR;
    memcpy(kr_array_at(a, (size_t)at), item, a->code->size);
    return KR_NONE;
}

METHOD(pop) {
    KrArray *a = SELF;
    intptr_t at;
    if (!kr_to_index(vm, arg[0], &at)) return KR_ERROR;
    if (a->len == 0) return kr_raise(vm, &kr_index_error, "pop from empty array");
    if (at < 0) at += (intptr_t)a->len;
    if ((size_t)at >= a->len) return kr_raise(vm, &kr_index_error, "pop index out of range");
    KrValue v = kr_item_read(vm, a->code, kr_array_at(a, (size_t)at));
    return !kr_is_error(v) && kr_array_delete(vm, a, (size_t)at, 1) ? v : KR_ERROR;
}

METHOD(remove) {
    size_t at;
    if (!kr_array_find(vm, SELF, arg[0], 0, SIZE_MAX, &at)) return KR_ERROR;
    return at == SIZE_MAX ? kr_raise(vm, &kr_value_error, "array.remove(x): x not in array") : done(kr_array_delete(vm, SELF, at, 1));
}

METHOD(reverse) {
    const KrArray *a = SELF;
    unsigned size = a->code->size;
    (void)arg;
    for (size_t i = 0, k = a->len; i + 1 < k; i++) {
        uint8_t *x = kr_array_at(a, i), *y = kr_array_at(a, --k);
        uint64_t first = kr_load_bytes(x, size, false), last = kr_load_bytes(y, size, false);
        kr_store_bytes(x, last, size, false);
        kr_store_bytes(y, first, size, false);
        if ((i & 16383) == 16383 && !kr_poll_limits(vm, 1024)) return KR_ERROR;
    }
    return KR_NONE;
}

METHOD(byteswap) {
    const KrArray *a = SELF;
    (void)arg;
    for (size_t i = 0; i < a->len; i++) {
        uint8_t *p = kr_array_at(a, i);
        kr_store_bytes(p, kr_load_bytes(p, a->code->size, false), a->code->size, true);
        if ((i & 16383) == 16383 && !kr_poll_limits(vm, 1024)) return KR_ERROR;
    }
    return KR_NONE;
}

// ---- Looking ---------------------------------------------------------------------------------------------------------------------

METHOD(count) {
    size_t count = 0, at = 0;
    while (at < SELF->len) {
        if (!kr_array_find(vm, SELF, arg[0], at, SIZE_MAX, &at)) return KR_ERROR;
        if (at == SIZE_MAX) break;
        count++;
        at++;
    }
    return kr_int(vm, (int64_t)count);
}

METHOD(index) {
    intptr_t from, stop;
    size_t at, len;
    if (!kr_to_index_clipped(vm, arg[1], &from) || !kr_to_index_clipped(vm, arg[2], &stop)) return KR_ERROR;
    len = SELF->len;
    if (from < 0) from = from + (intptr_t)len < 0 ? 0 : from + (intptr_t)len;
    if (stop < 0) stop += (intptr_t)len;
    if (!kr_array_find(vm, SELF, arg[0], (size_t)from, stop < 0 ? 0 : (size_t)stop, &at)) return KR_ERROR;
    return at == SIZE_MAX ? kr_raise(vm, &kr_value_error, "array.index(x): x not in array") : kr_int(vm, (int64_t)at);
}

METHOD(buffer_info) {
    (void)arg;
    KrValue pair[2] = { kr_int_from_u64(vm, (uintptr_t)SELF->data), kr_int(vm, (int64_t)SELF->len) };
    return kr_is_error(pair[0]) ? pair[0] : kr_tuple(vm, 2, pair);
}

METHOD(sizeof) { return (void)arg, kr_int(vm, (int64_t)(sizeof(KrArray) + SELF->cap * SELF->code->size)); }

METHOD(copy) {
    (void)arg;
    KrArray *copy = kr_array_new(vm, &kr_array_type, SELF->code, 0);
    return copy && kr_array_append_all(vm, copy, self) ? kr_from_ptr(copy) : KR_ERROR;
}

// ---- Lists, bytes, texts and files -----------------------------------------------------------------------------------------------

METHOD(tolist) {
    const KrArray *a = SELF;
    size_t len = a->len, i = 0;
    KrValue tuple = kr_tuple(vm, len, NULL), *item = kr_is_error(tuple) ? NULL : kr_tuple_items(tuple, NULL);
    (void)arg;
    for (; item && i < len; i++) {
        KrValue v = kr_item_read(vm, a->code, kr_array_at(a, i));
        if (kr_is_error(v)) return KR_ERROR;
        kr_store(vm, kr_ptr(tuple), item + i, v);
        if ((i & 4095) == 4095 && !kr_poll_limits(vm, 1024)) return KR_ERROR;
    }
    return item ? kr_list(vm, len, item) : KR_ERROR;
}

METHOD(fromlist) {
    KrArray *a = SELF;
    size_t len, old = a->len, now;
    uint8_t item[8];
    if (!kr_is_list(arg[0])) return kr_raise(vm, &kr_type_error, "arg must be list");
    (void)kr_list_items(arg[0], &len);
    bool ok = true;
    for (size_t i = 0; ok && i < len; i++) {
        const KrValue *from = kr_list_items(arg[0], &now);
        ok = now == len || kr_fail(kr_raise(vm, &kr_runtime_error, "list changed size during iteration"));
        ok = ok && kr_item_write(vm, a->code, from[i], item) && kr_array_resize(vm, a, a->len + 1) && kr_poll_limits(vm, 1);
        if (ok) memcpy(kr_array_at(a, a->len - 1), item, a->code->size);
    }
    if (ok || a->len <= old) return done(ok);
    KrValue raised = kr_take_raised(vm); // all or nothing
    if (!kr_array_resize(vm, a, old)) (void)kr_take_raised(vm);
    return kr_raise_value(vm, raised);
}

METHOD(frombytes) { return done(kr_array_append_bytes(vm, SELF, arg[0])); }
METHOD(tobytes) { return (void)arg, kr_bytes(vm, SELF->data, SELF->len * SELF->code->size); }

static bool is_text(KrVm *vm, const KrArray *a, const char *method) {
    return a->code->kind == KR_ITEM_TEXT ||
           kr_fail(kr_raise(vm, &kr_value_error, "%s() may only be called on unicode type arrays ('u' or 'w')", method));
}

METHOD(fromunicode) {
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "fromunicode() argument must be str, not %T", arg[0]);
    return done(is_text(vm, SELF, "fromunicode") && kr_array_append_text(vm, SELF, arg[0]));
}

METHOD(tounicode) { return (void)arg, is_text(vm, SELF, "tounicode") ? kr_item_text(vm, SELF) : KR_ERROR; }

METHOD(fromfile) {
    intptr_t n;
    size_t bytes, got;
    if (!kr_to_index(vm, arg[1], &n)) return KR_ERROR;
    if (n < 0) return kr_raise(vm, &kr_value_error, "negative count");
    if (__builtin_mul_overflow((size_t)n, (size_t)SELF->code->size, &bytes) || bytes > PTRDIFF_MAX) return kr_raise_memory(vm);
    KrValue size = kr_int(vm, (int64_t)bytes), read = kr_is_error(size) ? size : kr_call_method(vm, arg[0], "read", 1, &size);
    if (kr_is_error(read)) return read;
    if (!kr_is_bytes(read)) return kr_raise(vm, &kr_type_error, "read() didn't return bytes");
    (void)kr_bytes_data(read, &got);
    if (!kr_array_append_bytes(vm, SELF, read)) return KR_ERROR;
    return got == bytes ? KR_NONE : kr_raise(vm, &kr_eof_error, "read() didn't return enough bytes");
}

METHOD(tofile) {
    enum { BLOCK = 64 * 1024 };
    for (size_t at = 0; at < SELF->len * SELF->code->size; at += BLOCK) {
        size_t left = SELF->len * SELF->code->size - at;
        KrValue block = kr_bytes(vm, SELF->data + at, left < BLOCK ? left : BLOCK);
        if (kr_is_error(block) || kr_is_error(kr_call_method(vm, arg[0], "write", 1, &block))) return KR_ERROR;
    }
    return KR_NONE;
}

const KrMethod kr_array_methods[] = {
    { "append(v, /)", array_append, KR_DOC("Append the value v to the end of the array."), 0 },
    { "buffer_info()", array_buffer_info, KR_DOC("Return (address of the items in memory, number of items)."), 0 },
    { "byteswap()", array_byteswap, KR_DOC("Swap the bytes of all items."), 0 },
    { "clear()", array_clear, KR_DOC("Remove all items from the array."), 0 },
    { "count(v, /)", array_count, KR_DOC("Return number of occurrences of v in the array."), 0 },
    { "extend(bb, /)", array_extend, KR_DOC("Append items to the end of the array."), 0 },
    { "frombytes(buffer, /)", array_frombytes, KR_DOC("Append items from bytes, which are as tobytes() gives them."), 0 },
    { "fromfile(f, n, /)", array_fromfile, KR_DOC("Read n items from the file object f and append them; EOFError if there are fewer."), 0 },
    { "fromlist(list, /)", array_fromlist, KR_DOC("Append items from a list: all, or none if one of them does not fit."), 0 },
    { "fromunicode(ustr, /)", array_fromunicode, KR_DOC("Append the characters of a str to an array of code u or w."), 0 },
    { "index(v, start=0, stop=maxsize, /)", array_index, KR_DOC("Return index of first occurrence of v; ValueError if absent."), 0 },
    { "insert(i, v, /)", array_insert, KR_DOC("Insert the value v before position i."), 0 },
    { "pop(i=-1, /)", array_pop, KR_DOC("Return the i-th item and delete it from the array."), 0 },
    { "remove(v, /)", array_remove, KR_DOC("Remove the first occurrence of v; ValueError if absent."), 0 },
    { "reverse()", array_reverse, KR_DOC("Reverse the order of the items."), 0 },
    { "tobytes()", array_tobytes, KR_DOC("Return the items as bytes, as they are in memory."), 0 },
    { "tofile(f, /)", array_tofile, KR_DOC("Write all items, as they are in memory, to the file object f."), 0 },
    { "tolist()", array_tolist, KR_DOC("Return a list of the items."), 0 },
    { "tounicode()", array_tounicode, KR_DOC("Return the characters of an array of code u or w as a str."), 0 },
    { "__copy__()", array_copy, KR_DOC("Return a copy of the array."), 0 },
    { "__deepcopy__(unused, /)", array_copy, KR_DOC("Return a copy of the array."), 0 },
    { "__reduce_ex__(value, /)", kr_array_reduce, KR_DOC("Return state information for pickling."), 0 },
    { "__sizeof__()", array_sizeof, KR_DOC("Size of the array in memory, in bytes."), 0 },
    { "__class_getitem__(object, /)", kr_class_getitem, KR_DOC("See PEP 585"), KR_CLASS_METHOD },
    { 0 },
};
