// posix_module.c - the posix module: files and folders by name, and the process. Module os of lib/ puts its own names around it.
// SPDX-License-Identifier: MIT
#include "posix_part.h"

#include "object/name_table.h"
#include "object/object.h"
#include "object/str.h"
#include "object/vm_state.h"
#include "port.h"
#include "vm/access.h"
#include "vm/audit.h"
#include "vm/blocking.h"
#include "vm/builtins.h"

enum { PATH_MOST = KR_DEVICE ? 256 : 4096 };

#define FUNCTION(name) static KrValue posix_##name(KrVm *vm, KrValue self, const KrValue *arg)

typedef KrPosixPath Path;
#define PLAIN    KR_POSIX_PLAIN
#define NUMBERED KR_POSIX_NUMBERED
#define OPTIONAL KR_POSIX_OPTIONAL

static bool told_number(KrVm *vm, KrValue v) {
    return !kr_is_bool(v) || kr_warn(vm, &kr_runtime_warning, "bool is used as a file descriptor");
}

// An open file as a path; the system leads from there to the file itself, wherever it is.
static bool path_of_number(KrVm *vm, KrValue v, Path *out) {
    KrPortStat st;
    intptr_t fd;
    if (!told_number(vm, v) || !kr_to_index(vm, v, &fd)) return false;
    int error = fd < 0 || fd > INT32_MAX ? KR_PORT_EBADF : kr_access_fd(vm, (int)fd) ? kr_port_stat(NULL, (int)fd, true, &st) : -1;
    if (error) return error < 0 ? false : kr_fail(kr_raise_os(vm, error, v));
    *out = (Path){ .given = v, .keep = kr_format(vm, "/proc/self/fd/%z", fd) };
    if (kr_is_error(out->keep)) return false;
    return out->text = kr_str_text(out->keep, NULL), true;
}

// function, name: whose argument this is, for messages; kinds: what it could be.
bool kr_posix_path(KrVm *vm, KrValue v, const char *function, const char *name, const char *kinds, Path *out) {
    size_t len;
    if (!kr_is_str(v) && !kr_is_bytes(v)) {
        if (kr_is_integer(v) && kinds[strlen("string, bytes")] == ',') return path_of_number(vm, v, out);
        bool none = kr_is_ptr(v) && kr_is_none(kr_type_lookup(vm, kr_type_of(v), KR_N(__fspath__)));
        KrValue own = none ? KR_UNSET : kr_try_special(vm, v, KR_N(__fspath__), 0, NULL);
        if (kr_is_error(own)) return false;
        if (kr_is_unset(own)) return kr_fail(kr_raise(vm, &kr_type_error, "%s: %s should be %s, not %T", function, name, kinds, v));
        if (!kr_is_str(own) && !kr_is_bytes(own))
            return kr_fail(kr_raise(vm, &kr_type_error, "expected %T.__fspath__() to return str or bytes, not %T", v, own));
        v = own;
    }
    out->given = v;
    out->bytes = kr_is_bytes(v);
    out->keep = out->bytes ? v : kr_encode(vm, v, "utf-8", "surrogateescape");
    if (kr_is_error(out->keep)) return false;
    const char *data = (const char *)kr_bytes_data(out->keep, &len);
    if (memchr(data, 0, len)) return kr_fail(kr_raise(vm, &kr_value_error, "%s: embedded null character in %s", function, name));
    out->keep = kr_str(vm, data, len); // ends with a NUL
    if (kr_is_error(out->keep)) return false;
    out->text = kr_str_text(out->keep, NULL);
    return true;
}

// A path that may be relative to an open folder.
bool kr_posix_under(KrVm *vm, KrValue dir_fd, Path *p) {
    Path folder;
    if (kr_is_none(dir_fd)) return true;
    if (!kr_is_integer(dir_fd)) return kr_fail(kr_raise(vm, &kr_type_error, "argument should be integer or None, not %T", dir_fd));
    if (*p->text == '/') return true;
    if (!path_of_number(vm, dir_fd, &folder)) { // the path is what the error is about
        if (!kr_raised_is(vm, &kr_os_error) || kr_raised_is(vm, &kr_permission_error)) return false;
        return (void)kr_take_raised(vm), kr_fail(kr_raise_os(vm, KR_PORT_EBADF, p->given));
    }
    p->keep = kr_format(vm, "%S/%S", folder.keep, p->keep);
    if (kr_is_error(p->keep)) return false;
    return p->text = kr_str_text(p->keep, NULL), true;
}

static bool path_of(KrVm *vm, KrValue v, const char *function, const char *name, Path *out) {
    return kr_posix_path(vm, v, function, name, PLAIN, out);
}

KrValue kr_posix_from_system(KrVm *vm, const char *text, bool bytes) {
    return bytes ? kr_bytes(vm, text, strlen(text)) : kr_decode(vm, (const uint8_t *)text, strlen(text), "utf-8", "surrogateescape");
}

KrValue kr_posix_done(KrVm *vm, int error, const Path *path) {
    return error ? kr_raise_os(vm, error, path ? path->given : KR_UNSET) : KR_NONE;
}

KrValue kr_posix_done2(KrVm *vm, int error, const Path *from, const Path *to) {
    if (!error) return KR_NONE;
    KrValue text = kr_str_c(vm, kr_port_error_text(error)), item[5] = { kr_int_box(error), text, from->given, KR_NONE, to->given };
    return kr_is_error(text) ? text : kr_raise_args(vm, &kr_os_error, kr_tuple(vm, 5, item));
}

// ---- Audit events ---------------------------------------------------------------------------------------------------------------

static bool tell1(KrVm *vm, const char *event, const Path *p) { return kr_audit(vm, event, 1, &p->given); }

static KrValue told_fd(KrValue dir_fd) { return kr_is_none(dir_fd) ? kr_int_box(-1) : dir_fd; }

static bool tell_mode(KrVm *vm, const char *event, const Path *p, intptr_t mode, KrValue dir_fd) {
    KrValue arg[3] = { p->given, kr_int_box(mode), told_fd(dir_fd) };
    return kr_audit(vm, event, 3, arg);
}

static bool tell2(KrVm *vm, const char *event, const Path *p, KrValue dir_fd) {
    KrValue arg[2] = { p->given, told_fd(dir_fd) };
    return kr_audit(vm, event, 2, arg);
}

// ---- Folders and names ---------------------------------------------------------------------------------------------------------

FUNCTION(mkdir) {
    Path p;
    intptr_t mode;
    (void)self;
    if (!path_of(vm, arg[0], "mkdir", "path", &p) || !kr_to_index(vm, arg[1], &mode) || !tell_mode(vm, "os.mkdir", &p, mode, arg[2]))
        return KR_ERROR;
    if (!kr_access(vm, KR_ACCESS_FILES_WRITE, arg[0]) || !kr_posix_under(vm, arg[2], &p)) return KR_ERROR;
    return kr_posix_done(vm, kr_port_make_folder(p.text, (unsigned)mode & 07777), &p);
}

FUNCTION(rmdir) {
    Path p;
    (void)self;
    if (!path_of(vm, arg[0], "rmdir", "path", &p) || !tell2(vm, "os.rmdir", &p, arg[1])) return KR_ERROR;
    if (!kr_access(vm, KR_ACCESS_FILES_WRITE, arg[0]) || !kr_posix_under(vm, arg[1], &p)) return KR_ERROR;
    return kr_posix_done(vm, kr_port_remove_folder(p.text), &p);
}

static KrValue remove_file(KrVm *vm, const KrValue *arg, const char *function) {
    Path p;
    if (!path_of(vm, arg[0], function, "path", &p) || !tell2(vm, "os.remove", &p, arg[1])) return KR_ERROR;
    if (!kr_access(vm, KR_ACCESS_FILES_WRITE, arg[0]) || !kr_posix_under(vm, arg[1], &p)) return KR_ERROR;
    return kr_posix_done(vm, kr_port_remove_file(p.text), &p);
}

FUNCTION(unlink) { return (void)self, remove_file(vm, arg, "unlink"); }
FUNCTION(remove) { return (void)self, remove_file(vm, arg, "remove"); }

static KrValue rename_file(KrVm *vm, const KrValue *arg, const char *function) {
    Path from, to;
    if (!path_of(vm, arg[0], function, "src", &from) || !path_of(vm, arg[1], function, "dst", &to)) return KR_ERROR;
    KrValue told[4] = { from.given, to.given, told_fd(arg[2]), told_fd(arg[3]) };
    if (!kr_audit(vm, "os.rename", 4, told) || !kr_access(vm, KR_ACCESS_FILES_WRITE, arg[0])) return KR_ERROR;
    if (!kr_posix_under(vm, arg[2], &from) || !kr_posix_under(vm, arg[3], &to)) return KR_ERROR;
    return kr_posix_done2(vm, kr_port_rename(from.text, to.text), &from, &to);
}

FUNCTION(rename) { return (void)self, rename_file(vm, arg, "rename"); }
FUNCTION(replace) { return (void)self, rename_file(vm, arg, "replace"); }

FUNCTION(symlink) {
    Path from, to;
    (void)self;
    if (!path_of(vm, arg[0], "symlink", "src", &from) || !path_of(vm, arg[1], "symlink", "dst", &to)) return KR_ERROR;
    KrValue told[3] = { from.given, to.given, told_fd(arg[3]) };
    if (!kr_audit(vm, "os.symlink", 3, told) || !kr_access(vm, KR_ACCESS_FILES_WRITE, arg[1]) || !kr_posix_under(vm, arg[3], &to))
        return KR_ERROR;
    return kr_posix_done2(vm, kr_port_symlink(from.text, to.text), &from, &to);
}

FUNCTION(readlink) {
    Path p;
    char text[PATH_MOST];
    (void)self;
    if (!path_of(vm, arg[0], "readlink", "path", &p) || !kr_access(vm, KR_ACCESS_FILES_READ, arg[0])) return KR_ERROR;
    if (!kr_posix_under(vm, arg[1], &p)) return KR_ERROR;
    int error = kr_port_read_link(p.text, text, sizeof text);
    return error ? kr_posix_done(vm, error, &p) : kr_posix_from_system(vm, text, p.bytes);
}

FUNCTION(chmod) {
    Path p;
    intptr_t mode;
    (void)self;
    if (!kr_posix_path(vm, arg[0], "chmod", "path", NUMBERED, &p) || !kr_to_index(vm, arg[1], &mode)) return KR_ERROR;
    bool follow;
    if (!tell_mode(vm, "os.chmod", &p, mode, arg[2]) || !kr_access(vm, KR_ACCESS_FILES_WRITE, arg[0])) return KR_ERROR;
    if (!kr_posix_under(vm, arg[2], &p) || !kr_truth(vm, arg[3], &follow)) return KR_ERROR;
    if (!follow) return kr_raise(vm, &kr_not_implemented_error, "chmod: follow_symlinks unavailable on this platform");
    return kr_posix_done(vm, kr_port_change_mode(p.text, (unsigned)mode & 07777), &p);
}

FUNCTION(access) {
    Path p;
    intptr_t mode;
    (void)self;
    if (!path_of(vm, arg[0], "access", "path", &p) || !kr_to_index(vm, arg[1], &mode)) return KR_ERROR;
    bool effective, follow;
    if (!kr_truth(vm, arg[3], &effective) || !kr_truth(vm, arg[4], &follow)) return KR_ERROR;
    if (!kr_posix_under(vm, arg[2], &p)) return kr_raised_is(vm, &kr_os_error) ? (void)kr_take_raised(vm), KR_FALSE : KR_ERROR;
    unsigned need = mode & 2 ? KR_ACCESS_FILES_READ | KR_ACCESS_FILES_WRITE : KR_ACCESS_FILES_READ;
    return kr_bool(kr_may(vm, need) && kr_port_may_access(p.text, (int)(mode & 7), effective, follow));
}

// Names, or with details (name, kind, inode).
static KrValue names_in(KrVm *vm, KrValue path, const char *function, const char *event, bool details) {
    Path p = { .text = ".", .given = KR_NONE };
    const char *name;
    int error;
    if (!kr_is_none(path) && !kr_posix_path(vm, path, function, "path", OPTIONAL, &p)) return KR_ERROR;
    if (!tell1(vm, event, &p) || !kr_access(vm, KR_ACCESS_FILES_READ, path)) return KR_ERROR;
    KrValue list = kr_list(vm, 0, NULL);
    void *folder;
    bool collected = false;
    if (kr_is_error(list)) return list;
    while (!(folder = kr_port_folder_open(p.text, &error)) && kr_fd_again(vm, error, &collected)) continue;
    if (!folder) return kr_raised(vm) ? KR_ERROR : kr_posix_done(vm, error, &p);
    bool ok = true;
    int kind;
    uint64_t inode;
    while (ok && (name = kr_port_folder_next(folder, &kind, &inode))) {
        KrValue v = kr_posix_from_system(vm, name, p.bytes), item[3] = { v, kr_int_box(kind), kr_int_from_u64(vm, inode) };
        if (details) v = kr_is_error(v) || kr_is_error(item[2]) ? KR_ERROR : kr_tuple(vm, 3, item);
        ok = !kr_is_error(v) && kr_list_append(vm, list, v);
    }
    kr_port_folder_close(folder);
    return ok ? list : KR_ERROR;
}

FUNCTION(listdir) { return (void)self, names_in(vm, arg[0], "listdir", "os.listdir", false); }
FUNCTION(scan) { return (void)self, names_in(vm, arg[0], "scandir", "os.scandir", true); }

FUNCTION(getcwd) {
    char text[PATH_MOST];
    (void)self, (void)arg;
    if (!kr_access(vm, KR_ACCESS_FILES_READ, KR_UNSET)) return KR_ERROR;
    int error = kr_port_folder_current(text, sizeof text);
    return error ? kr_raise_os(vm, error, KR_UNSET) : kr_posix_from_system(vm, text, false);
}

FUNCTION(chdir) {
    Path p;
    (void)self; // the folder belongs to the whole process
    if (!kr_posix_path(vm, arg[0], "chdir", "path", NUMBERED, &p) || !tell1(vm, "os.chdir", &p)) return KR_ERROR;
    if (!kr_access(vm, KR_ACCESS_PROCESSES, arg[0])) return KR_ERROR;
    return kr_posix_done(vm, kr_port_folder_change(p.text), &p);
}

// ---- What is known about a file ------------------------------------------------------------------------------------------------

static KrValue stat_tuple(KrVm *vm, const KrPortStat *s) {
    const int64_t field[] = { s->mode,      s->inode,     s->device,    s->links,      s->user,   s->group,  s->size,
                              s->access_ns, s->change_ns, s->status_ns, s->block_size, s->blocks, s->special };
    KrValue item[KR_COUNT_OF(field)];
    for (size_t i = 0; i < KR_COUNT_OF(field); i++)
        if (kr_is_error(item[i] = kr_int(vm, field[i]))) return KR_ERROR;
    return kr_tuple(vm, KR_COUNT_OF(field), item);
}

FUNCTION(stat) { // path, follow, name of the function, dir_fd
    Path p = { .text = NULL, .given = arg[0] };
    KrPortStat s;
    intptr_t fd = -1;
    bool follow, number = kr_is_integer(arg[0]) && !kr_str_is(arg[2], "lstat");
    (void)self;
    if (!kr_truth(vm, arg[1], &follow) || (!number && !kr_access(vm, KR_ACCESS_FILES_READ, arg[0]))) return KR_ERROR;
    const char *function = kr_str_text(arg[2], NULL), *kinds = kr_str_is(arg[2], "lstat") ? PLAIN : NUMBERED;
    if (number ? !told_number(vm, arg[0]) || !kr_to_index(vm, arg[0], &fd) : !kr_posix_path(vm, arg[0], function, "path", kinds, &p))
        return KR_ERROR;
    if (!p.text && (fd < 0 || fd > INT32_MAX)) return kr_raise_os(vm, KR_PORT_EBADF, KR_UNSET);
    if (!p.text && !kr_access_fd(vm, (int)fd)) return KR_ERROR;
    if (p.text && !kr_posix_under(vm, arg[3], &p)) return KR_ERROR;
    if (!p.text && !kr_is_none(arg[3])) return kr_raise(vm, &kr_value_error, "%s: can't specify dir_fd without matching path", function);
    if (!p.text && !follow) return kr_raise(vm, &kr_value_error, "%s: cannot use fd and follow_symlinks together", function);
    int error = kr_port_stat(p.text, (int)fd, follow, &s);
    return error ? kr_raise_os(vm, error, p.text ? p.given : KR_UNSET) : stat_tuple(vm, &s);
}

// ---- Open files by number ------------------------------------------------------------------------------------------------------

static bool number_of(KrVm *vm, KrValue v, int *fd) {
    intptr_t n;
    if (!kr_to_index(vm, v, &n)) return false;
    if (n < 0 || n > INT32_MAX) return kr_fail(kr_raise_os(vm, KR_PORT_EBADF, KR_UNSET));
    return *fd = (int)n, true;
}

bool kr_posix_number(KrVm *vm, KrValue v, int *fd) { return number_of(vm, v, fd) && kr_access_fd(vm, *fd); }

// What open(2) can do with these flags: O_TRUNC writes even when it opens for reading.
static unsigned access_of(intptr_t flags) {
    bool writes = flags & 3 || flags & (KR_PORT_O_CREATE | KR_PORT_O_TRUNCATE), reads = (flags & 3) != 1;
    return (writes ? KR_ACCESS_FILES_WRITE : 0u) | (reads ? KR_ACCESS_FILES_READ : 0u);
}

FUNCTION(open) {
    Path p;
    intptr_t flags, mode;
    (void)self;
    if (!path_of(vm, arg[0], "open", "path", &p) || !kr_to_index(vm, arg[1], &flags) || !kr_to_index(vm, arg[2], &mode)) return KR_ERROR;
    KrValue told[3] = { p.given, KR_NONE, kr_int_box(flags | KR_PORT_O_CLOEXEC) };
    if (!kr_audit(vm, "open", 3, told)) return KR_ERROR;
    if (!kr_access_open(vm, access_of(flags), p.text, arg[0])) return KR_ERROR;
    if (!kr_posix_under(vm, arg[3], &p)) return KR_ERROR;
    int fd;
    bool collected = false;
    do fd = kr_block_open_flags(vm, p.text, (int)flags, (unsigned)mode & 07777);
    while (fd < 0 && kr_fd_again(vm, -fd, &collected));
    if (kr_raised(vm)) return KR_ERROR;
    if (fd < 0) return kr_raise_os(vm, -fd, p.given);
    return kr_fd_opened(vm, fd) ? kr_int_box(fd) : KR_ERROR;
}

FUNCTION(read) {
    int fd;
    size_t len;
    (void)self;
    if (!kr_posix_number(vm, arg[0], &fd) || !kr_to_size(vm, arg[1], "length", &len)) return KR_ERROR;
    KrValue bytes = kr_bytes(vm, NULL, len);
    if (kr_is_error(bytes) || !kr_block_ready(vm, fd, false)) return KR_ERROR;
    intptr_t n;
    do n = kr_block_read(vm, fd, kr_bytes_data(bytes, NULL), len);
    while (n == -4 && kr_poll(vm, 1000000));
    if (kr_raised(vm)) return KR_ERROR;
    if (n < 0) return kr_raise_os(vm, (int)-n, KR_UNSET);
    return (size_t)n == len ? bytes : kr_bytes(vm, kr_bytes_data(bytes, NULL), (size_t)n);
}

enum { PIPE_PIECE = 4096 }; // what a pipe or a terminal takes without blocking, once it is ready

// All of it, as a file that blocks takes it, but under a deadline no more at once than what cannot block. Below zero: errno, when nothing
// was written.
static bool write_pieces(KrVm *vm, int fd, const uint8_t *data, size_t len, intptr_t *out) {
    size_t done = 0;
    do {
        bool limited = kr_deadline_left(vm) < INT64_MAX;
        size_t most = limited && len - done > PIPE_PIECE ? PIPE_PIECE : len - done;
        if (!kr_block_ready(vm, fd, true)) return false;
        intptr_t n = kr_block_write(vm, fd, data + done, most);
        if (n == -4 && !kr_poll(vm, 1000000)) return false;
        if (n == -4) continue;
        if (n < 0) return *out = done ? (intptr_t)done : n, true;
        done += (size_t)n;
        if (!limited || (size_t)n < most) break;
    } while (done < len);
    return *out = (intptr_t)done, true;
}

FUNCTION(write) {
    int fd;
    intptr_t n = 0;
    KrBuffer b;
    (void)self;
    if (!kr_posix_number(vm, arg[0], &fd) || !kr_get_buffer(vm, arg[1], &b, KR_BUFFER_READ)) return KR_ERROR;
    bool ok = write_pieces(vm, fd, b.data, b.len, &n);
    kr_release_buffer(vm, &b);
    if (!ok) return KR_ERROR;
    return n < 0 ? kr_raise_os(vm, (int)-n, KR_UNSET) : kr_int(vm, n);
}

FUNCTION(lseek) {
    int fd;
    int64_t offset;
    intptr_t whence;
    (void)self;
    if (!kr_posix_number(vm, arg[0], &fd) || !kr_to_int64(vm, arg[1], &offset) || !kr_to_index(vm, arg[2], &whence)) return KR_ERROR;
    int64_t at = kr_port_seek(fd, offset, (int)whence);
    return at < 0 ? kr_raise_os(vm, (int)-at, KR_UNSET) : kr_int(vm, at);
}

FUNCTION(close) {
    int fd;
    (void)self;
    if (!number_of(vm, arg[0], &fd) || !kr_access_close(vm, fd)) return KR_ERROR;
    if (fd >= 0 && fd <= 2 && kr_is_error(kr_standard_stream(vm, fd)))
        return KR_ERROR; // a stream that is made later would know nothing of it
    kr_fd_closed(vm, fd);
    int error = kr_port_close(fd);
    return error < 0 ? kr_raise_os(vm, -error, KR_UNSET) : KR_NONE;
}

FUNCTION(isatty) {
    int fd;
    (void)self;
    return kr_posix_number(vm, arg[0], &fd) ? kr_bool(kr_port_is_terminal(fd)) : KR_ERROR;
}

// ---- The process ---------------------------------------------------------------------------------------------------------------

FUNCTION(getpid) { return (void)self, (void)arg, kr_int(vm, kr_port_process_id()); }

FUNCTION(urandom) {
    intptr_t wanted;
    (void)self;
    if (!kr_to_index_overflow(vm, arg[0], &wanted)) return KR_ERROR;
    if (wanted < 0) return kr_raise(vm, &kr_value_error, "negative argument not allowed");
    size_t size = (size_t)wanted;
    KrValue v = kr_bytes(vm, NULL, size);
    if (kr_is_error(v)) return v;
    uint8_t *data = kr_bytes_data(v, NULL);
    for (size_t at = 0, n; at < size; at += n) { // the system gives 256 bytes at once for certain
        n = size - at < 256 ? size - at : 256;
        if (!kr_poll(vm, 16)) return KR_ERROR;
        if (!kr_port_entropy(data + at, n)) return kr_raise(vm, &kr_os_error, "the system has no source of random numbers");
    }
    return v;
}

FUNCTION(strerror) {
    intptr_t code;
    (void)self;
    if (!kr_to_index(vm, arg[0], &code)) return KR_ERROR;
    const char *text = kr_port_error_text((int)code);
    return strcmp(text, "Unknown error") == 0 ? kr_format(vm, "Unknown error %z", code) : kr_str_c(vm, text);
}

// A name or value of the environment; *told: as bytes, for audit events.
static bool entry_of(KrVm *vm, KrValue v, Path *out, KrValue *told) {
    if (!kr_is_str(v) && !kr_is_bytes(v)) {
        KrValue own = kr_try_special(vm, v, kr_name(vm, "__fspath__"), 0, NULL);
        if (kr_is_error(own)) return false;
        if (kr_is_unset(own)) return kr_fail(kr_raise(vm, &kr_type_error, "expected str, bytes or os.PathLike object, not %T", v));
    }
    if (!path_of(vm, v, "putenv", "name", out)) {
        if (!kr_raised_is(vm, &kr_value_error)) return false;
        (void)kr_take_raised(vm);
        return kr_fail(kr_raise(vm, &kr_value_error, "embedded null byte"));
    }
    *told = kr_bytes(vm, out->text, strlen(out->text));
    return !kr_is_error(*told);
}

FUNCTION(putenv) {
    Path name, value;
    KrValue told[2];
    (void)self;
    if (!entry_of(vm, arg[0], &name, &told[0]) || !entry_of(vm, arg[1], &value, &told[1])) return KR_ERROR;
    if (strchr(name.text, '=')) return kr_raise(vm, &kr_value_error, "illegal environment variable name");
    if (!kr_audit(vm, "os.putenv", 2, told) || !kr_access(vm, KR_ACCESS_ENVIRONMENT, arg[0])) return KR_ERROR;
    int error = kr_port_environment_set(name.text, value.text);
    return error ? kr_raise_os(vm, error, KR_UNSET) : KR_NONE;
}

FUNCTION(unsetenv) {
    Path name;
    KrValue told;
    (void)self;
    if (!entry_of(vm, arg[0], &name, &told) || !kr_audit(vm, "os.unsetenv", 1, &told)) return KR_ERROR;
    if (!kr_access(vm, KR_ACCESS_ENVIRONMENT, arg[0])) return KR_ERROR;
    int error = kr_port_environment_set(name.text, NULL);
    return error ? kr_raise_os(vm, error, KR_UNSET) : KR_NONE;
}

static KrValue make_environ(KrVm *vm) {
    KrValue dict = kr_dict(vm);
    const char *entry;
    for (size_t i = 0; !kr_is_error(dict) && kr_may(vm, KR_ACCESS_ENVIRONMENT) && (entry = kr_port_environment_entry(i)); i++) {
        const char *equals = strchr(entry, '=');
        if (!equals) continue;
        KrValue name = kr_bytes(vm, entry, (size_t)(equals - entry)), value = kr_bytes(vm, equals + 1, strlen(equals + 1));
        if (kr_is_error(name) || kr_is_error(value) || !kr_dict_set(vm, dict, name, value)) return KR_ERROR;
    }
    return dict;
}

FUNCTION(exit) {
    intptr_t status;
    (void)self;
    if (!kr_to_index(vm, arg[0], &status) || !kr_access(vm, KR_ACCESS_PROCESSES, KR_UNSET)) return KR_ERROR;
    kr_port_exit((int)status);
}

FUNCTION(cpu_count) {
    (void)self, (void)arg;
    int n = kr_port_cpu_count();
    return (void)vm, n > 0 ? kr_int_box(n) : KR_NONE;
}

static const KrMethod functions[] = {
    { "mkdir(path, mode=511, *, dir_fd=None)", posix_mkdir, KR_DOC("Create a directory."), 0 },
    { "rmdir(path, *, dir_fd=None)", posix_rmdir, KR_DOC("Remove a directory."), 0 },
    { "unlink(path, *, dir_fd=None)", posix_unlink, KR_DOC("Remove a file."), 0 },
    { "remove(path, *, dir_fd=None)", posix_remove, KR_DOC("Remove a file."), 0 },
    { "rename(src, dst, *, src_dir_fd=None, dst_dir_fd=None)", posix_rename, KR_DOC("Rename a file or directory."), 0 },
    { "replace(src, dst, *, src_dir_fd=None, dst_dir_fd=None)", posix_replace,
      KR_DOC("Rename a file or directory, overwriting the destination."), 0 },
    { "symlink(src, dst, target_is_directory=False, *, dir_fd=None)", posix_symlink,
      KR_DOC("Create a symbolic link pointing to src named dst."), 0 },
    { "readlink(path, *, dir_fd=None)", posix_readlink, KR_DOC("Return the path to which the symbolic link points."), 0 },
    { "chmod(path, mode, *, dir_fd=None, follow_symlinks=True)", posix_chmod, KR_DOC("Change the access permissions of a file."), 0 },
    { "access(path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True)", posix_access, KR_DOC("Test for access to a path."),
      0 },
    { "listdir(path=None)", posix_listdir, KR_DOC("Return a list of the names of the files in a directory."), 0 },
    { "getcwd()", posix_getcwd, KR_DOC("Return the current working directory."), 0 },
    { "chdir(path)", posix_chdir, KR_DOC("Change the current working directory."), 0 },
    { "_scan(path=None)", posix_scan, KR_DOC("The names that scandir() goes through."), 0 },
    { "_stat(path, follow=True, name='stat', dir_fd=None)", posix_stat,
      KR_DOC("What is known about a file, as plain numbers; times in ns."), 0 },
    { "open(path, flags, mode=511, *, dir_fd=None)", posix_open, KR_DOC("Open a file; returns its number."), 0 },
    { "read(fd, length, /)", posix_read, KR_DOC("Read from a file descriptor."), 0 },
    { "write(fd, data, /)", posix_write, KR_DOC("Write to a file descriptor."), 0 },
    { "lseek(fd, position, whence, /)", posix_lseek, KR_DOC("Set the position of a file descriptor."), 0 },
    { "close(fd)", posix_close, KR_DOC("Close a file descriptor."), 0 },
    { "isatty(fd, /)", posix_isatty, KR_DOC("Return True if fd is connected to a terminal."), 0 },
    { "getpid()", posix_getpid, KR_DOC("Return the current process id."), 0 },
    { "urandom(size, /)", posix_urandom, KR_DOC("Return random bytes suitable for cryptographic use."), 0 },
    { "strerror(code, /)", posix_strerror, KR_DOC("Translate an error code to a message string."), 0 },
    { "putenv(name, value, /)", posix_putenv, KR_DOC("Change or add an environment variable."), 0 },
    { "unsetenv(name, /)", posix_unsetenv, KR_DOC("Delete an environment variable."), 0 },
    { "_exit(status)", posix_exit, KR_DOC("Exit at once, without cleaning up."), 0 },
    { "cpu_count()", posix_cpu_count, KR_DOC("Return the number of logical CPUs, or None."), 0 },
    { 0 },
};

static const KrConst constants[] = {
    { "environ", KR_CONST_MAKE, { .make = make_environ } },
    { "F_OK", KR_CONST_INT, { .i = 0 } },
    { "X_OK", KR_CONST_INT, { .i = 1 } },
    { "W_OK", KR_CONST_INT, { .i = 2 } },
    { "R_OK", KR_CONST_INT, { .i = 4 } },
    { "O_RDONLY", KR_CONST_INT, { .i = 0 } },
    { "O_WRONLY", KR_CONST_INT, { .i = 1 } },
    { "O_RDWR", KR_CONST_INT, { .i = 2 } },
    { "O_CREAT", KR_CONST_INT, { .i = KR_PORT_O_CREATE } },
    { "O_EXCL", KR_CONST_INT, { .i = KR_PORT_O_EXCLUSIVE } },
    { "O_TRUNC", KR_CONST_INT, { .i = KR_PORT_O_TRUNCATE } },
    { "O_APPEND", KR_CONST_INT, { .i = KR_PORT_O_APPEND } },
    { "O_NONBLOCK", KR_CONST_INT, { .i = KR_PORT_O_NONBLOCK } },
    { 0 },
};

const KrModuleDef kr_posix_module = { "posix", KR_DOC("Files, folders and the process."), functions, constants, NULL };
