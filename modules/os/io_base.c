// io_base.c - _IOBase, _RawIOBase, _BufferedIOBase and _TextIOBase: what streams have in common, by their other methods.
// SPDX-License-Identifier: MIT
#include "io_part.h"

#include "object/bytes.h"
#include "object/text.h"
#include "object/vm_state.h"
#include "port.h"

#define METHOD(name) static KrValue base_##name(KrVm *vm, KrValue self, const KrValue *arg)
#define SELF         KR_AS(KrIoBase, self)

static const KrType *const unsupported_bases[] = { &kr_os_error, &kr_value_error, NULL };
const KrType kr_io_unsupported_type = { KR_TYPE_HEAD(kr_io_unsupported_type),
                                        .name = "UnsupportedOperation",
                                        .module = "io",
                                        .base = &kr_os_error,
                                        .bases = unsupported_bases,
                                        KR_EXCEPTION_REST };

KrValue kr_io_no_support(KrVm *vm, const char *what) { return kr_raise(vm, &kr_io_unsupported_type, "%s", what); }

bool kr_io_size(KrVm *vm, KrValue v, intptr_t *out) {
    *out = -1;
    if (kr_is_none(v)) return true;
    if (kr_to_index(vm, v, out)) return true;
    if (kr_is_integer(v) || !kr_raised_is(vm, &kr_type_error)) return false;
    (void)kr_take_raised(vm);
    return kr_fail(kr_raise(vm, &kr_type_error, "argument should be integer or None, not '%T'", v));
}

bool kr_io_asks(KrVm *vm, KrValue stream, const char *method, bool *out) {
    KrValue v = kr_call_method(vm, stream, method, 0, NULL);
    return !kr_is_error(v) && kr_truth(vm, v, out);
}

bool kr_io_is_closed(KrVm *vm, KrValue stream, bool *out) {
    KrValue v = kr_getattr_c(vm, stream, "closed");
    return !kr_is_error(v) && kr_truth(vm, v, out);
}

bool kr_io_check_closed(KrVm *vm, KrValue self) {
    KrValue v;
    bool closed = false;
    KrValue name = kr_name(vm, "closed");
    if (kr_is_error(name) || !kr_find_attr(vm, self, name, &v)) return false;
    if (!kr_is_unset(v) && !kr_truth(vm, v, &closed)) return false;
    return !closed || kr_fail(kr_raise(vm, &kr_value_error, "I/O operation on closed file."));
}

// ---- Closing -----------------------------------------------------------------------------------------------------------------------

static KrValue get_closed(KrVm *vm, KrValue self) { return (void)vm, kr_bool(SELF->closed); }

METHOD(flush) {
    (void)arg;
    if (SELF->closed) return kr_raise(vm, &kr_value_error, "I/O operation on closed file.");
    return KR_NONE;
}

// What was raised before stays, with what is raised now as its context below it.
static KrValue keep_first(KrVm *vm, KrValue first) {
    if (kr_raised(vm)) {
        KrValue second = kr_take_raised(vm);
        if (!kr_setattr_c(vm, second, "__context__", first)) (void)kr_take_raised(vm);
        first = second;
    }
    return kr_raise_value(vm, first);
}

METHOD(close) {
    (void)arg;
    if (SELF->closed) return KR_NONE;
    KrValue done = kr_call_method(vm, self, "flush", 0, NULL);
    SELF->closed = true;
    return kr_is_error(done) ? keep_first(vm, kr_take_raised(vm)) : KR_NONE;
}

void kr_io_dealloc_warn(KrVm *vm, KrValue stream, KrValue source) {
    (void)stream;
    if (!kr_warn(vm, &kr_resource_warning, "unclosed file %R", source) && kr_raised(vm)) {
        if (kr_raised_is(vm, &kr_warning)) kr_report_unraisable(vm, stream);
        else (void)kr_take_raised(vm);
    }
}

// The uppermost of the layers that self is a part of, if all of them are of our own types.
static KrValue uppermost(KrValue self) {
    for (;;) {
        KrValue owner = KR_NONE;
        if (kr_is_exact(self, &kr_io_file_type) || kr_isa(self, &kr_io_file_type)) owner = KR_AS(KrIoFile, self)->owner;
        else if (kr_io_buffered_is_own(self)) owner = KR_AS(KrIoBuffered, self)->owner;
        if (!kr_is_ptr(owner) || kr_is_none(owner) || kr_is_unset(owner)) return self;
        self = owner;
    }
}

// The layer below forgets self, which will be gone.
static void let_go(KrValue self) {
    if (kr_type_of(self) == &kr_io_text_type && KR_AS(KrIoText, self)->direct)
        KR_AS(KrIoBuffered, KR_AS(KrIoText, self)->buffer)->owner = KR_NONE;
    if (kr_io_buffered_is_own(self) && KR_AS(KrIoBuffered, self)->direct) KR_AS(KrIoFile, KR_AS(KrIoBuffered, self)->raw)->owner = KR_NONE;
}

static void finalize(KrVm *vm, KrValue self) {
    bool closed = false;
    for (int i = 0; i < 3; i++)
        if (vm->stream[i].bits == self.bits) return; // the standard streams are there to the end
    if (!kr_io_is_closed(vm, self, &closed)) {
        (void)kr_take_raised(vm); // not initialized
        return;
    }
    if (closed) return;
    SELF->finalizing = true;
    if (kr_is_error(kr_call_method(vm, self, "close", 0, NULL))) kr_report_unraisable(vm, self);
}

METHOD(del) {
    (void)arg;
    finalize(vm, uppermost(self));
    let_go(self);
    return KR_NONE;
}
METHOD(dealloc_warn) { return (void)vm, (void)self, (void)arg, KR_NONE; }

static KrValue get_finalizing(KrVm *vm, KrValue self) { return (void)vm, kr_bool(SELF->finalizing); }

// ---- What a stream can do ------------------------------------------------------------------------------------------------------------

METHOD(seek) { return (void)self, (void)arg, kr_io_no_support(vm, "seek"); }
METHOD(truncate) { return (void)self, (void)arg, kr_io_no_support(vm, "truncate"); }
METHOD(fileno) { return (void)self, (void)arg, kr_io_no_support(vm, "fileno"); }
METHOD(no) { return (void)vm, (void)self, (void)arg, KR_FALSE; }

METHOD(tell) {
    KrValue to[2] = { kr_int_box(0), kr_int_box(1) };
    return (void)arg, kr_call_method(vm, self, "seek", 2, to);
}

METHOD(isatty) { return (void)arg, kr_io_check_closed(vm, self) ? KR_FALSE : KR_ERROR; }
METHOD(check_closed) { return (void)arg, kr_io_check_closed(vm, self) ? KR_NONE : KR_ERROR; }

static KrValue require(KrVm *vm, KrValue self, const char *method, const char *message) {
    KrValue v = kr_call_method(vm, self, method, 0, NULL);
    if (kr_is_error(v)) return v;
    return kr_is_true_value(v) ? v : kr_io_no_support(vm, message);
}

METHOD(check_seekable) { return (void)arg, require(vm, self, "seekable", "File or stream is not seekable."); }
METHOD(check_readable) { return (void)arg, require(vm, self, "readable", "File or stream is not readable."); }
METHOD(check_writable) { return (void)arg, require(vm, self, "writable", "File or stream is not writable."); }

METHOD(enter) { return (void)arg, kr_io_check_closed(vm, self) ? self : KR_ERROR; }
METHOD(exit) { return (void)arg, kr_is_error(kr_call_method(vm, self, "close", 0, NULL)) ? KR_ERROR : KR_NONE; }

// ---- Lines ---------------------------------------------------------------------------------------------------------------------------

// How many bytes to read for the next piece of a line: up to its end, if peek() shows it.
static bool look_ahead(KrVm *vm, KrValue self, KrValue peek, intptr_t limit, size_t have, intptr_t *count) {
    KrValue one = kr_int_box(1), ahead;
    *count = 1;
    (void)self;
    if (kr_is_unset(peek)) return true;
    ahead = kr_call(vm, peek, 1, &one);
    if (kr_is_error(ahead)) return false;
    if (!kr_is_bytes(ahead)) return kr_fail(kr_raise(vm, &kr_os_error, "peek() should have returned a bytes object, not '%T'", ahead));
    size_t len;
    const uint8_t *data = kr_bytes_data(ahead, &len);
    if (!len) return true;
    size_t most = limit >= 0 && (size_t)limit - have < len ? (size_t)limit - have : len;
    const uint8_t *end = memchr(data, '\n', most);
    return *count = end ? end + 1 - data : (intptr_t)most, true;
}

METHOD(readline) {
    intptr_t limit;
    KrValue peek, name = kr_name(vm, "peek");
    if (!kr_io_size(vm, arg[0], &limit) || kr_is_error(name) || !kr_find_attr(vm, self, name, &peek)) return KR_ERROR;
    KrText line;
    kr_text_init(vm, &line);
    while ((limit < 0 || line.len < (size_t)limit) && !line.failed) {
        intptr_t count;
        size_t len;
        if (!look_ahead(vm, self, peek, limit, line.len, &count)) return KR_ERROR;
        KrValue want = kr_int_box(count), piece = kr_call_method(vm, self, "read", 1, &want);
        if (kr_is_error(piece)) return piece;
        if (!kr_is_bytes(piece)) return kr_raise(vm, &kr_os_error, "read() should have returned a bytes object, not '%T'", piece);
        const uint8_t *data = kr_bytes_data(piece, &len);
        if (!len) break;
        kr_text_add(&line, (const char *)data, len);
        if (data[len - 1] == '\n') break;
    }
    return kr_text_bytes(&line);
}

METHOD(readlines) {
    intptr_t hint;
    size_t total = 0, len;
    if (!kr_io_size(vm, arg[0], &hint)) return KR_ERROR;
    KrValue it = kr_iter(vm, self), line, list = kr_list(vm, 0, NULL);
    if (kr_is_error(it) || kr_is_error(list)) return KR_ERROR;
    while (!kr_is_done(line = kr_next(vm, it))) {
        if (kr_is_error(line) || !kr_list_append(vm, list, line) || !kr_len(vm, line, &len)) return KR_ERROR;
        total += len;
        if (hint > 0 && total >= (size_t)hint) break;
    }
    return list;
}

METHOD(writelines) {
    if (!kr_io_check_closed(vm, self)) return KR_ERROR;
    KrValue it = kr_iter(vm, arg[0]), line;
    if (kr_is_error(it)) return it;
    while (!kr_is_done(line = kr_next(vm, it)))
        if (kr_is_error(line) || kr_is_error(kr_call_method(vm, self, "write", 1, &line))) return KR_ERROR;
    return KR_NONE;
}

static KrValue base_iter(KrVm *vm, KrValue self) { return kr_io_check_closed(vm, self) ? self : KR_ERROR; }

static KrValue base_next(KrVm *vm, KrValue self) {
    KrValue line = kr_call_method(vm, self, "readline", 0, NULL);
    size_t len;
    if (kr_is_error(line) || !kr_len(vm, line, &len)) return KR_ERROR;
    return len ? line : KR_DONE;
}

static const KrMethod base_methods[] = {
    { "seek(offset, whence=0, /)", base_seek, KR_DOC("Change the position: 0 from the start, 1 from here, 2 from the end."), 0 },
    { "tell()", base_tell, KR_DOC("Return current stream position."), 0 },
    { "truncate(size=None, /)", base_truncate, KR_DOC("Truncate file to size bytes; by default here."), 0 },
    { "flush()", base_flush, KR_DOC("Flush write buffers, if applicable."), 0 },
    { "close()", base_close, KR_DOC("Flush and close the IO object."), 0 },
    { "seekable()", base_no, KR_DOC("Return whether object supports random access."), 0 },
    { "readable()", base_no, KR_DOC("Return whether object was opened for reading."), 0 },
    { "writable()", base_no, KR_DOC("Return whether object was opened for writing."), 0 },
    { "fileno()", base_fileno, KR_DOC("Return underlying file descriptor if one exists."), 0 },
    { "isatty()", base_isatty, KR_DOC("Return whether this is an 'interactive' stream."), 0 },
    { "readline(size=-1, /)", base_readline, KR_DOC("Read and return a line from the stream."), 0 },
    { "readlines(hint=-1, /)", base_readlines, KR_DOC("Return a list of lines from the stream."), 0 },
    { "writelines(lines, /)", base_writelines, KR_DOC("Write a list of lines to stream."), 0 },
    { "_checkClosed()", base_check_closed, "", 0 },
    { "_checkSeekable()", base_check_seekable, "", 0 },
    { "_checkReadable()", base_check_readable, "", 0 },
    { "_checkWritable()", base_check_writable, "", 0 },
    { "_dealloc_warn(source, /)", base_dealloc_warn, "", 0 },
    { "__enter__()", base_enter, "", 0 },
    { "__exit__(*args)", base_exit, "", 0 },
    { "__del__()", base_del, "", 0 },
    { 0 },
};

static const KrGetSet base_attributes[] = { { "closed", get_closed, NULL, "" }, { "_finalizing", get_finalizing, NULL, "" }, { 0 } };

#define STREAM_FLAGS (KR_TYPE_BASE | KR_TYPE_HAS_DICT | KR_TYPE_WEAKREF)

const KrType kr_io_base_type = {
    KR_TYPE_HEAD(kr_io_base_type),
    .name = "_io._IOBase",
    .doc = KR_DOC("The abstract base class for all I/O classes."),
    .size = sizeof(KrIoBase),
    .flags = STREAM_FLAGS,
    .alloc = kr_alloc_instance,
    .iter = base_iter,
    .next = base_next,
    .methods = base_methods,
    .attributes = base_attributes,
};

// ---- Raw -----------------------------------------------------------------------------------------------------------------------------

METHOD(raw_readall) {
    KrText all;
    (void)arg;
    kr_text_init(vm, &all);
    for (bool first = true;; first = false) {
        size_t len;
        KrValue want = kr_int_box(KR_IO_BUFFER), piece = kr_call_method(vm, self, "read", 1, &want);
        if (kr_is_error(piece)) return piece;
        if (kr_is_none(piece)) return first ? piece : kr_text_bytes(&all);
        if (!kr_is_bytes(piece)) return kr_raise(vm, &kr_type_error, "read() should return bytes");
        const uint8_t *data = kr_bytes_data(piece, &len);
        if (!len || all.failed) return kr_text_bytes(&all);
        kr_text_add(&all, (const char *)data, len);
    }
}

METHOD(raw_read) {
    intptr_t size;
    size_t count;
    if (!kr_io_size(vm, arg[0], &size)) return KR_ERROR;
    if (size < 0) return kr_call_method(vm, self, "readall", 0, NULL);
    KrValue made = kr_int(vm, size), room = kr_is_error(made) ? made : kr_call(vm, kr_type_value(&kr_bytearray_type), 1, &made);
    KrValue n = kr_is_error(room) ? room : kr_call_method(vm, self, "readinto", 1, &room);
    if (kr_is_error(n) || kr_is_none(n)) return n;
    if (!kr_to_size(vm, n, "readinto()", &count)) return KR_ERROR;
    size_t len;
    const uint8_t *data = kr_bytes_data(room, &len);
    if (count > (size_t)size || count > len)
        return kr_raise(vm, &kr_value_error, "readinto returned %u outside buffer size %u", count, len);
    return kr_bytes(vm, data, count);
}

METHOD(raw_missing) { return (void)vm, (void)self, (void)arg, kr_raise(vm, &kr_not_implemented_error, ""); }

static const KrMethod raw_methods[] = {
    { "read(size=-1, /)", base_raw_read, "", 0 },
    { "readall()", base_raw_readall, KR_DOC("Read until EOF, using multiple read() call."), 0 },
    { "readinto(buffer, /)", base_raw_missing, "", 0 },
    { "write(b, /)", base_raw_missing, "", 0 },
    { 0 },
};

const KrType kr_io_raw_base_type = {
    KR_TYPE_HEAD(kr_io_raw_base_type), .name = "_io._RawIOBase", .doc = KR_DOC("Base class for raw binary I/O."),
    .base = &kr_io_base_type,          .size = sizeof(KrIoBase), .flags = STREAM_FLAGS,
    .alloc = kr_alloc_instance,        .methods = raw_methods,
};

// ---- Buffered ------------------------------------------------------------------------------------------------------------------------

METHOD(no_read) { return (void)self, (void)arg, kr_io_no_support(vm, "read"); }
METHOD(no_read1) { return (void)self, (void)arg, kr_io_no_support(vm, "read1"); }
METHOD(no_write) { return (void)self, (void)arg, kr_io_no_support(vm, "write"); }
METHOD(no_detach) { return (void)self, (void)arg, kr_io_no_support(vm, "detach"); }
METHOD(no_readline) { return (void)self, (void)arg, kr_io_no_support(vm, "readline"); }

static KrValue read_into(KrVm *vm, KrValue self, KrValue into, const char *method) {
    KrBuffer b;
    size_t len;
    if (!kr_get_buffer(vm, into, &b, KR_BUFFER_WRITE)) return KR_ERROR;
    KrValue want = kr_int(vm, (int64_t)b.len), data = kr_is_error(want) ? want : kr_call_method(vm, self, method, 1, &want);
    if (!kr_is_error(data) && !kr_is_bytes(data)) data = kr_raise(vm, &kr_type_error, "%s() should return bytes", method);
    if (!kr_is_error(data)) {
        const uint8_t *from = kr_bytes_data(data, &len);
        if (len > b.len) data = kr_raise(vm, &kr_value_error, "read() returned too much data: %u bytes requested, %u returned", b.len, len);
        else if (len) memcpy(b.data, from, len);
    }
    kr_release_buffer(vm, &b);
    return kr_is_error(data) ? data : kr_int(vm, (int64_t)len);
}

METHOD(buffered_readinto) { return read_into(vm, self, arg[0], "read"); }
METHOD(buffered_readinto1) { return read_into(vm, self, arg[0], "read1"); }

static const KrMethod buffered_methods[] = {
    { "read(size=-1, /)", base_no_read, KR_DOC("Read and return up to n bytes."), 0 },
    { "read1(size=-1, /)", base_no_read1, KR_DOC("Read and return up to size bytes, with at most one read() call to the raw stream."), 0 },
    { "readinto(buffer, /)", base_buffered_readinto, "", 0 },
    { "readinto1(buffer, /)", base_buffered_readinto1, "", 0 },
    { "write(b, /)", base_no_write, KR_DOC("Write the given buffer to the IO stream."), 0 },
    { "detach()", base_no_detach, KR_DOC("Disconnect this buffer from its underlying raw stream and return it."), 0 },
    { 0 },
};

const KrType kr_io_buffered_base_type = {
    KR_TYPE_HEAD(kr_io_buffered_base_type),
    .name = "_io._BufferedIOBase",
    .doc = KR_DOC("Base class for buffered IO objects."),
    .base = &kr_io_base_type,
    .size = sizeof(KrIoBase),
    .flags = STREAM_FLAGS,
    .alloc = kr_alloc_instance,
    .methods = buffered_methods,
};

// ---- Text ----------------------------------------------------------------------------------------------------------------------------

static const KrMethod text_methods[] = {
    { "read(size=-1, /)", base_no_read, KR_DOC("Read at most size characters from stream."), 0 },
    { "readline(size=-1, /)", base_no_readline, KR_DOC("Read until newline or EOF."), 0 },
    { "write(s, /)", base_no_write, KR_DOC("Write string s to stream."), 0 },
    { "detach()", base_no_detach, KR_DOC("Separate the underlying buffer from the TextIOBase and return it."), 0 },
    { 0 },
};

static KrValue get_none(KrVm *vm, KrValue self) { return (void)vm, (void)self, KR_NONE; }

static const KrGetSet text_attributes[] = {
    { "encoding", get_none, NULL, "" }, { "errors", get_none, NULL, "" }, { "newlines", get_none, NULL, "" }, { 0 }
};

const KrType kr_io_text_base_type = {
    KR_TYPE_HEAD(kr_io_text_base_type), .name = "_io._TextIOBase", .doc = KR_DOC("Base class for text I/O."),
    .base = &kr_io_base_type,           .size = sizeof(KrIoBase),  .flags = STREAM_FLAGS,
    .alloc = kr_alloc_instance,         .methods = text_methods,   .attributes = text_attributes,
};
