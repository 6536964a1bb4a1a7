// zlib_decompress.c - decompress(), decompressobj() and _ZlibDecompressor, over the stream of zlib_in.c.
// SPDX-License-Identifier: MIT
#include "zlib_part.h"

typedef struct {
    KrObject head;
    KrZlibIn in;
    bool needs_input;
    bool ended;                 // flush() saw the end
    KrValue unused, unconsumed; // bytes
} Object;

static Object *object_of(KrValue v) { return (Object *)kr_ptr(v); }

static void object_trace(KrTracer *tracer, KrObject *o) {
    kr_zlib_in_trace(tracer, &((Object *)o)->in);
    kr_trace(tracer, ((Object *)o)->unused);
    kr_trace(tracer, ((Object *)o)->unconsumed);
}

KR_ZLIB(decompress) {
    intptr_t wbits, size;
    KrBuffer b;
    KrZlibIn s;
    (void)self;
    if (!kr_to_index(vm, arg[1], &wbits) || !kr_to_index(vm, arg[2], &size)) return KR_ERROR;
    if (size < 0) return kr_raise(vm, &kr_value_error, "bufsize must be non-negative");
    if (!kr_get_buffer(vm, arg[0], &b, KR_BUFFER_READ)) return KR_ERROR;
    const uint8_t *p = b.data;
    KrValue v = KR_ERROR;
    if (!kr_zlib_in_begin(vm, &s, wbits, KR_UNSET))
        v = kr_raise(vm, &kr_zlib_error, "Error -2 while preparing to decompress data: inconsistent stream state");
    else v = kr_zlib_in(vm, NULL, &s, &p, p + b.len, (size_t)size, SIZE_MAX);
    if (!kr_is_error(v) && s.state != KR_ZLIB_END)
        v = kr_raise(vm, &kr_zlib_error, "Error -5 while decompressing data: incomplete or truncated stream");
    kr_release_buffer(vm, &b);
    return v;
}

// ---- Both classes ----------------------------------------------------------------------------------------------------------------

static KrValue make(KrVm *vm, const KrType *type, KrValue bits, KrValue dictionary) {
    intptr_t wbits;
    KrBuffer b;
    KrValue empty = kr_bytes(vm, "", 0), bytes = KR_UNSET;
    if (kr_is_error(empty) || !kr_to_index(vm, bits, &wbits)) return KR_ERROR;
    if (!kr_is_unset(dictionary)) {
        if (!kr_get_buffer(vm, dictionary, &b, KR_BUFFER_READ)) {
            if (!kr_raised_is(vm, &kr_type_error)) return KR_ERROR;
            (void)kr_take_raised(vm);
            return kr_raise(vm, &kr_type_error, "zdict argument must support the buffer protocol");
        }
        bytes = kr_bytes(vm, b.data, b.len);
        kr_release_buffer(vm, &b);
        if (kr_is_error(bytes)) return bytes;
    }
    KrZlibIn in;
    if (!kr_zlib_in_begin(vm, &in, wbits, bytes))
        return kr_raised(vm) ? KR_ERROR : kr_raise(vm, &kr_value_error, "Invalid initialization option");
    KrValue made = kr_alloc_instance(vm, type);
    if (kr_is_error(made)) return made;
    Object *o = object_of(made);
    o->in = in;
    o->needs_input = true;
    o->unused = o->unconsumed = empty;
    return made;
}

// bytes, and what follows at p
static bool append(KrVm *vm, KrValue owner, KrValue *slot, const uint8_t *p, size_t len) {
    size_t before;
    const uint8_t *old = kr_bytes_data(*slot, &before);
    if (len == 0) return true;
    KrValue joined = kr_bytes(vm, NULL, before + len);
    if (kr_is_error(joined)) return false;
    uint8_t *to = kr_bytes_data(joined, NULL);
    if (before) memcpy(to, old, before);
    memcpy(to + before, p, len);
    return kr_store(vm, kr_ptr(owner), slot, joined), true;
}

static bool set_bytes(KrVm *vm, KrValue owner, KrValue *slot, const uint8_t *p, size_t len) {
    KrValue bytes = kr_bytes(vm, len ? (const void *)p : "", len);
    if (kr_is_error(bytes)) return false;
    return kr_store(vm, kr_ptr(owner), slot, bytes), true;
}

static KrValue get_unused(KrVm *vm, KrValue self) { return (void)vm, object_of(self)->unused; }
static KrValue get_unconsumed(KrVm *vm, KrValue self) { return (void)vm, object_of(self)->unconsumed; }
static KrValue get_eof(KrVm *vm, KrValue self) { return (void)vm, kr_bool(object_of(self)->in.state == KR_ZLIB_END); }
static KrValue get_needs_input(KrVm *vm, KrValue self) { return (void)vm, kr_bool(object_of(self)->needs_input); }

// ---- decompressobj() -------------------------------------------------------------------------------------------------------------

KR_ZLIB(decompressobj) { return (void)self, make(vm, &kr_zlib_decompress_type, arg[0], arg[1]); }

// What is left of the input goes to unused_data behind the end, to unconsumed_tail before it.
static bool put_away(KrVm *vm, KrValue self, const uint8_t *p, size_t len) {
    Object *o = object_of(self);
    bool end = o->in.state == KR_ZLIB_END;
    return (!end || append(vm, self, &o->unused, p, len)) && set_bytes(vm, self, &o->unconsumed, p, end ? 0 : len);
}

static KrValue object_decompress(KrVm *vm, KrValue self, const KrValue *arg) {
    Object *o = object_of(self);
    intptr_t most;
    KrBuffer b;
    if (!kr_to_index(vm, arg[1], &most)) return KR_ERROR;
    if (most < 0) return kr_raise(vm, &kr_value_error, "max_length must be non-negative");
    if (!kr_get_buffer(vm, arg[0], &b, KR_BUFFER_READ)) return KR_ERROR;
    const uint8_t *p = b.data, *end = p + b.len;
    KrValue out = kr_zlib_in(vm, o, &o->in, &p, end, 16384, most ? (size_t)most : SIZE_MAX);
    if (!kr_is_error(out) && !put_away(vm, self, p, (size_t)(end - p))) out = KR_ERROR;
    kr_release_buffer(vm, &b);
    return out;
}

static KrValue object_flush(KrVm *vm, KrValue self, const KrValue *arg) {
    Object *o = object_of(self);
    intptr_t size;
    size_t len;
    if (!kr_to_index(vm, arg[0], &size)) return KR_ERROR;
    if (size <= 0) return kr_raise(vm, &kr_value_error, "length must be greater than zero");
    KrValue tail = o->unconsumed;
    const uint8_t *p = kr_bytes_data(tail, &len), *end = p + len;
    KrValue out = kr_zlib_in(vm, o, &o->in, &p, end, (size_t)size < PTRDIFF_MAX / 4 ? (size_t)size : 16384, SIZE_MAX);
    o->ended = o->in.state == KR_ZLIB_END;
    return kr_is_error(out) || put_away(vm, self, p, (size_t)(end - p)) ? out : KR_ERROR;
}

static bool copy_buffer(KrVm *vm, uint8_t **data, size_t len, size_t room) {
    if (!*data) return true;
    uint8_t *copy = kr_buffer_alloc(vm, room);
    if (!copy) return false;
    if (len) memcpy(copy, *data, len);
    return *data = copy, true;
}

static KrValue object_copy(KrVm *vm, KrValue self, const KrValue *arg) {
    Object *o = object_of(self);
    KrZlibIn in = o->in;
    (void)arg;
    if (o->ended) return kr_raise(vm, &kr_value_error, "Inconsistent stream state");
    if (!copy_buffer(vm, &in.held, in.held_len, in.room) || !copy_buffer(vm, &in.history, in.history_len, KR_INFLATE_WINDOW))
        return KR_ERROR;
    KrValue made = kr_alloc_instance(vm, kr_type_of(self));
    if (kr_is_error(made)) return made;
    *object_of(made) = (Object){ object_of(made)->head, in, o->needs_input, o->ended, o->unused, o->unconsumed };
    return made;
}

static const KrMethod object_methods[] = {
    { "decompress(data, /, max_length=0)", object_decompress,
      KR_DOC("Return a bytes object containing the decompressed version of the data.\n\n"
             "max_length: at most so many bytes; input that is not needed for them is in unconsumed_tail. 0: all there is."),
      0 },
    { "flush(length=16384, /)", object_flush, KR_DOC("Return a bytes object containing any remaining decompressed data."), 0 },
    { "copy()", object_copy, KR_DOC("Return a copy of the decompression object."), 0 },
    { "__copy__()", object_copy, "", 0 },
    { "__deepcopy__(memo, /)", object_copy, "", 0 },
    { 0 },
};
static const KrGetSet object_attributes[] = {
    { "unused_data", get_unused, NULL, NULL },
    { "unconsumed_tail", get_unconsumed, NULL, NULL },
    { "eof", get_eof, NULL, NULL },
    { 0 },
};

const KrType kr_zlib_decompress_type = {
    KR_TYPE_HEAD(kr_zlib_decompress_type),
    .name = "zlib.Decompress",
    .flags = KR_TYPE_NO_NEW,
    .size = sizeof(Object),
    .trace = object_trace,
    .methods = object_methods,
    .attributes = object_attributes,
};

// ---- _ZlibDecompressor -----------------------------------------------------------------------------------------------------------

static KrValue decompressor_make(KrVm *vm, KrValue self, const KrValue *arg) { return make(vm, kr_as_type(self), arg[0], arg[1]); }

// The input that was left the last time, and data behind it.
static KrValue all_input(KrVm *vm, KrValue self, KrValue data) {
    KrBuffer b;
    if (!kr_get_buffer(vm, data, &b, KR_BUFFER_READ)) return KR_ERROR;
    KrValue joined = object_of(self)->unconsumed;
    bool ok = append(vm, kr_from_ptr(kr_ptr(self)), &joined, b.data, b.len);
    kr_release_buffer(vm, &b);
    return ok ? joined : KR_ERROR;
}

static KrValue decompressor_decompress(KrVm *vm, KrValue self, const KrValue *arg) {
    Object *o = object_of(self);
    intptr_t most;
    size_t len;
    if (!kr_to_index(vm, arg[1], &most)) return KR_ERROR;
    if (o->in.state == KR_ZLIB_END) return kr_raise(vm, &kr_eof_error, "End of stream already reached");
    KrValue input = all_input(vm, self, arg[0]);
    if (kr_is_error(input)) return input;
    const uint8_t *p = kr_bytes_data(input, &len), *end = p + len;
    KrValue out = kr_zlib_in(vm, o, &o->in, &p, end, 16384, most < 0 ? SIZE_MAX : (size_t)most);
    if (kr_is_error(out)) return out;
    (void)kr_bytes_data(out, &len);
    bool ended = o->in.state == KR_ZLIB_END, full = most >= 0 && len == (size_t)most;
    o->needs_input = !ended && !full && p == end;
    if (ended && !set_bytes(vm, self, &o->unused, p, (size_t)(end - p))) return KR_ERROR;
    return set_bytes(vm, self, &o->unconsumed, p, ended ? 0 : (size_t)(end - p)) ? out : KR_ERROR;
}

static const KrMethod decompressor_methods[] = {
    { "decompress(data, max_length=-1)", decompressor_decompress,
      KR_DOC("Decompress data, and return at most max_length bytes of what there is, all if it is negative.\n\n"
             "Input that was not needed is kept for the next call. EOFError: the end of the stream was reached before."),
      0 },
    { 0 },
};
static const KrGetSet decompressor_attributes[] = {
    { "eof", get_eof, NULL, KR_DOC("True if the end-of-stream marker has been reached.") },
    { "unused_data", get_unused, NULL, KR_DOC("Data found after the end of the compressed stream.") },
    { "needs_input", get_needs_input, NULL, KR_DOC("True if more input is needed before more decompressed data can be produced.") },
    { 0 },
};
static const KrMethod decompressor_row = { "_ZlibDecompressor(wbits=15, zdict=<unset>)", decompressor_make, "", 0 };

const KrType kr_zlib_decompressor_type = {
    KR_TYPE_HEAD(kr_zlib_decompressor_type),
    .name = "zlib._ZlibDecompressor",
    .doc = KR_DOC("Create a decompressor object for decompressing data incrementally."),
    .size = sizeof(Object),
    .make = &decompressor_row,
    .trace = object_trace,
    .methods = decompressor_methods,
    .attributes = decompressor_attributes,
};
