// io_file.c - FileIO: a descriptor as a stream of bytes. Every read and write of streams on files goes through here.
// SPDX-License-Identifier: MIT
#include "io_part.h"

#include "object/bulk.h"
#include "object/bytes.h"
#include "object/name_table.h"
#include "object/str.h"
#include "object/text.h"
#include "port.h"
#include "vm/access.h"
#include "vm/audit.h"
#include "vm/blocking.h"

#define METHOD(name) static KrValue file_##name(KrVm *vm, KrValue self, const KrValue *arg)
#define SELF         KR_AS(KrIoFile, self)

enum { PIPE_PIECE = 4096 }; // what a pipe or a terminal takes without blocking, once it is ready

// ---- Reading and writing ---------------------------------------------------------------------------------------------------------

// What the system answered; true: ask again.
static bool again(KrVm *vm, intptr_t *n) {
    if (*n == -KR_IO_EINTR) {
        vm->fuel = 0;
        if (kr_poll(vm, 1)) return true;
        *n = KR_IO_FAILED;
    } else if (*n == -KR_IO_EAGAIN) {
        *n = KR_IO_BLOCKED;
    } else if (*n < 0) {
        (void)kr_raise_os(vm, (int)-*n, KR_UNSET);
        *n = KR_IO_FAILED;
    }
    return false;
}

static void set_busy(KrVm *vm, KrIoBuffered *b, bool busy) {
    if (!b) return;
    b->busy = busy;
    if (!busy && b->waiters.first) kr_wake_all(vm, &b->waiters);
}

intptr_t kr_io_fd_read(KrVm *vm, int fd, void *data, size_t len, KrIoBuffered *b) {
    intptr_t n;
    do {
        if (!kr_access_fd(vm, fd) || !kr_block_ready(vm, fd, false)) return KR_IO_FAILED;
        set_busy(vm, b, true);
        n = kr_block_read(vm, fd, data, len);
        set_busy(vm, b, false);
    } while (n < 0 && again(vm, &n));
    return n;
}

intptr_t kr_io_fd_write(KrVm *vm, int fd, const void *data, size_t len, KrIoBuffered *b) {
    intptr_t n;
    do {
        if (!kr_access_fd(vm, fd) || !kr_block_ready(vm, fd, true)) return KR_IO_FAILED;
        set_busy(vm, b, true);
        n = kr_block_write(vm, fd, data, kr_deadline_left(vm) < INT64_MAX && len > PIPE_PIECE ? PIPE_PIECE : len);
        set_busy(vm, b, false);
    } while (n < 0 && again(vm, &n));
    return n;
}

void kr_io_fd_drain(KrVm *vm, int fd, const void *data, size_t len) { // nothing waits beyond a deadline
    for (size_t done = 0; kr_may_use_fd(vm, fd) && done < len;) {
        int64_t left = kr_deadline_left(vm);
        size_t rest = len - done, most = left < INT64_MAX && rest > PIPE_PIECE ? PIPE_PIECE : rest;
        if (left < INT64_MAX && kr_port_wait_file(fd, true, left) != 1) break;
        intptr_t n = kr_port_write(fd, (const char *)data + done, most);
        if (n == -KR_IO_EINTR) continue;
        if (n <= 0) break;
        done += (size_t)n;
    }
}

// ---- The object ------------------------------------------------------------------------------------------------------------------

// Not a descriptor that is not the VM's own any more, or never was. Gives 0, or an errno value, negated.
static int close_fd(KrVm *vm, KrIoFile *f) {
    int fd = f->fd;
    f->fd = -1;
    if (fd < 0 || !f->owned || !kr_may_close_fd(vm, fd)) return 0;
    kr_fd_closed(vm, fd);
    return kr_port_close(fd);
}

static void file_finalize(KrVm *vm, KrObject *o) {
    KrIoFile *f = (KrIoFile *)o;
    if (f->fd < 0 || !f->base.head.shape) return;
    if (kr_io_buffered_is_own(f->owner)) kr_io_buffered_drain(vm, KR_AS(KrIoBuffered, f->owner));
    (void)close_fd(vm, f);
}

static KrValue file_alloc(KrVm *vm, const KrType *type) {
    KrValue v = kr_alloc_instance(vm, type);
    if (kr_is_error(v)) return v;
    KrIoFile *f = KR_AS(KrIoFile, v);
    f->fd = -1;
    f->owned = true;
    f->seekable = -1;
    f->owner = KR_NONE;
    return v;
}

// What asks nothing of the host works without a right to it: a VM that has no console makes its streams like any other.
static bool has_fd(KrVm *vm, const KrIoFile *f) {
    return f->fd >= 0 || kr_fail(kr_raise(vm, &kr_value_error, "I/O operation on closed file"));
}

bool kr_io_file_is_open(KrVm *vm, const KrIoFile *f) { return has_fd(vm, f) && kr_access_fd(vm, f->fd); }

static bool check_readable(KrVm *vm, const KrIoFile *f) {
    return kr_io_file_is_open(vm, f) && (f->readable || kr_fail(kr_io_no_support(vm, "File not open for reading")));
}

static bool check_writable(KrVm *vm, const KrIoFile *f) {
    return kr_io_file_is_open(vm, f) && (f->writable || kr_fail(kr_io_no_support(vm, "File not open for writing")));
}

// ---- Opening ---------------------------------------------------------------------------------------------------------------------

static bool parse_mode(KrVm *vm, const char *mode, KrIoFile *f, int *how) {
    int kinds = 0, plus = 0;
    *how = 0;
    f->readable = f->writable = f->appending = f->created = false;
    for (const char *m = mode; *m; m++) {
        if (!strchr("rwxa+b", *m)) return kr_fail(kr_raise(vm, &kr_value_error, "invalid mode: %s", mode));
        kinds += *m != '+' && *m != 'b';
        plus += *m == '+';
        if (*m == 'r' || *m == '+') f->readable = true;
        if (strchr("wxa+", *m)) f->writable = true;
        if (*m == 'x') f->created = true, *how |= KR_PORT_O_EXCLUSIVE | KR_PORT_O_CREATE;
        if (*m == 'w') *how |= KR_PORT_O_CREATE | KR_PORT_O_TRUNCATE;
        if (*m == 'a') f->appending = true, *how |= KR_PORT_O_CREATE | KR_PORT_O_APPEND;
    }
    if (kinds != 1 || plus > 1)
        return kr_fail(kr_raise(vm, &kr_value_error, "Must have exactly one of create/read/write/append mode and at most one plus"));
    *how |= KR_PORT_O_CLOEXEC | (f->readable && f->writable ? 2 : f->writable ? 1 : 0);
    return true;
}

// As str; *name: as it was given, or as __fspath__ gave it.
static KrValue path_of(KrVm *vm, KrValue v, KrValue *name) {
    *name = v;
    if (kr_is_str(v)) {
        KrValue bytes = kr_str_of(v)->flags & KR_STR_SURROGATES ? kr_encode(vm, v, "utf-8", "surrogateescape") : v;
        size_t len;
        if (kr_is_error(bytes) || !kr_is_bytes(bytes)) return bytes;
        const uint8_t *data = kr_bytes_data(bytes, &len);
        return kr_str(vm, (const char *)data, len);
    }
    if (kr_is_bytes(v)) {
        size_t len;
        const uint8_t *data = kr_bytes_data(v, &len);
        return kr_str(vm, (const char *)data, len);
    }
    bool none = kr_is_ptr(v) && kr_is_none(kr_type_lookup(vm, kr_type_of(v), KR_N(__fspath__)));
    KrValue p = none ? KR_UNSET : kr_try_special(vm, v, KR_N(__fspath__), 0, NULL);
    if (kr_is_unset(p)) return kr_raise(vm, &kr_type_error, "expected str, bytes or os.PathLike object, not %T", v);
    if (kr_is_error(p) || kr_is_str(p) || kr_is_bytes(p)) return kr_is_error(p) ? p : path_of(vm, p, name);
    return kr_raise(vm, &kr_type_error, "expected %T.__fspath__() to return str or bytes, not %T", v, p);
}

static bool audit_open(KrVm *vm, KrValue path, const char *mode, int how) {
    if (!kr_audit_wanted(vm)) return true;
    KrText t;
    kr_text_init(vm, &t);
    for (const char *m = mode; *m; m++)
        if (*m != 'b') kr_text_add(&t, m, 1);
    KrValue arg[3] = { path, kr_text_str(&t), kr_int_box(how) };
    return !kr_is_error(arg[1]) && kr_audit(vm, "open", 3, arg);
}

static bool open_by(KrVm *vm, KrValue opener, KrValue name, int how, intptr_t *fd) {
    KrValue pair[2] = { name, kr_int_box(how) }, opened = kr_call(vm, opener, 2, pair);
    if (kr_is_error(opened)) return false;
    if (!kr_is_integer(opened)) return kr_fail(kr_raise(vm, &kr_type_error, "expected integer from opener"));
    if (!kr_to_index(vm, opened, fd)) return false;
    if (*fd < 0) return kr_fail(kr_raise(vm, &kr_value_error, "opener returned %z", *fd));
    return *fd <= INT32_MAX && kr_access_fd(vm, (int)*fd);
}

static bool open_path(KrVm *vm, KrIoFile *f, KrValue file, const char *mode, int how, KrValue opener, KrValue *name) {
    size_t len;
    intptr_t fd;
    KrValue path = path_of(vm, file, name);
    if (kr_is_error(path)) return false;
    const char *p = kr_str_text(path, &len);
    if (memchr(p, 0, len)) return kr_fail(kr_raise(vm, &kr_value_error, "embedded null byte"));
    unsigned need = (f->readable ? KR_ACCESS_FILES_READ : 0) | (f->writable ? KR_ACCESS_FILES_WRITE : 0);
    if (!kr_access_open(vm, need, p, *name) || !audit_open(vm, *name, mode, how)) return false;
    if (!kr_is_none(opener)) return open_by(vm, opener, *name, how, &fd) && (f->fd = (int)fd, true);
    bool collected = false;
    do fd = kr_block_open_flags(vm, p, how, 0666);
    while (fd < 0 && kr_fd_again(vm, (int)-fd, &collected));
    if (fd < 0) return kr_raised(vm) ? false : kr_fail(kr_raise_os(vm, (int)-fd, *name));
    if (!kr_fd_opened(vm, (int)fd)) return false;
    return f->fd = (int)fd, true;
}

static bool open_number(KrVm *vm, KrIoFile *f, KrValue file, KrValue closefd) {
    intptr_t fd;
    if (kr_is_bool(file) && !kr_warn(vm, &kr_runtime_warning, "bool is used as a file descriptor")) return false;
    if (!kr_to_index(vm, file, &fd)) return false;
    if (fd < 0) return kr_fail(kr_raise(vm, &kr_value_error, "negative file descriptor"));
    if (fd > INT32_MAX) return kr_fail(kr_raise(vm, &kr_overflow_error, "Python int too large to convert to C int"));
    if (!kr_access_fd(vm, (int)fd) || !kr_truth(vm, closefd, &f->owned)) return false;
    return f->fd = (int)fd, true;
}

// The file is closed again, if it was opened here.
static bool give_up(KrVm *vm, KrIoFile *f, bool opened) {
    KrValue raised = kr_take_raised(vm);
    if (opened) (void)close_fd(vm, f);
    f->fd = -1;
    return kr_fail(kr_raise_value(vm, raised));
}

static bool file_open(KrVm *vm, KrIoFile *f, KrValue file, const char *mode, KrValue closefd, KrValue opener) {
    bool number = kr_is_integer(file), owned = true;
    int how;
    KrValue name = file;
    KrPortStat st;
    if (f->fd >= 0 && f->owned) (void)close_fd(vm, f);
    f->fd = -1;
    f->seekable = -1;
    f->owned = true;
    f->base.closed = false;
    if (!parse_mode(vm, mode, f, &how)) return false;
    if (!number && !kr_truth(vm, closefd, &owned)) return false;
    if (!owned) return kr_fail(kr_raise(vm, &kr_value_error, "Cannot use closefd=False with file name"));
    if (number ? !open_number(vm, f, file, closefd) : !open_path(vm, f, file, mode, how, opener, &name)) return false;
    int error = kr_port_stat(NULL, f->fd, true, &st);
    if (error == KR_PORT_EBADF) return (void)kr_raise_os(vm, error, KR_UNSET), give_up(vm, f, false);
    if (!error && (st.mode & 0170000) == 0040000) return (void)kr_raise_os(vm, 21, name), give_up(vm, f, !number);
    f->block = error ? 0 : st.block_size;
    if (!kr_setattr(vm, kr_from_ptr(f), KR_N(name), name)) return give_up(vm, f, !number);
    if (f->appending) (void)kr_port_seek(f->fd, 0, 2);
    return true;
}

METHOD(init) { // file, mode, closefd, opener
    if (!kr_is_str(arg[1])) return kr_raise(vm, &kr_type_error, "FileIO() argument 'mode' must be str, not %T", arg[1]);
    return file_open(vm, SELF, arg[0], kr_str_text(arg[1], NULL), arg[2], arg[3]) ? KR_NONE : KR_ERROR;
}

KrValue kr_io_file_open(KrVm *vm, KrValue file, const char *mode, KrValue closefd, KrValue opener) {
    KrValue v = file_alloc(vm, &kr_io_file_type);
    return kr_is_error(v) || file_open(vm, KR_AS(KrIoFile, v), file, mode, closefd, opener) ? v : KR_ERROR;
}

KrValue kr_io_file_of(KrVm *vm, int fd, bool readable, KrValue name) {
    KrValue v = file_alloc(vm, &kr_io_file_type);
    if (kr_is_error(v)) return v;
    KrIoFile *f = KR_AS(KrIoFile, v);
    f->fd = fd;
    f->readable = readable;
    f->writable = !readable;
    f->owned = false;
    return kr_setattr(vm, v, KR_N(name), name) ? v : KR_ERROR;
}

// ---- Methods ---------------------------------------------------------------------------------------------------------------------

static KrValue bytes_or_none(KrVm *vm, KrValue bytes, intptr_t n) {
    if (n == KR_IO_FAILED) return KR_ERROR;
    if (n == KR_IO_BLOCKED) return KR_NONE;
    size_t len;
    const uint8_t *data = kr_bytes_data(bytes, &len);
    return (size_t)n == len ? bytes : kr_bytes(vm, data, (size_t)n);
}

static KrValue count_or_none(KrVm *vm, intptr_t n) { return n == KR_IO_FAILED ? KR_ERROR : n == KR_IO_BLOCKED ? KR_NONE : kr_int(vm, n); }

// What is probably left to read, and one byte more, to see the end.
static size_t rest_of(const KrIoFile *f) {
    KrPortStat st;
    int64_t at = kr_port_seek(f->fd, 0, 1);
    if (at < 0 || kr_port_stat(NULL, f->fd, true, &st) || st.size < at || st.size - at > INT32_MAX) return KR_IO_BUFFER;
    return (size_t)(st.size - at) + 1;
}

// The first len bytes; those that are nearly all need no copy.
static KrValue cut(KrVm *vm, KrBytesObject *all, size_t len) {
    if (len == all->len) return kr_from_ptr(all);
    if (all->len - len > 16) return kr_bytes(vm, all->data, len);
    all->len = len;
    all->data[len] = 0;
    return kr_from_ptr(all);
}

KrValue kr_io_file_read_all(KrVm *vm, KrValue self) {
    if (!kr_io_file_is_open(vm, SELF)) return KR_ERROR;
    size_t cap = rest_of(SELF), len = 0;
    if (cap < KR_IO_BUFFER / 8) cap = KR_IO_BUFFER / 8;
    KrBytesObject *all = kr_bytes_new(vm, cap);
    while (all) {
        if (len == cap) {
            KrBytesObject *larger = kr_bytes_new(vm, cap += cap < 65536 ? cap : cap / 2);
            if (!larger || !kr_bulk_copy(vm, larger->data, all->data, len)) return KR_ERROR;
            all = larger;
        }
        intptr_t n = kr_io_fd_read(vm, SELF->fd, all->data + len, cap - len, NULL);
        if (n == KR_IO_FAILED) return KR_ERROR;
        if (n == KR_IO_BLOCKED && !len) return KR_NONE;
        if (n <= 0) return len ? cut(vm, all, len) : kr_bytes(vm, "", 0);
        len += (size_t)n;
    }
    return KR_ERROR;
}

METHOD(readall) { return (void)arg, kr_io_file_read_all(vm, self); }

METHOD(read) {
    intptr_t size;
    if (!check_readable(vm, SELF) || !kr_io_size(vm, arg[0], &size)) return KR_ERROR;
    if (size < 0) return kr_call_method(vm, self, "readall", 0, NULL);
    KrValue bytes = kr_bytes(vm, NULL, (size_t)size);
    if (kr_is_error(bytes)) return bytes;
    return bytes_or_none(vm, bytes, kr_io_fd_read(vm, SELF->fd, kr_bytes_data(bytes, NULL), (size_t)size, NULL));
}

METHOD(readinto) {
    KrBuffer b;
    if (!check_readable(vm, SELF) || !kr_get_buffer(vm, arg[0], &b, KR_BUFFER_WRITE)) return KR_ERROR;
    intptr_t n = kr_io_fd_read(vm, SELF->fd, b.data, b.len, NULL);
    kr_release_buffer(vm, &b);
    return count_or_none(vm, n);
}

METHOD(write) {
    KrBuffer b;
    if (!check_writable(vm, SELF)) return KR_ERROR;
    if (kr_is_str(arg[0])) return kr_raise(vm, &kr_type_error, "a bytes-like object is required, not 'str'");
    if (!kr_get_buffer(vm, arg[0], &b, KR_BUFFER_READ)) return KR_ERROR;
    intptr_t n = kr_io_fd_write(vm, SELF->fd, b.data, b.len, NULL);
    size_t len = b.len;
    kr_release_buffer(vm, &b);
    if (n >= 0 && (size_t)n < len && (vm->fuel = 0, !kr_poll(vm, 1))) return KR_ERROR; // a signal cut it short
    return count_or_none(vm, n);
}

METHOD(seek) {
    int64_t offset;
    intptr_t whence;
    if (!kr_io_file_is_open(vm, SELF)) return KR_ERROR;
    if (!kr_is_integer(arg[0])) {
        KrValue index = kr_index(vm, arg[0]);
        if (kr_is_error(index)) return index;
    }
    if (!kr_to_int64(vm, arg[0], &offset) || !kr_to_index(vm, arg[1], &whence)) return KR_ERROR;
    int64_t at = kr_port_seek(SELF->fd, offset, (int)whence);
    return at < 0 ? kr_raise_os(vm, (int)-at, KR_UNSET) : kr_int(vm, at);
}

METHOD(tell) {
    (void)arg;
    if (!kr_io_file_is_open(vm, SELF)) return KR_ERROR;
    int64_t at = kr_port_seek(SELF->fd, 0, 1);
    return at < 0 ? kr_raise_os(vm, (int)-at, KR_UNSET) : kr_int(vm, at);
}

METHOD(truncate) {
    int64_t size;
    if (!check_writable(vm, SELF)) return KR_ERROR;
    KrValue given = kr_is_none(arg[0]) ? kr_call_method(vm, self, "tell", 0, NULL) : arg[0];
    if (kr_is_error(given) || !kr_to_int64(vm, given, &size)) return KR_ERROR;
    int error;
    do error = kr_port_truncate(NULL, SELF->fd, size);
    while (error == KR_IO_EINTR && kr_poll(vm, 1000));
    if (kr_raised(vm)) return KR_ERROR;
    return error ? kr_raise_os(vm, error, KR_UNSET) : given;
}

KrValue kr_io_file_close(KrVm *vm, KrValue self) {
    KrIoFile *f = SELF;
    if (f->fd < 0) return f->base.closed = true, KR_NONE;
    if (!f->owned) return f->fd = -1, f->base.closed = true, KR_NONE;
    int error = close_fd(vm, f);
    f->base.closed = true;
    return error < 0 ? kr_raise_os(vm, -error, KR_UNSET) : KR_NONE;
}

static void warn_unclosed(KrVm *vm, KrIoFile *f, KrValue source) {
    if (f->fd >= 0 && f->owned) kr_io_dealloc_warn(vm, kr_from_ptr(f), source);
}

METHOD(close) {
    (void)arg;
    if (SELF->base.finalizing) warn_unclosed(vm, SELF, self);
    if (kr_is_exact(self, &kr_io_file_type)) return kr_io_file_close(vm, self);
    if (SELF->fd < 0 && SELF->base.closed) return KR_NONE;
    KrValue flushed = kr_call_method(vm, self, "flush", 0, NULL), raised = kr_is_error(flushed) ? kr_take_raised(vm) : KR_NONE;
    KrValue closed = kr_io_file_close(vm, self);
    if (kr_is_none(raised)) return closed;
    if (kr_is_error(closed)) (void)kr_take_raised(vm);
    return kr_raise_value(vm, raised);
}

METHOD(flush) {
    (void)arg;
    bool closed = SELF->base.closed;
    return closed ? kr_raise(vm, &kr_value_error, "I/O operation on closed file.") : KR_NONE;
}
METHOD(dealloc_warn) { return warn_unclosed(vm, SELF, arg[0]), KR_NONE; }
METHOD(fileno) { return (void)arg, kr_io_file_is_open(vm, SELF) ? kr_int_box(SELF->fd) : KR_ERROR; }
METHOD(isatty) { return (void)arg, kr_io_file_is_open(vm, SELF) ? kr_bool(kr_port_is_terminal(SELF->fd)) : KR_ERROR; }
METHOD(readable) { return (void)arg, has_fd(vm, SELF) ? kr_bool(SELF->readable) : KR_ERROR; }
METHOD(writable) { return (void)arg, has_fd(vm, SELF) ? kr_bool(SELF->writable) : KR_ERROR; }

METHOD(seekable) {
    (void)arg;
    if (!has_fd(vm, SELF)) return KR_ERROR;
    if (!kr_may_use_fd(vm, SELF->fd)) return KR_FALSE;
    if (SELF->seekable < 0) SELF->seekable = kr_port_seek(SELF->fd, 0, 1) >= 0;
    return kr_bool(SELF->seekable);
}

METHOD(reduce) { return (void)arg, kr_raise(vm, &kr_type_error, "cannot pickle '%s' instances", kr_type_bare_name(kr_type_of(self))); }

static KrValue get_closed(KrVm *vm, KrValue self) { return (void)vm, kr_bool(SELF->fd < 0); }
static KrValue get_closefd(KrVm *vm, KrValue self) { return (void)vm, kr_bool(SELF->owned); }
static KrValue get_block(KrVm *vm, KrValue self) { return kr_int(vm, SELF->block > 1 ? SELF->block : KR_IO_BUFFER); }
static KrValue get_finalizing(KrVm *vm, KrValue self) { return (void)vm, kr_bool(SELF->base.finalizing); }

static const char *mode_of(const KrIoFile *f) {
    if (f->created) return f->readable ? "xb+" : "xb";
    if (f->appending) return f->readable ? "ab+" : "ab";
    return f->readable ? f->writable ? "rb+" : "rb" : "wb";
}

static KrValue get_mode(KrVm *vm, KrValue self) { return kr_str_c(vm, mode_of(SELF)); }

static KrValue file_repr(KrVm *vm, KrValue self) {
    bool again_;
    KrValue name;
    const char *type = kr_type_name(kr_type_of(self));
    if (SELF->fd < 0) return kr_format(vm, "<%s [closed]>", type);
    if (!kr_find_attr(vm, self, KR_N(name), &name)) return KR_ERROR;
    const char *mode = mode_of(SELF), *closefd = SELF->owned ? "True" : "False";
    if (kr_is_unset(name)) return kr_format(vm, "<%s fd=%d mode='%s' closefd=%s>", type, SELF->fd, mode, closefd);
    if (!kr_repr_enter(vm, self, &again_)) return KR_ERROR;
    if (again_) return kr_raise(vm, &kr_runtime_error, "reentrant call inside %s.__repr__", type);
    KrValue text = kr_format(vm, "<%s name=%R mode='%s' closefd=%s>", type, name, mode, closefd);
    kr_repr_leave(vm, self);
    return text;
}

static const KrMethod file_init_row = { "FileIO(file, mode='r', closefd=True, opener=None)", file_init, "", 0 };

static const KrMethod file_methods[] = {
    { "read(size=-1, /)", file_read, KR_DOC("Read at most size bytes, returned as bytes."), 0 },
    { "readall()", file_readall, KR_DOC("Read all data from the file, returned as bytes."), 0 },
    { "readinto(buffer, /)", file_readinto, "", 0 },
    { "write(b, /)", file_write, KR_DOC("Write buffer b to file, return number of bytes written."), 0 },
    { "seek(pos, whence=0, /)", file_seek, KR_DOC("Move to new file position and return the file position."), 0 },
    { "tell()", file_tell, KR_DOC("Current file position."), 0 },
    { "truncate(size=None, /)", file_truncate, KR_DOC("Truncate the file to at most size bytes."), 0 },
    { "close()", file_close, KR_DOC("Close the file."), 0 },
    { "flush()", file_flush, "", 0 },
    { "fileno()", file_fileno, KR_DOC("Return the underlying file descriptor (an integer)."), 0 },
    { "isatty()", file_isatty, KR_DOC("True if the file is connected to a TTY device."), 0 },
    { "readable()", file_readable, KR_DOC("True if file was opened in a read mode."), 0 },
    { "writable()", file_writable, KR_DOC("True if file was opened in a write mode."), 0 },
    { "seekable()", file_seekable, KR_DOC("True if file supports random-access."), 0 },
    { "_dealloc_warn(source, /)", file_dealloc_warn, "", 0 },
    { "__reduce__()", file_reduce, "", 0 },
    { "__reduce_ex__(protocol, /)", file_reduce, "", 0 },
    { 0 },
};

static const KrGetSet file_attributes[] = {
    { "closed", get_closed, NULL, KR_DOC("True if the file is closed") },
    { "closefd", get_closefd, NULL, KR_DOC("True if the file descriptor will be closed by close().") },
    { "mode", get_mode, NULL, KR_DOC("String giving the file mode") },
    { "_blksize", get_block, NULL, "" },
    { "_finalizing", get_finalizing, NULL, "" },
    { 0 },
};

const KrType kr_io_file_type = {
    KR_TYPE_HEAD(kr_io_file_type), .name = "_io.FileIO",
    .doc = KR_DOC("Open a file."), .base = &kr_io_raw_base_type,
    .size = sizeof(KrIoFile),      .flags = KR_TYPE_BASE | KR_TYPE_HAS_DICT | KR_TYPE_WEAKREF | KR_TYPE_FINAL_DEL,
    .alloc = file_alloc,           .finalize = file_finalize,
    .init = &file_init_row,        .repr = file_repr,
    .methods = file_methods,       .attributes = file_attributes,
};
