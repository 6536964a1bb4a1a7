// array_module.c - the array module: rows of numbers of one C type. The object, its memory, and how it is made.
// SPDX-License-Identifier: MIT
#include "array_part.h"

// ---- Memory ----------------------------------------------------------------------------------------------------------------------

KrArray *kr_array_new(KrVm *vm, const KrType *type, const KrItemCode *code, size_t len) {
    KrValue self = kr_alloc_instance(vm, type);
    if (kr_is_error(self)) return NULL;
    KrArray *a = kr_array_of(self);
    a->code = code;
    return kr_array_resize(vm, a, len) ? a : NULL;
}

// Views that nobody uses any more count until they are collected.
bool kr_array_unlocked(KrVm *vm, KrArray *a) {
    if (a->exports) kr_collect(vm);
    return !a->exports || kr_fail(kr_raise(vm, &kr_buffer_error, "cannot resize an array that is exporting buffers"));
}

enum { PIECE = 256 * 1024 }; // bytes that are copied between two polls

static bool copy(KrVm *vm, uint8_t *to, const uint8_t *from, size_t len) {
    for (size_t at = 0, n; at < len; at += n) {
        n = len - at < PIECE ? len - at : PIECE;
        memcpy(to + at, from + at, n);
        if (n == PIECE && !kr_poll_limits(vm, PIECE / 128)) return false;
    }
    return true;
}

// New items are zero where the memory is fresh, and anything else where it was used.
bool kr_array_resize(KrVm *vm, KrArray *a, size_t len) {
    size_t size = a->code->size;
    if (len == a->len) return true;
    if (!kr_array_unlocked(vm, a)) return false;
    if (len > PTRDIFF_MAX / 2 / size) return kr_fail(kr_raise_memory(vm));
    if (len > a->cap || len < a->cap / 4) {
        size_t cap = a->cap ? len + len / 8 + 6 : len;
        uint8_t *data = len ? kr_buffer_alloc(vm, cap * size) : NULL;
        if (len && (!data || !copy(vm, data, a->data, (a->len < len ? a->len : len) * size))) return false;
        kr_store_buffer(vm, a, &a->data, data);
        a->cap = len ? cap : 0;
    }
    return a->len = len, true;
}

bool kr_array_delete(KrVm *vm, KrArray *a, size_t from, size_t count) {
    if (count == 0) return true;
    if (!kr_array_unlocked(vm, a)) return false;
    size_t tail = (a->len - from - count) * a->code->size;
    memmove(kr_array_at(a, from), kr_array_at(a, from + count), tail);
    return kr_poll_limits(vm, (uint32_t)(tail >> 9)) && kr_array_resize(vm, a, a->len - count);
}

bool kr_array_insert(KrVm *vm, KrArray *a, size_t at, size_t count) {
    if (count == 0) return true;
    size_t tail = (a->len - at) * a->code->size;
    if (count > PTRDIFF_MAX - a->len) return kr_fail(kr_raise_memory(vm));
    if (!kr_array_resize(vm, a, a->len + count)) return false;
    memmove(kr_array_at(a, at + count), kr_array_at(a, at), tail);
    return kr_poll_limits(vm, (uint32_t)(tail >> 9));
}

// ---- Adding at the end -----------------------------------------------------------------------------------------------------------

bool kr_array_append(KrVm *vm, KrArray *a, KrValue v) {
    uint8_t item[8];
    if (!kr_item_write(vm, a->code, v, item) || !kr_array_resize(vm, a, a->len + 1)) return false;
    memcpy(kr_array_at(a, a->len - 1), item, a->code->size);
    return true;
}

static bool append_array(KrVm *vm, KrArray *a, const KrArray *from) {
    size_t old = a->len, more = from->len; // the two may be the same
    if (a->code != from->code) return kr_fail(kr_raise(vm, &kr_type_error, "can only extend with array of same kind"));
    if (more == 0) return true;
    if (more > PTRDIFF_MAX - old) return kr_fail(kr_raise_memory(vm));
    if (!kr_array_resize(vm, a, old + more)) return false;
    return copy(vm, kr_array_at(a, old), from->data, more * a->code->size);
}

// The first items of a list that are ints or floats in the word: they are converted without running Python. *done: how many.
static bool append_plain(KrVm *vm, KrArray *a, const KrValue *item, size_t len, size_t *done) {
    size_t old = a->len, i = 0;
    if (a->exports || len == 0) return *done = 0, true; // the slow way says what is wrong
    if (!kr_array_resize(vm, a, old + len)) return false;
    bool ok = true;
    for (; i < len && ok && (kr_is_int(item[i]) || kr_is_double(item[i])); i++) {
        if (kr_is_double(item[i]) && a->code->kind != KR_ITEM_FLOAT && a->code->kind != KR_ITEM_DOUBLE) break;
        ok = kr_item_write(vm, a->code, item[i], kr_array_at(a, old + i)) && ((i & 4095) != 4095 || kr_poll_limits(vm, 1024));
    }
    *done = ok ? i : i - 1; // the last one did not fit
    a->len = old + *done;
    return ok;
}

bool kr_array_append_all(KrVm *vm, KrArray *a, KrValue iterable) {
    if (kr_is_array(iterable)) return append_array(vm, a, kr_array_of(iterable));
    bool list = kr_is_list(iterable) && !kr_has_flag(iterable, KR_TYPE_HEAP);
    KrValue iterator = list ? KR_NONE : kr_iter(vm, iterable), item;
    size_t done = 0, count;
    if (kr_is_error(iterator)) return false;
    if (list) {
        const KrValue *first = kr_list_items(iterable, &count);
        if (a->len == 0 && !append_plain(vm, a, first, count, &done)) return false;
    }
    for (size_t i = done;; i++) {
        size_t len;
        if (list) {
            const KrValue *from = kr_list_items(iterable, &len);
            item = i < len ? from[i] : KR_DONE;
        } else {
            item = kr_next(vm, iterator);
        }
        if (kr_is_done(item)) return true;
        if (kr_is_error(item) || !kr_array_append(vm, a, item) || !kr_poll(vm, 1)) return false;
    }
}

bool kr_array_append_bytes(KrVm *vm, KrArray *a, KrValue buffer) {
    KrBuffer b;
    size_t size = a->code->size, old = a->len;
    if (!kr_get_buffer(vm, buffer, &b, KR_BUFFER_READ)) return false;
    bool ok = b.len % size == 0 || kr_fail(kr_raise(vm, &kr_value_error, "bytes length not a multiple of item size"));
    if (ok && b.len) ok = kr_array_resize(vm, a, old + b.len / size) && copy(vm, kr_array_at(a, old), b.data, b.len);
    kr_release_buffer(vm, &b);
    return ok;
}

bool kr_array_append_text(KrVm *vm, KrArray *a, KrValue text) {
    size_t len, old = a->len;
    const uint8_t *p = (const uint8_t *)kr_str_text(text, &len), *end = p + len;
    if (!kr_array_resize(vm, a, old + kr_str_length(text))) return false;
    for (size_t i = old; p < end; i++) {
        unsigned more = *p < 0x80 ? 0 : *p < 0xE0 ? 1 : *p < 0xF0 ? 2 : 3;
        uint32_t c = more ? *p & (0x3Fu >> more) : *p;
        while (more--) c = c << 6 | (*++p & 0x3F);
        p++;
        kr_store_bytes(kr_array_at(a, i), c, a->code->size, false);
        if ((i & 8191) == 8191 && !kr_poll_limits(vm, 1024)) return false;
    }
    return true;
}

// ---- Making ----------------------------------------------------------------------------------------------------------------------

static const KrItemCode *code_of(KrVm *vm, KrValue v, const char *function, int number) {
    if (!kr_is_str(v) || kr_str_length(v) != 1)
        return (void)kr_raise(vm, &kr_type_error, "%s() argument %d must be a unicode character, not %T", function, number, v), NULL;
    const char *text = kr_str_text(v, NULL);
    const KrItemCode *code = (unsigned char)*text < 0x80 ? kr_item_code(*text) : NULL;
    return code;
}

static bool suits(KrVm *vm, const KrItemCode *code, KrValue from) {
    bool text = kr_is_array(from) && kr_array_of(from)->code->kind == KR_ITEM_TEXT;
    char shown[2] = { code->code, 0 };
    if (code->kind == KR_ITEM_TEXT || (!text && !kr_is_str(from))) return true;
    return kr_fail(
        kr_raise(vm, &kr_type_error, "cannot use a %s to initialize an array with typecode '%s'", text ? "unicode array" : "str", shown));
}

static bool fill(KrVm *vm, KrArray *a, KrValue from) {
    if (kr_has_flag(from, KR_TYPE_IS_BYTES | KR_TYPE_IS_BYTEARRAY)) return kr_array_append_bytes(vm, a, from);
    if (kr_is_str(from)) return kr_array_append_text(vm, a, from);
    if (kr_is_array(from) && kr_array_of(from)->code == a->code) return append_array(vm, a, kr_array_of(from));
    if (!kr_is_array(from)) return kr_array_append_all(vm, a, from);
    const KrArray *other = kr_array_of(from);
    for (size_t i = 0; i < other->len; i++) { // of another code: item by item
        KrValue v = kr_item_read(vm, other->code, kr_array_at(other, i));
        if (kr_is_error(v) || !kr_array_append(vm, a, v) || !kr_poll(vm, 1)) return false;
    }
    return true;
}

static KrValue array_make(KrVm *vm, KrValue self, const KrValue *arg) {
    size_t count;
    const KrValue *given = kr_tuple_items(arg[0], &count);
    if (count < 1) return kr_raise(vm, &kr_type_error, "array() takes at least 1 argument (0 given)");
    if (count > 2) return kr_raise(vm, &kr_type_error, "array() takes at most 2 arguments (%u given)", count);
    const KrItemCode *code = code_of(vm, given[0], "array", 1);
    if (!code && kr_raised(vm)) return KR_ERROR;
    if (code && code->code == 'u' &&
        !kr_warn(vm, &kr_deprecation_warning, "The 'u' type code is deprecated and will be removed in Python 3.16"))
        return KR_ERROR;
    if (!code) return kr_raise(vm, &kr_value_error, "bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)");
    if (count == 2 && !suits(vm, code, given[1])) return KR_ERROR;
    KrArray *a = kr_array_new(vm, kr_as_type(self), code, 0);
    return a && (count == 1 || fill(vm, a, given[1])) ? kr_from_ptr(a) : KR_ERROR;
}

static const KrMethod array_make_row = { "array.array(*args)", array_make, "", 0 };

// ---- Pickles ---------------------------------------------------------------------------------------------------------------------

static KrValue attributes_of(KrVm *vm, KrValue self) {
    KrValue name = kr_name(vm, "__dict__"), dict;
    if (kr_is_error(name) || !kr_find_attr(vm, self, name, &dict)) return KR_ERROR;
    return kr_is_unset(dict) ? KR_NONE : dict;
}

static KrValue code_name(KrVm *vm, const KrArray *a) { return kr_name_len(vm, &a->code->code, 1); }

static KrValue plain_state(KrVm *vm, KrValue self, KrValue dict) {
    KrValue pair[2] = { code_name(vm, kr_array_of(self)), kr_call_method(vm, self, "tolist", 0, NULL) };
    if (kr_is_error(pair[0]) || kr_is_error(pair[1])) return KR_ERROR;
    KrValue all[3] = { kr_type_value(kr_type_of(self)), kr_tuple(vm, 2, pair), dict };
    return kr_is_error(all[1]) ? all[1] : kr_tuple(vm, 3, all);
}

KrValue kr_array_reduce(KrVm *vm, KrValue self, const KrValue *arg) {
    const KrArray *a = kr_array_of(self);
    int64_t protocol;
    if (!kr_is_integer(arg[0])) return kr_raise(vm, &kr_type_error, "__reduce_ex__ argument should be an integer");
    if (!kr_to_int64(vm, arg[0], &protocol)) return KR_ERROR;
    KrValue dict = attributes_of(vm, self);
    if (kr_is_error(dict)) return dict;
    int format = kr_item_format(a->code);
    if (protocol < 3 || format < 0) return plain_state(vm, self, dict);
    KrValue module = kr_import(vm, "array"), rebuild = kr_is_error(module) ? module : kr_getattr_c(vm, module, "_array_reconstructor");
    KrValue part[4] = { kr_type_value(kr_type_of(self)), code_name(vm, a), kr_int_box(format),
                        kr_bytes(vm, a->data, a->len * a->code->size) };
    if (kr_is_error(rebuild) || kr_is_error(part[1]) || kr_is_error(part[3])) return KR_ERROR;
    KrValue all[3] = { rebuild, kr_tuple(vm, 4, part), dict };
    return kr_is_error(all[1]) ? all[1] : kr_tuple(vm, 3, all);
}

// _array_reconstructor(arraytype, typecode, mformat_code, items, /)
static KrValue reconstruct(KrVm *vm, KrValue self, const KrValue *arg) {
    int64_t format;
    size_t len;
    (void)self;
    const KrItemCode *code = code_of(vm, arg[1], "_array_reconstructor", 2);
    if ((!code && kr_raised(vm)) || !kr_to_int64(vm, arg[2], &format)) return KR_ERROR;
    if (!kr_is_type(arg[0])) return kr_raise(vm, &kr_type_error, "first argument must be a type object, not %T", arg[0]);
    const KrType *type = kr_as_type(arg[0]);
    if (!kr_is_subtype(type, &kr_array_type)) return kr_raise(vm, &kr_type_error, "%N is not a subtype of %N", type, &kr_array_type);
    if (!code) return kr_raise(vm, &kr_value_error, "second argument must be a valid type code");
    if (format < 0 || format > 21) return kr_raise(vm, &kr_value_error, "third argument must be a valid machine format code.");
    if (!kr_is_bytes(arg[3])) return kr_raise(vm, &kr_type_error, "fourth argument should be bytes, not %T", arg[3]);
    const uint8_t *data = kr_bytes_data(arg[3], &len);
    char letter = code->code;
    KrValue from = kr_item_format(code) == format ? arg[3] : kr_items_from_format(vm, (int)format, data, len, &letter);
    if (kr_is_error(from) || !suits(vm, kr_item_code(letter), from)) return KR_ERROR;
    if (kr_is_bytes(from) && len % code->size) return kr_raise(vm, &kr_value_error, "string length not a multiple of item size");
    KrArray *a = kr_array_new(vm, type, kr_item_code(letter), 0);
    return a && fill(vm, a, from) ? kr_from_ptr(a) : KR_ERROR;
}

// ---- The type --------------------------------------------------------------------------------------------------------------------

static void array_trace(KrTracer *tracer, KrObject *o) { kr_trace_buffer(tracer, ((KrArray *)o)->data); }

static bool array_buffer(KrVm *vm, KrValue self, KrBuffer *out, unsigned want) {
    KrArray *a = kr_array_of(self);
    (void)vm, (void)want;
    out->data = a->data;
    out->len = a->len * a->code->size;
    out->item_size = a->code->size;
    out->format = a->code->format;
    a->exports++;
    return true;
}

static void array_buffer_release(KrVm *vm, KrBuffer *buffer) { (void)vm, (void)kr_array_of(buffer->owner)->exports--; }

static KrValue array_repr(KrVm *vm, KrValue self) {
    const KrArray *a = kr_array_of(self);
    char code[2] = { a->code->code, 0 };
    KrValue name = kr_getattr_c(vm, kr_type_value(kr_type_of(self)), "__name__");
    if (kr_is_error(name) || a->len == 0) return kr_is_error(name) ? name : kr_format(vm, "%S('%s')", name, code);
    KrValue items = a->code->kind == KR_ITEM_TEXT ? kr_item_text(vm, a) : kr_call_method(vm, self, "tolist", 0, NULL);
    return kr_is_error(items) ? items : kr_format(vm, "%S('%s', %R)", name, code, items);
}

static KrValue get_code(KrVm *vm, KrValue self) { return code_name(vm, kr_array_of(self)); }
static KrValue get_size(KrVm *vm, KrValue self) { return (void)vm, kr_int_box(kr_array_of(self)->code->size); }

static const KrGetSet array_attributes[] = {
    { "typecode", get_code, NULL, KR_DOC("the typecode character used to create the array") },
    { "itemsize", get_size, NULL, KR_DOC("the size, in bytes, of one array item") },
    { 0 },
};

static bool array_length(KrVm *vm, KrValue self, size_t *out) { return (void)vm, *out = kr_array_of(self)->len, true; }

const KrType kr_array_type = {
    KR_TYPE_HEAD(kr_array_type),
    .name = "array.array",
    .doc = KR_DOC("array(typecode [, initializer]) -> array\n\n"
                  "A row of numbers, or of characters, of one C type. The initializer is a list, an array, bytes, or any iterable\n"
                  "of numbers; for code w a str. Codes, with their usual sizes in bytes:\n\n"
                  "    b, B  signed and unsigned char, 1     q, Q  signed and unsigned long long, 8\n"
                  "    h, H  signed and unsigned short, 2    f     float, 4\n"
                  "    i, I  signed and unsigned int, 4      d     double, 8\n"
                  "    l, L  signed and unsigned long, 4 or 8\n"
                  "    w     character, 4                    u     wchar_t, 2 or 4 (deprecated)"),
    .flags = KR_TYPE_BASE | KR_TYPE_SEQUENCE | KR_TYPE_WEAKREF,
    .size = sizeof(KrArray),
    .methods = kr_array_methods,
    .attributes = array_attributes,
    .make = &array_make_row,
    .trace = array_trace,
    .repr = array_repr,
    .hash = kr_hash_unhashable,
    .length = array_length,
    .compare = kr_array_compare,
    .iter = kr_array_iter,
    .getitem = kr_array_getitem,
    .setitem = kr_array_setitem,
    .contains = kr_array_contains,
    .binary_ops = KR_OP(KR_ADD) | KR_OP(KR_MUL),
    .binary = kr_array_binary,
    .more =
        &(const KrMoreSlots){
            .inplace_ops = KR_OP(KR_ADD) | KR_OP(KR_MUL),
            .inplace = kr_array_inplace,
            .buffer = array_buffer,
            .buffer_release = array_buffer_release,
        },
};

// Arrays are MutableSequences. lib/_collections_abc.py, which takes its time to import, says so itself if it comes later.
static bool array_init(KrVm *vm, KrValue module) {
    (void)module;
    KrValue sys = kr_import(vm, "sys"), modules = kr_is_error(sys) ? sys : kr_getattr_c(vm, sys, "modules");
    KrValue name = kr_is_error(modules) ? modules : kr_name(vm, "_collections_abc"), abc, type = kr_type_value(&kr_array_type);
    if (kr_is_error(name)) return false;
    if (!kr_is_dict(modules)) return true;
    if (!kr_dict_find(vm, modules, name, &abc)) return false;
    if (kr_is_unset(abc) || kr_is_none(abc)) return true;
    KrValue mutable = kr_getattr_c(vm, abc, "MutableSequence");
    return !kr_is_error(mutable) && !kr_is_error(kr_call_method(vm, mutable, "register", 1, &type));
}

static const KrMethod functions[] = {
    { "_array_reconstructor(arraytype, typecode, mformat_code, items, /)", reconstruct, KR_DOC("Internal. Used for pickling support."), 0 },
    { 0 },
};

static const KrConst constants[] = {
    { "array", KR_CONST_TYPE, { .p = &kr_array_type } },
    { "ArrayType", KR_CONST_TYPE, { .p = &kr_array_type } },
    { "typecodes", KR_CONST_STR, { .p = "bBuwhHiIlLqQfd" } },
    { 0 },
};

const KrModuleDef kr_array_module = { "array", KR_DOC("Rows of numbers of one C type, which take no more memory than in C."), functions,
                                      constants, array_init };
