// io_buffered.c - BufferedReader, BufferedWriter and BufferedRandom: bytes before a raw stream.
//
// The buffer holds either bytes that were read ahead, then the raw stream stands behind them, or bytes that are still to be written, then it
// stands before them; `writing` says which.
// SPDX-License-Identifier: MIT
#include "io_part.h"

#include "object/bulk.h"
#include "object/bytes.h"
#include "object/memoryview.h"
#include "object/name_table.h"
#include "object/text.h"
#include "port.h"
#include "vm/access.h"

#define METHOD(name) static KrValue buffered_##name(KrVm *vm, KrValue self, const KrValue *arg)
#define SELF         KR_AS(KrIoBuffered, self)
#define RAW_FILE(b)  KR_AS(KrIoFile, (b)->raw)

static size_t unread(const KrIoBuffered *b) { return b->writing ? 0 : b->len - b->at; }
static void forget(KrIoBuffered *b) { b->at = b->len = 0, b->writing = false; }

void kr_io_buffered_trace(KrTracer *tracer, KrObject *o) {
    KrIoBuffered *b = (KrIoBuffered *)o;
    kr_trace(tracer, b->raw);
    kr_trace(tracer, b->room);
    kr_trace_object(tracer, b->buffer);
}

bool kr_io_buffered_is_own(KrValue v) {
    if (!kr_is_ptr(v)) return false;
    const KrType *type = kr_type_of(v);
    return type == &kr_io_reader_type || type == &kr_io_writer_type || type == &kr_io_random_type;
}

// ---- State -----------------------------------------------------------------------------------------------------------------------

// Every entry: another thread may be in the system with the buffer. At the end of the program it does not come back.
static bool is_idle(KrVm *vm, KrIoBuffered *b) {
    while (KR_UNLIKELY(b->busy)) {
        if (vm->finalizing)
            return kr_fail(kr_raise(vm, &kr_runtime_error,
                                    "could not acquire lock for a %T at interpreter shutdown, possibly due to daemon threads",
                                    kr_from_ptr(b)));
        if (kr_wait(vm, &b->waiters, INT64_MAX) < 0) return false;
    }
    return true;
}

static bool is_attached(KrVm *vm, KrIoBuffered *b) {
    if (!is_idle(vm, b)) return false;
    if (KR_LIKELY(kr_is_ptr(b->raw) && !kr_is_none(b->raw) && !kr_is_unset(b->raw))) return true;
    return kr_fail(
        kr_raise(vm, &kr_value_error, kr_is_none(b->raw) ? "raw stream has been detached" : "I/O operation on uninitialized object"));
}

bool kr_io_buffered_closed(KrVm *vm, KrIoBuffered *b, bool *out) {
    if (!is_attached(vm, b)) return false;
    if (KR_LIKELY(b->direct)) return *out = RAW_FILE(b)->fd < 0, KR_LIKELY(!RAW_FILE(b)->refused) || kr_access_fd(vm, RAW_FILE(b)->fd);
    return kr_io_is_closed(vm, b->raw, out);
}

bool kr_io_buffered_is_open(KrVm *vm, KrIoBuffered *b, const char *what) {
    bool closed;
    if (!kr_io_buffered_closed(vm, b, &closed)) return false;
    return !closed || kr_fail(kr_raise(vm, &kr_value_error, "%s of closed file", what));
}

static bool have_buffer(KrVm *vm, KrIoBuffered *b) {
    if (KR_LIKELY(b->buffer)) return true;
    KrRaw *buffer = kr_raw_new(vm, b->cap);
    if (buffer) KR_STORE_PTR(vm, b, b->buffer, buffer);
    return buffer;
}

// Something that its methods say it is not.
static bool demand(KrVm *vm, KrValue raw, const char *method, const char *message) {
    KrValue v = kr_call_method(vm, raw, method, 0, NULL);
    if (kr_is_error(v)) return false;
    return kr_is_true_value(v) || kr_fail(kr_io_no_support(vm, message));
}

bool kr_io_buffered_init(KrVm *vm, KrIoBuffered *b, KrValue raw, intptr_t size, bool readable, bool writable) {
    kr_store(vm, b, &b->raw, KR_UNSET);
    if (readable && writable && !demand(vm, raw, "seekable", "File or stream is not seekable.")) return false;
    if (readable && !demand(vm, raw, "readable", "File or stream is not readable.")) return false;
    if (writable && !demand(vm, raw, "writable", "File or stream is not writable.")) return false;
    if (size <= 0) return kr_fail(kr_raise(vm, &kr_value_error, "buffer size must be strictly positive"));
    if ((size_t)size > PTRDIFF_MAX / 4) return kr_fail(kr_raise_memory(vm));
    b->readable = readable;
    b->writable = writable;
    b->cap = (size_t)size;
    KR_STORE_PTR(vm, b, b->buffer, (KrRaw *)NULL);
    forget(b);
    kr_store(vm, b, &b->raw, raw);
    b->direct = kr_type_of(raw) == &kr_io_file_type;
    if (b->direct && kr_io_buffered_is_own(kr_from_ptr(b))) kr_store(vm, RAW_FILE(b), &RAW_FILE(b)->owner, kr_from_ptr(b));
    return true;
}

static KrValue buffered_alloc(KrVm *vm, const KrType *type) {
    KrValue v = kr_alloc_instance(vm, type);
    if (!kr_is_error(v)) KR_AS(KrIoBuffered, v)->raw = KR_AS(KrIoBuffered, v)->room = KR_UNSET, KR_AS(KrIoBuffered, v)->owner = KR_NONE;
    return v;
}

KrValue kr_io_buffered_new(KrVm *vm, const KrType *type, KrValue raw, intptr_t size) {
    KrValue v = buffered_alloc(vm, type);
    bool readable = type != &kr_io_writer_type, writable = type != &kr_io_reader_type;
    return kr_is_error(v) || kr_io_buffered_init(vm, KR_AS(KrIoBuffered, v), raw, size, readable, writable) ? v : KR_ERROR;
}

static KrValue init(KrVm *vm, KrValue self, const KrValue *arg, bool readable, bool writable) {
    intptr_t size;
    if (!kr_to_index_overflow(vm, arg[1], &size)) return KR_ERROR;
    return kr_io_buffered_init(vm, SELF, arg[0], size, readable, writable) ? KR_NONE : KR_ERROR;
}

METHOD(init_reader) { return init(vm, self, arg, true, false); }
METHOD(init_writer) { return init(vm, self, arg, false, true); }
METHOD(init_random) { return init(vm, self, arg, true, true); }

// ---- The raw stream --------------------------------------------------------------------------------------------------------------

// What a method that reads or writes gave: a count up to most, or None.
static intptr_t count_of(KrVm *vm, KrValue v, size_t most, const char *method) {
    intptr_t n;
    if (kr_is_error(v)) return KR_IO_FAILED;
    if (kr_is_none(v)) return KR_IO_BLOCKED;
    if (!kr_to_index_overflow(vm, v, &n)) {
        KrValue cause = kr_take_raised(vm);
        (void)kr_raise(vm, &kr_os_error, "raw %s() failed", method);
        KrValue error = kr_take_raised(vm);
        if (!kr_setattr_c(vm, error, "__cause__", cause)) (void)kr_take_raised(vm);
        return (void)kr_raise_value(vm, error), KR_IO_FAILED;
    }
    if (n >= 0 && (size_t)n <= most) return n;
    (void)kr_raise(vm, &kr_os_error, "raw %s() returned invalid length %z (should have been between 0 and %z)", method, n, (intptr_t)most);
    return KR_IO_FAILED;
}

// What readinto() of a stream that is not our own makes of a view.
static intptr_t read_view(KrVm *vm, KrIoBuffered *b, KrValue view, size_t most, bool *kept) {
    *kept = false;
    if (kr_is_error(view)) return KR_IO_FAILED;
    intptr_t n = count_of(vm, kr_call_method(vm, b->raw, "readinto", 1, &view), most, "readinto");
    KrValue raised = n == KR_IO_FAILED ? kr_take_raised(vm) : KR_NONE;
    *kept = !kr_memoryview_release(vm, view); // a part of it is still used
    if (*kept) (void)kr_take_raised(vm);
    if (n == KR_IO_FAILED) (void)kr_raise_value(vm, raised);
    return n;
}

// A bytearray for `most` bytes, taken out of the stream: another thread may read meanwhile.
static KrValue take_room(KrVm *vm, KrIoBuffered *b, size_t most) {
    size_t len = 0;
    KrValue room = b->room;
    if (!kr_is_unset(room)) (void)kr_bytes_data(room, &len);
    kr_store(vm, b, &b->room, KR_UNSET);
    if (len == most) return room;
    room = kr_bytearray(vm, NULL, most);
    if (!kr_is_error(room)) memset(kr_bytes_data(room, NULL), 0, most);
    return room;
}

// Into memory of `owner`: an object with a buffer, or bytes that are being made; KR_UNSET: our own buffer, which no view may have.
static intptr_t raw_read(KrVm *vm, KrIoBuffered *b, KrValue owner, void *to, size_t most) {
    if (b->direct) {
        if (!kr_io_file_is_open(vm, RAW_FILE(b))) return KR_IO_FAILED;
        return kr_io_fd_read(vm, RAW_FILE(b)->fd, to, most, b);
    }
    KrValue view = kr_is_unset(owner) ? owner : kr_memoryview_within(vm, owner, to, most);
    bool kept;
    if (!kr_is_unset(view)) return read_view(vm, b, view, most, &kept);
    KrValue room = take_room(vm, b, most);
    if (kr_is_error(room)) return KR_IO_FAILED;
    intptr_t n = read_view(vm, b, kr_memoryview_of(vm, room), most, &kept);
    if (n > 0) memcpy(to, kr_bytes_data(room, NULL), (size_t)n);
    if (!kept && most == b->cap) kr_store(vm, b, &b->room, room);
    return n;
}

static intptr_t raw_write(KrVm *vm, KrIoBuffered *b, const void *from, size_t len) {
    if (b->direct) {
        if (!kr_io_file_is_open(vm, RAW_FILE(b))) return KR_IO_FAILED;
        return kr_io_fd_write(vm, RAW_FILE(b)->fd, from, len, b);
    }
    KrValue data = kr_bytes(vm, from, len), view = kr_is_error(data) ? data : kr_memoryview_of(vm, data);
    if (kr_is_error(view)) return KR_IO_FAILED;
    return count_of(vm, kr_call_method(vm, b->raw, "write", 1, &view), len, "write");
}

static bool position_of(KrVm *vm, KrValue v, int64_t *at) {
    if (kr_is_error(v) || !kr_to_int64(vm, v, at)) return false;
    return *at >= 0 || kr_fail(kr_raise(vm, &kr_os_error, "Raw stream returned invalid position %S", v));
}

static bool raw_seek(KrVm *vm, KrIoBuffered *b, int64_t offset, int whence, int64_t *at) {
    if (b->direct) {
        if (!kr_io_file_is_open(vm, RAW_FILE(b))) return false;
        *at = kr_port_seek(RAW_FILE(b)->fd, offset, whence);
        return *at >= 0 || kr_fail(kr_raise_os(vm, (int)-*at, KR_UNSET));
    }
    KrValue to[2] = { kr_int(vm, offset), kr_int_box(whence) };
    return !kr_is_error(to[0]) && position_of(vm, kr_call_method(vm, b->raw, "seek", 2, to), at);
}

static bool raw_tell(KrVm *vm, KrIoBuffered *b, int64_t *at) {
    return b->direct ? raw_seek(vm, b, 0, 1, at) : position_of(vm, kr_call_method(vm, b->raw, "tell", 0, NULL), at);
}

// ---- Writing ---------------------------------------------------------------------------------------------------------------------

KrValue kr_io_would_block(KrVm *vm, size_t written) {
    KrValue item[3] = { kr_int_box(KR_IO_EAGAIN), kr_str_c(vm, "write could not complete without blocking"), kr_int(vm, (int64_t)written) };
    if (kr_is_error(item[1]) || kr_is_error(item[2])) return KR_ERROR;
    return kr_raise_args(vm, &kr_blocking_io_error, kr_tuple(vm, 3, item));
}

// Bytes that an error or a full pipe keeps back stay, and are written with the next flush. *blocked: it was full.
static bool write_out(KrVm *vm, KrIoBuffered *b, bool *blocked) {
    intptr_t n = 0;
    *blocked = false;
    while (b->writing && b->len && (n = raw_write(vm, b, b->buffer->data, b->len)) >= 0) {
        size_t done = (size_t)n < b->len ? (size_t)n : b->len; // before a poll: other threads and signal handlers write as well
        b->len -= done;
        if (b->len) memmove(b->buffer->data, b->buffer->data + done, b->len);
        if (b->len && !kr_poll(vm, 1)) {
            n = KR_IO_FAILED;
            break;
        }
    }
    if (b->writing && !b->len) forget(b);
    *blocked = n == KR_IO_BLOCKED;
    return n != KR_IO_FAILED;
}

bool kr_io_buffered_flush(KrVm *vm, KrIoBuffered *b) {
    bool blocked;
    if (!is_idle(vm, b) || !write_out(vm, b, &blocked)) return false;
    return !blocked || kr_fail(kr_io_would_block(vm, 0));
}

void kr_io_buffered_drop(KrVm *vm, KrIoBuffered *b) {
    if (b->writing && !b->busy && kr_raised_is(vm, &kr_os_error) && !kr_raised_is(vm, &kr_blocking_io_error)) forget(b);
}

void kr_io_buffered_drain(KrVm *vm, KrIoBuffered *b) {
    if (kr_is_ptr(b->owner) && !kr_is_none(b->owner) && !kr_is_unset(b->owner)) kr_io_text_drain(vm, KR_AS(KrIoText, b->owner));
    if (!b->direct || !b->writing || !b->len || RAW_FILE(b)->fd < 0) return;
    kr_io_fd_drain(vm, RAW_FILE(b)->fd, b->buffer->data, b->len);
    forget(b);
}

// The raw stream goes back to where reading stands.
static bool rewind_raw(KrVm *vm, KrIoBuffered *b) {
    int64_t at;
    size_t ahead = unread(b);
    if (!b->writing) forget(b);
    return !ahead || raw_seek(vm, b, -(int64_t)ahead, 1, &at);
}

static size_t take_in(KrIoBuffered *b, const char *data, size_t len) {
    size_t room = b->cap - b->len, n = len < room ? len : room;
    memcpy(b->buffer->data + b->len, data, n);
    b->len += n;
    return n;
}

// Behind a full buffer: blocks that are larger go straight to the raw stream.
static bool write_large(KrVm *vm, KrIoBuffered *b, const char *data, size_t len, size_t *done) {
    bool blocked;
    if (!write_out(vm, b, &blocked)) return false;
    if (blocked) {
        *done = take_in(b, data, len);
        return *done == len || kr_fail(kr_io_would_block(vm, *done));
    }
    while (len - *done > b->cap) {
        intptr_t n = raw_write(vm, b, data + *done, len - *done);
        if (n == KR_IO_FAILED) return false;
        if (n == KR_IO_BLOCKED) {
            b->writing = true;
            *done += take_in(b, data + *done, len - *done);
            return *done == len || kr_fail(kr_io_would_block(vm, *done));
        }
        *done += (size_t)n;
        if (!kr_poll(vm, 1)) return false;
    }
    b->writing = true;
    *done += take_in(b, data + *done, len - *done);
    return true;
}

// Of an open stream that can be written.
bool kr_io_buffered_write(KrVm *vm, KrIoBuffered *b, const void *data, size_t len, size_t *done) {
    *done = 0;
    if (!is_idle(vm, b) || !have_buffer(vm, b) || (!b->writing && b->len && !rewind_raw(vm, b))) return false;
    b->writing = true;
    if (KR_LIKELY(len <= b->cap - b->len)) {
        memcpy(b->buffer->data + b->len, data, len);
        b->len += len;
        return *done = len, true;
    }
    return write_large(vm, b, data, len, done);
}

METHOD(write) {
    KrBuffer buffer;
    bool closed;
    size_t done;
    if (!is_attached(vm, SELF)) return KR_ERROR;
    if (kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "a bytes-like object is required, not 'str'");
    if (!kr_get_buffer(vm, arg[0], &buffer, KR_BUFFER_READ)) return KR_ERROR;
    bool ok = kr_io_buffered_closed(vm, SELF, &closed);
    if (ok && closed) ok = kr_fail(kr_raise(vm, &kr_value_error, "write to closed file"));
    ok = ok && kr_io_buffered_write(vm, SELF, buffer.data, buffer.len, &done);
    kr_release_buffer(vm, &buffer);
    return ok ? kr_int(vm, (int64_t)done) : KR_ERROR;
}

METHOD(flush) {
    (void)arg;
    if (!kr_io_buffered_is_open(vm, SELF, "flush") || !kr_io_buffered_flush(vm, SELF)) return KR_ERROR;
    return !SELF->readable || rewind_raw(vm, SELF) ? KR_NONE : KR_ERROR;
}

METHOD(flush_reader) { return (void)arg, is_attached(vm, SELF) ? kr_call_method(vm, SELF->raw, "flush", 0, NULL) : KR_ERROR; }

// ---- Reading ---------------------------------------------------------------------------------------------------------------------

// One read of the raw stream into the empty buffer.
static intptr_t fill(KrVm *vm, KrIoBuffered *b) {
    if (!have_buffer(vm, b)) return KR_IO_FAILED;
    forget(b);
    intptr_t n = raw_read(vm, b, KR_UNSET, b->buffer->data, b->cap);
    if (n > 0) b->len = (size_t)n;
    return n;
}

static bool begin_reading(KrVm *vm, KrIoBuffered *b, const char *what) {
    return kr_io_buffered_is_open(vm, b, what) && (!b->writing || kr_io_buffered_flush(vm, b));
}

// Up to len bytes; *done: how many. Ends early at the end of the file, and where it would block, which is the result then.
static intptr_t read_bytes(KrVm *vm, KrIoBuffered *b, KrValue owner, uint8_t *to, size_t len, size_t *done) {
    intptr_t n = 1;
    *done = unread(b) < len ? unread(b) : len;
    if (*done) memcpy(to, b->buffer->data + b->at, *done);
    b->at += *done;
    while (*done < len) {
        size_t left = len - *done, most = left - left % b->cap;
        n = most ? raw_read(vm, b, owner, to + *done, most) : fill(vm, b);
        if (n <= 0) return n;
        size_t got = (size_t)n < left ? (size_t)n : left;
        if (!most) {
            memcpy(to + *done, b->buffer->data, got);
            b->at = got;
        } else {
            forget(b);
        }
        *done += got;
    }
    return n;
}

static KrValue join(KrVm *vm, const KrRaw *first, size_t at, size_t len, KrValue rest) {
    size_t more;
    const uint8_t *data = kr_bytes_data(rest, &more);
    if (!len) return rest;
    KrBytesObject *all = kr_bytes_new(vm, len + more);
    if (!all || !kr_bulk_copy(vm, all->data, first->data + at, len) || !kr_bulk_copy(vm, all->data + len, data, more)) return KR_ERROR;
    return kr_from_ptr(all);
}

// By read() as long as it gives something: raw streams without readall().
static KrValue read_pieces(KrVm *vm, KrIoBuffered *b) {
    KrText all;
    kr_text_init(vm, &all);
    for (bool first = true;; first = false) {
        KrValue piece = kr_call_method(vm, b->raw, "read", 0, NULL);
        if (kr_is_error(piece)) return piece;
        if (!kr_is_none(piece) && !kr_is_bytes(piece)) return kr_raise(vm, &kr_type_error, "read() should return bytes");
        size_t len = 0;
        const uint8_t *data = kr_is_none(piece) ? NULL : kr_bytes_data(piece, &len);
        if (!len) return kr_is_none(piece) && first ? piece : kr_text_bytes(&all);
        kr_text_add(&all, (const char *)data, len);
    }
}

KrValue kr_io_buffered_read_all(KrVm *vm, KrIoBuffered *b) {
    if (!is_idle(vm, b)) return KR_ERROR;
    KrRaw *ahead = b->buffer;
    size_t at = b->at, len = unread(b);
    KrValue rest, readall = KR_UNSET, name = kr_name(vm, "readall");
    if (b->direct) rest = kr_io_file_read_all(vm, b->raw);
    else if (kr_is_error(name) || !kr_find_attr(vm, b->raw, name, &readall)) return KR_ERROR;
    else if (kr_is_unset(readall)) rest = read_pieces(vm, b);
    else rest = kr_call(vm, readall, 0, NULL);
    if (kr_is_error(rest)) return rest;
    if (!kr_is_none(rest) && !kr_is_bytes(rest)) return kr_raise(vm, &kr_type_error, "readall() should return bytes");
    forget(b);
    if (kr_is_none(rest)) return len ? kr_bytes(vm, ahead->data + at, len) : rest;
    return join(vm, ahead, at, len, rest);
}

METHOD(read) {
    intptr_t size;
    size_t done;
    if (!is_attached(vm, SELF) || !kr_io_size(vm, arg[0], &size)) return KR_ERROR;
    if (size < -1) return kr_raise(vm, &kr_value_error, "read length must be non-negative or -1");
    if (!begin_reading(vm, SELF, "read")) return KR_ERROR;
    if (size < 0) return kr_io_buffered_read_all(vm, SELF);
    if ((size_t)size <= unread(SELF)) {
        SELF->at += (size_t)size;
        return kr_bytes(vm, size ? (const void *)(SELF->buffer->data + SELF->at - size) : "", (size_t)size);
    }
    KrBytesObject *bytes = kr_bytes_new(vm, (size_t)size);
    if (!bytes) return KR_ERROR;
    intptr_t n = read_bytes(vm, SELF, kr_from_ptr(bytes), bytes->data, (size_t)size, &done);
    if (n == KR_IO_FAILED) return KR_ERROR;
    if (n == KR_IO_BLOCKED && !done) return KR_NONE;
    return done == (size_t)size ? kr_from_ptr(bytes) : kr_bytes(vm, bytes->data, done);
}

// Of an open stream that can be read.
KrValue kr_io_buffered_read1(KrVm *vm, KrIoBuffered *b, size_t most) {
    if (!is_idle(vm, b)) return KR_ERROR;
    size_t have = unread(b);
    if (b->writing && !kr_io_buffered_flush(vm, b)) return KR_ERROR;
    if (have) {
        size_t n = have < most ? have : most;
        b->at += n;
        return kr_bytes(vm, b->buffer->data + b->at - n, n);
    }
    KrBytesObject *bytes = kr_bytes_new(vm, most);
    if (!bytes) return KR_ERROR;
    forget(b);
    intptr_t n = raw_read(vm, b, kr_from_ptr(bytes), bytes->data, most);
    if (n == KR_IO_FAILED) return KR_ERROR;
    return (size_t)n == most ? kr_from_ptr(bytes) : kr_bytes(vm, bytes->data, n > 0 ? (size_t)n : 0);
}

METHOD(read1) {
    intptr_t size;
    if (!is_attached(vm, SELF) || !kr_to_index_overflow(vm, arg[0], &size) || !begin_reading(vm, SELF, "read")) return KR_ERROR;
    if (size < 0) size = (intptr_t)SELF->cap;
    return size ? kr_io_buffered_read1(vm, SELF, (size_t)size) : kr_bytes(vm, "", 0);
}

static KrValue read_into(KrVm *vm, KrValue self, KrValue into, bool once) {
    KrBuffer b;
    size_t done = 0;
    intptr_t n = 1;
    if (!is_attached(vm, SELF) || !kr_get_buffer(vm, into, &b, KR_BUFFER_WRITE)) return KR_ERROR;
    bool ok = begin_reading(vm, SELF, "readinto");
    if (ok && once && unread(SELF)) {
        n = read_bytes(vm, SELF, into, b.data, b.len < unread(SELF) ? b.len : unread(SELF), &done);
        intptr_t more = b.len - done > SELF->cap ? raw_read(vm, SELF, into, (uint8_t *)b.data + done, b.len - done) : 0;
        if (more == KR_IO_FAILED) n = more;
        if (more > 0) forget(SELF), done += (size_t)more;
    } else if (ok && once && b.len > SELF->cap) n = raw_read(vm, SELF, into, b.data, b.len), done = n > 0 ? (size_t)n : 0;
    else if (ok && once && b.len) {
        n = fill(vm, SELF);
        if (n > 0) (void)read_bytes(vm, SELF, into, b.data, b.len < (size_t)n ? b.len : (size_t)n, &done);
    } else if (ok) n = read_bytes(vm, SELF, into, b.data, b.len, &done);
    kr_release_buffer(vm, &b);
    if (!ok || n == KR_IO_FAILED) return KR_ERROR;
    return n == KR_IO_BLOCKED && !done ? KR_NONE : kr_int(vm, (int64_t)done);
}

METHOD(readinto) { return read_into(vm, self, arg[0], false); }
METHOD(readinto1) { return read_into(vm, self, arg[0], true); }

METHOD(peek) {
    intptr_t size;
    if (!is_attached(vm, SELF) || !kr_to_index_overflow(vm, arg[0], &size) || !begin_reading(vm, SELF, "peek")) return KR_ERROR;
    if (SELF->readable && SELF->writable && !SELF->writing && !unread(SELF) && !rewind_raw(vm, SELF)) return KR_ERROR;
    if (!unread(SELF) && fill(vm, SELF) == KR_IO_FAILED) return KR_ERROR;
    return kr_bytes(vm, unread(SELF) ? (const void *)(SELF->buffer->data + SELF->at) : "", unread(SELF));
}

static KrValue read_line(KrVm *vm, KrIoBuffered *b, intptr_t limit) {
    KrText line;
    kr_text_init(vm, &line);
    for (;;) {
        size_t have = unread(b), most = limit >= 0 && (size_t)limit - line.len < have ? (size_t)limit - line.len : have;
        const uint8_t *from = b->buffer ? b->buffer->data + b->at : NULL, *end = most ? memchr(from, '\n', most) : NULL;
        size_t n = end ? (size_t)(end + 1 - from) : most;
        b->at += n;
        bool whole = end || (limit >= 0 && line.len + n == (size_t)limit);
        if (whole && !line.len) return kr_bytes(vm, n ? (const void *)from : "", n);
        if (n) kr_text_add(&line, (const char *)from, n);
        if (whole || line.failed) return kr_text_bytes(&line);
        intptr_t got = fill(vm, b);
        if (got == KR_IO_FAILED) return KR_ERROR;
        if (got <= 0) return kr_text_bytes(&line);
    }
}

METHOD(readline) {
    intptr_t limit;
    if (!is_attached(vm, SELF) || !kr_io_size(vm, arg[0], &limit) || !begin_reading(vm, SELF, "readline")) return KR_ERROR;
    return read_line(vm, SELF, limit);
}

static KrValue buffered_next(KrVm *vm, KrValue self) {
    KrValue line;
    size_t len;
    if (KR_LIKELY(kr_io_buffered_is_own(self))) {
        if (!begin_reading(vm, SELF, "readline")) return KR_ERROR;
        line = read_line(vm, SELF, -1);
    } else {
        line = kr_call_method(vm, self, "readline", 0, NULL);
        if (!kr_is_error(line) && !kr_is_bytes(line))
            return kr_raise(vm, &kr_os_error, "readline() should have returned a bytes object, not '%T'", line);
    }
    if (kr_is_error(line)) return line;
    kr_bytes_data(line, &len);
    return len ? line : KR_DONE;
}

// ---- Position --------------------------------------------------------------------------------------------------------------------

METHOD(tell) {
    int64_t at;
    (void)arg;
    if (!is_attached(vm, SELF) || !raw_tell(vm, SELF, &at)) return KR_ERROR;
    int64_t here = SELF->writing ? at + (int64_t)SELF->len : at - (int64_t)unread(SELF);
    return kr_int(vm, here < 0 ? 0 : here); // a device says 0 wherever it is
}

// Within what has been read ahead, if it is there.
static bool seek_within(KrVm *vm, KrIoBuffered *b, int64_t target, int whence, int64_t *at, bool *found) {
    *found = false;
    if (!b->readable || b->writing || whence > 1 || !b->len) return true;
    int64_t raw, here;
    if (!raw_tell(vm, b, &raw)) return false;
    here = raw - (int64_t)unread(b);
    if (here < 0) here = 0; // a device says 0 wherever it is
    int64_t offset = whence == 0 ? target - here : target;
    if (offset < -(int64_t)b->at || offset > (int64_t)unread(b)) return true;
    b->at = (size_t)((int64_t)b->at + offset);
    *at = here + offset;
    return *found = true;
}

METHOD(seek) {
    intptr_t whence;
    int64_t target, at;
    bool closed, found;
    if (!is_attached(vm, SELF) || !kr_to_index(vm, arg[1], &whence)) return KR_ERROR;
    if (whence < 0 || whence > 4) return kr_raise(vm, &kr_value_error, "whence value %z unsupported", whence);
    if (!kr_io_buffered_closed(vm, SELF, &closed)) return KR_ERROR;
    if (closed) return kr_raise(vm, &kr_value_error, "seek of closed file");
    if (!demand(vm, SELF->raw, "seekable", "File or stream is not seekable.") || !kr_to_int64(vm, arg[0], &target)) return KR_ERROR;
    if (!seek_within(vm, SELF, target, (int)whence, &at, &found)) return KR_ERROR;
    if (found) return kr_int(vm, at);
    if (!kr_io_buffered_flush(vm, SELF)) return KR_ERROR;
    if (whence == 1) target -= (int64_t)unread(SELF);
    if (!raw_seek(vm, SELF, target, (int)whence, &at)) return KR_ERROR;
    forget(SELF);
    return kr_int(vm, at);
}

METHOD(truncate) {
    if (!kr_io_buffered_is_open(vm, SELF, "truncate")) return KR_ERROR;
    if (!SELF->writable) return kr_io_no_support(vm, "truncate");
    if (!kr_io_buffered_flush(vm, SELF) || !rewind_raw(vm, SELF)) return KR_ERROR;
    return kr_call_method(vm, SELF->raw, "truncate", 1, arg);
}

// ---- The end ---------------------------------------------------------------------------------------------------------------------

static bool warn_unclosed(KrVm *vm, KrValue self, KrValue source) {
    if (kr_is_ptr(SELF->raw) && !kr_is_none(SELF->raw) && kr_is_error(kr_call_method(vm, SELF->raw, "_dealloc_warn", 1, &source)))
        (void)kr_take_raised(vm);
    return true;
}

METHOD(dealloc_warn) { return warn_unclosed(vm, self, arg[0]), KR_NONE; }

METHOD(close) {
    bool closed;
    (void)arg;
    if (!kr_io_buffered_closed(vm, SELF, &closed)) return KR_ERROR;
    if (closed) return KR_NONE;
    if (SELF->base.finalizing) (void)warn_unclosed(vm, self, self);
    KrValue flushed = kr_call_method(vm, self, "flush", 0, NULL), raised = kr_is_error(flushed) ? kr_take_raised(vm) : KR_NONE;
    KrValue done = kr_call_method(vm, SELF->raw, "close", 0, NULL);
    KR_STORE_PTR(vm, SELF, SELF->buffer, (KrRaw *)NULL);
    forget(SELF);
    if (kr_is_none(raised)) return done;
    if (kr_is_error(done)) {
        KrValue second = kr_take_raised(vm);
        if (!kr_setattr_c(vm, second, "__context__", raised)) (void)kr_take_raised(vm);
        raised = second;
    }
    return kr_raise_value(vm, raised);
}

METHOD(detach) {
    (void)arg;
    if (!is_attached(vm, SELF) || kr_is_error(kr_call_method(vm, self, "flush", 0, NULL))) return KR_ERROR;
    KrValue raw = SELF->raw;
    if (SELF->direct) kr_store(vm, RAW_FILE(SELF), &RAW_FILE(SELF)->owner, KR_NONE);
    SELF->direct = false;
    kr_store(vm, SELF, &SELF->raw, KR_NONE);
    return raw;
}

// What the raw stream answers.
#define ASK(name) \
    METHOD(name) { return (void)arg, is_attached(vm, SELF) ? kr_call_method(vm, SELF->raw, #name, 0, NULL) : KR_ERROR; }
ASK(seekable)
ASK(readable)
ASK(writable)
ASK(fileno)
ASK(isatty)

METHOD(reduce) { return (void)arg, kr_raise(vm, &kr_type_error, "cannot pickle '%s' instances", kr_type_bare_name(kr_type_of(self))); }

static KrValue of_raw(KrVm *vm, KrValue self, const char *name) {
    return is_attached(vm, SELF) ? kr_getattr_c(vm, SELF->raw, name) : KR_ERROR;
}
static KrValue get_closed(KrVm *vm, KrValue self) { return of_raw(vm, self, "closed"); }
static KrValue get_name(KrVm *vm, KrValue self) { return of_raw(vm, self, "name"); }
static KrValue get_mode(KrVm *vm, KrValue self) { return of_raw(vm, self, "mode"); }
static KrValue get_raw(KrVm *vm, KrValue self) { return (void)vm, kr_is_unset(SELF->raw) ? KR_NONE : SELF->raw; }
static KrValue get_finalizing(KrVm *vm, KrValue self) { return (void)vm, kr_bool(SELF->base.finalizing); }

static KrValue buffered_repr(KrVm *vm, KrValue self) {
    bool again;
    KrValue name;
    const char *type = kr_type_name(kr_type_of(self));
    if (!kr_find_attr(vm, self, KR_N(name), &name)) {
        if (!kr_raised_is(vm, &kr_value_error)) return KR_ERROR;
        (void)kr_take_raised(vm);
        name = KR_UNSET;
    }
    if (kr_is_unset(name)) return kr_format(vm, "<%s>", type);
    if (!kr_repr_enter(vm, self, &again)) return KR_ERROR;
    if (again) return kr_raise(vm, &kr_runtime_error, "reentrant call inside %s.__repr__", type);
    KrValue text = kr_format(vm, "<%s name=%R>", type, name);
    kr_repr_leave(vm, self);
    return text;
}

#define COMMON_METHODS \
    { "seek(target, whence=0, /)", buffered_seek, "", 0 }, { "tell()", buffered_tell, "", 0 }, \
        { "truncate(pos=None, /)", buffered_truncate, "", 0 }, { "close()", buffered_close, "", 0 }, \
        { "detach()", buffered_detach, "", 0 }, { "seekable()", buffered_seekable, "", 0 }, { "fileno()", buffered_fileno, "", 0 }, \
        { "isatty()", buffered_isatty, "", 0 }, { "_dealloc_warn(source, /)", buffered_dealloc_warn, "", 0 }, \
        { "__reduce__()", buffered_reduce, "", 0 }, { \
        "__reduce_ex__(protocol, /)", buffered_reduce, "", 0 \
    }
#define READ_METHODS \
    { "read(size=-1, /)", buffered_read, "", 0 }, { "read1(size=-1, /)", buffered_read1, "", 0 }, \
        { "readinto(buffer, /)", buffered_readinto, "", 0 }, { "readinto1(buffer, /)", buffered_readinto1, "", 0 }, \
        { "peek(size=0, /)", buffered_peek, "", 0 }, { \
        "readline(size=-1, /)", buffered_readline, "", 0 \
    }

static const KrMethod reader_methods[] = {
    COMMON_METHODS, READ_METHODS, { "readable()", buffered_readable, "", 0 }, { "flush()", buffered_flush_reader, "", 0 }, { 0 },
};
static const KrMethod writer_methods[] = {
    COMMON_METHODS,
    { "write(buffer, /)", buffered_write, "", 0 },
    { "writable()", buffered_writable, "", 0 },
    { "flush()", buffered_flush, "", 0 },
    { 0 },
};
static const KrMethod random_methods[] = {
    COMMON_METHODS,
    READ_METHODS,
    { "readable()", buffered_readable, "", 0 },
    { "write(buffer, /)", buffered_write, "", 0 },
    { "writable()", buffered_writable, "", 0 },
    { "flush()", buffered_flush, "", 0 },
    { 0 },
};

static const KrGetSet buffered_attributes[] = {
    { "closed", get_closed, NULL, "" },
    { "name", get_name, NULL, "" },
    { "mode", get_mode, NULL, "" },
    { "raw", get_raw, NULL, "" },
    { "_finalizing", get_finalizing, NULL, "" },
    { 0 },
};

static const KrMethod reader_init = { "BufferedReader(raw, buffer_size=8192)", buffered_init_reader, "", 0 };
static const KrMethod writer_init = { "BufferedWriter(raw, buffer_size=8192)", buffered_init_writer, "", 0 };
static const KrMethod random_init = { "BufferedRandom(raw, buffer_size=8192)", buffered_init_random, "", 0 };

#define BUFFERED_TYPE(symbol, text, row, rows, about) \
    const KrType symbol = { \
        KR_TYPE_HEAD(symbol), \
        .name = "_io." text, \
        .doc = KR_DOC(about), \
        .base = &kr_io_buffered_base_type, \
        .size = sizeof(KrIoBuffered), \
        .flags = KR_TYPE_BASE | KR_TYPE_HAS_DICT | KR_TYPE_WEAKREF | KR_TYPE_FINAL_DEL, \
        .alloc = buffered_alloc, \
        .trace = kr_io_buffered_trace, \
        .init = &row, \
        .repr = buffered_repr, \
        .next = buffered_next, \
        .methods = rows, \
        .attributes = buffered_attributes, \
    }
BUFFERED_TYPE(kr_io_reader_type, "BufferedReader", reader_init, reader_methods,
              "Create a new buffered reader using the given readable raw IO object.");
BUFFERED_TYPE(kr_io_writer_type, "BufferedWriter", writer_init, writer_methods, "A buffer for a writeable sequential RawIO object.");
BUFFERED_TYPE(kr_io_random_type, "BufferedRandom", random_init, random_methods, "A buffered interface to random access streams.");
