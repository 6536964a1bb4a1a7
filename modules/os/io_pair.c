// io_pair.c - BufferedRWPair: a reader and a writer as one stream.
// SPDX-License-Identifier: MIT
#include "io_part.h"

typedef struct {
    KrIoBase base;
    KrValue reader, writer; // KR_UNSET: not initialized
} Pair;

#define METHOD(name) static KrValue pair_##name(KrVm *vm, KrValue self, const KrValue *arg)
#define SELF         KR_AS(Pair, self)

static void pair_trace(KrTracer *tracer, KrObject *o) {
    kr_trace(tracer, ((Pair *)o)->reader);
    kr_trace(tracer, ((Pair *)o)->writer);
}

static KrValue pair_alloc(KrVm *vm, const KrType *type) {
    KrValue v = kr_alloc_instance(vm, type);
    if (!kr_is_error(v)) KR_AS(Pair, v)->reader = KR_AS(Pair, v)->writer = KR_UNSET;
    return v;
}

METHOD(init) { // reader, writer, buffer_size
    intptr_t size;
    bool ok;
    if (!kr_to_index_overflow(vm, arg[2], &size) || !kr_io_asks(vm, arg[0], "readable", &ok)) return KR_ERROR;
    if (!ok) return kr_io_no_support(vm, "File or stream is not readable.");
    if (!kr_io_asks(vm, arg[1], "writable", &ok)) return KR_ERROR;
    if (!ok) return kr_io_no_support(vm, "File or stream is not writable.");
    KrValue reader = kr_io_buffered_new(vm, &kr_io_reader_type, arg[0], size);
    KrValue writer = kr_is_error(reader) ? reader : kr_io_buffered_new(vm, &kr_io_writer_type, arg[1], size);
    if (kr_is_error(writer)) return writer;
    kr_store(vm, SELF, &SELF->reader, reader);
    kr_store(vm, SELF, &SELF->writer, writer);
    return KR_NONE;
}

static KrValue forward(KrVm *vm, KrValue to, const char *method, size_t count, const KrValue *arg) {
    if (kr_is_unset(to)) return kr_raise(vm, &kr_value_error, "I/O operation on uninitialized object");
    return kr_call_method(vm, to, method, count, arg);
}

METHOD(read) { return forward(vm, SELF->reader, "read", 1, arg); }
METHOD(peek) { return forward(vm, SELF->reader, "peek", 1, arg); }
METHOD(read1) { return forward(vm, SELF->reader, "read1", 1, arg); }
METHOD(readinto) { return forward(vm, SELF->reader, "readinto", 1, arg); }
METHOD(readinto1) { return forward(vm, SELF->reader, "readinto1", 1, arg); }
METHOD(readable) { return forward(vm, SELF->reader, "readable", 0, arg); }
METHOD(write) { return forward(vm, SELF->writer, "write", 1, arg); }
METHOD(flush) { return forward(vm, SELF->writer, "flush", 0, arg); }
METHOD(writable) { return forward(vm, SELF->writer, "writable", 0, arg); }

METHOD(close) {
    KrValue done = forward(vm, SELF->writer, "close", 0, arg), raised = kr_is_error(done) ? kr_take_raised(vm) : KR_NONE;
    done = forward(vm, SELF->reader, "close", 0, arg);
    if (kr_is_none(raised)) return done;
    if (kr_is_error(done)) {
        KrValue second = kr_take_raised(vm);
        if (!kr_setattr_c(vm, second, "__context__", raised)) (void)kr_take_raised(vm);
        raised = second;
    }
    return kr_raise_value(vm, raised);
}

METHOD(isatty) {
    bool yes = false;
    (void)arg;
    if (kr_is_unset(SELF->writer)) return forward(vm, SELF->writer, "isatty", 0, NULL);
    if (!kr_io_asks(vm, SELF->writer, "isatty", &yes) || (!yes && !kr_io_asks(vm, SELF->reader, "isatty", &yes))) return KR_ERROR;
    return kr_bool(yes);
}

static KrValue get_closed(KrVm *vm, KrValue self) {
    if (kr_is_unset(SELF->writer)) return kr_raise(vm, &kr_runtime_error, "the BufferedRWPair object is being garbage-collected");
    return kr_getattr_c(vm, SELF->writer, "closed");
}

static const KrMethod pair_init_row = { "BufferedRWPair(reader, writer, buffer_size=8192, /)", pair_init, "", 0 };

static const KrMethod pair_methods[] = {
    { "read(size=-1, /)", pair_read, "", 0 },
    { "peek(size=0, /)", pair_peek, "", 0 },
    { "read1(size=-1, /)", pair_read1, "", 0 },
    { "readinto(buffer, /)", pair_readinto, "", 0 },
    { "readinto1(buffer, /)", pair_readinto1, "", 0 },
    { "write(buffer, /)", pair_write, "", 0 },
    { "flush()", pair_flush, "", 0 },
    { "readable()", pair_readable, "", 0 },
    { "writable()", pair_writable, "", 0 },
    { "close()", pair_close, "", 0 },
    { "isatty()", pair_isatty, "", 0 },
    { 0 },
};

static const KrGetSet pair_attributes[] = { { "closed", get_closed, NULL, "" }, { 0 } };

const KrType kr_io_pair_type = {
    KR_TYPE_HEAD(kr_io_pair_type),
    .name = "_io.BufferedRWPair",
    .doc = KR_DOC("A buffered reader and writer object together."),
    .base = &kr_io_buffered_base_type,
    .size = sizeof(Pair),
    .flags = KR_TYPE_BASE | KR_TYPE_HAS_DICT | KR_TYPE_WEAKREF,
    .alloc = pair_alloc,
    .trace = pair_trace,
    .init = &pair_init_row,
    .methods = pair_methods,
    .attributes = pair_attributes,
};
