// io_bytes.c - BytesIO: a stream of bytes in memory.
//
// The bytes it was made of are shared until something is changed; then `own` holds a copy, which grows.
// SPDX-License-Identifier: MIT
#include "io_part.h"

#include "object/bulk.h"
#include "object/bytes.h"

typedef struct {
    KrIoBase base;
    KrValue shared; // an exact bytes object that `data` leads into, or None
    KrRaw *own;
    size_t len, at; // at may be beyond len
    size_t exports; // views of the memory: it must not move
} Bytes;

typedef struct { // what getbuffer() gives a view of
    KrObject head;
    KrValue source;
} View;

#define METHOD(name) static KrValue bytes_##name(KrVm *vm, KrValue self, const KrValue *arg)
#define SELF         KR_AS(Bytes, self)

static void bytes_trace(KrTracer *tracer, KrObject *o) {
    kr_trace(tracer, ((Bytes *)o)->shared);
    kr_trace_object(tracer, ((Bytes *)o)->own);
}

static const uint8_t *data_of(const Bytes *b) {
    return b->own ? b->own->data : kr_is_none(b->shared) ? (const uint8_t *)"" : kr_bytes_data(b->shared, NULL);
}

static KrValue bytes_alloc(KrVm *vm, const KrType *type) {
    KrValue v = kr_alloc_instance(vm, type);
    if (!kr_is_error(v)) KR_AS(Bytes, v)->shared = KR_NONE;
    return v;
}

static bool is_open(KrVm *vm, const Bytes *b) {
    return !b->base.closed || kr_fail(kr_raise(vm, &kr_value_error, "I/O operation on closed file."));
}

static bool is_free(KrVm *vm, const Bytes *b) {
    return !b->exports || kr_fail(kr_raise(vm, &kr_buffer_error, "Existing exports of data: object cannot be re-sized"));
}

// Own memory for at least cap bytes.
static bool reserve(KrVm *vm, Bytes *b, size_t cap) {
    if (b->own && cap <= b->own->cap) return true;
    if (cap > PTRDIFF_MAX / 2) return kr_fail(kr_raise(vm, &kr_overflow_error, "new buffer size too large"));
    if (cap < b->len) cap = b->len;
    size_t size = b->own ? cap + cap / 2 + 64 : cap + 8;
    KrRaw *own = kr_raw_new(vm, size);
    if (!own || !kr_bulk_copy(vm, own->data, data_of(b), b->len)) return false;
    KR_STORE_PTR(vm, b, b->own, own);
    kr_store(vm, b, &b->shared, KR_NONE);
    return true;
}

static bool set_content(KrVm *vm, Bytes *b, KrValue v) {
    KrBuffer buffer;
    b->len = b->at = 0;
    KR_STORE_PTR(vm, b, b->own, (KrRaw *)NULL);
    kr_store(vm, b, &b->shared, KR_NONE);
    if (kr_is_none(v)) return true;
    if (kr_is_exact(v, &kr_bytes_type)) {
        kr_store(vm, b, &b->shared, v);
        kr_bytes_data(v, &b->len);
        return true;
    }
    if (!kr_get_buffer(vm, v, &buffer, KR_BUFFER_READ)) return false;
    bool ok = reserve(vm, b, buffer.len) && kr_bulk_copy(vm, b->own->data, buffer.data, buffer.len);
    if (ok) b->len = buffer.len;
    kr_release_buffer(vm, &buffer);
    return ok;
}

METHOD(init) {
    if (!is_free(vm, SELF)) return KR_ERROR;
    return set_content(vm, SELF, arg[0]) ? KR_NONE : KR_ERROR;
}

// ---- Reading ---------------------------------------------------------------------------------------------------------------------

static size_t left(const Bytes *b) { return b->at < b->len ? b->len - b->at : 0; }

static KrValue give(KrVm *vm, Bytes *b, size_t count) {
    bool whole = count == b->len && !b->at && !kr_is_none(b->shared);
    size_t from = b->at;
    b->at += count;
    return whole ? b->shared : kr_bytes(vm, data_of(b) + from, count);
}

METHOD(read) {
    intptr_t size;
    if (!is_open(vm, SELF) || !kr_io_size(vm, arg[0], &size)) return KR_ERROR;
    size_t have = left(SELF), count = size < 0 || (size_t)size > have ? have : (size_t)size;
    return count ? give(vm, SELF, count) : kr_bytes(vm, "", 0);
}

static size_t line_length(const Bytes *b, intptr_t limit) {
    size_t have = left(b), most = limit >= 0 && (size_t)limit < have ? (size_t)limit : have;
    const uint8_t *from = data_of(b) + b->at, *end = most ? memchr(from, '\n', most) : NULL;
    return end ? (size_t)(end + 1 - from) : most;
}

METHOD(readline) {
    intptr_t limit;
    if (!is_open(vm, SELF) || !kr_io_size(vm, arg[0], &limit)) return KR_ERROR;
    size_t count = line_length(SELF, limit);
    return count ? give(vm, SELF, count) : kr_bytes(vm, "", 0);
}

METHOD(readlines) {
    intptr_t hint;
    size_t total = 0;
    if (!is_open(vm, SELF) || !kr_io_size(vm, arg[0], &hint)) return KR_ERROR;
    KrValue list = kr_list(vm, 0, NULL);
    for (size_t n; !kr_is_error(list) && (n = line_length(SELF, -1));) {
        KrValue line = give(vm, SELF, n);
        if (kr_is_error(line) || !kr_list_append(vm, list, line)) return KR_ERROR;
        total += n;
        if (hint > 0 && total >= (size_t)hint) break;
    }
    return list;
}

static KrValue bytes_next(KrVm *vm, KrValue self) {
    if (!is_open(vm, SELF)) return KR_ERROR;
    size_t count = line_length(SELF, -1);
    return count ? give(vm, SELF, count) : KR_DONE;
}

METHOD(readinto) {
    KrBuffer b;
    if (!is_open(vm, SELF) || !kr_get_buffer(vm, arg[0], &b, KR_BUFFER_WRITE)) return KR_ERROR;
    size_t have = left(SELF), count = b.len < have ? b.len : have;
    if (count) memmove(b.data, data_of(SELF) + SELF->at, count);
    SELF->at += count;
    kr_release_buffer(vm, &b);
    return kr_int(vm, (int64_t)count);
}

// ---- Writing ---------------------------------------------------------------------------------------------------------------------

METHOD(write) {
    KrBuffer b;
    if (!is_open(vm, SELF) || !is_free(vm, SELF)) return KR_ERROR;
    if (kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "a bytes-like object is required, not 'str'");
    if (!kr_get_buffer(vm, arg[0], &b, KR_BUFFER_READ)) return KR_ERROR;
    size_t end = SELF->at + b.len, count = b.len;
    bool ok = is_open(vm, SELF) && is_free(vm, SELF) &&
              (!count || (reserve(vm, SELF, end) && kr_bulk_copy(vm, SELF->own->data + SELF->at, b.data, count)));
    if (ok && count) {
        if (end - count > SELF->len) memset(SELF->own->data + SELF->len, 0, end - count - SELF->len);
        SELF->at = end;
        if (end > SELF->len) SELF->len = end;
    }
    kr_release_buffer(vm, &b);
    return ok ? kr_int(vm, (int64_t)count) : KR_ERROR;
}

METHOD(writelines) {
    if (!is_open(vm, SELF)) return KR_ERROR;
    KrValue it = kr_iter(vm, arg[0]), line;
    if (kr_is_error(it)) return it;
    while (!kr_is_done(line = kr_next(vm, it)))
        if (kr_is_error(line) || kr_is_error(bytes_write(vm, self, &line))) return KR_ERROR;
    return KR_NONE;
}

METHOD(truncate) {
    int64_t size = (int64_t)SELF->at;
    if (!is_open(vm, SELF) || !is_free(vm, SELF)) return KR_ERROR;
    if (!kr_is_none(arg[0]) && !kr_to_int64(vm, arg[0], &size)) return KR_ERROR;
    if (size < 0) return kr_raise(vm, &kr_value_error, "negative size value %S", arg[0]);
    if ((uint64_t)size < SELF->len) {
        if (!reserve(vm, SELF, SELF->len)) return KR_ERROR;
        SELF->len = (size_t)size;
    }
    return kr_int(vm, size);
}

METHOD(seek) {
    int64_t offset;
    intptr_t whence;
    if (!is_open(vm, SELF) || !kr_to_int64(vm, arg[0], &offset) || !kr_to_index(vm, arg[1], &whence)) return KR_ERROR;
    if (offset < 0 && whence == 0) return kr_raise(vm, &kr_value_error, "negative seek value %S", arg[0]);
    if (whence < 0 || whence > 2) return kr_raise(vm, &kr_value_error, "invalid whence (%z, should be 0, 1 or 2)", whence);
    int64_t base = whence == 1 ? (int64_t)SELF->at : whence == 2 ? (int64_t)SELF->len : 0;
    if (offset > (int64_t)(PTRDIFF_MAX - base)) return kr_raise(vm, &kr_overflow_error, "new position too large");
    SELF->at = base + offset < 0 ? 0 : (size_t)(base + offset);
    return kr_int(vm, (int64_t)SELF->at);
}

METHOD(tell) { return (void)arg, is_open(vm, SELF) ? kr_int(vm, (int64_t)SELF->at) : KR_ERROR; }

METHOD(getvalue) {
    (void)arg;
    if (!is_open(vm, SELF)) return KR_ERROR;
    return kr_is_none(SELF->shared) ? kr_bytes(vm, data_of(SELF), SELF->len) : SELF->shared;
}

METHOD(close) {
    (void)arg;
    if (!is_free(vm, SELF)) return KR_ERROR;
    SELF->base.closed = true;
    return set_content(vm, SELF, KR_NONE) ? KR_NONE : KR_ERROR;
}

METHOD(yes) { return (void)arg, is_open(vm, SELF) ? KR_TRUE : KR_ERROR; }
METHOD(isatty) { return (void)arg, is_open(vm, SELF) ? KR_FALSE : KR_ERROR; }
METHOD(flush) { return (void)arg, is_open(vm, SELF) ? KR_NONE : KR_ERROR; }

// ---- A view of the memory --------------------------------------------------------------------------------------------------------

static void view_trace(KrTracer *tracer, KrObject *o) { kr_trace(tracer, ((View *)o)->source); }

static bool view_buffer(KrVm *vm, KrValue self, KrBuffer *out, unsigned want) {
    Bytes *b = KR_AS(Bytes, KR_AS(View, self)->source);
    (void)want;
    if (!reserve(vm, b, b->len)) return false;
    *out = (KrBuffer){ .data = b->own->data, .len = b->len, .item_size = 1, .format = "B", .ndim = 1, .owner = self };
    b->exports++;
    return true;
}

static void view_release(KrVm *vm, KrBuffer *buffer) {
    (void)vm;
    KR_AS(Bytes, KR_AS(View, buffer->owner)->source)->exports--;
}

static const KrMoreSlots view_slots = { .buffer = view_buffer, .buffer_release = view_release };

const KrType kr_io_bytes_view_type = {
    KR_TYPE_HEAD(kr_io_bytes_view_type),
    .name = "_io._BytesIOBuffer",
    .size = sizeof(View),
    .flags = KR_TYPE_NO_NEW,
    .trace = view_trace,
    .more = &view_slots,
};

METHOD(getbuffer) {
    (void)arg;
    if (!is_open(vm, SELF)) return KR_ERROR;
    KrValue view = kr_alloc_instance(vm, &kr_io_bytes_view_type);
    if (kr_is_error(view)) return view;
    KR_AS(View, view)->source = self;
    return kr_memoryview_of(vm, view);
}

// ---- Copies ----------------------------------------------------------------------------------------------------------------------

METHOD(getstate) {
    KrValue item[3] = { bytes_getvalue(vm, self, arg), kr_int(vm, (int64_t)SELF->at), KR_NONE }, dict;
    if (kr_is_error(item[0]) || kr_is_error(item[1])) return KR_ERROR;
    if (kr_type_of(self)->flags & KR_TYPE_HAS_DICT) {
        dict = kr_getattr_c(vm, self, "__dict__");
        if (kr_is_error(dict)) return dict;
        if (kr_dict_len(dict)) item[2] = kr_call_method(vm, dict, "copy", 0, NULL);
    }
    return kr_is_error(item[2]) ? KR_ERROR : kr_tuple(vm, 3, item);
}

METHOD(setstate) {
    size_t len;
    intptr_t at;
    KrValue *item = kr_is_tuple(arg[0]) ? kr_tuple_items(arg[0], &len) : NULL;
    if (!item || len < 3) return kr_raise(vm, &kr_type_error, "%T.__setstate__ argument should be 3-tuple, got %T", self, arg[0]);
    if (!is_open(vm, SELF) || !is_free(vm, SELF) || !set_content(vm, SELF, item[0])) return KR_ERROR;
    if (!kr_is_integer(item[1])) return kr_raise(vm, &kr_type_error, "second item of state must be an integer, not %T", item[1]);
    if (!kr_to_index(vm, item[1], &at)) return KR_ERROR;
    if (at < 0) return kr_raise(vm, &kr_value_error, "position value cannot be negative");
    SELF->at = (size_t)at;
    if (kr_is_none(item[2])) return KR_NONE;
    if (!kr_is_dict(item[2])) return kr_raise(vm, &kr_type_error, "third item of state should be a dict, got a %T", item[2]);
    KrValue dict = kr_getattr_c(vm, self, "__dict__");
    return kr_is_error(dict) || kr_is_error(kr_call_method(vm, dict, "update", 1, &item[2])) ? KR_ERROR : KR_NONE;
}

static const KrMethod bytes_init_row = { "BytesIO(initial_bytes=b'')", bytes_init, "", 0 };

static const KrMethod bytes_methods[] = {
    { "read(size=-1, /)", bytes_read, KR_DOC("Read at most size bytes, returned as a bytes object."), 0 },
    { "read1(size=-1, /)", bytes_read, "", 0 },
    { "readline(size=-1, /)", bytes_readline, KR_DOC("Next line from the file, as a bytes object."), 0 },
    { "readlines(size=None, /)", bytes_readlines, KR_DOC("List of bytes objects, each a line from the file."), 0 },
    { "readinto(buffer, /)", bytes_readinto, KR_DOC("Read bytes into buffer."), 0 },
    { "write(b, /)", bytes_write, KR_DOC("Write bytes to file."), 0 },
    { "writelines(lines, /)", bytes_writelines, KR_DOC("Write lines to the file."), 0 },
    { "truncate(size=None, /)", bytes_truncate, KR_DOC("Truncate the file to at most size bytes."), 0 },
    { "seek(pos, whence=0, /)", bytes_seek, KR_DOC("Change stream position."), 0 },
    { "tell()", bytes_tell, KR_DOC("Current file position, an integer."), 0 },
    { "getvalue()", bytes_getvalue, KR_DOC("Retrieve the entire contents of the BytesIO object."), 0 },
    { "getbuffer()", bytes_getbuffer, KR_DOC("Get a read-write view over the contents of the BytesIO object."), 0 },
    { "close()", bytes_close, KR_DOC("Disable all I/O operations."), 0 },
    { "flush()", bytes_flush, KR_DOC("Does nothing."), 0 },
    { "isatty()", bytes_isatty, KR_DOC("Always returns False."), 0 },
    { "readable()", bytes_yes, "", 0 },
    { "writable()", bytes_yes, "", 0 },
    { "seekable()", bytes_yes, "", 0 },
    { "__getstate__()", bytes_getstate, "", 0 },
    { "__setstate__(state, /)", bytes_setstate, "", 0 },
    { 0 },
};

const KrType kr_io_bytes_type = {
    KR_TYPE_HEAD(kr_io_bytes_type),
    .name = "_io.BytesIO",
    .doc = KR_DOC("Buffered I/O implementation using an in-memory bytes buffer."),
    .base = &kr_io_buffered_base_type,
    .size = sizeof(Bytes),
    .flags = KR_TYPE_BASE | KR_TYPE_HAS_DICT | KR_TYPE_WEAKREF,
    .alloc = bytes_alloc,
    .trace = bytes_trace,
    .init = &bytes_init_row,
    .next = bytes_next,
    .methods = bytes_methods,
};
