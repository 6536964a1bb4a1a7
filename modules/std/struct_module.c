// struct_module.c - the struct module: the class Struct, and functions that find one for their format in a cache.
//
// A Struct that __init__ has not seen has no fields and a size of -1. While values are converted, Python code may run __init__ anew: functions
// work with the layout as it was when they began.
// SPDX-License-Identifier: MIT
#include "struct_part.h"

typedef struct {
    KrObject head;
    KrLayout layout; // its field is memory of the collector
    KrValue format;  // str
} Struct;

static Struct *struct_of(KrValue v) { return (Struct *)kr_ptr(v); }

const KrType kr_struct_error = { KR_TYPE_HEAD(kr_struct_error), .name = "error", .module = "struct", .base = &kr_exception,
                                 KR_EXCEPTION_REST };

#define FAIL(...) kr_raise(vm, &kr_struct_error, __VA_ARGS__)

// ---- Compiling -------------------------------------------------------------------------------------------------------------------

static void struct_trace(KrTracer *tracer, KrObject *o) {
    kr_trace_buffer(tracer, ((Struct *)o)->layout.field);
    kr_trace(tracer, ((Struct *)o)->format);
}

static KrValue struct_alloc(KrVm *vm, const KrType *type) {
    KrValue self = kr_alloc_instance(vm, type), empty = kr_is_error(self) ? self : kr_name(vm, "");
    if (kr_is_error(empty)) return empty;
    struct_of(self)->layout = (KrLayout){ .size = SIZE_MAX, .values = SIZE_MAX };
    struct_of(self)->format = empty;
    return self;
}

// A str or bytes object as ASCII text.
static KrValue format_text(KrVm *vm, KrValue v) {
    if (!kr_is_str(v) && !kr_is_bytes(v))
        return kr_raise(vm, &kr_type_error, "Struct() argument 1 must be a str or bytes object, not %T", v);
    KrValue ascii = kr_str_c(vm, "ascii");
    if (kr_is_error(ascii)) return ascii;
    KrValue bytes = kr_is_str(v) ? kr_call_method(vm, v, "encode", 1, &ascii) : v;
    return kr_is_error(bytes) ? bytes : kr_call_method(vm, bytes, "decode", 1, &ascii);
}

static KrValue struct_init(KrVm *vm, KrValue self, const KrValue *arg) {
    KrLayout layout;
    size_t len;
    Struct *s = struct_of(self);
    KrValue text = format_text(vm, arg[0]);
    if (kr_is_error(text)) return text;
    const char *format = kr_str_text(text, &len);
    if (!kr_layout_compile(vm, format, len, &layout)) return KR_ERROR;
    uint8_t *field = (uint8_t *)s->layout.field;
    kr_store_buffer(vm, s, &field, (uint8_t *)layout.field);
    s->layout = layout;
    kr_store(vm, s, &s->format, text);
    return KR_NONE;
}

// ---- The cache of formats --------------------------------------------------------------------------------------------------------

enum { QUICK = 16, CACHED = 100 };

typedef struct { // the state of the module
    KrObject head;
    KrValue dict;                      // format -> Struct
    KrValue given[QUICK], made[QUICK]; // by the address of the format: what was asked for last
} Cache;

static void cache_trace(KrTracer *tracer, KrObject *o) {
    Cache *c = (Cache *)o;
    kr_trace(tracer, c->dict);
    for (size_t i = 0; i < QUICK; i++) kr_trace(tracer, c->given[i]), kr_trace(tracer, c->made[i]);
}

static const KrType cache_type = { KR_TYPE_HEAD(cache_type), .name = "struct_cache", .flags = KR_TYPE_NO_NEW, .size = sizeof(Cache),
                                   .trace = cache_trace };

static bool new_cache(KrVm *vm, KrValue module) {
    KrValue dict = kr_dict(vm);
    Cache *c = kr_is_error(dict) ? NULL : kr_alloc(vm, &cache_type.shape, sizeof *c);
    if (!c) return false;
    c->dict = dict;
    for (size_t i = 0; i < QUICK; i++) c->given[i] = c->made[i] = KR_NONE;
    return kr_module_set_state(vm, module, kr_from_ptr(c)), true;
}

extern const KrType kr_struct_type;

static KrValue made_anew(KrVm *vm, KrValue module, Cache *c, KrValue format) {
    KrValue made;
    if (!kr_dict_find(vm, c->dict, format, &made) || !kr_is_unset(made)) return kr_is_unset(made) ? KR_ERROR : made;
    made = struct_alloc(vm, &kr_struct_type);
    if (kr_is_error(made) || kr_is_error(struct_init(vm, made, &format))) return KR_ERROR;
    if (kr_dict_len(c->dict) >= CACHED && !new_cache(vm, module)) return KR_ERROR;
    c = (Cache *)kr_ptr(kr_module_state(module));
    return kr_dict_set(vm, c->dict, format, made) ? made : KR_ERROR;
}

// The Struct of a format.
static Struct *cached(KrVm *vm, KrValue module, KrValue format) {
    Cache *c = (Cache *)kr_ptr(kr_module_state(module));
    size_t i = (format.bits >> 4 ^ format.bits >> 9) % QUICK;
    if (KR_LIKELY(kr_same(c->given[i], format))) return struct_of(c->made[i]);
    KrValue made = made_anew(vm, module, c, format);
    if (kr_is_error(made)) return NULL;
    c = (Cache *)kr_ptr(kr_module_state(module));
    kr_store(vm, c, &c->given[i], format);
    kr_store(vm, c, &c->made[i], made);
    return struct_of(made);
}

// ---- Packing ---------------------------------------------------------------------------------------------------------------------

static bool check_count(KrVm *vm, const char *function, const KrLayout *layout, size_t count) {
    return count == layout->values || kr_fail(FAIL("%s expected %z items for packing (got %u)", function, (intptr_t)layout->values, count));
}

static KrValue pack(KrVm *vm, const Struct *s, const KrValue *value, size_t count) {
    KrLayout layout = s->layout;
    if (!check_count(vm, "pack", &layout, count)) return KR_ERROR;
    KrValue bytes = kr_bytes(vm, NULL, layout.size);
    return !kr_is_error(bytes) && kr_struct_write(vm, &layout, kr_bytes_data(bytes, NULL), value) ? bytes : KR_ERROR;
}

static KrValue struct_pack(KrVm *vm, KrValue self, const KrValue *arg) {
    size_t count;
    const KrValue *value = kr_tuple_items(arg[0], &count);
    return pack(vm, struct_of(self), value, count);
}

static KrValue module_pack(KrVm *vm, KrValue self, const KrValue *arg) {
    size_t count;
    const KrValue *value = kr_tuple_items(arg[1], &count);
    if (kr_is_unset(arg[0])) return kr_raise(vm, &kr_type_error, "missing format argument");
    const Struct *s = cached(vm, self, arg[0]);
    return s ? pack(vm, s, value, count) : KR_ERROR;
}

static bool writable(KrVm *vm, KrValue v, KrBuffer *out) {
    if (kr_get_buffer(vm, v, out, KR_BUFFER_WRITE)) return true;
    if (!kr_raised_is(vm, &kr_type_error) && !kr_raised_is(vm, &kr_buffer_error) && !kr_raised_is(vm, &kr_value_error)) return false;
    (void)kr_take_raised(vm);
    return kr_fail(kr_raise(vm, &kr_type_error, "argument must be read-write bytes-like object, not %T", v));
}

// A place for `size` bytes at an offset that may count from the end. what: pack_into or unpack_from.
static bool place(KrVm *vm, bool packs, intptr_t offset, size_t size, size_t len, size_t *at) {
    if (offset < 0) {
        if (offset + (intptr_t)size > 0)
            return kr_fail(packs ? FAIL("no space to pack %u bytes at offset %z", size, offset)
                                 : FAIL("not enough data to unpack %u bytes at offset %z", size, offset));
        if (offset + (intptr_t)len < 0) return kr_fail(FAIL("offset %z out of range for %u-byte buffer", offset, len));
        offset += (intptr_t)len;
    }
    if ((size_t)offset <= len && len - (size_t)offset >= size) return *at = (size_t)offset, true;
    size_t least = size + (size_t)offset;
    return kr_fail(
        packs ? FAIL("pack_into requires a buffer of at least %u bytes for packing %u bytes at offset %u (actual buffer size is %u)", least,
                     size, (size_t)offset, len)
              : FAIL("unpack_from requires a buffer of at least %u bytes for unpacking %u bytes at offset %u (actual buffer size "
                     "is %u)",
                     least, size, (size_t)offset, len));
}

static KrValue pack_into(KrVm *vm, const Struct *s, const KrValue *value, size_t count) {
    KrLayout layout = s->layout;
    KrBuffer b;
    intptr_t offset;
    size_t at;
    if (count == 0) return FAIL("pack_into expected buffer argument");
    if (count == 1) return FAIL("pack_into expected offset argument");
    if (!check_count(vm, "pack_into", &layout, count - 2) || !writable(vm, value[0], &b)) return KR_ERROR;
    bool ok = kr_to_index(vm, value[1], &offset) && place(vm, true, offset, layout.size, b.len, &at);
    if (ok && layout.size) memset((uint8_t *)b.data + at, 0, layout.size);
    ok = ok && kr_struct_write(vm, &layout, (uint8_t *)b.data + at, value + 2);
    kr_release_buffer(vm, &b);
    return ok ? KR_NONE : KR_ERROR;
}

static KrValue struct_pack_into(KrVm *vm, KrValue self, const KrValue *arg) {
    size_t count;
    const KrValue *value = kr_tuple_items(arg[0], &count);
    return pack_into(vm, struct_of(self), value, count);
}

static KrValue module_pack_into(KrVm *vm, KrValue self, const KrValue *arg) {
    size_t count;
    const KrValue *value = kr_tuple_items(arg[1], &count);
    if (kr_is_unset(arg[0])) return kr_raise(vm, &kr_type_error, "missing format argument");
    const Struct *s = cached(vm, self, arg[0]);
    return s ? pack_into(vm, s, value, count) : KR_ERROR;
}

// ---- Unpacking -------------------------------------------------------------------------------------------------------------------

static KrValue unpack(KrVm *vm, const Struct *s, KrValue from) {
    KrLayout layout = s->layout;
    KrBuffer b;
    if (!kr_get_buffer(vm, from, &b, KR_BUFFER_READ)) return KR_ERROR;
    KrValue v =
        b.len == layout.size ? kr_struct_read(vm, &layout, b.data) : FAIL("unpack requires a buffer of %z bytes", (intptr_t)layout.size);
    kr_release_buffer(vm, &b);
    return v;
}

static KrValue unpack_from(KrVm *vm, const Struct *s, KrValue from, KrValue where) {
    KrLayout layout = s->layout;
    KrBuffer b;
    int64_t offset;
    size_t at;
    KrValue index = kr_index(vm, where), v = KR_ERROR;
    if (kr_is_error(index)) return index;
    if (!kr_int_fits(index, &offset) || offset != (intptr_t)offset)
        return kr_raise(vm, &kr_overflow_error, "Python int too large to convert to C ssize_t");
    if (!kr_get_buffer(vm, from, &b, KR_BUFFER_READ)) return KR_ERROR;
    if (place(vm, false, (intptr_t)offset, layout.size, b.len, &at)) v = kr_struct_read(vm, &layout, (const uint8_t *)b.data + at);
    kr_release_buffer(vm, &b);
    return v;
}

static KrValue struct_unpack(KrVm *vm, KrValue self, const KrValue *arg) { return unpack(vm, struct_of(self), arg[0]); }
static KrValue struct_unpack_from(KrVm *vm, KrValue self, const KrValue *arg) { return unpack_from(vm, struct_of(self), arg[0], arg[1]); }

static KrValue module_unpack(KrVm *vm, KrValue self, const KrValue *arg) {
    const Struct *s = cached(vm, self, arg[0]);
    return s ? unpack(vm, s, arg[1]) : KR_ERROR;
}

static KrValue module_unpack_from(KrVm *vm, KrValue self, const KrValue *arg) {
    const Struct *s = cached(vm, self, arg[0]);
    return s ? unpack_from(vm, s, arg[1], arg[2]) : KR_ERROR;
}

// ---- iter_unpack -----------------------------------------------------------------------------------------------------------------

typedef struct {
    KrObject head;
    KrLayout layout; // its field belongs to made, and is kept here, since __init__ may run again
    KrValue view;    // a memoryview that holds the memory; None at the end
    const uint8_t *data;
    size_t at, len;
} Iterator;

static void iterator_trace(KrTracer *tracer, KrObject *o) {
    kr_trace_buffer(tracer, ((Iterator *)o)->layout.field);
    kr_trace(tracer, ((Iterator *)o)->view);
}

static KrValue iterator_self(KrVm *vm, KrValue self) { return (void)vm, self; }

static KrValue iterator_next(KrVm *vm, KrValue self) {
    Iterator *it = (Iterator *)kr_ptr(self);
    if (kr_is_none(it->view)) return KR_DONE;
    if (it->at < it->len) {
        const uint8_t *from = it->data + it->at;
        it->at += it->layout.size;
        return kr_struct_read(vm, &it->layout, from);
    }
    KrValue released = kr_call_method(vm, it->view, "release", 0, NULL);
    kr_store(vm, it, &it->view, KR_NONE);
    return kr_is_error(released) ? released : KR_DONE;
}

static KrValue iterator_hint(KrVm *vm, KrValue self, const KrValue *arg) {
    const Iterator *it = (const Iterator *)kr_ptr(self);
    (void)arg;
    return kr_is_none(it->view) ? kr_int_box(0) : kr_int(vm, (int64_t)((it->len - it->at) / it->layout.size));
}

static const KrMethod iterator_methods[] = {
    { "__length_hint__()", iterator_hint, KR_DOC("How many tuples are left."), 0 },
    { 0 },
};

static const KrType iterator_type = {
    KR_TYPE_HEAD(iterator_type), .name = "_struct.unpack_iterator", .flags = KR_TYPE_NO_NEW, .size = sizeof(Iterator),
    .trace = iterator_trace,     .methods = iterator_methods,       .iter = iterator_self,   .next = iterator_next,
};

static KrValue iter_unpack(KrVm *vm, const Struct *s, KrValue from) {
    KrLayout layout = s->layout;
    KrBuffer b;
    if (layout.size == 0 || layout.size == SIZE_MAX) return FAIL("cannot iteratively unpack with a struct of length 0");
    if (!kr_get_buffer(vm, from, &b, KR_BUFFER_READ)) return KR_ERROR;
    size_t len = b.len;
    const uint8_t *data = b.data;
    KrValue view = len % layout.size ? FAIL("iterative unpacking requires a buffer of a multiple of %u bytes", layout.size)
                                     : kr_memoryview_of(vm, from);
    kr_release_buffer(vm, &b);
    Iterator *it = kr_is_error(view) ? NULL : kr_alloc(vm, &iterator_type.shape, sizeof *it);
    if (!it) return KR_ERROR;
    *it = (Iterator){ it->head, layout, view, data, 0, len };
    return kr_from_ptr(it);
}

static KrValue struct_iter_unpack(KrVm *vm, KrValue self, const KrValue *arg) { return iter_unpack(vm, struct_of(self), arg[0]); }

static KrValue module_iter_unpack(KrVm *vm, KrValue self, const KrValue *arg) {
    const Struct *s = cached(vm, self, arg[0]);
    return s ? iter_unpack(vm, s, arg[1]) : KR_ERROR;
}

// ---- Struct ----------------------------------------------------------------------------------------------------------------------

static KrValue get_format(KrVm *vm, KrValue self) { return (void)vm, struct_of(self)->format; }
static KrValue get_size(KrVm *vm, KrValue self) { return kr_int(vm, (intptr_t)struct_of(self)->layout.size); }
static KrValue struct_repr(KrVm *vm, KrValue self) {
    KrValue name = kr_getattr_c(vm, kr_type_value(kr_type_of(self)), "__name__");
    return kr_is_error(name) ? name : kr_format(vm, "%S(%R)", name, struct_of(self)->format);
}

static KrValue struct_sizeof(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    return kr_int(vm, (int64_t)(sizeof(Struct) + (struct_of(self)->layout.fields + 1) * sizeof(KrField)));
}

static const KrGetSet struct_attributes[] = {
    { "format", get_format, NULL, KR_DOC("struct format string") },
    { "size", get_size, NULL, KR_DOC("struct size in bytes") },
    { 0 },
};

static const KrMethod struct_methods[] = {
    { "pack(*values)", struct_pack, KR_DOC("Return the values as bytes in this format."), 0 },
    { "pack_into(*arguments)", struct_pack_into,
      KR_DOC("S.pack_into(buffer, offset, v1, v2, ...)\n\nWrite the values in this format to a buffer, at an offset."), 0 },
    { "unpack(buffer, /)", struct_unpack, KR_DOC("Return the values in a buffer, which has exactly the struct's size, as a tuple."), 0 },
    { "unpack_from(buffer, offset=0)", struct_unpack_from, KR_DOC("Return the values in a buffer, from an offset on, as a tuple."), 0 },
    { "iter_unpack(buffer, /)", struct_iter_unpack,
      KR_DOC("Return an iterator over the tuples of values in a buffer, whose size is a multiple of the struct's."), 0 },
    { "__sizeof__()", struct_sizeof, KR_DOC("Size of the object in memory, in bytes."), 0 },
    { 0 },
};

static const KrMethod struct_init_row = { "Struct(format)", struct_init, "", 0 };

const KrType kr_struct_type = {
    KR_TYPE_HEAD(kr_struct_type),
    .name = "_struct.Struct",
    .doc = KR_DOC("Struct(fmt) --> compiled struct object"),
    .flags = KR_TYPE_BASE | KR_TYPE_WEAKREF,
    .size = sizeof(Struct),
    .alloc = struct_alloc,
    .init = &struct_init_row,
    .trace = struct_trace,
    .repr = struct_repr,
    .methods = struct_methods,
    .attributes = struct_attributes,
};

// ---- The module ------------------------------------------------------------------------------------------------------------------

static KrValue module_calcsize(KrVm *vm, KrValue self, const KrValue *arg) {
    const Struct *s = cached(vm, self, arg[0]);
    return s ? get_size(vm, kr_from_ptr(s)) : KR_ERROR;
}

static KrValue module_clearcache(KrVm *vm, KrValue self, const KrValue *arg) { return (void)arg, new_cache(vm, self) ? KR_NONE : KR_ERROR; }

static const KrMethod functions[] = {
    { "pack(format=<unset>, /, *values)", module_pack, KR_DOC("Return the values as bytes in a format."), 0 },
    { "pack_into(format=<unset>, /, *arguments)", module_pack_into,
      KR_DOC("pack_into(format, buffer, offset, v1, v2, ...)\n\nWrite the values in a format to a buffer, at an offset."), 0 },
    { "unpack(format, buffer, /)", module_unpack, KR_DOC("Return the values in a buffer, which has exactly the format's size, as a tuple."),
      0 },
    { "unpack_from(format, /, buffer, offset=0)", module_unpack_from,
      KR_DOC("Return the values in a buffer, from an offset on, as a tuple."), 0 },
    { "iter_unpack(format, buffer, /)", module_iter_unpack,
      KR_DOC("Return an iterator over the tuples of values in a buffer, whose size is a multiple of the format's."), 0 },
    { "calcsize(format, /)", module_calcsize, KR_DOC("Return the size in bytes of what a format describes."), 0 },
    { "_clearcache()", module_clearcache, KR_DOC("Clear the internal cache."), 0 },
    { 0 },
};

static KrValue make_all(KrVm *vm) {
    static const char *const name[] = { "calcsize", "pack", "pack_into", "unpack", "unpack_from", "iter_unpack", "Struct", "error" };
    KrValue list = kr_list(vm, 0, NULL);
    for (size_t i = 0; i < KR_COUNT_OF(name) && !kr_is_error(list); i++) {
        KrValue text = kr_name(vm, name[i]);
        if (kr_is_error(text) || !kr_list_append(vm, list, text)) return KR_ERROR;
    }
    return list;
}

static const KrConst constants[] = {
    { "Struct", KR_CONST_TYPE, { .p = &kr_struct_type } },
    { "error", KR_CONST_TYPE, { .p = &kr_struct_error } },
    { "__all__", KR_CONST_MAKE, { .make = make_all } },
    { 0 },
};

const KrModuleDef kr_struct_module = {
    "struct",
    KR_DOC("Convert between Python values and C structs, which are bytes.\n\n"
           "A format begins with the byte order, size and alignment:\n"
           "  @: the machine's, aligned (default)\n"
           "  =: the machine's order, standard sizes, not aligned\n"
           "  <: little-endian, standard sizes, not aligned\n"
           "  > or !: big-endian, standard sizes, not aligned\n\n"
           "Codes of values follow, each with a count before it if there are several:\n"
           "  x: pad byte, no value; c: a byte, as bytes; b, B: 1 byte, signed and unsigned; ?: bool;\n"
           "  h, H: short, 2 bytes; i, I: int, 4 bytes; l, L: long, 4 bytes (in native mode the machine's); q, Q: long long, 8 bytes;\n"
           "  e: half precision, f: float, d: double; s: bytes (the count is their length); p: bytes with a byte for the length;\n"
           "  only in native mode: n, N: ssize_t and size_t; P: a pointer, as an int."),
    functions, constants, new_cache
};
