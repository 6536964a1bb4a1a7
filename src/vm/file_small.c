// file_small.c - where there is no module io: open files as text in UTF-8 with universal newlines, or bytes, in one object. Others: modules/os/io_*.c.
//
// One buffer serves reading (bytes from `at` to `len` are unread) or writing (`len` bytes wait), never both at once.
// SPDX-License-Identifier: MIT
#include "object/bulk.h"
#include "object/name_table.h"
#include "object/object.h"
#include "object/str.h"
#include "object/text.h"
#include "port.h"
#include "vm/access.h"
#include "vm/audit.h"
#include "vm/builtins.h"

#if !KR_IO_FULL

extern const KrType kr_text_file_type, kr_binary_file_type;
static const KrType *kr_unsupported_operation(KrVm *vm);

enum { KR_FILE_BUFFER = KR_DEVICE ? 240 : 8192 };

typedef struct {
    KrObject head;
    int fd;
    bool readable, writable, text, closed, owned, line_buffered, unbuffered, writing, translate;
    KrValue twin; // the same file as text or as bytes, or None: what is buffered belongs to the one that was used last
    KrRaw *buffer;
    size_t at, len;
    KrValue name, mode, errors;
    KrValue newline; // what \n is written as, or None
} File;

#define SELF KR_AS(File, self)

static void file_trace(KrTracer *tracer, KrObject *o) {
    File *f = (File *)o;
    kr_trace_object(tracer, f->buffer);
    kr_trace(tracer, f->name);
    kr_trace(tracer, f->mode);
    kr_trace(tracer, f->errors);
    kr_trace(tracer, f->newline);
    kr_trace(tracer, f->twin);
}

enum { KR_PIPE_PIECE = 4096 }; // what a pipe or a terminal takes without blocking, once it is ready

static void write_all(KrVm *vm, File *f) { // at the end of the program: no errors any more, and nothing that waits beyond a deadline
    for (size_t done = 0; f->writing && done < f->len;) {
        int64_t left = kr_deadline_left(vm);
        size_t n_left = f->len - done, most = left < INT64_MAX && n_left > KR_PIPE_PIECE ? KR_PIPE_PIECE : n_left;
        if (left < INT64_MAX && kr_port_wait_file(f->fd, true, left) != 1) break;
        intptr_t n = kr_port_write(f->fd, f->buffer->data + done, most);
        if (n == -KR_PORT_EINTR) continue;
        if (n <= 0) break;
        done += (size_t)n;
    }
    f->len = f->at = 0;
}

// Not a descriptor that is not the VM's own any more, or never was. Gives 0, or an errno value, negated.
static int close_fd(KrVm *vm, const File *f) {
    if (!f->owned || !kr_may_close_fd(vm, f->fd)) return 0;
    kr_fd_closed(vm, f->fd);
    return kr_port_close(f->fd);
}

static void file_finalize(KrVm *vm, KrObject *o) {
    File *f = (File *)o;
    if (f->closed || !f->name.bits || (!f->text && !kr_is_none(f->twin))) return;
    if (kr_may_use_fd(vm, f->fd)) write_all(vm, f);
    (void)close_fd(vm, f);
    f->closed = true;
}

// What the twin has read ahead, or not written yet, becomes f's.
static void take_over(KrVm *vm, File *f) {
    File *t = kr_is_none(f->twin) ? NULL : KR_AS(File, f->twin);
    if (!t || (!t->len && !t->writing)) return;
    KrRaw *own = f->buffer;
    KR_STORE_PTR(vm, f, f->buffer, t->buffer);
    KR_STORE_PTR(vm, t, t->buffer, own);
    f->at = t->at, f->len = t->len, f->writing = t->writing;
    t->at = t->len = 0;
    t->writing = false;
}

static bool check_open(KrVm *vm, File *f) {
    take_over(vm, f);
    return (!f->closed || kr_fail(kr_raise(vm, &kr_value_error, "I/O operation on closed file."))) && kr_access_fd(vm, f->fd);
}
static bool check_readable(KrVm *vm, File *f) {
    return check_open(vm, f) && (f->readable || kr_fail(kr_raise(vm, kr_unsupported_operation(vm), "not readable")));
}
static bool check_writable(KrVm *vm, File *f) {
    return check_open(vm, f) && (f->writable || kr_fail(kr_raise(vm, kr_unsupported_operation(vm), "not writable")));
}

// ---- Bytes ---------------------------------------------------------------------------------------------------------------------

// Under a deadline, waits until reading or writing will not block, so that a pipe or a terminal does not hold the program any longer.
static bool wait_ready(KrVm *vm, const File *f, bool writes) {
    for (;;) {
        int64_t left = kr_deadline_left(vm);
        if (KR_LIKELY(left == INT64_MAX) || kr_port_wait_file(f->fd, writes, left) == 1) return true;
        if (!kr_poll(vm, 1000000)) return false;
    }
}

static bool flush(KrVm *vm, File *f) {
    size_t done = 0;
    bool ok = true;
    while (ok && f->writing && done < f->len) {
        if (!(ok = wait_ready(vm, f, true))) break;
        size_t most = kr_deadline_left(vm) < INT64_MAX ? KR_PIPE_PIECE : SIZE_MAX;
        intptr_t n = kr_port_write(f->fd, f->buffer->data + done, f->len - done < most ? f->len - done : most);
        if (n >= 0) done += (size_t)n;
        else ok = n == -KR_PORT_EINTR ? kr_poll(vm, 1000) : kr_fail(kr_raise_os(vm, (int)-n, KR_UNSET));
    }
    if (!f->writing) return true;
    if (done && done < f->len) memmove(f->buffer->data, f->buffer->data + done, f->len - done);
    f->len -= done; // what an error or a signal kept back is written with the next flush
    return ok;
}

static bool start_writing(KrVm *vm, File *f) {
    if (!f->writing && f->len > f->at) kr_port_seek(f->fd, -(int64_t)(f->len - f->at), 1);
    if (!f->writing) f->at = f->len = 0;
    f->writing = true;
    (void)vm;
    return true;
}

static bool write_bytes(KrVm *vm, File *f, const char *data, size_t len) {
    start_writing(vm, f);
    while (len) {
        size_t room = f->buffer->cap - f->len, n = len < room ? len : room;
        memcpy(f->buffer->data + f->len, data, n);
        f->len += n;
        data += n;
        len -= n;
        if (f->len == f->buffer->cap && !flush(vm, f)) return false;
    }
    return true;
}

// More bytes into the buffer, behind those unread; *got is 0 at the end of the file.
static bool fill(KrVm *vm, File *f, size_t *got) {
    if (f->writing && !flush(vm, f)) return false;
    if (f->writing) f->at = f->len = 0, f->writing = false;
    if (f->at) {
        memmove(f->buffer->data, f->buffer->data + f->at, f->len - f->at);
        f->len -= f->at;
        f->at = 0;
    }
    if (f->len == f->buffer->cap) {
        KrRaw *larger = kr_raw_new(vm, f->buffer->cap * 2);
        if (!larger || !kr_bulk_copy(vm, larger->data, f->buffer->data, f->len)) return false;
        KR_STORE_PTR(vm, f, f->buffer, larger);
    }
    for (;;) {
        if (!wait_ready(vm, f, false)) return false;
        intptr_t n = kr_port_read(f->fd, f->buffer->data + f->len, f->buffer->cap - f->len);
        if (n == -KR_PORT_EINTR) {
            vm->fuel = 0;
            if (!kr_poll(vm, 1)) return false;
            continue;
        }
        if (n < 0) return kr_fail(kr_raise_os(vm, (int)-n, KR_UNSET));
        f->len += (size_t)n;
        return *got = (size_t)n, true;
    }
}

static KrValue give(KrVm *vm, File *f, size_t len) {
    const char *from = (const char *)f->buffer->data + f->at;
    KrValue v;
    if (!f->text) {
        v = kr_bytes(vm, from, len);
    } else if (f->translate && memchr(from, '\r', len)) {
        KrText t;
        kr_text_init(vm, &t);
        KrValue raw = kr_decode(vm, (const uint8_t *)from, len, "utf-8", kr_is_str(f->errors) ? kr_str_text(f->errors, NULL) : NULL);
        if (kr_is_error(raw)) return f->at += len, raw; // what is wrong is not read again
        size_t n;
        const char *text = kr_str_text(raw, &n);
        for (size_t i = 0; i < n; i++)
            if (text[i] != '\r') kr_text_add(&t, text + i, 1);
            else kr_text_add(&t, "\n", 1), i += i + 1 < n && text[i + 1] == '\n';
        v = kr_text_str(&t);
    } else {
        v = kr_decode(vm, (const uint8_t *)from, len, "utf-8", kr_is_str(f->errors) ? kr_str_text(f->errors, NULL) : NULL);
    }
    f->at += len;
    return v;
}

// ---- Methods -------------------------------------------------------------------------------------------------------------------

static KrValue file_new(KrVm *vm, int fd, bool text, KrValue name, KrValue mode);

static KrValue file_read(KrVm *vm, KrValue self, const KrValue *arg) {
    intptr_t want = -1;
    size_t got = 1;
    if (!check_readable(vm, SELF)) return KR_ERROR;
    if (!kr_is_none(arg[0]) && !kr_to_index(vm, arg[0], &want)) {
        if (kr_is_integer(arg[0]) || !kr_raised_is(vm, &kr_type_error)) return KR_ERROR;
        (void)kr_take_raised(vm);
        return kr_raise(vm, &kr_type_error, "argument should be integer or None, not '%T'", arg[0]);
    }
    if (SELF->writing && !fill(vm, SELF, &got)) return KR_ERROR;
    if (want < 0) {
        while (got)
            if (!fill(vm, SELF, &got)) return KR_ERROR;
        return give(vm, SELF, SELF->len - SELF->at);
    }
    for (;;) { // text: enough whole characters
        size_t bytes = 0, chars = 0, have = SELF->len - SELF->at;
        const uint8_t *p = SELF->buffer->data + SELF->at;
        if (!SELF->text) {
            bytes = have < (size_t)want ? have : (size_t)want;
            if (bytes == (size_t)want || !got) return give(vm, SELF, bytes);
        } else {
            while (bytes < have && chars < (size_t)want) {
                size_t step = p[bytes] < 0x80 ? 1 : p[bytes] >= 0xF0 ? 4 : p[bytes] >= 0xE0 ? 3 : 2;
                if (bytes + step > have) break;
                bytes += step, chars++;
            }
            if (chars == (size_t)want) return give(vm, SELF, bytes);
            if (!got) return give(vm, SELF, have);
        }
        if (!fill(vm, SELF, &got)) return KR_ERROR;
    }
}

static KrValue read_line(KrVm *vm, KrValue self) {
    size_t got = 1, seen = 0;
    if (!check_readable(vm, SELF)) return KR_ERROR;
    if (SELF->writing && !fill(vm, SELF, &got)) return KR_ERROR;
    for (;;) {
        const char *from = (const char *)SELF->buffer->data + SELF->at;
        size_t have = SELF->len - SELF->at;
        const char *nl = memchr(from + seen, '\n', have - seen);
        if (SELF->text && SELF->translate) {
            const char *cr = memchr(from + seen, '\r', (nl ? (size_t)(nl - from) : have) - seen);
            if (cr && (cr + 1 < from + have || !got)) nl = cr + 1 < from + have && cr[1] == '\n' ? cr + 1 : cr;
        }
        if (nl) return give(vm, SELF, (size_t)(nl + 1 - from));
        if (!got) return give(vm, SELF, have);
        seen = have ? have - 1 : 0;
        if (!fill(vm, SELF, &got)) return KR_ERROR;
        if (seen && SELF->buffer->data[SELF->at + seen] != '\r') seen++;
    }
}

static KrValue file_readline(KrVm *vm, KrValue self, const KrValue *arg) {
    intptr_t limit;
    if (!kr_to_index(vm, arg[0], &limit)) return KR_ERROR;
    KrValue line = read_line(vm, self);
    if (kr_is_error(line) || limit < 0 || kr_str_length(SELF->text ? line : vm->empty_str) <= (size_t)limit) {
        size_t n;
        if (SELF->text || kr_is_error(line) || limit < 0 || (kr_bytes_data(line, &n), n <= (size_t)limit)) return line;
    }
    size_t whole, part;
    KrValue piece = SELF->text ? kr_str_slice(vm, line, 0, (size_t)limit) : kr_bytes(vm, kr_bytes_data(line, NULL), (size_t)limit);
    if (kr_is_error(piece)) return piece;
    if (SELF->text) kr_str_text(line, &whole), kr_str_text(piece, &part);
    else kr_bytes_data(line, &whole), part = (size_t)limit;
    SELF->at -= whole - part;
    return piece;
}

static KrValue file_next(KrVm *vm, KrValue self) {
    KrValue line = read_line(vm, self);
    if (kr_is_error(line)) return line;
    size_t len;
    if (SELF->text) kr_str_text(line, &len);
    else kr_bytes_data(line, &len);
    return len ? line : KR_DONE;
}

static KrValue file_readlines(KrVm *vm, KrValue self, const KrValue *arg) { return (void)arg, kr_list_from(vm, self); }

static KrValue file_write(KrVm *vm, KrValue self, const KrValue *arg) {
    if (!check_writable(vm, SELF)) return KR_ERROR;
    if (!SELF->text) {
        KrBuffer b;
        if (kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "a bytes-like object is required, not 'str'");
        if (!kr_get_buffer(vm, arg[0], &b, KR_BUFFER_READ)) return KR_ERROR;
        bool ok = write_bytes(vm, SELF, b.data, b.len) && (!SELF->unbuffered || flush(vm, SELF));
        size_t len = b.len;
        kr_release_buffer(vm, &b);
        return ok ? kr_int(vm, (int64_t)len) : KR_ERROR;
    }
    if (!kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "write() argument must be str, not %T", arg[0]);
    KrValue text = arg[0];
    if (kr_str_of(text)->flags & KR_STR_SURROGATES) {
        KrValue bytes = kr_encode(vm, text, "utf-8", kr_is_str(SELF->errors) ? kr_str_text(SELF->errors, NULL) : NULL);
        size_t n;
        if (kr_is_error(bytes)) return bytes;
        const char *data = (const char *)kr_bytes_data(bytes, &n);
        return write_bytes(vm, SELF, data, n) ? kr_int(vm, (int64_t)kr_str_length(text)) : KR_ERROR;
    }
    size_t len;
    const char *data = kr_str_text(text, &len);
    if (kr_is_str(SELF->newline)) {
        KrValue replace[2] = { kr_str(vm, "\n", 1), SELF->newline };
        text = kr_is_error(replace[0]) ? replace[0] : kr_call_method(vm, text, "replace", 2, replace);
        if (kr_is_error(text)) return text;
        data = kr_str_text(text, &len);
    }
    bool line = SELF->line_buffered && memchr(data, '\n', len);
    if (!write_bytes(vm, SELF, data, len) || ((line || SELF->unbuffered) && !flush(vm, SELF))) return KR_ERROR;
    return kr_int(vm, (int64_t)kr_str_length(arg[0]));
}

static KrValue file_writelines(KrVm *vm, KrValue self, const KrValue *arg) {
    KrValue it = kr_iter(vm, arg[0]), v;
    if (kr_is_error(it)) return it;
    while (!kr_is_done(v = kr_next(vm, it)))
        if (kr_is_error(v) || kr_is_error(file_write(vm, self, &v))) return KR_ERROR;
    return KR_NONE;
}

static KrValue file_flush(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    if (!check_open(vm, SELF)) return KR_ERROR;
    return flush(vm, SELF) ? KR_NONE : KR_ERROR;
}

static KrValue file_close(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    if (SELF->closed) return KR_NONE;
    if (!SELF->text && !kr_is_none(SELF->twin)) return file_close(vm, SELF->twin, arg);
    take_over(vm, SELF);
    if (!kr_is_none(SELF->twin)) KR_AS(File, SELF->twin)->closed = true;
    bool ok = !SELF->len || !SELF->writing || (kr_access_fd(vm, SELF->fd) && flush(vm, SELF));
    SELF->closed = true;
    int error = close_fd(vm, SELF);
    if (!ok) return KR_ERROR;
    return error < 0 ? kr_raise_os(vm, -error, KR_UNSET) : KR_NONE;
}

static KrValue file_del(KrVm *vm, KrValue self, const KrValue *arg) { return file_close(vm, self, arg); }

static KrValue file_seek(KrVm *vm, KrValue self, const KrValue *arg) {
    int64_t offset;
    intptr_t whence;
    if (!check_open(vm, SELF) || !kr_to_int64(vm, arg[0], &offset) || !kr_to_index(vm, arg[1], &whence) || !flush(vm, SELF))
        return KR_ERROR;
    if (whence == 0 && offset < 0) return kr_raise(vm, &kr_value_error, "negative seek position %S", arg[0]);
    if (whence == 1 && !SELF->writing) offset -= (int64_t)(SELF->len - SELF->at);
    SELF->at = SELF->len = 0;
    SELF->writing = false;
    int64_t at = kr_port_seek(SELF->fd, offset, (int)whence);
    return at < 0 ? kr_raise_os(vm, (int)-at, KR_UNSET) : kr_int(vm, at);
}

static KrValue file_tell(KrVm *vm, KrValue self, const KrValue *arg) {
    (void)arg;
    if (!check_open(vm, SELF)) return KR_ERROR;
    int64_t at = kr_port_seek(SELF->fd, 0, 1);
    if (at < 0) return kr_raise_os(vm, (int)-at, KR_UNSET);
    return kr_int(vm, SELF->writing ? at + (int64_t)SELF->len : at - (int64_t)(SELF->len - SELF->at));
}

static KrValue file_fileno(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)arg, check_open(vm, SELF) ? kr_int_box(SELF->fd) : KR_ERROR;
}
static KrValue file_isatty(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)arg, check_open(vm, SELF) ? kr_bool(kr_port_is_terminal(SELF->fd)) : KR_ERROR;
}
static KrValue file_readable(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)arg, check_open(vm, SELF) ? kr_bool(SELF->readable) : KR_ERROR;
}
static KrValue file_writable(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)arg, check_open(vm, SELF) ? kr_bool(SELF->writable) : KR_ERROR;
}
static KrValue file_seekable(KrVm *vm, KrValue self, const KrValue *arg) {
    return (void)arg, check_open(vm, SELF) ? kr_bool(kr_port_seek(SELF->fd, 0, 1) >= 0) : KR_ERROR;
}
static KrValue file_enter(KrVm *vm, KrValue self, const KrValue *arg) { return (void)arg, check_open(vm, SELF) ? self : KR_ERROR; }
static KrValue file_exit(KrVm *vm, KrValue self, const KrValue *arg) { return kr_is_error(file_close(vm, self, arg)) ? KR_ERROR : KR_NONE; }
static KrValue file_iter(KrVm *vm, KrValue self) { return check_open(vm, SELF) ? self : KR_ERROR; }

static KrValue get_closed(KrVm *vm, KrValue self) { return (void)vm, kr_bool(SELF->closed); }
static KrValue get_name(KrVm *vm, KrValue self) { return (void)vm, SELF->name; }
static KrValue get_mode(KrVm *vm, KrValue self) { return (void)vm, SELF->mode; }
static KrValue get_encoding(KrVm *vm, KrValue self) { return (void)self, kr_str_c(vm, "utf-8"); }
static KrValue get_errors(KrVm *vm, KrValue self) { return kr_is_none(SELF->errors) ? kr_str_c(vm, "strict") : SELF->errors; }
static KrValue get_line_buffering(KrVm *vm, KrValue self) { return (void)vm, kr_bool(SELF->line_buffered); }

static KrValue file_repr(KrVm *vm, KrValue self) {
    if (SELF->text) return kr_format(vm, "<_io.TextIOWrapper name=%R mode=%R encoding='utf-8'>", SELF->name, SELF->mode);
    return kr_format(vm, "<_io.%s name=%R>",
                     SELF->readable && SELF->writable ? "BufferedRandom"
                     : SELF->readable                 ? "BufferedReader"
                                                      : "BufferedWriter",
                     SELF->name);
}

// ---- Bytes of a text file, and what bytes have beside it ----------------------------------------------------------------------------

static KrValue get_buffer(KrVm *vm, KrValue self) {
    if (!SELF->text) return kr_no_attribute(vm, self, kr_name(vm, "buffer"));
    if (!kr_is_none(SELF->twin)) return SELF->twin;
    KrValue mode = kr_str_c(vm, SELF->readable && SELF->writable ? "rb+" : SELF->readable ? "rb" : "wb");
    KrValue v = kr_is_error(mode) ? mode : file_new(vm, SELF->fd, false, SELF->name, mode);
    if (kr_is_error(v)) return v;
    File *f = KR_AS(File, v);
    f->readable = SELF->readable, f->writable = SELF->writable;
    f->owned = false; // self closes it
    f->closed = SELF->closed, f->unbuffered = SELF->unbuffered;
    kr_store(vm, f, &f->twin, self);
    return kr_store(vm, SELF, &SELF->twin, v), v;
}

static KrValue get_raw(KrVm *vm, KrValue self) { return SELF->text ? kr_no_attribute(vm, self, kr_name(vm, "raw")) : self; }
static KrValue get_newlines(KrVm *vm, KrValue self) { return SELF->text ? KR_NONE : kr_no_attribute(vm, self, kr_name(vm, "newlines")); }
static KrValue get_write_through(KrVm *vm, KrValue self) {
    return SELF->text ? kr_bool(SELF->unbuffered) : kr_no_attribute(vm, self, kr_name(vm, "write_through"));
}

// Up to `most` bytes of what is there, after at most one read of an empty buffer.
static bool some_bytes(KrVm *vm, File *f, size_t most, size_t *len) {
    size_t got;
    if (!check_readable(vm, f)) return false;
    if ((f->writing || f->at == f->len) && most && !fill(vm, f, &got)) return false;
    *len = f->len - f->at < most ? f->len - f->at : most;
    return true;
}

static KrValue file_read1(KrVm *vm, KrValue self, const KrValue *arg) {
    intptr_t want;
    size_t len;
    if (!kr_to_index(vm, arg[0], &want) || !some_bytes(vm, SELF, want < 0 ? SIZE_MAX : (size_t)want, &len)) return KR_ERROR;
    return give(vm, SELF, len);
}

static KrValue file_peek(KrVm *vm, KrValue self, const KrValue *arg) {
    size_t len;
    (void)arg;
    if (!some_bytes(vm, SELF, SIZE_MAX, &len)) return KR_ERROR;
    return kr_bytes(vm, (const char *)SELF->buffer->data + SELF->at, len);
}

static KrValue read_into(KrVm *vm, KrValue self, KrValue into, bool once) {
    KrBuffer b;
    if (!check_readable(vm, SELF) || !kr_get_buffer(vm, into, &b, KR_BUFFER_WRITE)) return KR_ERROR;
    size_t done = 0, len = 0;
    bool ok = true;
    while (ok && done < b.len && (ok = some_bytes(vm, SELF, b.len - done, &len)) && len) {
        memcpy((uint8_t *)b.data + done, SELF->buffer->data + SELF->at, len);
        SELF->at += len;
        done += len;
        if (once) break;
    }
    kr_release_buffer(vm, &b);
    return ok ? kr_int(vm, (int64_t)done) : KR_ERROR;
}

static KrValue file_readinto(KrVm *vm, KrValue self, const KrValue *arg) { return read_into(vm, self, arg[0], false); }
static KrValue file_readinto1(KrVm *vm, KrValue self, const KrValue *arg) { return read_into(vm, self, arg[0], true); }

// ---- reconfigure() -------------------------------------------------------------------------------------------------------------------

static bool set_encoding(KrVm *vm, File *f, KrValue encoding) {
    if (kr_is_none(encoding)) return true;
    if (!kr_is_str(encoding))
        return kr_fail(kr_raise(vm, &kr_type_error, "reconfigure() argument 'encoding' must be str or None, not %T", encoding));
    if (f->readable && f->at)
        return kr_fail(
            kr_raise(vm, kr_unsupported_operation(vm), "It is not possible to set the encoding or newline of stream after the first read"));
    KrValue one = kr_str(vm, "\xC3\xA9", 2), bytes = kr_is_error(one) ? one : kr_encode(vm, one, kr_str_text(encoding, NULL), NULL);
    size_t len = 0;
    if (kr_is_error(bytes) && !kr_raised_is(vm, &kr_unicode_encode_error)) return false; // unknown
    if (kr_is_error(bytes)) (void)kr_take_raised(vm);
    else if (kr_is_bytes(bytes) && memcmp(kr_bytes_data(bytes, &len), "\xC3\xA9", 2) == 0 && len == 2) return true;
    return kr_fail(kr_raise(vm, &kr_not_implemented_error, "reconfigure(): encoding %S, files are UTF-8", encoding));
}

static bool set_newline(KrVm *vm, File *f, KrValue newline) {
    if (kr_is_unset(newline)) return true;
    bool none = kr_is_none(newline);
    if (!none && !kr_is_str(newline))
        return kr_fail(kr_raise(vm, &kr_type_error, "reconfigure() argument 'newline' must be str or None, not %T", newline));
    const char *text = none ? "" : kr_str_text(newline, NULL);
    if (*text && strcmp(text, "\n") != 0 && strcmp(text, "\r") != 0 && strcmp(text, "\r\n") != 0)
        return kr_fail(kr_raise(vm, &kr_value_error, "illegal newline value: %S", newline));
    kr_store(vm, f, &f->newline, *text == '\r' ? newline : KR_NONE);
    f->translate = none;
    return true;
}

// encoding, errors, newline, line_buffering, write_through
static KrValue file_reconfigure(KrVm *vm, KrValue self, const KrValue *arg) {
    bool line = SELF->line_buffered, through = SELF->unbuffered;
    if (!kr_is_none(arg[1]) && !kr_is_str(arg[1]))
        return kr_raise(vm, &kr_type_error, "reconfigure() argument 'errors' must be str or None, not %T", arg[1]);
    if (!check_open(vm, SELF) || (SELF->writing && !flush(vm, SELF))) return KR_ERROR;
    if (!set_encoding(vm, SELF, arg[0]) || !set_newline(vm, SELF, arg[2])) return KR_ERROR;
    if (!kr_is_none(arg[3]) && !kr_truth(vm, arg[3], &line)) return KR_ERROR;
    if (!kr_is_none(arg[4]) && !kr_truth(vm, arg[4], &through)) return KR_ERROR;
    KrValue errors = kr_is_none(arg[1]) && !kr_is_none(arg[0]) ? kr_str_c(vm, "strict") : arg[1];
    if (kr_is_error(errors)) return errors;
    if (!kr_is_none(errors)) kr_store(vm, SELF, &SELF->errors, errors);
    SELF->line_buffered = line;
    SELF->unbuffered = through;
    return KR_NONE;
}

#define FILE_METHODS \
    { "read(size=-1, /)", file_read, KR_DOC("Read up to size characters or bytes; all that is left by default."), 0 }, \
        { "readline(size=-1, /)", file_readline, KR_DOC("Read a line, with its newline; empty at the end."), 0 }, \
        { "readlines(hint=-1, /)", file_readlines, KR_DOC("Read all lines."), 0 }, \
        { "write(text, /)", file_write, KR_DOC("Write; returns the number of characters or bytes."), 0 }, \
        { "writelines(lines, /)", file_writelines, KR_DOC("Write each of an iterable."), 0 }, \
        { "flush()", file_flush, KR_DOC("Hand what is buffered to the system."), 0 }, \
        { "close()", file_close, KR_DOC("Flush and close."), 0 }, \
        { "seek(offset, whence=0, /)", file_seek, KR_DOC("Move to an offset in bytes."), 0 }, \
        { "tell()", file_tell, KR_DOC("The offset in bytes."), 0 }, { "fileno()", file_fileno, KR_DOC("The file descriptor."), 0 }, \
        { "isatty()", file_isatty, KR_DOC("Is it a terminal?"), 0 }, { "readable()", file_readable, "", 0 }, \
        { "writable()", file_writable, "", 0 }, { "seekable()", file_seekable, "", 0 }, { "__enter__()", file_enter, "", 0 }, \
        { "__exit__(*args)", file_exit, "", 0 }, { \
        "__del__()", file_del, "", 0 \
    }

static const KrMethod text_methods[] = {
    FILE_METHODS,
    { "reconfigure(*, encoding=None, errors=None, newline=<unset>, line_buffering=None, write_through=None)", file_reconfigure,
      KR_DOC("Change how text is written and read."), 0 },
    { 0 },
};
static const KrMethod binary_methods[] = {
    FILE_METHODS,
    { "read1(size=-1, /)", file_read1, KR_DOC("Read what is there, after at most one read from the system."), 0 },
    { "peek(size=0, /)", file_peek, KR_DOC("What is read next, without moving."), 0 },
    { "readinto(buffer, /)", file_readinto, KR_DOC("Read into a buffer; returns the number of bytes."), 0 },
    { "readinto1(buffer, /)", file_readinto1, KR_DOC("The same with at most one read from the system."), 0 },
    { 0 },
};
static const KrGetSet file_attributes[] = {
    { "closed", get_closed, NULL, "" },
    { "name", get_name, NULL, "" },
    { "mode", get_mode, NULL, "" },
    { "encoding", get_encoding, NULL, "" },
    { "errors", get_errors, NULL, "" },
    { "line_buffering", get_line_buffering, NULL, "" },
    { "write_through", get_write_through, NULL, "" },
    { "newlines", get_newlines, NULL, "" },
    { "buffer", get_buffer, NULL, "" },
    { "raw", get_raw, NULL, "" },
    { 0 },
};

#define FILE_TYPE(symbol, text, rows) \
    const KrType symbol = { \
        KR_TYPE_HEAD(symbol), \
        .name = text, \
        .size = sizeof(File), \
        .flags = KR_TYPE_NO_NEW | KR_TYPE_WEAKREF | KR_TYPE_HAS_DICT | KR_TYPE_FINAL_DEL, \
        .trace = file_trace, \
        .finalize = file_finalize, \
        .repr = file_repr, \
        .iter = file_iter, \
        .next = file_next, \
        .methods = rows, \
        .attributes = file_attributes, \
    }
FILE_TYPE(kr_text_file_type, "_io.TextIOWrapper", text_methods);
FILE_TYPE(kr_binary_file_type, "_io.BufferedRandom", binary_methods);

// io.UnsupportedOperation; where there is no such module, what it is derived from.
static const KrType *kr_unsupported_operation(KrVm *vm) {
    KrValue io = kr_import(vm, "io"), type = kr_is_error(io) ? io : kr_getattr_c(vm, io, "UnsupportedOperation");
    if (kr_is_type(type)) return kr_as_type(type);
    if (kr_raised(vm)) (void)kr_take_raised(vm);
    return &kr_os_error;
}

// ---- Opening -------------------------------------------------------------------------------------------------------------------

static KrValue file_new(KrVm *vm, int fd, bool text, KrValue name, KrValue mode) {
    KrValue v = kr_alloc_instance(vm, text ? &kr_text_file_type : &kr_binary_file_type);
    if (kr_is_error(v)) return v;
    File *f = KR_AS(File, v);
    f->fd = fd;
    f->text = f->translate = text;
    f->name = name;
    f->mode = mode;
    f->errors = f->newline = f->twin = KR_NONE;
    f->closed = true; // until it is whole
    KrRaw *buffer = kr_raw_new(vm, KR_FILE_BUFFER);
    if (!buffer) return KR_ERROR;
    KR_STORE_PTR(vm, f, f->buffer, buffer);
    f->closed = false;
    return v;
}

KrValue kr_standard_stream(KrVm *vm, int number) {
    static const char *const name[] = { "<stdin>", "<stdout>", "<stderr>" };
    if (!kr_is_unset(vm->stream[number])) return vm->stream[number];
    if (kr_may(vm, KR_ACCESS_CONSOLE) && kr_port_seek(number, 0, 1) == -KR_PORT_EBADF) return vm->stream[number] = KR_NONE; // it is closed
    KrValue n = kr_str_c(vm, name[number]), mode = kr_str_c(vm, number ? "w" : "r"), v = KR_ERROR;
    if (!kr_is_error(n) && !kr_is_error(mode)) v = file_new(vm, number, true, n, mode);
    if (kr_is_error(v)) return v;
    File *f = KR_AS(File, v);
    kr_heap_no_del(vm); // it is there to the end
    f->readable = !number;
    f->writable = number;
    f->unbuffered = number && vm->flags.unbuffered;
    f->line_buffered = number == 2 || (kr_may(vm, KR_ACCESS_CONSOLE) && kr_port_is_terminal(number));
    KrValue errors = kr_str_c(vm, number == 2 ? "backslashreplace" : vm->flags.stream_errors ? vm->flags.stream_errors : "strict");
    if (kr_is_error(errors)) return errors;
    kr_store(vm, f, &f->errors, errors);
    return vm->stream[number] = v;
}

static bool parse_mode(KrVm *vm, const char *mode, int *how, bool *text) {
    bool r = false, w = false, a = false, x = false, plus = false, b = false, t = false;
    for (const char *m = mode; *m; m++) {
        bool *flag = *m == 'r'   ? &r
                     : *m == 'w' ? &w
                     : *m == 'a' ? &a
                     : *m == 'x' ? &x
                     : *m == '+' ? &plus
                     : *m == 'b' ? &b
                     : *m == 't' ? &t
                                 : NULL;
        if (!flag || *flag) return kr_fail(kr_raise(vm, &kr_value_error, "invalid mode: '%s'", mode));
        *flag = true;
    }
    if (b && t) return kr_fail(kr_raise(vm, &kr_value_error, "can't have text and binary mode at once"));
    if (r + w + a + x != 1) return kr_fail(kr_raise(vm, &kr_value_error, "must have exactly one of create/read/write/append mode"));
    *how = (r || plus ? KR_OPEN_READ : 0) | (w || x || plus ? KR_OPEN_WRITE : 0) | (a ? KR_OPEN_APPEND : 0) |
           (w || a || x ? KR_OPEN_CREATE : 0) | (w ? KR_OPEN_TRUNCATE : 0) | (x ? KR_OPEN_EXCLUSIVE : 0);
    *text = !b;
    return true;
}

// As str; *name: as it was given, or as __fspath__ gave it.
static KrValue path_of(KrVm *vm, KrValue v, KrValue *name) {
    *name = v;
    if (kr_is_str(v)) return v;
    if (kr_has_flag(v, KR_TYPE_IS_BYTES)) {
        size_t len;
        const uint8_t *data = kr_bytes_data(v, &len);
        return kr_decode(vm, data, len, "utf-8", "surrogateescape");
    }
    KrValue p = kr_try_special(vm, v, KR_N(__fspath__), 0, NULL);
    if (kr_is_unset(p)) return kr_raise(vm, &kr_type_error, "expected str, bytes or os.PathLike object, not %T", v);
    if (kr_is_error(p) || kr_is_str(p) || kr_has_flag(p, KR_TYPE_IS_BYTES)) return kr_is_error(p) ? p : path_of(vm, p, name);
    return kr_raise(vm, &kr_type_error, "expected %T.__fspath__() to return str or bytes, not %T", v, p);
}

// (path, mode without what only the layers above see, flags as Linux numbers them)
static bool audit_open(KrVm *vm, KrValue path, KrValue mode, int how) {
    static const int flag[][2] = {
        { KR_OPEN_APPEND, 02000 }, { KR_OPEN_CREATE, 0100 }, { KR_OPEN_TRUNCATE, 01000 }, { KR_OPEN_EXCLUSIVE, 0200 }
    };
    if (kr_is_unset(vm->audit_hooks)) return true;
    int flags = 02000000 | (how & KR_OPEN_READ && how & KR_OPEN_WRITE ? 2 : how & (KR_OPEN_WRITE | KR_OPEN_APPEND) ? 1 : 0);
    for (size_t i = 0; i < KR_COUNT_OF(flag); i++) flags |= how & flag[i][0] ? flag[i][1] : 0;
    KrText t;
    kr_text_init(vm, &t);
    for (const char *m = kr_str_text(mode, NULL); *m; m++)
        if (*m != 'b' && *m != 't') kr_text_add(&t, m, 1);
    KrValue arg[3] = { path, kr_text_str(&t), kr_int_box(flags) };
    return !kr_is_error(arg[1]) && kr_audit(vm, "open", 3, arg);
}

KrValue kr_builtin_open(KrVm *vm, KrValue self, const KrValue *arg) { // file, mode, buffering, encoding, errors, newline, closefd, opener
    int how;
    bool text, owned = true;
    intptr_t fd, buffering;
    (void)self;
    if (!kr_is_str(arg[1])) return kr_raise(vm, &kr_type_error, "open() argument 'mode' must be str, not %T", arg[1]);
    if (!parse_mode(vm, kr_str_text(arg[1], NULL), &how, &text) || !kr_to_index(vm, arg[2], &buffering)) return KR_ERROR;
    if (!text && !kr_is_none(arg[3])) return kr_raise(vm, &kr_value_error, "binary mode doesn't take an encoding argument");
    if (!text && !kr_is_none(arg[4])) return kr_raise(vm, &kr_value_error, "binary mode doesn't take an errors argument");
    if (!text && !kr_is_none(arg[5])) return kr_raise(vm, &kr_value_error, "binary mode doesn't take a newline argument");
    if (text && !buffering) return kr_raise(vm, &kr_value_error, "can't have unbuffered text I/O");
    unsigned need = (how & KR_OPEN_READ ? KR_ACCESS_FILES_READ : 0) | (how & ~KR_OPEN_READ ? KR_ACCESS_FILES_WRITE : 0);
    KrValue name = arg[0];
    if (kr_is_integer(arg[0])) {
        if (!kr_to_index(vm, arg[0], &fd) || !kr_truth(vm, arg[6], &owned)) return KR_ERROR;
        if (fd < 0 || fd > INT32_MAX) return kr_raise(vm, &kr_value_error, "negative file descriptor");
        if (!kr_access_fd(vm, (int)fd)) return KR_ERROR;
    } else {
        KrValue path = path_of(vm, arg[0], &name);
        if (kr_is_error(path)) return path;
        size_t len;
        const char *p = kr_str_text(path, &len);
        if (memchr(p, 0, len)) return kr_raise(vm, &kr_value_error, "embedded null byte");
        if (!kr_access_open(vm, need, p, path) || !audit_open(vm, name, arg[1], how)) return KR_ERROR;
        if (!kr_is_none(arg[7])) {
            KrValue pair[2] = { name, kr_int_box(how & KR_OPEN_WRITE ? 1 : 0) }, opened = kr_call(vm, arg[7], 2, pair);
            if (kr_is_error(opened) || !kr_to_index(vm, opened, &fd)) return KR_ERROR;
            if (fd >= 0 && fd <= INT32_MAX && !kr_access_fd(vm, (int)fd)) return KR_ERROR;
        } else {
            fd = kr_port_open(p, how);
            if (fd >= 0 && !kr_fd_opened(vm, (int)fd)) return KR_ERROR;
        }
        if (fd < 0) return kr_raise_os(vm, (int)-fd, name);
    }
    KrValue v = file_new(vm, (int)fd, text, name, arg[1]);
    if (kr_is_error(v)) return v;
    File *f = KR_AS(File, v);
    f->owned = owned;
    f->readable = how & KR_OPEN_READ;
    f->writable = how & (KR_OPEN_WRITE | KR_OPEN_APPEND);
    f->unbuffered = !buffering;
    f->line_buffered = buffering == 1 || (buffering < 0 && f->writable && kr_port_is_terminal(f->fd));
    kr_store(vm, f, &f->errors, arg[4]);
    f->translate = text && kr_is_none(arg[5]);
    if (kr_is_str(arg[5]) && kr_str_text(arg[5], NULL)[0] == '\r') kr_store(vm, f, &f->newline, arg[5]);
    return v;
}

bool kr_file_is_own(KrValue file) { return kr_is_ptr(file) && kr_type_of(file) == &kr_text_file_type; }

bool kr_file_flush(KrVm *vm, KrValue file) {
    File *f = KR_AS(File, file);
    take_over(vm, f);
    return f->closed || !f->writing || !f->len || (kr_access_fd(vm, f->fd) && flush(vm, f));
}

// print(): straight into our own files, through write() for others.
bool kr_file_write(KrVm *vm, KrValue file, KrValue text) {
    if (kr_file_is_own(file)) return !kr_is_error(file_write(vm, file, &text));
    return !kr_is_error(kr_call_method(vm, file, "write", 1, &text));
}

#endif
